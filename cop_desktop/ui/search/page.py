"""Results as a list, the chosen one or the form beside it, what matched marked in both."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from cop_desktop.services.search import SearchHit, asked_in
from cop_desktop.ui.records.care_cover import CareCover
from cop_desktop.ui.records.when import When
from cop_desktop.ui.search.form import SearchForm
from cop_desktop.ui.search.marked_delegate import MarkedDelegate
from cop_desktop.ui.search.model import hit_key, preview_of, row_of
from cop_desktop.ui.search.places import PlaceFilter, known_place
from cop_desktop.ui.search.recent import RecentSearches
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
from cop_desktop.ui.widgets.section_header import SectionHeader

TYPING_FOUND = 50
"""So many are shown while somebody types; after Enter more."""

MOST_FOUND = 100
_RECENT, _HITS, _NOTHING = range(3)


@dataclass(frozen=True, slots=True)
class Results:
    """What came of a search. best_first: else newest first. most: how many were asked for.

    coming: older parts are not downloaded yet, so that there may be more.
    """

    typed: str
    hits: tuple[SearchHit, ...]
    best_first: bool
    most: int
    coming: bool


class SearchPage(Page):
    """`open_wanted` carries the hit to go to, `asked` what the form asks for."""

    open_wanted = Signal(object)
    asked = Signal(object)
    place_chosen = Signal(str)
    recent_chosen = Signal(str)
    clear_recent_wanted = Signal()
    form_shown = Signal()

    def __init__(self, theme: Theme, when: When) -> None:
        super().__init__(theme, self.tr("Search"))
        self.presenter: QObject | None = None  # kept here, as nothing else keeps it
        self._hits: dict[str, SearchHit] = {}
        self._looked_at: set[bytes] = set()
        self._when = when
        self._shape = RowShape(badges=True)
        self.model = RowModel(self._row, hit_key, self)
        self.list = ListView(theme, self.tr("What was found"), self._shape)
        self._delegate = MarkedDelegate(theme, self._shape, self)
        self.list.setItemDelegate(self._delegate)
        self.list.set_rows(self.model)
        self.recent = RecentSearches(theme)
        self.empty = EmptyState(theme, "search", "", "")
        self.count = label("", "soft")
        self.coming = label(
            self.tr("Older parts are still on their way; they are searched once they are here."),
            "small",
        )
        self.places = PlaceFilter(theme)
        self.preview = MarkdownView(theme, self.tr("What was found"))
        self.cover = CareCover(theme)
        self.title = label("", "subtitle", wraps=True)
        self.origin = label("", "soft", wraps=True)
        self.open = push_button(theme, self.tr("&Open"), "primary", "open")
        self.exactly = push_button(theme, self.tr("&More exactly…"), "quiet", "filter")
        self.form: SearchForm | None = None
        self._lists, self._details = QStackedWidget(), QStackedWidget()
        self.set_panes(self._list_pane(), self._detail_pane())
        self._connect()
        self.show_typing()

    def show_typing(self) -> None:
        """Recent searches and how to search, while nothing is typed."""
        self.count.setText("")
        self.coming.hide()
        self.places.show_place("")
        self._lists.setCurrentIndex(_RECENT)
        self._show_hit(None)
        self.title.setText(self.tr("More exactly"))
        self.preview.show_markdown(self._operators())

    def show_recent(self, recent: Sequence[str]) -> None:
        """What was searched for before."""
        self.recent.show_recent(recent)

    def show_results(self, results: Results) -> None:
        """Shows what was found for what was typed."""
        hits = results.hits
        self._hits = {hit_key(hit): hit for hit in hits}
        self.model.set_items(hits)
        self.show_place(results.typed)
        self.coming.setVisible(results.coming)
        if not hits:
            self._show_nothing(results.typed)
            return
        self.count.setText(self._count_words(results))
        self._lists.setCurrentIndex(_HITS)
        self.list.choose(hit_key(hits[0]))
        self._show_hit(hits[0])  # the choice may be the same, and other words have matched

    def show_place(self, typed: str) -> None:
        """Marks the place that is searched in."""
        asked = asked_in(typed)
        self.places.show_place(known_place(asked.place))
        # What somebody is filling in is not rearranged under their hands.
        if self.form is not None and not self.form.isAncestorOf(self.window().focusWidget()):
            self.form.show_asked(asked)

    def show_form(self) -> SearchForm:
        """The form beside the results, built when it is first wanted."""
        if self.form is None:
            self.form = SearchForm(self._theme)
            self.form.asked.connect(self.asked)
            self.form.close_wanted.connect(self.hide_form)
            self._details.addWidget(self.form)
        self._details.setCurrentWidget(self.form)
        self.form_shown.emit()
        self.show_detail()
        self.form.form.focus_first()
        return self.form

    def hide_form(self) -> None:
        """The chosen result again."""
        self._details.setCurrentIndex(0)
        self.show_list()
        self.focus_results()

    def focus_results(self) -> None:
        """Puts the keyboard on the results."""
        self.list.setFocus()

    def _count_words(self, results: Results) -> str:
        count = len(results.hits)
        if count >= results.most:
            words = self.tr("{0} shown, there may be more. Add a word to find fewer.")
            return words.format(count)
        found = self.tr("1 found") if count == 1 else self.tr("{0} found").format(count)
        order = self.tr("best first") if results.best_first else self.tr("newest first")
        return f"{found}, {order}" if count > 1 else found

    def _show_nothing(self, typed: str) -> None:
        self.count.setText("")
        asked = asked_in(typed)
        narrowed = asked.words != typed.strip()
        words = self.tr("Nothing on this computer has “{0}” in it.").format(typed)
        if narrowed:
            words = self.tr("Nothing on this computer fits “{0}”.").format(typed)
        self.empty.set_words(self.tr("Nothing found"), words)
        elsewhere = bool(known_place(asked.place))
        self.empty.set_action(self.tr("Search everywhere") if elsewhere else "")
        self._lists.setCurrentIndex(_NOTHING)
        self._show_hit(None)
        self.title.setText(self.tr("More exactly"))
        self.preview.show_markdown(self._operators())

    def _operators(self) -> str:
        """What can be typed, as Markdown; for who does not want to fill in the form."""
        told = (
            ("from:helen", self.tr("what she wrote")),
            ('in:library in:"Top End"', self.tr("in that place, or that community")),
            ("type:guide tag:attendance", self.tr("of that type, with that tag")),
            ("has:file is:unread", self.tr("with a file, not read yet")),
            ("after:2026-08 before:2026-09-15", self.tr("by day or month, NT time")),
            ('"day one crate" -cyclone', self.tr("these words together, without that one")),
        )
        lines = (f"- `{typed}` {words}" for typed, words in told)
        return "\n".join(lines)

    def _row(self, hit: SearchHit) -> Row:
        return row_of(hit, self._when)

    def _on_chosen(self, key: str) -> None:
        self._show_hit(self._hits.get(key))

    def _show_hit(self, hit: SearchHit | None) -> None:
        self.open.setVisible(hit is not None)
        self.title.setText("" if hit is None else hit.title)
        self.origin.setText("" if hit is None else self._origin(hit))
        covered = hit is not None and hit.care is not None and hit.id not in self._looked_at
        self.cover.setVisible(covered)
        self.preview.setVisible(not covered)
        if covered and hit is not None and hit.care is not None:
            self.cover.show_care(hit.care)
        self.preview.show_markdown("" if hit is None or covered else preview_of(hit))

    def _on_looked(self) -> None:
        hit = self._hits.get(self.list.current_key())
        if hit is not None:
            self._looked_at.add(hit.id)
            self._show_hit(hit)
            self.open.setFocus(Qt.FocusReason.OtherFocusReason)

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

    def _on_everywhere(self) -> None:
        self.place_chosen.emit("")

    def _connect(self) -> None:
        self.list.row_chosen.connect(self._on_chosen)
        self.list.row_opened.connect(self._on_opened)
        self.open.clicked.connect(self._on_open)
        self.cover.show_wanted.connect(self._on_looked)
        self.exactly.clicked.connect(self.show_form)
        self.places.chosen.connect(self.place_chosen)
        self.empty.action_wanted.connect(self._on_everywhere)
        self.recent.chosen.connect(self.recent_chosen)
        self.recent.clear_wanted.connect(self.clear_recent_wanted)

    def _list_pane(self) -> QWidget:
        for shown in (self.recent, self.list, self.empty):
            self._lists.addWidget(shown)
        pane = QWidget()
        pane.setObjectName("pane")
        pane.setAccessibleName(self.tr("What was found"))
        column = QVBoxLayout(pane)
        pad(self._theme, column, 0, 0)
        title = SectionHeader(self._theme, self.tr("Search"), role="title")
        title.add_button(self.exactly)
        head = QVBoxLayout()
        pad(self._theme, head, (12, 0, 12, 8), 4)
        for part in (title, self.places, self.count, self.coming):
            head.addWidget(part)
        column.addLayout(head)
        column.addWidget(self._lists, 1)
        land_at(pane, self.list)
        return pane

    def _detail_pane(self) -> QWidget:
        pane = QWidget()
        column = QVBoxLayout(pane)
        pad(self._theme, column, (24, 24, 24, 24), 8)
        for part in (self.title, self.origin, self.cover, self.preview):
            column.addWidget(part)
        column.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self._details.addWidget(pane)
        self._details.setAccessibleName(self.tr("The chosen result"))
        land_at(self._details, self.open)
        return self._details
