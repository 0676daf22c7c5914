"""The list of items with its filters."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from cop_desktop.services.library import ItemRow, LibraryFilter
from cop_desktop.ui.library.filter_bar import FilterBar
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import IconButton, push_button
from cop_desktop.ui.widgets.empty_state import EmptyState
from cop_desktop.ui.widgets.landing import land_at
from cop_desktop.ui.widgets.list_view import ListView
from cop_desktop.ui.widgets.row_delegate import RowShape
from cop_desktop.ui.widgets.rows import RowModel
from cop_desktop.ui.widgets.section_header import SectionHeader


class ListingView(QWidget):
    """Filter over list. Where the list is empty, why, and what to do."""

    new_wanted = Signal()
    trash_wanted = Signal()

    def __init__(self, theme: Theme, model: RowModel) -> None:
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
        for button in (self.new, self.more):
            self.header.add_button(button)
        self.filter = FilterBar(theme)
        self.list = ListView(theme, self.tr("Items"), RowShape(badges=True))
        self.list.set_rows(model)
        self.filter.search.results_wanted.connect(self.list.setFocus)
        self.empty = EmptyState(theme, "library", "", "")
        self.empty.action_wanted.connect(self._on_empty_action)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        land_at(self, self.list)
        self._lay_out()

    def show_items(self, items: tuple[ItemRow, ...], *, on_its_way: bool) -> None:
        """Shows these, or says why there are none."""
        self._set_usable(usable=True)
        self._model.set_items(items)
        self._stack.setCurrentWidget(self.list if items else self.empty)
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
        self._stack.setCurrentWidget(self.empty)
        self._say(
            self.tr("No community yet"),
            self.tr("Join a community with the invitation you got, then its library is here."),
        )

    def choose(self, record: bytes) -> bool:
        """Marks an item; False if it is not listed."""
        return self.list.choose(record.hex())

    def _set_usable(self, *, usable: bool) -> None:
        for button in (self.new, self.more):
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
