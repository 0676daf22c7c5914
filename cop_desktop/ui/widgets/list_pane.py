"""The pane at the left of a place: title and buttons, a filter, the list or why it is empty."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, SignalInstance
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.empty_state import EmptyArea, EmptyState
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.landing import land_at
from cop_desktop.ui.widgets.list_view import ListView
from cop_desktop.ui.widgets.section_header import SectionHeader

_ANY_HEIGHT_PX = (1 << 24) - 1
"""The most that Qt lets a widget have; as much as a widget may have by itself."""

Offer = tuple[str, str, SignalInstance]
"""Words, icon, and what is emitted when they are chosen."""


class ListPane(QWidget):
    """Base of such panes. Lay it out once, with `lay_out`."""

    def __init__(self, theme: Theme, listed: ListView, icon: str) -> None:
        """icon: over the words for an empty list."""
        super().__init__()
        self._theme = theme
        self.list = listed
        # Where both do not fit the list gives way, and not the words under it.
        self.list.setMinimumHeight(1)
        self.setObjectName("pane")
        self._empty = EmptyState(theme, icon, "", "")
        self._empty.action_wanted.connect(self._on_empty_action)
        self._empty_action: SignalInstance | None = None
        self._note = label("", "small")
        self._note.hide()
        self._stack = RoomLeft()
        land_at(self, self.list)

    def lay_out(
        self, title: str, buttons: Sequence[QAbstractButton], head: Sequence[QWidget | QBoxLayout]
    ) -> None:
        """The title with its buttons, then `head` from above, then the list."""
        self.setAccessibleName(title)
        header = SectionHeader(self._theme, title, role="title")
        for button in buttons:
            header.add_button(button)
        top = QVBoxLayout()
        pad(self._theme, top, (12, 0, 12, 8), 4)
        top.addWidget(header)
        for part in head:
            if isinstance(part, QWidget):
                top.addWidget(part)
            else:
                top.addLayout(part)
        listing = QWidget()
        inner = QVBoxLayout(listing)
        pad(self._theme, inner, 0, 0)
        inner.addWidget(self.list, 1)
        note = QVBoxLayout()
        pad(self._theme, note, (16, 4, 16, 8), 0)
        note.addWidget(self._note)
        inner.addLayout(note)
        inner.addStretch()
        self._stack.addWidget(listing)
        self._stack.addWidget(EmptyArea(self._empty))
        column = QVBoxLayout(self)
        pad(self._theme, column, 0, 0)
        column.addLayout(top)
        column.addWidget(self._stack, 1)

    def show_list(self) -> None:
        """The list in place of the words for an empty one."""
        self._stack.setCurrentIndex(0)
        land_at(self, self.list)

    def show_note(self, words: str, *, instead: bool = False) -> None:
        """A line under the list, such as that older parts are on their way; "" for none.

        instead: nothing is listed, and the line stands where the list would begin.
        """
        self._note.setText(words)
        self._note.setVisible(bool(words))
        self.list.setMaximumHeight(1 if instead else _ANY_HEIGHT_PX)

    def say_empty(
        self, headline: str, sentence: str, offer: str = "", action: SignalInstance | None = None
    ) -> None:
        """Why nothing is listed. offer: words on a button that emits `action`; "" for none."""
        self._empty.set_words(headline, sentence)
        self._empty.set_action(offer)
        self._empty_action = action
        self._stack.setCurrentIndex(1)
        land_at(self, self._empty.button if offer else self.list)

    def open_menu(self, under: QWidget, offers: Sequence[Offer]) -> None:
        """A menu under a button."""
        menu = QMenu(self)
        for words, icon, signal in offers:
            menu.addAction(self._theme.icon(icon, "text_soft"), words).triggered.connect(signal)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(under.mapToGlobal(QPoint(0, under.height())))

    def _on_empty_action(self) -> None:
        if self._empty_action is not None:
            self._empty_action.emit()


class RoomLeft(QStackedWidget):
    """Takes the room that is left: what stands over it keeps its height, whatever it shows."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)

    def hasHeightForWidth(self) -> bool:
        # Its pages have: the layout would take the height they like for one they need.
        return False
