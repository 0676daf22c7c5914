"""Adding files to items, and opening, saving and fetching those that are there."""

from collections import defaultdict
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from cop_desktop.services.attachments import FileView
from cop_desktop.services.library import ItemView
from cop_desktop.ui.library.detail import DetailView
from cop_desktop.ui.library.tools import Id, LibraryTools
from cop_desktop.ui.records.files import FileActions
from cop_desktop.ui.widgets.notice_bar import Notice


class Filing(QObject):
    """What is done with the files of the item that is shown."""

    def __init__(self, detail: DetailView, tools: LibraryTools) -> None:
        super().__init__(detail)
        self._detail, self._tools = detail, tools
        self._actions = FileActions(detail, tools.files)
        self._item: ItemView | None = None
        self._coming: defaultdict[Id, list[str]] = defaultdict(list)
        detail.add_file_wanted.connect(self._ask)
        detail.files_dropped.connect(self._add_all)
        detail.file_wish.connect(self._do)

    def show_item(self, item: ItemView | None) -> None:
        """Another item is shown, or none."""
        self._item = item
        self._tell_coming()

    def _ask(self) -> None:
        dialog = QFileDialog(self._detail.window(), self.tr("Add a file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._add)
        dialog.open()

    def _add_all(self, paths: list[str]) -> None:
        for path in paths:
            self._add(path)

    def _add(self, path: str) -> None:
        if self._item is None:
            return
        item, file = self._item, Path(path)
        self._coming[item.id].append(file.name)
        self._tell_coming()
        # Not on the store thread: reading the words in a large document takes seconds.
        self._tools.files.slow_jobs.run(
            partial(self._tools.library.attach, item.id, file),
            partial(self._on_added, item, file.name),
            partial(self._on_failed, item, file.name),
        )

    def _on_added(self, item: ItemView, name: str, attached: Any) -> None:
        self._came(item, name)
        self._tools.hub.post_change(attached.changed)
        words = self.tr("“{0}” was added to “{1}”.").format(name, item.title)
        self._tools.show_notice(Notice(words, "good"))

    def _on_failed(self, item: ItemView, name: str, error: Exception) -> None:
        self._came(item, name)
        self._tools.say_trouble(error)

    def _came(self, item: ItemView, name: str) -> None:
        self._coming[item.id].remove(name)
        self._tell_coming()

    def _tell_coming(self) -> None:
        self._detail.show_coming(self._coming[self._item.id] if self._item else [])

    def _do(self, wish: str, file: FileView) -> None:
        self._actions.do(wish, file)
