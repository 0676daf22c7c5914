"""The page of people: members, schools and what people know, beside one of them."""

from PySide6.QtWidgets import QStackedWidget

from cop_desktop.ui.people.group_view import GroupView
from cop_desktop.ui.people.listing import ListingView
from cop_desktop.ui.people.model import entry_key, entry_row, tr
from cop_desktop.ui.people.presenter import PeoplePresenter, Shown
from cop_desktop.ui.people.profile import ProfileView
from cop_desktop.ui.people.tools import PeopleTools
from cop_desktop.ui.shell.page import Page
from cop_desktop.ui.widgets.landing import land_at
from cop_desktop.ui.widgets.rows import RowModel
from sync.core.ids import Id


class PeoplePage(Page):
    """What other places may ask: `show_community`, `open_member`, `open_school`."""

    def __init__(self, tools: PeopleTools) -> None:
        super().__init__(tools.theme, tr("People"))
        self.rows = RowModel(entry_row, entry_key, self)
        self.listing = ListingView(tools.theme, self.rows)
        self.profile = ProfileView(tools.theme, tools.when)
        self.group = GroupView(tools.theme)
        self.detail = QStackedWidget()
        self.detail.setAccessibleName(self.profile.accessibleName())
        for part in (self.profile, self.group):
            self.detail.addWidget(part)
        land_at(self.detail, self.profile)
        self.set_panes(self.listing, self.detail)
        shown = Shown(self.detail, self.profile, self.group)
        self.presenter = PeoplePresenter(self.listing, shown, tools)
        self.shown.connect(self.presenter.read)
        self.listing.list.clicked.connect(self.show_detail)
        self.listing.list.row_opened.connect(self._on_opened)
        self.listing.mine.clicked.connect(self.show_detail)

    def show_community(self, space: Id | None) -> None:
        """The members of a community, None for none."""
        self.presenter.show_community(space)

    def open_member(self, member: Id) -> None:
        """Shows somebody's profile, as from a search."""
        self.presenter.open(member)
        self.show_detail()

    def open_school(self, school: Id) -> None:
        """Shows a school with who works there, as from a search."""
        self.presenter.open_school(school)
        self.show_detail()

    def open_record(self, kind: str, record: Id, part: Id) -> None:
        if kind == "member":
            self.open_member(record)
        elif kind == "school":
            self.open_school(record)

    def show_matching(self, words: str) -> None:
        """Lists those who have these words somewhere, such as the name of their school."""
        self.listing.look_for(words)
        self.show_list()

    def _on_opened(self, _key: str) -> None:
        self.show_detail()
