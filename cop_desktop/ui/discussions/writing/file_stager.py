"""Connects a composer's files with what is staged: chosen, dropped or pasted, and taken away."""

from functools import partial
from pathlib import Path

from PySide6.QtGui import QImage

from cop_desktop.ui.discussions.tools import DiscussionsTools
from cop_desktop.ui.records.presenting import Presenting
from cop_desktop.ui.records.shrinking import may_be_smaller, smaller_copy
from cop_desktop.ui.records.staging import StagedFile, Staging
from cop_desktop.ui.widgets.announce import announce
from cop_desktop.ui.widgets.composer.attachments import AttachedFile
from cop_desktop.ui.widgets.composer.composer import Composer
from cop_desktop.ui.widgets.sizes import size_words


class FileStager(Presenting):
    """Shows in one composer the files of one place at a time.

    A large picture goes as it is unless somebody takes the smaller copy that is offered.
    """

    def __init__(self, composer: Composer, tools: DiscussionsTools) -> None:
        super().__init__(composer, tools)
        self._composer = composer
        self._tools = tools
        self._place = ""
        self._staging = tools.files.staging
        self._tried: set[str] = set()
        self._smaller: dict[str, StagedFile] = {}  # key of a picture → its smaller copy
        self._originals: dict[str, StagedFile] = {}  # key of a smaller copy → the picture
        composer.files_offered.connect(self._on_offered)
        composer.picture_pasted.connect(self._on_picture)
        composer.attachment_removed.connect(self._on_removed)
        composer.attachment_offer_taken.connect(self._on_offer_taken)

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

    def _on_offer_taken(self, key: str) -> None:
        other = self._smaller.get(key) or self._originals.get(key)
        if other is not None:
            self._run(partial(self._staging.replace, self._place, key, other.path))

    def _run(self, work: partial[tuple[StagedFile, ...]]) -> None:
        self._tools.jobs.run(work, partial(self._show, self._place), self._say_trouble)

    def _show(self, place: str, files: tuple[StagedFile, ...]) -> None:
        if place == self._place:
            self._composer.show_attachments(tuple(self._shown(file) for file in files))
            for file in files:
                self._try(file)

    def _shown(self, file: StagedFile) -> AttachedFile:
        problem = ""
        if file.refused is not None:
            problem = self._tools.messages.for_error(file.refused).happened
        offer = detail = ""
        if file.key in self._smaller:
            size = size_words(self._smaller[file.key].size_bytes)
            offer = self.tr("Make it smaller: {0}").format(size)
        elif file.key in self._originals:
            size = size_words(self._originals[file.key].size_bytes)
            offer, detail = self.tr("Use the original"), self.tr("instead of {0}").format(size)
        return AttachedFile(file.key, file.path.name, file.size_bytes, problem, offer, detail)

    # Smaller pictures

    def _try(self, file: StagedFile) -> None:
        """Finds out beside the store thread how small a picture could be."""
        tried = file.key in self._tried or file.key in self._originals
        if tried or file.refused is not None or not may_be_smaller(file.path, file.size_bytes):
            return
        self._tried.add(file.key)
        target = self._staging.smaller_path(file.path)
        self._tools.files.slow_jobs.run(
            partial(smaller_copy, file.path, target),
            partial(self._on_tried, self._place, file, target),
            self._say_trouble,
        )

    def _on_tried(self, place: str, file: StagedFile, target: Path, size_bytes: int) -> None:
        if not size_bytes:
            return
        self._smaller[file.key] = StagedFile(target, size_bytes)
        self._originals[str(target)] = file
        if place == self._place:
            words = self.tr("{0} can go as {1} instead of {2}.").format(
                file.path.name, size_words(size_bytes), size_words(file.size_bytes)
            )
            announce(self._composer, words)
            self._run(partial(self._staging.files, place))


def _keep_picture(staging: Staging, place: str, picture: QImage) -> tuple[StagedFile, ...]:
    path = staging.picture_path(place)
    picture.save(str(path))
    return staging.add(place, (path,))
