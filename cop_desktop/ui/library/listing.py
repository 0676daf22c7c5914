"""The list of items with its filters."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from cop_desktop.services.library import ItemRow, LibraryFilter
from cop_desktop.ui.library.words import evidence, statuses, types
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.empty_state import EmptyState
from cop_desktop.ui.widgets.form.fields import Choice
from cop_desktop.ui.widgets.list_view import ListView
from cop_desktop.ui.widgets.row_delegate import RowShape
from cop_desktop.ui.widgets.rows import RowModel
from cop_desktop.ui.widgets.search_box import SearchBox
from cop_desktop.ui.widgets.section_header import SectionHeader


class ListingView(QWidget):
    """`filter_changed` carries the LibraryFilter that is wished now."""

    filter_changed = Signal(object)
    new_wanted = Signal()

    def __init__(self, theme: Theme, model: RowModel) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Library"))
        self._theme = theme
        self._model = model
        self.wanted = LibraryFilter()
        self.header = SectionHeader(theme, self.tr("Library"), role="title")
        self.new = push_button(theme, self.tr("&Add"), "primary", "new")
        self.header.add_button(self.new)
        self.search = SearchBox(theme, self.tr("Find in the library"), self.tr("Find items…"))
        self.status = _filter_box(self.tr("Status"), statuses(), self.tr("Status"))
        self.type = _filter_box(self.tr("Type"), types(), self.tr("Type"))
        self.evidence = _filter_box(self.tr("Evidence"), evidence(), self.tr("Evidence"))
        self.list = ListView(theme, self.tr("Items"), RowShape(badges=True))
        self.list.set_rows(model)
        self.empty = EmptyState(theme, "library", "", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        self.setFocusProxy(self.list)
        self._lay_out()
        self._connect()

    def show_items(self, items: tuple[ItemRow, ...], *, on_its_way: bool) -> None:
        """Shows these, or says why there are none."""
        self._model.set_items(items)
        self._stack.setCurrentWidget(self.list if items else self.empty)
        if items:
            return
        if self.wanted != LibraryFilter():
            self._say(self.tr("Nothing fits"), self.tr("No item has all that is asked for."), "")
        elif on_its_way:
            words = self.tr("The items of this community come with the next connection.")
            self._say(self.tr("Not downloaded yet"), words, "")
        else:
            self._say(
                self.tr("What works, kept in one place"),
                self.tr("Guides, templates and stories that others can use and build on."),
                self.tr("Add the first"),
            )

    def choose(self, record: bytes) -> bool:
        """Marks an item; False if it is not listed."""
        return self.list.choose(record.hex())

    def _say(self, headline: str, sentence: str, action: str) -> None:
        self.empty.set_words(headline, sentence)
        self.empty.set_action(action)

    def _lay_out(self) -> None:
        filters = QHBoxLayout()
        pad(self._theme, filters, 0, 6)
        for box in (self.status, self.type, self.evidence):
            filters.addWidget(box, 1)
        column = QVBoxLayout(self)
        pad(self._theme, column, (12, 8, 12, 0), 8)
        column.addWidget(self.header)
        column.addWidget(self.search)
        column.addLayout(filters)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.new.clicked.connect(self._want_new)
        self.empty.action_wanted.connect(self._want_new)
        self.search.search_changed.connect(self._on_filter)
        for box in (self.status, self.type, self.evidence):
            box.currentIndexChanged.connect(self._on_filter)

    def _want_new(self) -> None:
        self.new_wanted.emit()

    def _on_filter(self, _change: object = None) -> None:
        self.wanted = replace(
            self.wanted,
            text=self.search.text().strip(),
            status=self.status.currentData(),
            type=self.type.currentData(),
            evidence=self.evidence.currentData(),
        )
        self.filter_changed.emit(self.wanted)


def _filter_box(every: str, choices: tuple[Choice, ...], name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(6)
    box.addItem(every, None)
    for choice in choices:
        box.addItem(choice.label, choice.key)
    return box
