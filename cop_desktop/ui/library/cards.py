"""Cards in place of rows: type, title, the first lines, minutes and size at a glance."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, cast

from PySide6.QtCore import QObject, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.row_delegate import badge_width, paint_badge
from cop_desktop.ui.widgets.rows import Badge, Index, RowModel

CARD_PX: Final = 290
"""A card is at least so wide; there are as many beside each other as fit."""

_TITLE_LINES, _TEXT_LINES = 2, 3
_MOST_CHARACTERS: Final = 400


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows. kind: in words, beside its icon. facts: such as minutes and size."""

    icon: str
    kind: str
    facts: str
    title: str
    text: str
    badges: tuple[Badge, ...]


@dataclass(frozen=True, slots=True)
class _Type:
    """Fonts and their line heights, made once per theme."""

    title: QFont
    small: QFont
    badge: QFont
    title_height: int
    small_height: int
    badge_height: int


class CardDelegate(QStyledItemDelegate):
    """Paints the cards. to_card: from an item of the model. width: of a card, in pixels."""

    def __init__(
        self,
        theme: Theme,
        to_card: Callable[[Any], Card],
        width: Callable[[], int],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._theme, self._to_card, self._width = theme, to_card, width
        self._type = self._make_type()
        theme.changed.connect(self._restyle)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        style, metrics = self._type, self._theme.metrics
        words = 2 * style.small_height + _TITLE_LINES * style.title_height
        words += (_TEXT_LINES - 1) * style.small_height + style.badge_height
        return QSize(self._width(), words + 3 * metrics.tight + 2 * metrics.room + metrics.gap)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card = self._to_card(cast(RowModel, index.model()).item(index))
        metrics = self._theme.metrics
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        half = metrics.tight
        box = QRect(option.rect).adjusted(half, half, -half, -half)
        self._paint_ground(painter, option, box)
        box.adjust(metrics.room, metrics.room, -metrics.room, -metrics.room)
        top = self._paint_head(painter, box, card)
        painter.setFont(self._type.title)
        painter.setPen(self._theme.colour("text"))
        title = QRect(box.left(), top, box.width(), self._type.title_height)
        top = _paint_lines(painter, title, card.title, _TITLE_LINES)
        painter.setFont(self._type.small)
        painter.setPen(self._theme.colour("text_soft"))
        text = QRect(box.left(), top + half // 2, box.width(), self._type.small_height)
        _paint_lines(painter, text, card.text, _TEXT_LINES)
        painter.setFont(self._type.badge)
        self._paint_badges(painter, box, card.badges)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect) -> None:
        state, colour = option.state, self._theme.colour
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        ground = "accent_soft" if chosen else "hover" if over else "surface"
        radius = self._theme.metrics.radius
        painter.setPen(QPen(colour("accent" if chosen else "border"), 1))
        painter.setBrush(colour(ground))
        painter.drawRoundedRect(box, radius, radius)
        if chosen:
            painter.fillRect(
                box.left(), box.top() + radius, 4, box.height() - 2 * radius, colour("accent")
            )
        if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_Active:
            painter.setPen(QPen(colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)

    def _paint_head(self, painter: QPainter, box: QRect, card: Card) -> int:
        """Icon and kind, the facts at the right; returns where the title begins."""
        height, metrics = self._type.small_height, self._theme.metrics
        self._theme.icons.paint(
            painter, QRect(box.left(), box.top(), height, height), card.icon, "accent"
        )
        painter.setFont(self._type.small)
        painter.setPen(self._theme.colour("text_soft"))
        facts = painter.fontMetrics().horizontalAdvance(card.facts)
        line = QRect(box.left(), box.top(), box.width(), height)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(line, int(right), card.facts)
        line.adjust(height + metrics.gap, 0, -facts - metrics.gap, 0)
        kind = painter.fontMetrics().elidedText(
            card.kind, Qt.TextElideMode.ElideRight, line.width()
        )
        painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), kind)
        return line.bottom() + metrics.tight

    def _paint_badges(self, painter: QPainter, box: QRect, badges: tuple[Badge, ...]) -> None:
        left, height = box.left(), self._type.badge_height
        for badge in badges:
            room = box.right() - left
            wanted = badge_width(self._theme, painter.fontMetrics(), badge)
            if wanted > room and left > box.left():
                return  # half a word says nothing; the item itself has it all
            width = min(wanted, room)
            place = QRect(left, box.bottom() - height + 1, width, height)
            paint_badge(painter, place, badge, self._theme)
            left += width + self._theme.metrics.tight

    def _make_type(self) -> _Type:
        metrics = self._theme.metrics
        title = self._theme.font(metrics.body_pt, bold=True)
        small = self._theme.font(metrics.small_pt)
        badge = self._theme.font(metrics.body_pt * 0.82)
        return _Type(
            title=title,
            small=small,
            badge=badge,
            title_height=QFontMetrics(title).height(),
            small_height=QFontMetrics(small).height(),
            badge_height=QFontMetrics(badge).height() + metrics.tight,
        )

    def _restyle(self) -> None:
        self._type = self._make_type()


def _paint_lines(painter: QPainter, first: QRect, words: str, most: int) -> int:
    """At most so many lines, the last ended by "…"; returns where the next thing may begin."""
    line = QRect(first)
    for shown in lines_of(painter.font(), words, first.width(), most):
        painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), shown)
        line.translate(0, first.height())
    return line.top()


def lines_of(font: QFont, words: str, width: int, most: int) -> list[str]:
    """The words in lines of this width; what does not fit into `most` of them ends in "…"."""
    text = " ".join(words[:_MOST_CHARACTERS].split())
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    found: list[str] = []
    while len(found) < most and (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        start, length = line.textStart(), line.textLength()
        if len(found) + 1 == most:
            rest = text[start:]
            metrics = QFontMetrics(font)
            found.append(metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width))
        else:
            found.append(text[start : start + length])
    layout.endLayout()
    return found
