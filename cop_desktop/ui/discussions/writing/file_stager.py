"""Connects a composer's files with what is staged: chosen, dropped or pasted, and taken away."""

from functools import partial
from pathlib import Path

from PySide6.QtGui import QImage

from cop_desktop.ui.discussions.tools import DiscussionsTools
from cop_desktop.ui.records.presenting import Presenting
from cop_desktop.ui.records.staging import StagedFile, Staging
from cop_desktop.ui.widgets.composer.attachments import AttachedFile
from cop_desktop.ui.widgets.composer.composer import Composer


class FileStager(Presenting):
    """Shows in one composer the files of one place at a time."""

    def __init__(self, composer: Composer, tools: DiscussionsTools) -> None:
        super().__init__(composer, tools)
        self._composer = composer
        self._tools = tools
        self._place = ""
        self._staging = tools.files.staging
        composer.files_offered.connect(self._on_offered)
        composer.picture_pasted.connect(self._on_picture)
        composer.attachment_removed.connect(self._on_removed)

    def show_place(self, place: str) -> None:
        """The files of another place."""
        self._place = place
        self._composer.show_attachments(())
        if place:
            self._run(partial(self._staging.files, place))

    def move_to(self, place: str) -> None:
        """The text goes on at another place, and its files with it."""
        start, self._place = self._place, place
        self._run(partial(self._staging.move, start, place))

    def _on_offered(self, paths: tuple[Path, ...]) -> None:
        self._run(partial(self._staging.add, self._place, paths))

    def _on_picture(self, picture: QImage) -> None:
        self._run(partial(_keep_picture, self._staging, self._place, picture))

    def _on_removed(self, key: str) -> None:
        self._run(partial(self._staging.remove, self._place, key))

    def _run(self, work: partial[tuple[StagedFile, ...]]) -> None:
        self._tools.jobs.run(work, partial(self._show, self._place), self._say_trouble)

    def _show(self, place: str, files: tuple[StagedFile, ...]) -> None:
        if place == self._place:
            self._composer.show_attachments(tuple(self._shown(file) for file in files))

    def _shown(self, file: StagedFile) -> AttachedFile:
        problem = ""
        if file.refused is not None:
            problem = self._tools.messages.for_error(file.refused).happened
        return AttachedFile(file.key, file.path.name, file.size_bytes, problem)


def _keep_picture(staging: Staging, place: str, picture: QImage) -> tuple[StagedFile, ...]:
    path = staging.picture_path(place)
    picture.save(str(path))
    return staging.add(place, (path,))
