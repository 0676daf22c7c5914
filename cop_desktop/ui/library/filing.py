"""Adding files to items, and opening, saving, fetching and comparing those that are there."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog

from cop_desktop.services.attachments import FileView
from cop_desktop.services.library import ItemView
from cop_desktop.ui.library.comparing import Comparing
from cop_desktop.ui.library.detail import DetailView
from cop_desktop.ui.library.file_row import COMPARE, SAY
from cop_desktop.ui.library.forms import note_dialog
from cop_desktop.ui.library.tools import Id, LibraryTools
from cop_desktop.ui.records.asking import Asking
from cop_desktop.ui.records.files import FileActions
from cop_desktop.ui.records.tools import RecordTools
from cop_desktop.ui.records.undo import Undo
from cop_desktop.ui.widgets.file_dialog import open_where_last
from cop_desktop.ui.widgets.notice_bar import Notice
from cop_desktop.ui.widgets.pasting import local_files


@dataclass(frozen=True, slots=True)
class _Target:
    """The item that a file goes to. is_next: it has one already. kept: pasted, ours to delete."""

    id: Id
    title: str
    is_next: bool = False
    kept: bool = False


class Filing(Asking):
    """What is done with the files of the item that is shown."""

    _tools: LibraryTools

    def __init__(self, detail: DetailView, tools: LibraryTools) -> None:
        super().__init__(detail, tools)
        self._detail = detail
        self._actions = FileActions(detail, tools.files)
        self._comparing = Comparing(detail, tools)
        self._item: ItemView | None = None
        self._coming: defaultdict[Id, list[str]] = defaultdict(list)
        detail.add_file_wanted.connect(self._choose)
        detail.files_dropped.connect(self._add_all)
        detail.files_pasted.connect(self._paste)
        detail.files.wished.connect(self._do)

    def show_item(self, item: ItemView | None) -> None:
        """Another item is shown, or none."""
        self._item = item
        self._tell_coming()
        if item is not None and item.versions and self._tools.previews.has_one(item.versions[0]):
            work = partial(self._first_look, item.versions[0])
            self._tools.files.slow_jobs.run(
                work, self._on_looked, self._say_trouble, "library.look"
            )

    def add_to(self, item: Id, title: str, paths: Sequence[str]) -> None:
        """Adds files to an item, one after the other."""
        for path in paths:
            self._add(_Target(item, title), Path(path))

    def _first_look(self, file: FileView) -> tuple[Id, QImage]:
        """Beside the store thread."""
        made = self._tools.previews.picture(file)
        return file.id, QImage() if made is None else QImage.fromData(made)

    def _on_looked(self, found: tuple[Id, QImage]) -> None:
        self._detail.files.show_picture(*found)

    def _choose(self) -> None:
        dialog = QFileDialog(self._detail.window(), self.tr("Add a file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_where_last(dialog)
        dialog.fileSelected.connect(self._add_one)
        dialog.open()

    def _add_one(self, path: str) -> None:
        self._add_all([path])

    def _add_all(self, paths: Sequence[str]) -> None:
        if self._item is not None:
            target = _Target(self._item.id, self._item.title, bool(self._item.versions))
            for path in paths:
                self._add(target, Path(path))

    def _paste(self, pasted: QMimeData) -> None:
        paths = local_files(pasted)
        if paths or self._item is None:
            self._add_all(paths)
            return
        picture, staging = QImage(pasted.imageData()), self._tools.files.staging
        place = f"library/{self._item.id.hex()}"
        path = staging.picture_path(place)
        if picture.isNull() or not picture.save(str(path), "PNG"):  # type: ignore[call-overload]
            words = self.tr("The picture could not be pasted. Save it as a file and add that.")
            self._tools.show_notice(Notice(words, "warn"))
            return
        self._add(_Target(self._item.id, self._item.title, bool(self._item.versions), True), path)

    def _add(self, target: _Target, file: Path) -> None:
        self._coming[target.id].append(file.name)
        self._tell_coming()
        # Not on the store thread: reading the words in a large document takes seconds.
        self._tools.files.slow_jobs.run(
            partial(self._attached, target, file),
            partial(self._on_added, target, file.name),
            partial(self._on_not_added, target, file.name),
        )

    def _attached(self, target: _Target, file: Path) -> Any:
        """Beside the store thread."""
        try:
            return self._tools.library.attach(target.id, file)
        finally:
            if target.kept:
                file.unlink(missing_ok=True)

    def _on_added(self, target: _Target, name: str, attached: Any) -> None:
        self._came(target, name)
        self._tools.hub.post_change(attached.changed)
        words = self.tr("“{0}” was added to “{1}”.").format(name, target.title)
        if target.is_next:
            say = partial(self._say_what_changed, attached.id, "")
            notice = Notice(words, "good", action=self.tr("&Say what changed…"), acted=say)
        else:
            notice = self._with_undo(attached.id, words)
        self._tools.show_notice(notice)

    def _with_undo(self, file: Id, words: str) -> Notice:
        tools = RecordTools.of(self._tools, self._tools.library)
        work = partial(self._tools.library.move_to_trash, file)
        return Undo(
            self._detail.window(), tools, work, self.tr("The file is in the trash.")
        ).notice(words)

    def _on_not_added(self, target: _Target, name: str, error: Exception) -> None:
        self._came(target, name)
        self._say_trouble(error)

    def _came(self, target: _Target, name: str) -> None:
        self._coming[target.id].remove(name)
        self._tell_coming()

    def _tell_coming(self) -> None:
        self._detail.files.show_coming(self._coming[self._item.id] if self._item else [])

    def _do(self, wish: str, file: FileView) -> None:
        if wish == COMPARE:
            self._compare(file)
        elif wish == SAY:
            self._say_what_changed(file.id, file.note)
        else:
            self._actions.do(wish, file)

    def _compare(self, file: FileView) -> None:
        versions = () if self._item is None else self._item.versions
        places = [each.id for each in versions]
        if file.id in places and places.index(file.id) + 1 < len(places):
            self._comparing.compare(file, versions[places.index(file.id) + 1])

    def _say_what_changed(self, file: Id, note: str) -> None:
        dialog = note_dialog(self._tools.theme, note)
        dialog.confirmed.connect(partial(self._keep_note, file))
        self._show(dialog, f"note:{file.hex()}")

    def _keep_note(self, file: Id, values: dict[str, Any]) -> None:
        self._save(partial(self._tools.library.say_what_changed, file, values["note"]))
