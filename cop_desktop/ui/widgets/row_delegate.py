"""Paints the rows of a list: dot and bold for unread, picture, words, time, badges."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.avatar import paint_avatar
from cop_desktop.ui.widgets.rows import ROW_ROLE, Badge, Index, Row

_BADGE_COLOURS = {
    "soft": ("text", "hover"),
    "accent": ("accent", "accent_soft"),
    "good": ("good", "good_soft"),
    "warn": ("warn", "warn_soft"),
    "bad": ("bad", "bad_soft"),
}

_LONGEST_LINE = 300
_LEAST_BADGE_PX = 40

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class RowShape:
    """Which parts the rows of one list have; all rows are of one height."""

    picture: bool = False
    snippet: bool = True
    badges: bool = False


@dataclass(frozen=True, slots=True)
class _Type:
    """Fonts and their measures, made once per theme rather than once per row."""

    title: QFont
    title_unread: QFont
    small: QFont
    badge: QFont
    title_height: int
    small_height: int
    badge_height: int


class RowDelegate(QStyledItemDelegate):
    """Paints a Row. Every state is told by more than colour."""

    def __init__(self, theme: Theme, shape: RowShape, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shape = shape
        self._type = self._make_type()
        theme.changed.connect(self._restyle)

    def set_shape(self, shape: RowShape) -> None:
        """Paints rows with other parts from now on; the view has to be laid out anew."""
        self._shape = shape

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._theme.metrics.px(160), self.row_height())

    def row_height(self) -> int:
        """Pixels of every row, the same for all."""
        metrics = self._theme.metrics
        words = self._type.title_height
        if self._shape.snippet:
            words += self._type.small_height + metrics.tight // 2
        if self._shape.badges:
            words += self._type.badge_height + metrics.tight
        picture = self._picture_side() if self._shape.picture else 0
        return max(words, picture, metrics.px(24)) + 2 * metrics.space(9)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option)
        box = QRect(option.rect)
        metrics = self._theme.metrics
        gutter = metrics.space(20)
        if row.unread:
            self._paint_dot(painter, box, gutter)
        box.adjust(gutter, metrics.space(9), -metrics.room, -metrics.space(9))
        if self._shape.picture:
            box.setLeft(self._paint_picture(painter, box, row))
        self._paint_words(painter, box, row)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        state, box = option.state, option.rect
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(box, self._theme.colour("accent_soft"))
            painter.fillRect(box.x(), box.y(), 4, box.height(), self._theme.colour("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, self._theme.colour("hover"))
        # The lowest pixel row is the line between rows.
        line = QRect(box.x() + self._theme.metrics.room, box.bottom(), box.width(), 1)
        painter.fillRect(line, self._theme.colour("border"))
        if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_Active:
            painter.setPen(QPen(self._theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(1, 1, -1, -1))

    def _paint_dot(self, painter: QPainter, box: QRect, gutter: int) -> None:
        side = self._theme.metrics.px(8)
        top = box.top() + self._theme.metrics.space(9)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("accent"))
        painter.drawEllipse(
            box.left() + (gutter - side) // 2 + 2,
            top + (self._type.title_height - side) // 2,
            side,
            side,
        )

    def _paint_picture(self, painter: QPainter, box: QRect, row: Row) -> int:
        """Paints the avatar or the icon; returns where the words begin."""
        side = self._picture_side()
        place = QRect(box.left() + 2, box.top(), side, side)
        if row.avatar:
            paint_avatar(painter, place, row.avatar, self._theme)
        elif row.icon:
            inset = side // 6
            inner = place.adjusted(inset, inset, -inset, -inset)
            self._theme.icons.paint(painter, inner, row.icon, "text_soft")
        return place.right() + self._theme.metrics.room

    def _paint_words(self, painter: QPainter, box: QRect, row: Row) -> None:
        style, metrics = self._type, self._theme.metrics
        top = QRect(box.left(), box.top(), box.width(), style.title_height)
        painter.setFont(style.small)
        meta_width = painter.fontMetrics().horizontalAdvance(row.meta) if row.meta else 0
        painter.setPen(self._theme.colour("text_soft"))
        painter.drawText(top, int(_RIGHT), row.meta)
        title = top.adjusted(0, 0, -(meta_width + metrics.gap) if meta_width else 0, 0)
        painter.setFont(style.title_unread if row.unread else style.title)
        painter.setPen(self._theme.colour("text"))
        _paint_line(painter, title, row.title)
        below = top.bottom() + metrics.tight // 2
        if self._shape.snippet:
            line = QRect(box.left(), below, box.width(), style.small_height)
            painter.setFont(style.small)
            painter.setPen(self._theme.colour("text_soft"))
            self.paint_snippet(painter, line, row)
            below = line.bottom() + metrics.tight
        if self._shape.badges:
            painter.setFont(style.badge)
            self._paint_badges(painter, QRect(box.left(), below, box.width(), 0), row.badges)

    def paint_snippet(self, painter: QPainter, box: QRect, row: Row) -> None:
        """The second line, in the painter's font and colour; for rows that mark parts of it."""
        _paint_line(painter, box, row.snippet)

    def _paint_badges(self, painter: QPainter, box: QRect, badges: tuple[Badge, ...]) -> None:
        left = box.left()
        for badge in badges:
            room = box.right() - left
            if room < self._theme.metrics.px(_LEAST_BADGE_PX):
                return
            width = min(badge_width(self._theme, painter.fontMetrics(), badge), room)
            place = QRect(left, box.top(), width, self._type.badge_height)
            paint_badge(painter, place, badge, self._theme)
            left += width + self._theme.metrics.tight

    def _picture_side(self) -> int:
        return self._theme.metrics.px(36)

    def _make_type(self) -> _Type:
        metrics = self._theme.metrics
        title_unread = self._theme.font(metrics.body_pt, bold=True)
        small = self._theme.font(metrics.small_pt)
        badge = self._theme.font(metrics.body_pt * 0.82)
        return _Type(
            title=self._theme.font(metrics.body_pt),
            title_unread=title_unread,
            small=small,
            badge=badge,
            title_height=QFontMetrics(title_unread).height(),
            small_height=QFontMetrics(small).height(),
            badge_height=QFontMetrics(badge).height() + metrics.tight,
        )

    def _restyle(self) -> None:
        self._type = self._make_type()


