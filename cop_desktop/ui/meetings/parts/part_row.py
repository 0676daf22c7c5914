"""One row: a mark or a tick, its words in full, badges, and a menu."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from cop_desktop.ui.meetings.parts.part import Part, PartRights
from cop_desktop.ui.records.badge_label import BadgeLabel
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import IconButton, push_button
from cop_desktop.ui.widgets.flow_layout import FlowLayout
from cop_desktop.ui.widgets.labels import label

EDIT, UP, DOWN, REMOVE = "edit", "up", "down", "remove"
VERSIONS, HISTORY = "versions", "history"
BEFORE, AFTER, FIRST, LAST = "before", "after", "first", "last"

_FIRST_LINE = 5
"""Above the words, so that their first line stands beside the tick and the button."""

_NONE = Qt.KeyboardModifier.NoModifier
_ALT = Qt.KeyboardModifier.AltModifier
_WISHES = {
    (_NONE, Qt.Key.Key_Return): EDIT,
    (_NONE, Qt.Key.Key_Enter): EDIT,
    (_NONE, Qt.Key.Key_F2): EDIT,
    (_NONE, Qt.Key.Key_Delete): REMOVE,
    (_ALT, Qt.Key.Key_Up): UP,
    (_ALT, Qt.Key.Key_Down): DOWN,
}
_STEPS = {
    (_NONE, Qt.Key.Key_Up): BEFORE,
    (_NONE, Qt.Key.Key_Down): AFTER,
    (_NONE, Qt.Key.Key_Home): FIRST,
    (_NONE, Qt.Key.Key_End): LAST,
}


@dataclass(frozen=True, slots=True)
class Offer:
    """One line of a row's menu."""

    wish: str
    words: str
    icon: str
    keys: str = ""


