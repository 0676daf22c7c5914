"""The list of members, of schools or of what people know, with its filters."""

from dataclasses import dataclass, field
from enum import IntEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from cop_desktop.services.people import MemberRow, SchoolView
from cop_desktop.ui.people.model import (
    Entry,
    Listed,
    Wanted,
    entry_row,
    known_by,
    matching,
    region_name,
    schools_with,
    speaking_of,
)
from cop_desktop.ui.records.choice_button import ChoiceButton, MenuChoice
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.empty_state import EmptyArea, EmptyState
from cop_desktop.ui.widgets.landing import land_at
from cop_desktop.ui.widgets.list_pane import RoomLeft
from cop_desktop.ui.widgets.list_view import ListView
from cop_desktop.ui.widgets.row_delegate import RowShape
from cop_desktop.ui.widgets.rows import RowModel
from cop_desktop.ui.widgets.search_box import SearchBox
from cop_desktop.ui.widgets.section_header import SectionHeader
from sync.catalogue.people import REGIONS


class View(IntEnum):
    """What is listed."""

    MEMBERS = 0
    SCHOOLS = 1
    KNOWN = 2


@dataclass(frozen=True, slots=True)
class Directory:
    """Everybody and everything there is to list. helpers: who offers what I look for.

    veiled: members whose names are not to be shown unasked.
    """

    members: tuple[MemberRow, ...] = ()
    schools: tuple[SchoolView, ...] = ()
    helpers: frozenset[bytes] = field(default_factory=frozenset)
    veiled: frozenset[bytes] = field(default_factory=frozenset)