def _paint_line(painter: QPainter, box: QRect, words: str) -> None:
    """One line in the painter's font and colour, ended by "…" where there is no room."""
    # Eliding measures every character: a long first paragraph would cost milliseconds.
    line = " ".join(words[:_LONGEST_LINE].split())
    shown = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), shown)


def badge_width(theme: Theme, type_metrics: QFontMetrics, badge: Badge) -> int:
    """Pixels a badge takes in the font it is painted with."""
    metrics = theme.metrics
    icon = type_metrics.height() if badge.icon else 0
    return type_metrics.horizontalAdvance(badge.text) + icon + 2 * metrics.space(6)


def paint_badge(painter: QPainter, box: QRect, badge: Badge, theme: Theme) -> None:
    """A rounded word with its icon, in the painter's font."""
    front, ground = _BADGE_COLOURS[badge.tone]
    painter.setPen(theme.ring(front))
    painter.setBrush(theme.colour(ground))
    painter.drawRoundedRect(
        box.adjusted(0, 0, -1, -1), theme.metrics.radius_small, theme.metrics.radius_small
    )
    left = box.left() + theme.metrics.space(6)
    if badge.icon:
        side = painter.fontMetrics().height() - 3
        place = QRect(left - 1, box.top() + (box.height() - side) // 2, side, side)
        theme.icons.paint(painter, place, badge.icon, front)
        left += painter.fontMetrics().height()
    painter.setPen(theme.colour(front))
    words = QRect(left, box.top(), box.right() - left, box.height())
    words.setRight(box.right() - theme.metrics.tight)
    _paint_line(painter, words, badge.text)
