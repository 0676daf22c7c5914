"""The window of the guide: its pages at the left, the chosen one at the right."""

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from cop_desktop.ui.guide.pages import LINK, GuidePage
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.list_view import ListView
from cop_desktop.ui.widgets.markdown_view import MarkdownView
from cop_desktop.ui.widgets.row_delegate import RowShape
from cop_desktop.ui.widgets.rows import Row, RowModel
from cop_desktop.ui.widgets.search_box import SearchBox

_WIDTH_PX, _HEIGHT_PX, _LIST_PX = 940, 640, 250
_LEAST_PX = 180


class GuideDialog(QDialog):
    """Stays open beside the window, so that it can be read while something is tried."""

    def __init__(self, theme: Theme, pages: tuple[GuidePage, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Guide"))
        self.setModal(False)
        self._pages = pages
        self.search = SearchBox(theme, self.tr("Find in the guide"), self.tr("Find…"))
        self.rows = RowModel(_row, _key, self)
        self.list = ListView(theme, self.tr("Pages"), RowShape(snippet=False))
        self.list.set_rows(self.rows)
        self.view = MarkdownView(theme, self.tr("Page"))
        self._lay_out(theme)
        self.list.row_chosen.connect(self._on_chosen)
        self.search.search_changed.connect(self._fill)
        self.search.results_wanted.connect(self.list.setFocus)
        self.view.link_activated.connect(self._follow)
        self._fill("")
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_page(self, key: str) -> None:
        """Goes to a page, if there is one with this key."""
        self.list.choose(key)

    def _fill(self, typed: str) -> None:
        """Lists the pages that have all that was typed; shows the first, or the same as before."""
        wanted, before = typed.casefold(), self.list.current_key()
        found = [page for page in self._pages if wanted in page.text.casefold()]
        self.rows.set_items(found)
        if not found:
            self._show(self.tr("No page has these words."))
        elif self.rows.place_of(before) is None:
            self.list.choose(found[0].key)

    def _on_chosen(self, key: str) -> None:
        self._show(next(page.text for page in self._pages if page.key == key))

    def _show(self, text: str) -> None:
        self.view.show_markdown(text)
        self._scroll.verticalScrollBar().setValue(0)

    def _follow(self, address: str) -> None:
        if address.startswith(LINK):
            self.search.clear()
            self._fill("")
            self.show_page(address.removeprefix(LINK))
        else:
            QDesktopServices.openUrl(QUrl(address))

    def _lay_out(self, theme: Theme) -> None:
        side, page, paper = QWidget(), QWidget(), QWidget()
        left = QVBoxLayout(side)
        pad(theme, left, (12, 12, 0, 0), 8)
        left.addWidget(self.search)
        left.addWidget(self.list, 1)
        paper.setObjectName("scrolled")
        words = QVBoxLayout(paper)
        pad(theme, words, (24, 16, 24, 24), 0)
        words.addWidget(self.view)
        words.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(paper)
        self._scroll.setAccessibleName(self.tr("Page"))
        right = QVBoxLayout(page)
        pad(theme, right, 0, 0)
        right.addWidget(self._scroll)
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.setChildrenCollapsible(False)
        for number, pane in enumerate((side, page)):
            pane.setObjectName("pane")
            pane.setMinimumWidth(theme.metrics.px(_LEAST_PX))
            panes.addWidget(pane)
            panes.setStretchFactor(number, number)
        panes.setHandleWidth(1)
        row = QHBoxLayout(self)
        pad(theme, row, 0, 0)
        row.addWidget(panes)
        room, metrics = self.screen().availableGeometry(), theme.metrics
        width = min(metrics.px(_WIDTH_PX), room.width() - 40)
        self.resize(width, min(metrics.px(_HEIGHT_PX), room.height() - 60))
        panes.setSizes([metrics.px(_LIST_PX), width - metrics.px(_LIST_PX)])


def _row(page: GuidePage) -> Row:
    return Row(page.key, page.title)


def _key(page: GuidePage) -> str:
    return page.key
