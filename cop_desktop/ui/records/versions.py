"""Opens the screen for two versions of a text, saves what was chosen, undoes it."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from cop_desktop.services.choosing import Chosen
from cop_desktop.services.versions import Disagreement, FieldVersions
from cop_desktop.ui.records.presenting import Presenting
from cop_desktop.ui.records.tools import Id, RecordTools
from cop_desktop.ui.records.undo import Undo
from cop_desktop.ui.records.version_section import compared_field
from cop_desktop.ui.records.versions_dialog import ToCompare, VersionsDialog
from cop_desktop.ui.widgets.notice_bar import Notice


@dataclass(frozen=True, slots=True)
class _Saved:
    """What a choice did. again: there are two versions once more, another has come meanwhile."""

    chosen: Chosen
    again: bool


class VersionsPresenter(Presenting):
    """Lives until its dialog is closed, or until there turns out to be nothing to choose."""

    def __init__(self, window: QWidget, tools: RecordTools, record: Id) -> None:
        super().__init__(window, tools)
        self._window = window
        self._tools = tools
        self._record = record
        self._found: Disagreement | None = None
        self._saving = False
        self.dialog: VersionsDialog | None = None
        tools.jobs.run(self._read, self._open, self._say_trouble)

    def _read(self) -> ToCompare:
        """On the store thread."""
        found = self._tools.records.disagreement(self._record)
        return ToCompare(found, tuple(compared_field(field) for field in found.fields))

    def _open(self, found: ToCompare) -> None:
        if not found.fields:
            self._tools.show_notice(Notice(self.tr("There is only one version."), "good"))
            self.deleteLater()
            return
        self._found = found.disagreement
        self.dialog = VersionsDialog(self._tools.theme, self._tools.when, found)
        self.dialog.setParent(self._window, self.dialog.windowFlags())
        self.dialog.confirmed.connect(self._save)
        self.dialog.finished.connect(self._end)
        self._tools.hub.changed.connect(self._look_again)
        self.dialog.open()

    def _look_again(self, _changed: object) -> None:
        work = partial(self._tools.records.versions, self._record)
        self._tools.jobs.run(work, self._on_looked, self._on_failed, "records.versions")

    def _on_looked(self, left: tuple[FieldVersions, ...]) -> None:
        """Somebody else may have chosen by now."""
        if left or self._saving or self.dialog is None:
            return
        if self.dialog.is_written_by_hand():
            words = self.tr("Somebody has chosen meanwhile. What you write is kept beside it.")
            self.dialog.say(words)
            return
        words = self.tr("Somebody has chosen meanwhile: there is only one version.")
        self._tools.show_notice(Notice(words))
        self.dialog.done(0)

    def _save(self, chosen: dict[str, str]) -> None:
        self._saving = True
        self._tools.jobs.run(partial(self._write, chosen), self._on_saved, self._on_failed)

    def _write(self, chosen: dict[str, str]) -> _Saved:
        """On the store thread."""
        records = self._tools.records
        seen = None if self._found is None else self._found.seen
        done = records.choose_versions(self._record, chosen, seen)
        return _Saved(done, bool(records.versions(self._record)))

    def _on_saved(self, saved: _Saved) -> None:
        self._tools.hub.post_change(saved.chosen.changed)
        words = self.tr("Saved as one version.")
        if saved.again:
            words = self.tr("Saved. Another version has come meanwhile: there are two again.")
        work = partial(self._tools.records.undo_choice, self._record, saved.chosen)
        undone = self.tr("There are two versions again, as before.")
        undo = Undo(self._window, self._tools, work, undone)
        self._tools.show_notice(undo.notice(words))
        if self.dialog is not None:
            self.dialog.accept()

    def _on_failed(self, error: Exception) -> None:
        self._saving = False
        if self.dialog is not None:
            self.dialog.keep_open(self._tools.messages.for_error(error).sentence())

    def _say_trouble(self, error: Exception) -> None:
        super()._say_trouble(error)
        self.deleteLater()

    def _end(self) -> None:
        self._tools.hub.changed.disconnect(self._look_again)
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.deleteLater()
