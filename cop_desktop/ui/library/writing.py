"""The dialogs in which an item is added or changed, and what becomes of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal

from cop_desktop.services.library import ItemView, NewItem, Shelf
from cop_desktop.ui.library.forms import item_dialog, item_edit, new_item
from cop_desktop.ui.library.tools import Id, LibraryTools
from cop_desktop.ui.records.asking import Asking


@dataclass(frozen=True, slots=True)
class _Opened:
    """What an editor begins with. seen: as the record was then."""

    item: ItemView
    seen: Any
    shelf: Shelf


class Writing(Asking):
    """`added` carries the id of a new item; `files_wanted` id, title and paths to add to it."""

    _tools: LibraryTools

    added = Signal(bytes)
    files_wanted = Signal(bytes, str, object)

    def add(self, space: Id, path: str = "") -> None:
        """Asks for a new item. path: of a file that goes with it."""
        work = partial(self._tools.library.shelf, space)
        done = partial(self._ask_new, space, path)
        self._tools.jobs.run(work, done, self._say_trouble, "library.change")

    def add_files(self, space: Id, paths: Sequence[str]) -> None:
        """Asks for an item for a file; of several, each becomes a draft without a question."""
        if len(paths) == 1:
            self.add(space, paths[0])
            return
        for path in paths:
            title = title_of(path)
            work = partial(self._tools.library.add_item, space, NewItem(title))
            done = partial(self._on_draft, title, path)
            self._tools.jobs.run(work, done, self._say_trouble)

    def change(self, item: Id) -> None:
        """Asks how an item should be, beginning with what it is at this moment."""
        work = partial(self._open, item)
        self._tools.jobs.run(work, self._ask, self._on_failed, "library.change")

    def _ask_new(self, space: Id, path: str, shelf: Shelf) -> None:
        dialog = item_dialog(self._tools.theme, shelf)
        if path:
            dialog.form.set_values({"title": title_of(path)})
        dialog.confirmed.connect(partial(self._add, space, path))
        self._show(dialog, f"new:{space.hex()}:{Path(path).name}")

    def _open(self, item: Id) -> _Opened:
        """On the store thread."""
        library = self._tools.library
        shown = library.item(item)
        return _Opened(shown, library.seen(item), library.shelf(shown.space))

    def _ask(self, opened: _Opened) -> None:
        dialog = item_dialog(self._tools.theme, opened.shelf, opened.item)
        dialog.confirmed.connect(partial(self._keep, opened))
        self._show(dialog, f"change:{opened.item.id.hex()}")

    def _add(self, space: Id, path: str, values: dict[str, Any]) -> None:
        new = new_item(values)
        work = partial(self._tools.library.add_item, space, new)
        self._save(work, partial(self._on_added, new.title, path))

    def _keep(self, opened: _Opened, values: dict[str, Any]) -> None:
        self._save(partial(self._kept, opened, values))

    def _kept(self, opened: _Opened, values: dict[str, Any]) -> Any:
        """On the store thread."""
        library, item = self._tools.library, opened.item
        changed = library.edit_item(item.id, item_edit(values, item), opened.seen)
        summary = library.save_summary(item.id, values["summary"], item.summary)
        return changed.merged(summary.changed)

    def _on_draft(self, title: str, path: str, added: Any) -> None:
        self._tools.hub.post_change(added.changed)
        self.files_wanted.emit(added.id, title, [path])

    def _on_added(self, title: str, path: str, added: Any) -> None:
        self._on_saved(added.changed)
        self.added.emit(added.id)
        if path:
            self.files_wanted.emit(added.id, title, [path])


def title_of(path: str) -> str:
    """A title to begin with, from the name of a file."""
    return " ".join(Path(path).stem.replace("_", " ").split())