class ListingView(QWidget):
    """Filters what it was given by itself: a community's members are all in hand."""

    school_wanted = Signal()

    def __init__(self, theme: Theme, rows: RowModel) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("People"))
        self._rows = rows
        self._directory = Directory()
        self.header = SectionHeader(theme, self.tr("People"), role="title")
        self.mine = push_button(theme, self.tr("&My profile"), "", "member")
        self.header.add_button(self.mine)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(self.tr("What is listed"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for words in (self.tr("Members"), self.tr("Schools"), self.tr("Expertise")):
            self.tabs.addTab(words)
        self.search = SearchBox(
            theme, self.tr("Find people"), self.tr("Name, school, what they know…")
        )
        self.region = ChoiceButton(theme, self.tr("Region"), "down", self.tr("All regions"))
        self.region.set_choices([MenuChoice(region, region_name(region)) for region in REGIONS])
        self.knows = ChoiceButton(theme, self.tr("Knows about"), "down", self.tr("Anything"))
        self.list = ListView(theme, self.tr("Members"), RowShape(picture=True))
        self.list.set_rows(rows)
        self.empty = EmptyState(theme, "people", "", "")
        self._stack = RoomLeft()
        self._stack.addWidget(self.list)
        self._nothing = EmptyArea(self.empty)
        self._stack.addWidget(self._nothing)
        self.setObjectName("pane")
        land_at(self, self.list)
        self._connect()
        self._lay_out(theme)

    @property
    def view(self) -> View:
        """What is listed now."""
        return View(self.tabs.currentIndex())

    def show_directory(self, directory: Directory) -> None:
        """Shows these, as far as the filter leaves them."""
        self._directory = directory
        self.mine.setEnabled(True)
        known = [MenuChoice(each.word, each.word) for each in known_by(self._seen())]
        self.knows.set_choices(known)
        self._show()

    def show_no_community(self) -> None:
        """Before anybody has joined one."""
        self.show_directory(Directory())
        self.mine.setEnabled(False)
        self.empty.set_words(
            self.tr("No community yet"),
            self.tr("Join a community with the invitation you got, then its people are here."),
        )

    def show_view(self, view: View) -> None:
        """Lists members, schools or what people know."""
        self.tabs.setCurrentIndex(view)

    def look_for(self, words: str) -> None:
        """Only those members in whom these words are found."""
        self._let_go()
        self.show_view(View.MEMBERS)
        self.search.setText(words)

    def choose(self, key: str) -> bool:
        """Marks what has this key; False if it is not listed."""
        return self.list.choose(key)

    def _connect(self) -> None:
        self.search.search_changed.connect(self._on_filter)
        self.search.results_wanted.connect(self.setFocus)
        self.region.chosen.connect(self._on_filter)
        self.knows.chosen.connect(self._on_filter)
        self.tabs.currentChanged.connect(self._on_view)
        self.empty.action_wanted.connect(self._on_empty_action)

    def _on_filter(self, _chosen: str) -> None:
        self._show()

    def _on_view(self, _number: int) -> None:
        names = (self.tr("Members"), self.tr("Schools"), self.tr("Who knows what"))
        self.list.setAccessibleName(names[self.view])
        self.knows.setVisible(self.view is View.MEMBERS)
        self.region.setVisible(self.view is not View.KNOWN)
        self._show()

    def _on_empty_action(self) -> None:
        if self.view is View.SCHOOLS and not self._is_filtered():
            self.school_wanted.emit()
            return
        self._let_go()
        self._show()

    def _let_go(self) -> None:
        self.search.clear()
        self.region.set_value("")
        self.knows.set_value("")

    def _is_filtered(self) -> bool:
        return self._wanted() != Wanted()

    def _wanted(self) -> Wanted:
        knows = self.knows.value() if self.view is View.MEMBERS else ""
        region = self.region.value() if self.view is not View.KNOWN else ""
        return Wanted(self.search.text(), region, knows)

    def _seen(self) -> list[MemberRow]:
        """Those whose names may be shown."""
        return [each for each in self._directory.members if each.id not in self._directory.veiled]

    def _show(self) -> None:
        chosen = self.list.current_key()
        found = self._found()
        self._rows.set_items(found)
        # No line is left for marks where nobody has any.
        self.list.set_shape(RowShape(picture=True, badges=any(map(_has_marks, found))))
        self._stack.setCurrentWidget(self.list if found else self._nothing)
        land_at(self, self.list if found else self.empty.button)
        if chosen:
            self.list.choose(chosen)
        self._say_why(filtered=self._is_filtered())

    def _found(self) -> tuple[Entry, ...]:
        directory, wanted = self._directory, self._wanted()
        if self.view is View.SCHOOLS:
            return schools_with(directory.schools, wanted)
        if self.view is View.KNOWN:
            return speaking_of(known_by(self._seen()), wanted.typed)
        return tuple(
            Listed(member, member.id in directory.helpers, member.id in directory.veiled)
            for member in matching(directory.members, wanted)
        )

    def _say_why(self, *, filtered: bool) -> None:
        if filtered:
            words = (self.tr("Nobody fits"), self.tr("No member has all of this."))
            if self.view is not View.MEMBERS:
                words = (self.tr("Nothing fits"), self.tr("Nothing here has all of this."))
            action = self.tr("Show everything")
            action = self.tr("Show everybody") if self.view is View.MEMBERS else action
        elif self.view is View.SCHOOLS:
            words = (self.tr("No school yet"), self.tr("Add yours, so that others find you by it."))
            action = self.tr("Add my school…")
        elif self.view is View.KNOWN and self._directory.members:
            words = (
                self.tr("Nobody has said what they know"),
                self.tr("Begin with your own profile: two or three words are enough."),
            )
            action = ""
        else:
            words = (
                self.tr("Not downloaded yet"),
                self.tr("The members of this community come with the next connection."),
            )
            action = ""
        self.empty.set_words(*words)
        self.empty.set_action(action)

    def _lay_out(self, theme: Theme) -> None:
        filters = QHBoxLayout()
        pad(theme, filters, 0, 4)
        filters.addWidget(self.region)
        filters.addWidget(self.knows)
        filters.addStretch(1)
        head = QVBoxLayout()
        pad(theme, head, (12, 0, 12, 8), 4)
        for part in (self.header, self.tabs, self.search):
            head.addWidget(part)
        head.addLayout(filters)
        column = QVBoxLayout(self)
        pad(theme, column, 0, 0)
        column.addLayout(head)
        column.addWidget(self._stack, 1)


def _has_marks(entry: Entry) -> bool:
    return bool(entry_row(entry).badges)
