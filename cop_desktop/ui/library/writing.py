"""The dialogs in which an item is added or changed, and what becomes of them."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from cop_desktop.services.library import ItemView
from cop_desktop.ui.library.forms import item_dialog, item_edit, new_item
from cop_desktop.ui.library.tools import Id, LibraryTools
from cop_desktop.ui.widgets.form.form import FormDialog


@dataclass(frozen=True, slots=True)
class _Opened:
    """What an editor begins with. seen: as the record was then."""

    item: ItemView
    seen: Any


class Writing(QObject):
    """One dialog at a time. `added` carries the id of a new item."""

    added = Signal(bytes)

    def __init__(self, owner: QWidget, tools: LibraryTools) -> None:
        super().__init__(owner)
        self._owner = owner
        self._tools = tools
        self._dialog: FormDialog | None = None

    def add(self, space: Id) -> None:
        """Asks for a new item."""
        dialog = item_dialog(self._tools.theme)
        dialog.confirmed.connect(partial(self._add, space))
        self._show(dialog)

    def change(self, item: Id) -> None:
        """Asks how an item should be, beginning with what it is at this moment."""
        work = partial(self._open, item)
        self._tools.jobs.run(work, self._ask, self._on_failed, "library.change")

    def _open(self, item: Id) -> _Opened:
        """On the store thread."""
        library = self._tools.library
        return _Opened(library.item(item), library.seen(item))

    def _ask(self, opened: _Opened) -> None:
        dialog = item_dialog(self._tools.theme, opened.item)
        dialog.confirmed.connect(partial(self._save, opened))
        self._show(dialog)

    def _show(self, dialog: FormDialog) -> None:
        if self._dialog is not None:
            self._dialog.raise_()
            dialog.deleteLater()
            return
        self._dialog = dialog
        dialog.setParent(self._owner.window(), dialog.windowFlags())
        dialog.finished.connect(self._on_finished)
        dialog.open()

    def _add(self, space: Id, values: dict[str, Any]) -> None:
        work = partial(self._tools.library.add_item, space, new_item(values))
        self._tools.jobs.run(work, self._on_added, self._on_failed)

    def _save(self, opened: _Opened, values: dict[str, Any]) -> None:
        self._tools.jobs.run(partial(self._saved, opened, values), self._on_saved, self._on_failed)

    def _saved(self, opened: _Opened, values: dict[str, Any]) -> Any:
        """On the store thread."""
        library, item = self._tools.library, opened.item
        changed = library.edit_item(item.id, item_edit(values, item), opened.seen)
        summary = library.save_summary(item.id, values["summary"], item.summary)
        return changed.merged(summary.changed)

    def _on_added(self, added: Any) -> None:
        self._on_saved(added.changed)
        self.added.emit(added.id)

    def _on_saved(self, changed: Any) -> None:
        self._tools.hub.post_change(changed)
        if self._dialog is not None:
            self._dialog.accept()

    def _on_failed(self, error: Exception) -> None:
        if self._dialog is not None:
            self._dialog.keep_open(self._tools.messages.for_error(error).sentence())
        else:
            self._tools.say_trouble(error)

    def _on_finished(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None
