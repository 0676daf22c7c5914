"""The window of the guide: its pages at the left, the chosen one at the right."""

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cop_desktop.ui.guide.pages import LINK, GuidePage
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.markdown_view import MarkdownView
from cop_desktop.ui.widgets.search_box import SearchBox

_WIDTH_PX, _HEIGHT_PX, _LIST_PX = 900, 620, 240


class GuideDialog(QDialog):
    """Stays open beside the window, so that it can be read while something is tried."""

    def __init__(self, theme: Theme, pages: tuple[GuidePage, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Guide"))
        self.setModal(False)
        self._pages = pages
        self.search = SearchBox(theme, self.tr("Find in the guide"), self.tr("Find…"))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Pages"))
        self.view = MarkdownView(theme, self.tr("Page"))
        self._lay_out(theme)
        self.list.currentItemChanged.connect(self._on_chosen)
        self.search.search_changed.connect(self._fill)
        self.view.link_activated.connect(self._follow)
        self._fill("")

    def show_page(self, key: str) -> None:
        """Goes to a page, if there is one with this key."""
        for row in range(self.list.count()):
            if self.list.item(row).data(Qt.ItemDataRole.UserRole).key == key:
                self.list.setCurrentRow(row)

    def _fill(self, typed: str) -> None:
        """Lists the pages that have all that was typed."""
        wanted = typed.casefold()
        self.list.clear()
        for page in self._pages:
            if wanted in page.text.casefold():
                item = QListWidgetItem(page.title)
                item.setData(Qt.ItemDataRole.UserRole, page)
                self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        text = item.data(Qt.ItemDataRole.UserRole).text if item is not None else ""
        self.view.show_markdown(text or self.tr("No page has these words."))
        self._scroll.verticalScrollBar().setValue(0)

    def _follow(self, address: str) -> None:
        if address.startswith(LINK):
            self.search.clear()
            self._fill("")
            self.show_page(address.removeprefix(LINK))
        else:
            QDesktopServices.openUrl(QUrl(address))

    def _lay_out(self, theme: Theme) -> None:
        side = QVBoxLayout()
        side.addWidget(self.search)
        side.addWidget(self.list, 1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self.view)
        self._scroll.setAccessibleName(self.tr("Page"))
        row = QHBoxLayout(self)
        pad(theme, row, 12, 12)
        holder = QWidget()
        holder.setLayout(side)
        holder.setFixedWidth(theme.metrics.px(_LIST_PX))
        row.addWidget(holder)
        row.addWidget(self._scroll, 1)
        self.resize(theme.metrics.px(_WIDTH_PX), theme.metrics.px(_HEIGHT_PX))
