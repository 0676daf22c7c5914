"""Connects the list and the item with what the library's services do."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt

from cop_desktop.services.library import (
    ItemRow,
    ItemView,
    LibraryFilter,
    Shelf,
    Step,
)
from cop_desktop.ui.library.actions import PLACE
from cop_desktop.ui.library.detail import DetailView
from cop_desktop.ui.library.doing import Doing
from cop_desktop.ui.library.filing import Filing
from cop_desktop.ui.library.listing import ListingView
from cop_desktop.ui.library.reviewing import Reviewing
from cop_desktop.ui.library.tools import Id, LibraryTools
from cop_desktop.ui.library.using import Using
from cop_desktop.ui.library.writing import Writing
from cop_desktop.ui.records.actions import history_key, trash_key, versions_key
from cop_desktop.ui.records.care_asking import CareAsking, CareTools
from cop_desktop.ui.records.dialogs import show_history, show_trash, show_versions
from cop_desktop.ui.records.presenting import Presenting
from cop_desktop.ui.records.tools import RecordTools

_KINDS = frozenset(
    {
        *("library_item", "file_version", "extracted_text", "use_report", "care_flag", "reaction"),
        *("member", "membership", "school", "community"),
    }
)
_CARDS = "library.cards"


@dataclass(frozen=True, slots=True)
class _Listed:
    """One reading of the list. shelf: of all items, whatever the filter leaves."""

    items: tuple[ItemRow, ...]
    shelf: Shelf
    on_its_way: bool


class LibraryPresenter(Presenting):
    """One community's library at a time."""

    def __init__(self, listing: ListingView, detail: DetailView, tools: LibraryTools) -> None:
        super().__init__(detail, tools)
        self._listing, self._detail, self._tools = listing, detail, tools
        self._records = RecordTools.of(tools, tools.library)
        self._filing = Filing(detail, tools)
        self._writing = Writing(detail, tools)
        self._reviewing = Reviewing(detail, tools)
        self._using = Using(detail, tools)
        self._doing = Doing(detail, tools)
        self._care = CareAsking(detail, CareTools.of(tools, tools.care))
        self._space: Id | None = None
        self._item: ItemView | None = None
        self._chosen: Id | None = None
        self._shown_anyway: set[Id] = set()
        self._connect()
        self._listing.show_cards(tools.memory.get(_CARDS) == b"1")

    # Reading

    def show_community(self, space: Id | None) -> None:
        """The items of this community; None while there is none."""
        if space != self._space:
            self._chosen = None
            self._keep(None)
            self._detail.show_nothing()
            self._listing.filter.show_shelf(Shelf((), (), ()))
        self._space = space
        self.read()

    def read(self) -> None:
        """Reads the list, and the item that is shown."""
        if self._space is None:
            self._listing.show_no_community()
            return
        self._read_list()
        if self._chosen is not None:
            self.open(self._chosen)

    def open(self, item: Id) -> None:
        """Shows an item."""
        self._chosen = item
        work = partial(self._tools.library.item, item)
        self._tools.jobs.run(work, self._show_item, self._say_trouble, "library.item")

    def _read_list(self) -> None:
        if self._space is not None:
            wanted = self._listing.filter.wanted()
            work = partial(self._listed, self._space, wanted)
            done = partial(self._show_list, self._space, wanted)
            self._tools.jobs.run(work, done, self._say_trouble, "library.list")

    def _listed(self, space: Id, wanted: LibraryFilter) -> _Listed:
        """On the store thread."""
        library = self._tools.library
        items, shelf = library.items(space, wanted), library.shelf(space)
        return _Listed(items, shelf, self._tools.on_its_way(space))

    def _show_list(self, space: Id, wanted: LibraryFilter, listed: _Listed) -> None:
        if space != self._space or wanted != self._listing.filter.wanted():
            return  # another list is asked for by now
        self._listing.filter.show_shelf(listed.shelf)
        self._listing.show_items(listed.items, on_its_way=listed.on_its_way)
        if self._chosen is None and listed.items:
            self._listing.choose(listed.items[0].id)

    def _show_item(self, item: ItemView) -> None:
        if item.id != self._chosen:
            return
        if item.trashed:
            self._keep(None)
            self._detail.show_trashed(item)
            return
        self._listing.choose(item.id)
        if item.care is not None and item.id not in self._shown_anyway:
            self._keep(None)
            self._detail.show_cover(item)
            return
        self._detail.show_item(item)
        self._keep(item)

    def _keep(self, item: ItemView | None) -> None:
        self._item = item
        self._filing.show_item(item)
        here = (history_key(PLACE), versions_key(PLACE), "library.cite", "library.used")
        for key in here:
            self._tools.registry.set_enabled(key, item is not None)

    def _find(self) -> None:
        search = self._listing.filter.search
        search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        search.selectAll()

    # Doing

    def add(self) -> None:
        """Asks for a new item."""
        if self._space is not None:
            self._writing.add(self._space)

    def change(self) -> None:
        """Asks how the item should be."""
        if self._item is not None and self._item.may_change:
            self._writing.change(self._item.id)

    def add_files(self, key: str, paths: Sequence[str]) -> None:
        """Adds files to the item with this key, or new items for them where there is none."""
        if self._space is None or not paths:
            return
        if key:
            work = partial(self._tools.library.item, bytes.fromhex(key))
            done = partial(self._add_files_to, paths)
            self._tools.jobs.run(work, done, self._say_trouble)
        else:
            self._writing.add_files(self._space, paths)

    def _add_files_to(self, paths: Sequence[str], item: ItemView) -> None:
        self._filing.add_to(item.id, item.title, paths)
        self.open(item.id)

    def _step(self, step: Step) -> None:
        if self._item is not None:
            self._reviewing.take(step, self._item)

    def _cite(self) -> None:
        if self._item is not None:
            self._doing.cite(self._item)

    def _ask_for_care(self) -> None:
        if self._item is not None:
            # Whoever asks for it has it before them: no warning for them this time.
            self._shown_anyway.add(self._item.id)
            self._care.change(self._item.id, self._item.care)

    def _open_copy(self, copy: Id) -> None:
        # Where care is asked for, who made it has seen what it is a copy of.
        self._shown_anyway.add(copy)
        self.open(copy)

    def _show_anyway(self) -> None:
        if self._chosen is not None:
            self._shown_anyway.add(self._chosen)
            self.open(self._chosen)

    def _report_use(self) -> None:
        if self._item is not None:
            self._using.report(self._item)

    def _switch_cards(self) -> None:
        self._show_cards(not self._listing.list.are_cards)

    def _show_cards(self, cards: bool) -> None:
        self._listing.show_cards(cards)
        self._tools.memory.put(_CARDS, b"1" if cards else b"0")

    def _adapt(self) -> None:
        if self._item is not None:
            self._doing.adapt(self._item)

    def _trash(self) -> None:
        if self._item is not None:
            self._doing.trash(self._item)

    def _restore(self) -> None:
        if self._chosen is not None:
            self._doing.put_back(self._chosen)

    # Wiring

    def _history(self) -> None:
        if self._item is not None:
            show_history(self._detail.window(), self._records, self._item.id)

    def _versions(self) -> None:
        if self._item is not None:
            show_versions(self._detail.window(), self._records, self._item.id)

    def _show_trash(self) -> None:
        if self._space is not None:
            show_trash(self._detail.window(), self._records, self._space)

    def _on_row(self, key: str) -> None:
        if key and bytes.fromhex(key) != self._chosen:
            self.open(bytes.fromhex(key))

    def _on_hub(self, changed: Any) -> None:
        if changed.kinds & _KINDS and self._listing.isVisible():
            self.read()

    def _connect(self) -> None:
        listing, detail, registry = self._listing, self._detail, self._tools.registry
        listing.filter.changed.connect(self._read_list)
        listing.new_wanted.connect(self.add)
        listing.files_dropped.connect(self.add_files)
        listing.cards_wanted.connect(self._show_cards)
        listing.trash_wanted.connect(self._show_trash)
        listing.list.row_chosen.connect(self._on_row)
        detail.tags.tag_chosen.connect(listing.filter.choose_tag)
        detail.review.step_wanted.connect(self._step)
        detail.relations.open_wanted.connect(self.open)
        detail.uses.report_wanted.connect(self._report_use)
        detail.uses.change_wanted.connect(self._using.change)
        detail.uses.trash_wanted.connect(self._using.trash)
        detail.uses.versions_wanted.connect(self._using.versions)
        detail.uses.thanked.connect(self._using.thank)
        for text in (detail.summary, detail.review, detail.uses):
            text.link_activated.connect(self._tools.open_link)
        detail.cite_wanted.connect(self._cite)
        detail.care_wanted.connect(self._ask_for_care)
        detail.show_wanted.connect(self._show_anyway)
        detail.change_wanted.connect(self.change)
        detail.adapt_wanted.connect(self._adapt)
        detail.trash_wanted.connect(self._trash)
        detail.restore_wanted.connect(self._restore)
        detail.history_wanted.connect(self._history)
        detail.versions_wanted.connect(self._versions)
        self._doing.adapted.connect(self._open_copy)
        self._writing.added.connect(self.open)
        self._writing.files_wanted.connect(self._filing.add_to)
        self._tools.hub.changed.connect(self._on_hub)
        registry.connect_slot("library.new", self.add)
        registry.connect_slot("library.change", self.change)
        registry.connect_slot("library.filter", self._find)
        registry.connect_slot("library.cite", self._cite)
        registry.connect_slot("library.used", self._report_use)
        registry.connect_slot("library.cards", self._switch_cards)
        registry.connect_slot(history_key(PLACE), self._history)
        registry.connect_slot(versions_key(PLACE), self._versions)
        registry.connect_slot(trash_key(PLACE), self._show_trash)
        self._keep(None)
