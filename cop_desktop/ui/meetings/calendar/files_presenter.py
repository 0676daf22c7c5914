"""Saves meetings for other calendars, and takes calendar files in."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from cop_desktop.services.calendar_files import CalendarPreview, Imported
from cop_desktop.services.file_names import safe_name
from cop_desktop.services.meetings import MeetingView
from cop_desktop.services.papers import write_file
from cop_desktop.ui.meetings.calendar.taking_in import TakingIn
from cop_desktop.ui.meetings.tools import Id, MeetingsTools
from cop_desktop.ui.paper.saving import FOLDER, PaperSaving, SaveQuestion, remembered_folder
from cop_desktop.ui.records.presenting import Presenting
from cop_desktop.ui.widgets.file_dialog import open_where_last
from cop_desktop.ui.widgets.notice_bar import Notice

SUFFIX = ".ics"


class CalendarFilesPresenter(Presenting):
    """What the menus offer of calendar files. dialog: the one of these that is open."""

    def __init__(self, page: QWidget, tools: MeetingsTools) -> None:
        super().__init__(page, tools)
        self._page = page
        self._tools = tools
        self.saving = PaperSaving(page, tools.paper)
        self.dialog: QFileDialog | TakingIn | None = None

    def save_meeting(self, meeting: MeetingView) -> None:
        """One meeting."""
        make = partial(self._tools.calendar_files.meeting_file, meeting.id)
        self._save(meeting.title, make)

    def save_series(self, series: Id, title: str) -> None:
        """A series with its rhythm."""
        self._save(title, partial(self._tools.calendar_files.series_file, series))

    def save_coming(self, space: Id) -> None:
        """All that is coming in a community."""
        make = partial(self._tools.calendar_files.coming_file, space)
        self._save(self.tr("Meetings to come"), make)

    def open_file(self, space: Id) -> None:
        """Asks for a calendar file and shows what is in it."""
        dialog = QFileDialog(self._page.window(), self.tr("Take in a calendar file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setNameFilter(self.tr("Calendar files") + f" (*{SUFFIX})")
        open_where_last(dialog)
        folder = remembered_folder(self._tools.paper)
        if folder:
            dialog.setDirectory(folder)
        dialog.fileSelected.connect(partial(self.look_into, space))
        dialog.finished.connect(self._forget)
        self.dialog = dialog
        dialog.open()

    def look_into(self, space: Id, name: str) -> None:
        """Shows what a calendar file holds."""
        path = Path(name)
        self._tools.paper.memory.put(FOLDER, str(path.parent).encode())
        work = partial(self._tools.calendar_files.preview, space, path)
        self._tools.jobs.run(work, self._on_preview, self._say_trouble)

    def _save(self, title: str, make: Callable[[], bytes]) -> None:
        name = safe_name(title.replace("/", "-")[:100] + SUFFIX)
        words = self.tr("Save for a calendar")
        question = SaveQuestion(words, name, self.tr("Calendar file"), SUFFIX)
        self.saving.ask(question, partial(self._make, make))

    def _make(self, make: Callable[[], bytes], path: Path) -> None:
        self._tools.jobs.run(make, partial(self._on_made, path), self._say_trouble)

    def _on_made(self, path: Path, content: bytes) -> None:
        self.saving.write(partial(write_file, content, path))

    def _on_preview(self, preview: CalendarPreview) -> None:
        if not preview.entries:
            words = self.tr("No meeting is in “{0}”.")
            if preview.unreadable:
                words = self.tr("“{0}” holds events, and none of them could be read as a meeting.")
            self._tools.show_notice(Notice(words.format(preview.name), "warn"))
            return
        dialog = TakingIn(self._page.window(), self._tools.theme, self._tools.times, preview)
        dialog.wanted.connect(partial(self._take_in, preview))
        dialog.finished.connect(self._forget)
        self.dialog = dialog
        dialog.open()

    def _take_in(self, preview: CalendarPreview, wanted: Any) -> None:
        work = partial(self._tools.calendar_files.bring_in, preview, wanted)
        self._tools.jobs.run(work, self._on_taken_in, self._on_failed)

    def _on_taken_in(self, imported: Imported) -> None:
        if isinstance(self.dialog, TakingIn):
            self.dialog.accept()
        self._tools.hub.post_change(imported.changed)
        count = imported.events
        words = self.tr("1 meeting taken in.") if count == 1 else self.tr("{0} taken in.")
        undo = partial(self._take_back, imported.records)
        self._tools.show_notice(Notice(words.format(count), "good", self.tr("&Undo"), undo))

    def _on_failed(self, error: Exception) -> None:
        if isinstance(self.dialog, TakingIn):
            self.dialog.keep_open(self._tools.messages.for_error(error).sentence())
        else:
            self._say_trouble(error)

    def _take_back(self, records: tuple[Id, ...]) -> None:
        for record in records:
            work = partial(self._tools.meetings.move_to_trash, record)
            self._tools.jobs.run(work, self._tools.hub.post_change, self._say_trouble)

    def _forget(self) -> None:
        self.dialog = None
