"""The page of the library: the list beside one item."""

from PySide6.QtCore import QMimeData, Signal

from cop_desktop.services.library import Attention
from cop_desktop.ui.library.detail import DetailView
from cop_desktop.ui.library.listing import ListingView
from cop_desktop.ui.library.model import ItemRows, item_key
from cop_desktop.ui.library.presenter import LibraryPresenter
from cop_desktop.ui.library.tools import Id, LibraryTools
from cop_desktop.ui.shell.page import Page
from cop_desktop.ui.widgets.pasting import local_files
from cop_desktop.ui.widgets.rows import RowModel


class LibraryPage(Page):
    """What other places may ask: `show_community`, `open_item`, `show_attention`."""

    community_wanted = Signal(object)

    def __init__(self, tools: LibraryTools) -> None:
        super().__init__(tools.theme, "")
        self.setAccessibleName(self.tr("Library"))
        rows = ItemRows(tools.when, self)
        self.rows = RowModel(rows.row, item_key, self)
        self.listing = ListingView(tools.theme, self.rows, rows.card)
        self.detail = DetailView(tools.theme, tools.when)
        self.set_panes(self.listing, self.detail)
        self.presenter = LibraryPresenter(self.listing, self.detail, tools)
        self.shown.connect(self.presenter.read)
        self.listing.list.clicked.connect(self.show_detail)
        self.listing.list.row_opened.connect(self._on_opened)

    def show_community(self, space: Id | None) -> None:
        """The items of a community, None for none."""
        self.presenter.show_community(space)

    def open_item(self, item: Id) -> None:
        """Shows an item of the community, as from a search."""
        self.presenter.open(item)
        self.show_detail()

    def open_record(self, kind: str, record: Id, part: Id) -> None:
        if kind == "library_item":
            self.open_item(record)

    def show_attention(self, sort: Attention) -> None:
        """Lists what somebody is to do this about."""
        self.show_list()
        self.listing.filter.choose_attention(sort)

    def paste_files(self, pasted: QMimeData) -> bool:
        """Files pasted on the list become new items, a picture goes to the item that is shown."""
        paths = local_files(pasted)
        if not paths:
            return self.detail.paste_files(pasted)
        self.presenter.add_files("", paths)
        return True

    def _on_opened(self, _key: str) -> None:
        self.show_detail()
