"""Results as a list, the chosen one beside it with the words that matched in bold."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from cop_desktop.services.search import SearchHit
from cop_desktop.ui.records.when import When
from cop_desktop.ui.search.model import hit_key, preview_of, row_of
from cop_desktop.ui.shell.page import Page
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.empty_state import EmptyState
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.landing import land_at
from cop_desktop.ui.widgets.list_view import ListView
from cop_desktop.ui.widgets.markdown_view import MarkdownView
from cop_desktop.ui.widgets.row_delegate import RowShape
from cop_desktop.ui.widgets.rows import Row, RowModel

MOST_FOUND = 100


class SearchPage(Page):
    """`open_wanted` carries the hit to go to."""

    open_wanted = Signal(object)

    def __init__(self, theme: Theme, when: When) -> None:
        super().__init__(theme, self.tr("Search"))
        self.presenter: QObject | None = None  # kept here, as nothing else keeps it
        self._hits: dict[str, SearchHit] = {}
        self._when = when
        self.model = RowModel(self._row, hit_key, self)
        self.list = ListView(theme, self.tr("What was found"), RowShape(badges=True))
        self.list.set_rows(self.model)
        self.empty = EmptyState(theme, "search", "", "")
        self.count = label("", "soft")
        self.preview = MarkdownView(theme, self.tr("What was found"))
        self.title = label("", "subtitle", wraps=True)
        self.origin = label("", "soft", wraps=True)
        self.open = push_button(theme, self.tr("&Open"), "primary", "open")
        self._lists = QStackedWidget()
        self.set_panes(self._list_pane(), self._detail_pane())
        self.list.row_chosen.connect(self._on_chosen)
        self.list.row_opened.connect(self._on_opened)
        self.open.clicked.connect(self._on_open)
        self.show_typing()

    def show_typing(self) -> None:
        """Says what can be searched and how, while nothing is typed."""
        self._show_empty(
            self.tr("Find anything"),
            self.tr(
                "Type two letters or more. Words inside documents are found too, also those that "
                "are not downloaded. Narrow it with from:name, in:meetings, tag:word, has:file, "
                'is:unread, before:2026-08-01, "exact words" or -word.'
            ),
        )

    def show_hits(self, typed: str, hits: tuple[SearchHit, ...]) -> None:
        """Shows what was found for what was typed."""
        self._hits = {hit_key(hit): hit for hit in hits}
        self.model.set_items(hits)
        if not hits:
            words = self.tr("Nothing on this computer has “{0}” in it.").format(typed)
            self._show_empty(self.tr("Nothing found"), words)
            return
        self.count.setText(self._count_words(len(hits)))
        self._lists.setCurrentIndex(0)
        self.list.choose(hit_key(hits[0]))
        self._show_hit(hits[0])  # the choice may be the same, and other words have matched

    def focus_results(self) -> None:
        """Puts the keyboard on the results."""
        self.list.setFocus()

    def _count_words(self, count: int) -> str:
        if count == 1:
            return self.tr("1 found")
        words = self.tr("{0} found")
        if count >= MOST_FOUND:
            words = self.tr("{0} shown, there may be more. Add a word to find fewer.")
        return words.format(count)

    def _show_empty(self, headline: str, sentence: str) -> None:
        self.count.setText("")
        self.empty.set_words(headline, sentence)
        self._lists.setCurrentIndex(1)
        self._show_hit(None)

    def _row(self, hit: SearchHit) -> Row:
        return row_of(hit, self._when)

    def _on_chosen(self, key: str) -> None:
        self._show_hit(self._hits.get(key))

    def _show_hit(self, hit: SearchHit | None) -> None:
        self.open.setVisible(hit is not None)
        self.title.setText("" if hit is None else hit.title)
        self.origin.setText("" if hit is None else self._origin(hit))
        self.preview.show_markdown("" if hit is None else preview_of(hit))

    def _origin(self, hit: SearchHit) -> str:
        parts = [hit.place, hit.who, self._when.full(hit.when), hit.file]
        if hit.file and not hit.here:
            parts.append(self.tr("the file is not downloaded yet"))
        return " · ".join(part for part in parts if part)

    def _on_opened(self, key: str) -> None:
        if key in self._hits:
            self.open_wanted.emit(self._hits[key])

    def _on_open(self) -> None:
        self._on_opened(self.list.current_key())

    def _list_pane(self) -> QWidget:
        self._lists.addWidget(self.list)
        self._lists.addWidget(self.empty)
        pane = QWidget()
        pane.setObjectName("pane")
        pane.setAccessibleName(self.tr("What was found"))
        column = QVBoxLayout(pane)
        pad(self._theme, column, 0, 0)
        head = QVBoxLayout()
        pad(self._theme, head, (12, 12, 12, 8), 4)
        head.addWidget(label(self.tr("Search"), "title"))
        head.addWidget(self.count)
        column.addLayout(head)
        column.addWidget(self._lists, 1)
        land_at(pane, self.list)
        return pane

    def _detail_pane(self) -> QWidget:
        pane = QWidget()
        pane.setAccessibleName(self.tr("The chosen result"))
        column = QVBoxLayout(pane)
        pad(self._theme, column, (24, 24, 24, 24), 8)
        for part in (self.title, self.origin, self.preview):
            column.addWidget(part)
        column.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        land_at(pane, self.open)
        return pane
