"""Connects the list and the item with what the library's services do."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from cop_desktop.services.attachments import FileView
from cop_desktop.services.library import ItemRow, ItemView, LibraryFilter, Step
from cop_desktop.ui.library.detail import DetailView
from cop_desktop.ui.library.file_row import FETCH, OPEN, SAVE
from cop_desktop.ui.library.forms import item_dialog, item_edit, new_item
from cop_desktop.ui.library.listing import ListingView
from cop_desktop.ui.library.tools import Id, LibraryTools
from cop_desktop.ui.records.dialogs import show_history, show_versions
from cop_desktop.ui.records.files import FileActions
from cop_desktop.ui.records.tools import RecordTools
from cop_desktop.ui.widgets.form.form import FormDialog
from cop_desktop.ui.widgets.notice_bar import Notice

_KINDS = frozenset({"library_item", "file_version", "extracted_text"})


class LibraryPresenter(QObject):
    """One community's library at a time."""

    def __init__(self, listing: ListingView, detail: DetailView, tools: LibraryTools) -> None:
        super().__init__(detail)
        self._listing, self._detail, self._tools = listing, detail, tools
        self._records = RecordTools.of(tools, tools.library)
        self._files = FileActions(detail, tools.files)
        self._space: Id | None = None
        self._item: ItemView | None = None
        self._chosen: Id | None = None
        self._connect()

    # Reading

    def show_community(self, space: Id | None) -> None:
        """The items of this community; None while there is none."""
        if space != self._space:
            self._chosen = self._item = None
            self._detail.show_nothing()
        self._space = space
        self.read()

    def read(self) -> None:
        """Reads the list, and the item that is shown."""
        if self._space is None:
            self._listing.show_items((), on_its_way=False)
            return
        work = partial(self._listed, self._space, self._listing.wanted)
        self._tools.jobs.run(work, self._show_list, self._say_trouble, "library.list")
        if self._chosen is not None:
            self.open(self._chosen)

    def open(self, item: Id) -> None:
        """Shows an item."""
        self._chosen = item
        work = partial(self._tools.library.item, item)
        self._tools.jobs.run(work, self._show_item, self._say_trouble, "library.item")

    def _listed(self, space: Id, wanted: LibraryFilter) -> tuple[tuple[ItemRow, ...], bool]:
        return self._tools.library.items(space, wanted), self._tools.on_its_way(space)

    def _show_list(self, listed: tuple[tuple[ItemRow, ...], bool]) -> None:
        items, on_its_way = listed
        self._listing.show_items(items, on_its_way=on_its_way)
        if self._chosen is None and items:
            self._listing.choose(items[0].id)

    def _show_item(self, item: ItemView) -> None:
        if item.id != self._chosen:
            return
        self._item = None if item.trashed else item
        if item.trashed:
            self._detail.show_nothing()
        else:
            self._detail.show_item(item)
            self._listing.choose(item.id)

    def _find(self) -> None:
        self._listing.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._listing.search.selectAll()

    # Doing

    def add(self) -> None:
        """Asks for a new item."""
        if self._space is not None:
            dialog = item_dialog(self._tools.theme)
            dialog.confirmed.connect(partial(self._add, dialog))
            self._open_dialog(dialog)

    def change(self) -> None:
        """Asks how the item should be."""
        if self._item is not None and self._item.may_change:
            dialog = item_dialog(self._tools.theme, self._item)
            dialog.confirmed.connect(partial(self._change, dialog, self._item))
            self._open_dialog(dialog)

    def _open_dialog(self, dialog: FormDialog) -> None:
        dialog.setParent(self._detail.window(), dialog.windowFlags())
        dialog.open()

    def _add(self, dialog: FormDialog, values: dict[str, Any]) -> None:
        work = partial(self._tools.library.add_item, self._space or b"", new_item(values))
        self._tools.jobs.run(
            work, partial(self._on_added, dialog), partial(self._keep_open, dialog)
        )

    def _on_added(self, dialog: FormDialog, added: Any) -> None:
        dialog.accept()
        self._tools.hub.post_change(added.changed)
        self.open(added.id)

    def _change(self, dialog: FormDialog, item: ItemView, values: dict[str, Any]) -> None:
        self._tools.jobs.run(
            partial(self._changed, item, values),
            partial(self._on_changed, dialog),
            partial(self._keep_open, dialog),
        )

    def _changed(self, item: ItemView, values: dict[str, Any]) -> Any:
        changed = self._tools.library.edit_item(item.id, item_edit(values, item))
        saved = self._tools.library.save_summary(item.id, values["summary"], item.summary)
        return changed.merged(saved.changed)

    def _on_changed(self, dialog: FormDialog, changed: Any) -> None:
        dialog.accept()
        self._tools.hub.post_change(changed)

    def _keep_open(self, dialog: FormDialog, error: Exception) -> None:
        dialog.keep_open(self._tools.messages.for_error(error).sentence())

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
        if self._item is None:
            return
        item = self._item.id
        words = self.tr("“{0}” is in the trash.").format(self._item.title)
        undo = partial(self._do, partial(self._tools.library.restore, item))
        self._do(partial(self._tools.library.move_to_trash, item))
        self._tools.show_notice(Notice(words, action=self.tr("&Undo"), acted=undo))
        self._item = None
        self._detail.show_nothing()

    def _do(self, work: Any) -> None:
        self._tools.jobs.run(work, self._tools.hub.post_change, self._say_trouble)

    # Files

    def _ask_file(self) -> None:
        dialog = QFileDialog(self._detail.window(), self.tr("Add a file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._attach)
        dialog.open()

    def _on_dropped(self, paths: list[str]) -> None:
        for path in paths:
            self._attach(path)

    def _attach(self, path: str) -> None:
        if self._item is not None:
            work = partial(self._tools.library.attach, self._item.id, Path(path))
            self._tools.jobs.run(work, self._on_attached, self._say_trouble)

    def _on_attached(self, attached: Any) -> None:
        self._tools.hub.post_change(attached.changed)
        self._tools.show_notice(Notice(self.tr("The file was added."), "good"))

    def _file(self, wish: str, file: FileView) -> None:
        verbs = {OPEN: self._files.open, SAVE: self._files.save_as, FETCH: self._files.fetch}
        verbs[wish](file)

    # Wiring

    def _history(self) -> None:
        if self._item is not None:
            show_history(self._detail.window(), self._records, self._item.id, "library_item")

    def _versions(self) -> None:
        if self._item is not None:
            show_versions(self._detail.window(), self._records, self._item.id)

    def _on_row(self, key: str) -> None:
        if key and bytes.fromhex(key) != self._chosen:
            self.open(bytes.fromhex(key))

    def _on_hub(self, changed: Any) -> None:
        if changed.kinds & _KINDS and self._listing.isVisible():
            self.read()

    def _say_trouble(self, error: Exception) -> None:
        message = self._tools.messages.for_error(error)
        self._tools.show_notice(Notice(message.sentence(), message.tone))

    def _connect(self) -> None:
        listing, detail, registry = self._listing, self._detail, self._tools.registry
        listing.filter_changed.connect(self.read)
        listing.new_wanted.connect(self.add)
        listing.list.row_chosen.connect(self._on_row)
        detail.step_wanted.connect(self._step)
        detail.change_wanted.connect(self.change)
        detail.adapt_wanted.connect(self._adapt)
        detail.trash_wanted.connect(self._trash)
        detail.history_wanted.connect(self._history)
        detail.versions_wanted.connect(self._versions)
        detail.add_file_wanted.connect(self._ask_file)
        detail.files_dropped.connect(self._on_dropped)
        detail.file_wish.connect(self._file)
        self._tools.hub.changed.connect(self._on_hub)
        registry.connect_slot("library.new", self.add)
        registry.connect_slot("library.change", self.change)
        registry.connect_slot("library.filter", self._find)
