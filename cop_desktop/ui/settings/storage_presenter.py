"""Does what is wished of the room on the disk."""

from collections.abc import Collection
from functools import partial

from cop_desktop.services.storage import FetchedFile, RoomMade, Storage
from cop_desktop.ui.records.budget_words import amount_words
from cop_desktop.ui.records.presenting import Presenting
from cop_desktop.ui.settings.room_dialog import RoomDialog
from cop_desktop.ui.settings.storage_part import StoragePart, files_words
from cop_desktop.ui.settings.tools import SettingsTools
from cop_desktop.ui.widgets.notice_bar import Notice
from sync.core.ids import Id


class StoragePresenter(Presenting):
    """Reads folders on the thread for files."""

    def __init__(self, part: StoragePart, tools: SettingsTools) -> None:
        super().__init__(part, tools)
        self._part, self._tools = part, tools
        self._storage = tools.storage
        self.dialog: RoomDialog | None = None
        part.room_wanted.connect(self._ask)
        part.copies_wanted.connect(self._remove_copies)

    def read(self) -> None:
        """Look how much there is of everything."""
        jobs = self._tools.slow_jobs
        jobs.run(self._storage.use, self._part.show_use, self._say_trouble, "settings.storage")

    def _ask(self) -> None:
        work = self._storage.fetched
        self._tools.slow_jobs.run(work, self._open, self._say_trouble, "settings.fetched")

    def _open(self, files: tuple[FetchedFile, ...]) -> None:
        self.dialog = RoomDialog(self._tools.theme, files)
        self.dialog.setParent(self._part.window(), self.dialog.windowFlags())
        self.dialog.remove_wanted.connect(self._remove)
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.open()

    def _remove(self, going: Collection[Id], kept: Collection[Id]) -> None:
        work = partial(_removed, self._storage, going, kept)
        self._tools.slow_jobs.run(work, self._on_removed, self._say_trouble)

    def _on_removed(self, made: RoomMade) -> None:
        if made.files:
            self._tools.hub.post_change(made.changed)
            words = self.tr("{0} removed, {1} more room on the disk.")
            words = words.format(files_words(made.files), amount_words(made.size_bytes))
            self._tools.show_notice(Notice(words, "good"))
        self.read()

    def _remove_copies(self) -> None:
        work = self._storage.remove_copies
        self._tools.slow_jobs.run(work, self._on_copies, self._say_trouble)

    def _on_copies(self, size_bytes: int) -> None:
        words = self.tr("Copies deleted, {0} more room on the disk. The files themselves are here.")
        self._tools.show_notice(Notice(words.format(amount_words(size_bytes)), "good"))
        self.read()


def _removed(storage: Storage, going: Collection[Id], kept: Collection[Id]) -> RoomMade:
    storage.keep(kept)
    return storage.remove(going)