class PartRow(QWidget):
    """Enter edits, Alt+Up and Alt+Down move, Delete removes, the blank ticks.

    `wished`, `stepped` and `ticked` carry the row's key first.
    """

    wished = Signal(str, str)
    stepped = Signal(str, str)
    ticked = Signal(str, bool)
    focused = Signal(str)

    def __init__(self, theme: Theme, part: Part, rights: PartRights) -> None:
        super().__init__()
        self._theme = theme
        self._rights = rights
        self._part = part
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._mark = label("", "soft", wraps=False)
        self._mark.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self._tick = QCheckBox()
        self._tick.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the blank does it by keyboard
        self._tick.clicked.connect(self._on_tick)
        self._title = label("")
        self._detail = label("", "small")
        self._badges = QWidget()
        self._flow = FlowLayout(self._badges)
        pad(theme, self._flow, 0, 4)
        self._more = IconButton(theme, "more", self.tr("More"))
        self._more.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the menu key does it by keyboard
        self._more.clicked.connect(self._on_more)
        self._lay_out()
        self._shown_badges: tuple[object, ...] = ()
        self.show_part(part)
        theme.changed.connect(self._restyle)

    @property
    def part(self) -> Part:
        return self._part

    def show_part(self, part: Part) -> None:
        """The same part as it is now."""
        self._part = part
        self._title.setText(part.title)
        self._detail.setText(part.detail)
        self._detail.setVisible(bool(part.detail))
        self._mark.setText(part.mark)
        self._mark.setVisible(bool(part.mark))
        self._tick.setVisible(part.done is not None)
        self._tick.setChecked(bool(part.done))
        self._show_badges()
        self._more.setVisible(bool(self.offers()))
        self.setAccessibleName(self._spoken())
        self._tick.setAccessibleName(part.title)
        self._restyle()

    def offers(self) -> list[Offer]:
        """What the menu holds."""
        found = []
        if self._part.two_versions:
            words = self.tr("Compare the two &versions…")
            found.append(Offer(VERSIONS, words, "versions", self.tr("Ctrl+Shift+V")))
        if self._rights.edit:
            words, icon = self._rights.enter, "right"
            if not words:
                words, icon = self.tr("&Change…"), "edit"
            found.append(Offer(EDIT, words, icon, self.tr("Enter")))
        if self._rights.move:
            found.append(Offer(UP, self.tr("Move &up"), "up", self.tr("Alt+Up")))
            found.append(Offer(DOWN, self.tr("Move &down"), "down", self.tr("Alt+Down")))
        if self._rights.history:
            found.append(Offer(HISTORY, self.tr("&History…"), "history", self.tr("Ctrl+H")))
        if self._rights.remove:
            found.append(Offer(REMOVE, self.tr("&Remove"), "trash", self.tr("Del")))
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Keys of the number pad say so, which makes no difference here.
        keys = (event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier, Qt.Key(event.key()))
        wish = _WISHES.get(keys)
        if wish is not None and wish in [offer.wish for offer in self.offers()]:
            self.wished.emit(self._part.key, wish)
        elif keys in _STEPS:
            self.stepped.emit(self._part.key, _STEPS[keys])
        elif event.key() == Qt.Key.Key_Space and self._part.done is not None:
            self._tick.click()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._rights.edit:
            self.wished.emit(self._part.key, EDIT)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.offers():
            self._open_menu(event.globalPos())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(self._part.key)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.rect().adjusted(1, 1, -1, -2)
        radius = self._theme.metrics.radius_small
        painter.setPen(Qt.PenStyle.NoPen)
        if self.underMouse():
            painter.setBrush(self._theme.colour("hover"))
            painter.drawRoundedRect(box, radius, radius)
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.colour("border"))
        if self.hasFocus():
            painter.setPen(QPen(self._theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, radius, radius)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        pad(self._theme, words, (0, _FIRST_LINE, 0, 3), 2)
        self._title.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        for part in (self._title, self._detail, self._badges):
            words.addWidget(part)
        row = QHBoxLayout(self)
        pad(self._theme, row, (8, 4, 4, 5), 8)
        self._mark_column = QVBoxLayout()
        pad(self._theme, self._mark_column, (0, _FIRST_LINE, 0, 0), 0)
        self._mark_column.addWidget(self._mark)
        self._mark_column.addStretch(1)
        row.addLayout(self._mark_column)
        row.addWidget(self._tick, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self._more, 0, Qt.AlignmentFlag.AlignTop)

    def _show_badges(self) -> None:
        badges = self._part.badges
        if badges != self._shown_badges:
            self._shown_badges = badges
            self._flow.clear()
            for badge in badges:
                is_offer = badge.icon == VERSIONS
                mark = self._versions_button() if is_offer else BadgeLabel(self._theme, badge)
                self._flow.addWidget(mark)
        self._badges.setVisible(bool(badges))

    def _versions_button(self) -> QPushButton:
        button = push_button(self._theme, self.tr("Two versions…"), "tag", "versions")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its key and the menu do it by keyboard
        button.clicked.connect(self._on_versions)
        return button

    def _on_versions(self) -> None:
        self.wished.emit(self._part.key, VERSIONS)

    def _restyle(self) -> None:
        self._mark.setMinimumWidth(self._theme.metrics.px(18))
        font = self._title.font()
        font.setStrikeOut(bool(self._part.done))
        self._title.setFont(font)

    def _spoken(self) -> str:
        part = self._part
        done = ""
        if part.done is not None:
            done = self.tr("Done") if part.done else self.tr("Not done")
        pieces = (part.mark, part.title, part.detail, done, *(b.text for b in part.badges))
        return ". ".join(piece for piece in pieces if piece)

    def _on_tick(self, done: bool) -> None:
        self.ticked.emit(self._part.key, done)

    def _on_more(self) -> None:
        self._open_menu(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def _open_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for offer in self.offers():
            words = f"{offer.words}\t{offer.keys}" if offer.keys else offer.words
            action = menu.addAction(self._theme.icon(offer.icon, "text_soft"), words)
            action.setData(offer.wish)
            action.triggered.connect(self._on_menu)
        menu.popup(place)

    def _on_menu(self) -> None:
        match self.sender():
            case QAction() as chosen:
                self.wished.emit(self._part.key, str(chosen.data()))
