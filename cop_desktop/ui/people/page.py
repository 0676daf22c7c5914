"""The page of people: the members beside one profile."""

from cop_desktop.ui.people.listing import ListingView
from cop_desktop.ui.people.model import member_key, member_row, tr
from cop_desktop.ui.people.presenter import PeoplePresenter
from cop_desktop.ui.people.profile import ProfileView
from cop_desktop.ui.people.tools import PeopleTools
from cop_desktop.ui.shell.page import Page
from cop_desktop.ui.widgets.rows import RowModel
from sync.core.ids import Id


class PeoplePage(Page):
    """What other places may ask: `show_community`, `open_member`."""

    def __init__(self, tools: PeopleTools) -> None:
        super().__init__(tools.theme, tr("People"))
        self.rows = RowModel(member_row, member_key, self)
        self.listing = ListingView(tools.theme, self.rows)
        self.profile = ProfileView(tools.theme)
        self.set_panes(self.listing, self.profile)
        self.presenter = PeoplePresenter(self.listing, self.profile, tools)
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

    def show_matching(self, words: str) -> None:
        """Lists those who have these words somewhere, such as the name of their school."""
        self.listing.search.setText(words)
        self.show_list()

    def _on_opened(self, _key: str) -> None:
        self.show_detail()
