"""The list of items with its filters."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from cop_desktop.services.library import ItemRow, LibraryFilter
from cop_desktop.ui.library.cards import Card
from cop_desktop.ui.library.filter_bar import FilterBar
from cop_desktop.ui.library.items_view import ItemsView
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import IconButton, push_button
from cop_desktop.ui.widgets.empty_state import EmptyArea, EmptyState
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.landing import land_at
from cop_desktop.ui.widgets.pasting import local_files
from cop_desktop.ui.widgets.rows import RowModel
from cop_desktop.ui.widgets.section_header import SectionHeader


class ListingView(QWidget):
    """Filter over list. Where the list is empty, why, and what to do.

    `files_dropped` carries the key of an item, "" for none, and paths. `cards_wanted` tells whether
    cards are wished in place of rows.
    """

    new_wanted = Signal()
    trash_wanted = Signal()
    files_dropped = Signal(str, object)
    cards_wanted = Signal(bool)

    def __init__(self, theme: Theme, model: RowModel, to_card: Callable[[Any], Card]) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Library"))
        self.setObjectName("pane")
        self._theme = theme
        self._model = model
        self.header = SectionHeader(theme, self.tr("Library"), role="title")
        self.new = push_button(theme, self.tr("&Add"), "primary", "new")
        self.new.setToolTip(self.tr("Add to the library (Ctrl+N)"))
        self.new.clicked.connect(self._want_new)
        self.more = IconButton(theme, "more", self.tr("More"))
        self.more.clicked.connect(self._open_more)
        self.cards = IconButton(theme, "cards", self.tr("Show as cards"))
        self.cards.setCheckable(True)
        self.cards.clicked.connect(self.cards_wanted)
        for button in (self.new, self.cards, self.more):
            self.header.add_button(button)
        self.filter = FilterBar(theme)
        self.list = ItemsView(theme, self.tr("Items"), to_card)
        self.list.set_rows(model)
        self.list.files_dropped.connect(self.files_dropped)
        self.list.drop_hovered.connect(self._on_drop_hovered)
        self.drop_hint = label("", "strong")
        self.drop_hint.setMargin(theme.metrics.gap)
        self.drop_hint.hide()
        self.setAcceptDrops(True)
        self.filter.search.results_wanted.connect(self.setFocus)
        self.empty = EmptyState(theme, "library", "", "")
        self.empty.action_wanted.connect(self._on_empty_action)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._nothing = EmptyArea(self.empty)
        self._stack.addWidget(self._nothing)
        # What stands over it keeps its height where large text leaves little room.
        self._stack.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        land_at(self, self.list)
        self._lay_out()

    def show_items(self, items: tuple[ItemRow, ...], *, on_its_way: bool) -> None:
        """Shows these, or says why there are none."""
        self._set_usable(usable=True)
        self._model.set_items(items)
        self._stack.setCurrentWidget(self.list if items else self._nothing)
        land_at(self, self.list if items else self.empty.button)
        if items:
            return
        if self.filter.wanted() != LibraryFilter():
            self._say(self.tr("Nothing fits"), self.tr("No item here has all that is asked for."))
            self.empty.set_action(self.tr("Show all items"))
        elif on_its_way:
            words = self.tr("The items of this community come with the next connection.")
            self._say(self.tr("Not downloaded yet"), words)
        else:
            self._say(
                self.tr("What works, kept in one place"),
                self.tr("Guides, templates and stories that others can use and build on."),
            )
            self.empty.set_action(self.tr("Add the first"))

    def show_no_community(self) -> None:
        """Before anybody has joined one."""
        self._set_usable(usable=False)
        self._model.set_items(())
        self._stack.setCurrentWidget(self._nothing)
        self._say(
            self.tr("No community yet"),
            self.tr("Join a community with the invitation you got, then its library is here."),
        )

    def show_cards(self, cards: bool) -> None:
        """Cards, or else rows."""
        self.cards.setChecked(cards)
        self.cards.rename(self.tr("Show as a list") if cards else self.tr("Show as cards"))
        self.list.show_cards(cards)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.new.isEnabled() and local_files(event.mimeData()):
            event.acceptProposedAction()
            self._on_drop_hovered("")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._on_drop_hovered(None)

    def dropEvent(self, event: QDropEvent) -> None:
        self._on_drop_hovered(None)
        event.acceptProposedAction()
        self.files_dropped.emit("", local_files(event.mimeData()))

    def choose(self, record: bytes) -> bool:
        """Marks an item; False if it is not listed."""
        return self.list.choose(record.hex())

    def _on_drop_hovered(self, key: str | None) -> None:
        """Says what letting go would do."""
        self.drop_hint.setVisible(key is not None)
        place = self._model.place_of(key) if key else None
        if place is None:
            self.drop_hint.setText(self.tr("Let go to add it to the library"))
            return
        title = self._model.index(place).data()
        words = self.tr("Let go to make it the newest file of “{0}”")
        self.drop_hint.setText(words.format(title))

    def _set_usable(self, *, usable: bool) -> None:
        for button in (self.new, self.cards, self.more):
            button.setEnabled(usable)

    def _say(self, headline: str, sentence: str) -> None:
        self.empty.set_words(headline, sentence)
        self.empty.set_action("")

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        pad(self._theme, head, (12, 0, 12, 8), 4)
        head.addWidget(self.header)
        head.addWidget(self.filter)
        column = QVBoxLayout(self)
        pad(self._theme, column, 0, 0)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        column.addWidget(self.drop_hint)

    def _on_empty_action(self) -> None:
        if self.filter.wanted() != LibraryFilter():
            self.filter.show_everything()
        else:
            self._want_new()

    def _open_more(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        icon = self._theme.icon("trash", "text_soft")
        menu.addAction(icon, self.tr("&Trash…")).triggered.connect(self.trash_wanted)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _want_new(self) -> None:
        self.new_wanted.emit()
