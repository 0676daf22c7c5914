"""One place in the rail: icon, name, how many are unread."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.tips import plain_tip


class PlaceButton(QAbstractButton):
    """Checkable. The place that is shown has a bar, a ground and bold words."""

    def __init__(self, theme: Theme, icon: str, title: str) -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self._count = 0
        self._compact = False
        self.setText(title)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._say()
        theme.changed.connect(self.updateGeometry)

    def set_count(self, count: int) -> None:
        """How many are unread; 0 shows nothing."""
        self._count = count
        self._say()
        self.update()

    def set_compact(self, compact: bool) -> None:
        """Only the icon and the count; the name becomes the tooltip."""
        self._compact = compact
        self._say()
        self.updateGeometry()
        self.update()

    def set_keys(self, keys: str) -> None:
        """The key that leads here, for the tooltip."""
        self._keys = keys
        self._say()

    _keys = ""

    def sizeHint(self) -> QSize:
        metrics = self._theme.metrics
        height = metrics.px(26) + metrics.space(10)
        return QSize(metrics.px(30) if self._compact else metrics.px(180), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.metrics.px(30), self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        metrics = self._theme.metrics
        side = metrics.px(20)
        left = (self.width() - side) // 2 if self._compact else metrics.space(14)
        box = QRect(left, (self.height() - side) // 2, side, side)
        tone = "accent" if self.isChecked() else "text_soft"
        self._theme.icons.paint(painter, box, self._icon, tone)
        if self._compact:
            self._paint_compact_count(painter, box)
            return
        right = self._paint_count(painter)
        painter.setFont(self._theme.font(metrics.body_pt, bold=self.isChecked()))
        painter.setPen(self._theme.colour("text"))
        left = box.right() + metrics.room
        words = QRect(left, 0, right - left, self.height())
        shown = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), shown)
        self._say(cut=shown != self.text())

    def _paint_ground(self, painter: QPainter) -> None:
        box = self.rect().adjusted(4, 1, -4, -1)
        token = "accent_soft" if self.isChecked() else "hover"
        on = self.isChecked() or self.underMouse()
        painter.setBrush(self._theme.colour(token) if on else QColor(Qt.GlobalColor.transparent))
        painter.setPen(Qt.PenStyle.NoPen)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.colour("focus"), 2))
        painter.drawRoundedRect(box, self._theme.metrics.radius, self._theme.metrics.radius)
        if self.isChecked():
            height = box.height() // 2
            bar = QRect(box.x(), box.y() + (box.height() - height) // 2, 3, height)
            painter.fillRect(bar, self._theme.colour("accent"))

    def _paint_count(self, painter: QPainter) -> int:
        """Paints the count at the right; returns where the words must end."""
        metrics = self._theme.metrics
        if not self._count:
            return self.width() - metrics.room
        painter.setFont(self._theme.font(metrics.small_pt, bold=True))
        words = _short(self._count)
        width = max(painter.fontMetrics().horizontalAdvance(words) + metrics.room, metrics.px(22))
        height = painter.fontMetrics().height() + 2
        box = QRect(
            self.width() - width - metrics.room, (self.height() - height) // 2, width, height
        )
        self._paint_pill(painter, box, words)
        return box.left() - metrics.tight

    def _paint_compact_count(self, painter: QPainter, icon: QRect) -> None:
        if not self._count:
            return
        font = self._theme.font(self._theme.metrics.body_pt * 0.72, bold=True)
        painter.setFont(font)
        words = _short(self._count)
        measured = QFontMetrics(font)
        height = measured.height()
        width = max(measured.horizontalAdvance(words) + 6, height)
        left = min(icon.center().x() + 3, self.width() - width - 3)
        self._paint_pill(painter, QRect(left, icon.top() - height // 3, width, height), words)

    def _paint_pill(self, painter: QPainter, box: QRect, words: str) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("accent"))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setPen(self._theme.colour("on_accent"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)

    def _say(self, *, cut: bool = False) -> None:
        unread = self.tr("%n unread", "", self._count) if self._count else ""
        name = ", ".join(part for part in (self.text(), unread) if part)
        self.setAccessibleName(name)
        keys = f" ({self._keys})" if self._keys else ""
        self.setToolTip(plain_tip(name + keys if self._compact or cut else ""))


def _short(count: int) -> str:
    return str(count) if count < 1000 else "999+"
