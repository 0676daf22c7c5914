"""Attaches staged files to what has just been posted, also when the program ended in between."""

from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from cop_desktop.services.errors import ServiceError
from cop_desktop.ui.discussions.tools import DiscussionsTools, Id
from cop_desktop.ui.records.staging import StagedFile
from cop_desktop.ui.widgets.notice_bar import Notice

_POSTED = "posted"


def place_of_posted(record: Id) -> str:
    """Where the files of something posted wait to be attached."""
    return f"{_POSTED}:{record.hex()}"


class Attaching(QObject):
    """One file after the other; which one cannot be attached is told by name."""

    def __init__(self, tools: DiscussionsTools, parent: QObject) -> None:
        super().__init__(parent)
        self._staging = tools.files.staging
        self._tools = tools

    def attach_staged(self, record: Id) -> None:
        """What was staged for the record."""
        place = place_of_posted(record)
        self._tools.jobs.run(
            partial(self._staging.files, place), partial(self._attach_each, record), self._on_failed
        )

    def resume(self) -> None:
        """What was left when the program last ended."""
        self._tools.jobs.run(self._staging.tidy, self._on_tidied, self._on_failed)
        self._tools.jobs.run(self._staging.places, self._on_places, self._on_failed)

    def _on_tidied(self, _nothing: None) -> None:
        """Smaller copies of pictures that nobody chose are gone."""

    def _on_places(self, places: tuple[str, ...]) -> None:
        for place in places:
            sort, _, record = place.partition(":")
            if sort == _POSTED:
                self.attach_staged(bytes.fromhex(record))

    def _attach_each(self, record: Id, files: tuple[StagedFile, ...]) -> None:
        for file in files:
            self._tools.files.slow_jobs.run(
                partial(self._attach, record, file), self._tools.hub.post_change, self._on_failed
            )

    def _attach(self, record: Id, file: StagedFile) -> Any:
        """Taken off the list in the same job: the program may end before the window hears."""
        try:
            attached = self._tools.files.files.attach(record, file.path)
        except ServiceError:
            # Never to be had again: without this it would be tried at every start.
            self._staging.remove(place_of_posted(record), file.key)
            raise
        self._staging.remove(place_of_posted(record), file.key)
        return attached.changed

    def _on_failed(self, error: Exception) -> None:
        message = self._tools.messages.for_error(error)
        self._tools.show_notice(Notice(message.sentence(), "warn", shown_ms=0))
