"""Who wrote it, who they are, when, and what is true of it: painted, as there are many."""

from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.avatar import paint_avatar
from cop_desktop.ui.widgets.row_delegate import badge_width, paint_badge
from cop_desktop.ui.widgets.rows import Badge

_PICTURE_PX = 36


@dataclass(frozen=True, slots=True)
class BylineWords:
    """What a byline says. when: short; whole: all of it about the times, for the tooltip."""

    name: str
    about: str = ""
    when: str = ""
    whole: str = ""
    badges: tuple[Badge, ...] = field(default=())

    def spoken(self) -> str:
        """The byline as a sentence for a screen reader."""
        parts = (self.name, self.about, *(badge.text for badge in self.badges), self.whole)
        return ", ".join(part for part in parts if part)


class Byline(QWidget):
    """Two lines beside the writer's initials: name and marks, then position and time."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._words = BylineWords("")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def show_words(self, words: BylineWords) -> None:
        if words == self._words:
            return
        self._words = words
        self.setAccessibleName(words.spoken())
        self.update()

    def text_left(self) -> int:
        """Where the words begin, for what stands under them."""
        return self._theme.metrics.px(_PICTURE_PX) + self._theme.metrics.room

    def sizeHint(self) -> QSize:
        metrics = self._theme.metrics
        lines = self._metrics(bold=True).height() + self._metrics().height() + metrics.tight // 2
        return QSize(metrics.px(200), max(lines, metrics.px(_PICTURE_PX)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.metrics.px(80), self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._words.whole, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = self._theme.metrics
        side = metrics.px(_PICTURE_PX)
        top = max((self.height() - side) // 2, 0)
        paint_avatar(painter, QRect(0, top, side, side), self._words.name, self._theme)
        bold, small = self._metrics(bold=True), self._metrics()
        height = bold.height() + small.height() + metrics.tight // 2
        first = QRect(self.text_left(), (self.height() - height) // 2, 0, bold.height())
        first.setRight(self.width() - 1)
        self._paint_first(painter, first, bold)
        second = QRect(first.left(), first.bottom() + metrics.tight // 2, 0, small.height())
        second.setRight(self.width() - 1)
        painter.setFont(self._theme.font(metrics.small_pt))
        self._paint_words(painter, second, self._second_line(second.width(), small), "text_soft")

    def _paint_first(self, painter: QPainter, box: QRect, bold: QFontMetrics) -> None:
        metrics = self._theme.metrics
        font = self._theme.font(metrics.body_pt * 0.82)
        marks = QFontMetrics(font)
        widths = [badge_width(self._theme, marks, badge) for badge in self._words.badges]
        # The name keeps two fifths; marks that find no room are still told in the tooltip.
        room = box.width() - min(bold.horizontalAdvance(self._words.name), box.width() * 2 // 5)
        while widths and sum(widths) + len(widths) * metrics.tight > room:
            widths.pop()
        taken = sum(widths) + len(widths) * metrics.tight
        name = box.adjusted(0, 0, -taken, 0)
        painter.setFont(self._theme.font(metrics.body_pt, bold=True))
        self._paint_words(painter, name, self._words.name, "text")
        left = box.left() + min(bold.horizontalAdvance(self._words.name), name.width())
        height = marks.height() + metrics.tight // 2
        painter.setFont(font)
        for badge, width in zip(self._words.badges, widths, strict=False):
            left += metrics.tight
            place = QRect(left + metrics.tight, box.top(), width, height)
            paint_badge(painter, place, badge, self._theme)
            left += width

    def _second_line(self, width: int, small: QFontMetrics) -> str:
        """Position and time; of the two the position is cut short."""
        words = self._words
        after = f"  ·  {words.when}" if words.about and words.when else words.when
        room = width - small.horizontalAdvance(after)
        return small.elidedText(words.about, Qt.TextElideMode.ElideRight, room) + after

    def _paint_words(self, painter: QPainter, box: QRect, words: str, tone: str) -> None:
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.setPen(self._theme.colour(tone))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), shown)

    def _metrics(self, *, bold: bool = False) -> QFontMetrics:
        metrics = self._theme.metrics
        points = metrics.body_pt if bold else metrics.small_pt
        return QFontMetrics(self._theme.font(points, bold=bold))

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
