"""The window of the guide: its pages at the left, the chosen one at the right."""

from PySide6.QtCore import QCoreApplication, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QTextCursor
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from cop_desktop.ui.guide.finding import Found, beginning, find, place_of
from cop_desktop.ui.guide.pages import LINK, GuidePage, Part, part_of
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
        self._typed = ""
        self.search = SearchBox(theme, self.tr("Find in the guide"), self.tr("Find…"))
        self.rows = RowModel(_row, _key, self)
        self.list = ListView(theme, self.tr("Pages"), RowShape())
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
        """Goes to a page, if there is one with this key, whatever is looked for."""
        if self._typed:
            self.search.clear()
            self._fill("")
        self.list.choose(key)

    def _fill(self, typed: str) -> None:
        """Lists the pages that have all the words, the best first, and shows that."""
        self._typed, before = typed, self.list.current_key()
        found = find(self._pages, typed)
        self.rows.set_items(found)
        self.list.viewport().update()  # the same pages may be found by other words
        if not found:
            self._show(self.tr("No page has all these words. Try fewer, or other ones."))
        elif typed or self.rows.place_of(before) is None:
            self.list.choose(found[0].page.key)
            self._on_chosen(found[0].page.key)  # at what was found, also if it was shown

    def _on_chosen(self, key: str) -> None:
        self._show(next(page.text for page in self._pages if page.key == key))

    def _show(self, text: str) -> None:
        self.view.show_markdown(text)
        shown = self.view.document().toPlainText()
        title_ends = shown.find("\n")
        place = place_of(shown[title_ends:], self._typed) if self._typed else -1
        if place < 0:
            self._scroll.verticalScrollBar().setValue(0)
            return
        cursor = QTextCursor(self.view.document())
        cursor.setPosition(title_ends + place)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfWord, QTextCursor.MoveMode.KeepAnchor)
        self.view.setTextCursor(cursor)  # marked as somebody would mark it
        QTimer.singleShot(0, self, self._bring_mark)  # once the text has its height

    def _bring_mark(self) -> None:
        """Scrolls so that what is marked stands in the upper part."""
        top = self.view.y() + self.view.cursorRect().top()
        bar = self._scroll.verticalScrollBar()
        bar.setValue(max(top - self._scroll.viewport().height() // 4, 0))

    def _follow(self, address: str) -> None:
        if address.startswith(LINK):
            self.show_page(address.removeprefix(LINK))
        else:
            QDesktopServices.openUrl(QUrl(address))

    def _lay_out(self, theme: Theme) -> None:
        side, page, paper = QWidget(), QWidget(), QWidget()
        left = QVBoxLayout(side)
        pad(theme, left, (12, 12, 12, 0), 8)
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


def _row(found: Found) -> Row:
    words = {
        Part.EVERYBODY: "",
        Part.FACILITATORS: QCoreApplication.translate("GuideDialog", "For facilitators"),
        Part.IT: QCoreApplication.translate("GuideDialog", "For whoever looks after computers"),
    }
    page = found.page
    snippet = found.snippet or words[part_of(page.key)] or beginning(page)
    return Row(page.key, page.title, snippet)


def _key(found: Found) -> str:
    return found.page.key
