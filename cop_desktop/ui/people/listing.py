"""The list of members with its filter."""

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from cop_desktop.services.people import MemberRow
from cop_desktop.ui.people.model import matching
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.empty_state import EmptyState
from cop_desktop.ui.widgets.landing import land_at
from cop_desktop.ui.widgets.list_view import ListView
from cop_desktop.ui.widgets.row_delegate import RowShape
from cop_desktop.ui.widgets.rows import RowModel
from cop_desktop.ui.widgets.search_box import SearchBox
from cop_desktop.ui.widgets.section_header import SectionHeader


class ListingView(QWidget):
    """Filters what it was given by itself: a community's members are all in hand."""

    def __init__(self, theme: Theme, rows: RowModel) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("People"))
        self._rows = rows
        self._members: tuple[MemberRow, ...] = ()
        self.header = SectionHeader(theme, self.tr("People"), role="title")
        self.mine = push_button(theme, self.tr("&My profile"), "", "member")
        self.header.add_button(self.mine)
        self.search = SearchBox(
            theme, self.tr("Find people"), self.tr("Name, school, what they know…")
        )
        self.list = ListView(theme, self.tr("Members"), RowShape(picture=True, badges=True))
        self.list.set_rows(rows)
        self.empty = EmptyState(theme, "people", "", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        self.setObjectName("pane")
        land_at(self, self.list)
        self.search.search_changed.connect(self._on_filter)
        self.search.results_wanted.connect(self.list.setFocus)
        self.empty.action_wanted.connect(self.search.clear)
        head = QVBoxLayout()
        pad(theme, head, (12, 0, 12, 8), 4)
        head.addWidget(self.header)
        head.addWidget(self.search)
        column = QVBoxLayout(self)
        pad(theme, column, 0, 0)
        column.addLayout(head)
        column.addWidget(self._stack, 1)

    def show_members(self, members: tuple[MemberRow, ...]) -> None:
        """Shows these, as far as the filter leaves them."""
        self._members = members
        self.mine.setEnabled(True)
        self._show()

    def show_no_community(self) -> None:
        """Before anybody has joined one."""
        self.show_members(())
        self.mine.setEnabled(False)
        self.empty.set_words(
            self.tr("No community yet"),
            self.tr("Join a community with the invitation you got, then its people are here."),
        )

    def look_for(self, words: str) -> None:
        """Only those in whom these words are found."""
        self.search.setText(words)

    def choose(self, member: bytes) -> bool:
        """Marks a member; False if they are not listed."""
        return self.list.choose(member.hex())

    def _on_filter(self, _typed: str) -> None:
        self._show()

    def _show(self) -> None:
        chosen = self.list.current_key()
        found = matching(self._members, self.search.text())
        self._rows.set_items(found)
        self._stack.setCurrentWidget(self.list if found else self.empty)
        if chosen:
            self.list.choose(chosen)
        self._say_why(nobody_fits=bool(self._members))

    def _say_why(self, *, nobody_fits: bool) -> None:
        if nobody_fits:
            self.empty.set_words(
                self.tr("Nobody fits"), self.tr("No member has all of these words.")
            )
        else:
            self.empty.set_words(
                self.tr("Not downloaded yet"),
                self.tr("The members of this community come with the next connection."),
            )
        self.empty.set_action(self.tr("Show everybody") if nobody_fits else "")
