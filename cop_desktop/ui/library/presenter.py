"""Connects the list and the item with what the library's services do."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt

from cop_desktop.services.library import ItemRow, ItemView, LibraryFilter, Step
from cop_desktop.ui.library.detail import DetailView
from cop_desktop.ui.library.filing import Filing
from cop_desktop.ui.library.listing import ListingView
from cop_desktop.ui.library.tools import PLACE, Id, LibraryTools
from cop_desktop.ui.library.writing import Writing
from cop_desktop.ui.records.actions import history_key, trash_key, versions_key
from cop_desktop.ui.records.dialogs import show_history, show_trash, show_versions
from cop_desktop.ui.records.presenting import Presenting
from cop_desktop.ui.records.tools import RecordTools
from cop_desktop.ui.widgets.notice_bar import Notice

_KINDS = frozenset({*("library_item", "file_version", "extracted_text"), *("member", "membership")})


@dataclass(frozen=True, slots=True)
class _Listed:
    """One reading of the list. tags: of all items, whatever the filter leaves."""

    items: tuple[ItemRow, ...]
    tags: tuple[str, ...]
    on_its_way: bool


class LibraryPresenter(Presenting):
    """One community's library at a time."""

    def __init__(self, listing: ListingView, detail: DetailView, tools: LibraryTools) -> None:
        super().__init__(detail, tools)
        self._listing, self._detail, self._tools = listing, detail, tools
        self._records = RecordTools.of(tools, tools.library)
        self._filing = Filing(detail, tools)
        self._writing = Writing(detail, tools)
        self._space: Id | None = None
        self._item: ItemView | None = None
        self._chosen: Id | None = None
        self._connect()

    # Reading

    def show_community(self, space: Id | None) -> None:
        """The items of this community; None while there is none."""
        if space != self._space:
            self._chosen = None
            self._keep(None)
            self._detail.show_nothing()
            self._listing.filter.show_tags(())
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
        items, tags = library.items(space, wanted), library.tags(space)
        return _Listed(items, tags, self._tools.on_its_way(space))

    def _show_list(self, space: Id, wanted: LibraryFilter, listed: _Listed) -> None:
        if space != self._space or wanted != self._listing.filter.wanted():
            return  # another list is asked for by now
        self._listing.filter.show_tags(listed.tags)
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
        self._detail.show_item(item)
        self._keep(item)
        self._listing.choose(item.id)

    def _keep(self, item: ItemView | None) -> None:
        self._item = item
        self._filing.show_item(item)
        for key in (history_key(PLACE), versions_key(PLACE)):
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

    def _step(self, step: Step) -> None:
        if self._item is not None:
            verb = getattr(self._tools.library, step.value.replace(" ", "_"))
            self._do(partial(verb, self._item.id))

    def _adapt(self) -> None:
        if self._item is not None:
            work = partial(self._tools.library.adapt, self._item.id)
            self._tools.jobs.run(work, self._on_adapted, self._say_trouble)

    def _on_adapted(self, added: Any) -> None:
        self._tools.hub.post_change(added.changed)
        self._tools.show_notice(Notice(self.tr("This is your copy, with credit to the original.")))
        self.open(added.id)

    def _trash(self) -> None:
        if self._item is not None:
            item, title = self._item.id, self._item.title
            work = partial(self._tools.library.move_to_trash, item)
            self._tools.jobs.run(work, partial(self._on_trashed, item, title), self._say_trouble)

    def _on_trashed(self, item: Id, title: str, changed: Any) -> None:
        self._tools.hub.post_change(changed)
        words = self.tr("“{0}” is in the trash.").format(title)
        undo = partial(self._put_back, item)
        self._tools.show_notice(Notice(words, action=self.tr("&Undo"), acted=undo))

    def _restore(self) -> None:
        if self._chosen is not None:
            self._put_back(self._chosen)

    def _put_back(self, item: Id) -> None:
        self._do(partial(self._tools.library.restore, item))

    def _do(self, work: Any) -> None:
        self._tools.jobs.run(work, self._tools.hub.post_change, self._say_trouble)

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
        listing.trash_wanted.connect(self._show_trash)
        listing.list.row_chosen.connect(self._on_row)
        detail.tags.tag_chosen.connect(listing.filter.choose_tag)
        detail.step_wanted.connect(self._step)
        detail.change_wanted.connect(self.change)
        detail.adapt_wanted.connect(self._adapt)
        detail.trash_wanted.connect(self._trash)
        detail.restore_wanted.connect(self._restore)
        detail.history_wanted.connect(self._history)
        detail.versions_wanted.connect(self._versions)
        self._writing.added.connect(self.open)
        self._tools.hub.changed.connect(self._on_hub)
        registry.connect_slot("library.new", self.add)
        registry.connect_slot("library.change", self.change)
        registry.connect_slot("library.filter", self._find)
        registry.connect_slot(history_key(PLACE), self._history)
        registry.connect_slot(versions_key(PLACE), self._versions)
        registry.connect_slot(trash_key(PLACE), self._show_trash)
        self._keep(None)
