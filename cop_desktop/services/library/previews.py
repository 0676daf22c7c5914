"""A first look at files: the first page of a PDF, a picture made small; kept beside the copies."""

import logging
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, TypeAlias

from cop_desktop.services.attachments import FileState, FileView
from cop_desktop.services.errors import ServiceError
from cop_desktop.services.file_names import safe_name
from cop_desktop.services.files import Files
from sync.core.ids import id_text

logger = logging.getLogger(__name__)

Look: TypeAlias = Callable[[Path], bytes | None]
"""A small PNG of a file, None where there is none to be had; bounded in time and memory."""

PDF: Final = "application/pdf"
PICTURES: Final = ("image/png", "image/jpeg", "image/gif", "image/webp")
MOST_BYTES: Final = 80_000_000
"""Of larger files nothing is shown: putting one together costs more than the look is worth."""


class Previews:
    """Made once, then read from the disk. For a thread that may take its time."""

    def __init__(self, files: Files, folder: Path, page: Look, picture: Look) -> None:
        """folder: where they are kept. page: of a PDF's first page. picture: of a picture."""
        self._files = files
        self._folder = folder
        self._looks = {PDF: page, **dict.fromkeys(PICTURES, picture)}

    def has_one(self, file: FileView) -> bool:
        """Whether there may be something to show: of this type, here, no program, not too large."""
        here = file.state is FileState.HERE and not file.is_program
        return here and file.media_type in self._looks and file.size_bytes <= MOST_BYTES

    def picture(self, file: FileView) -> bytes | None:
        """A small PNG; None where there is none to be had, which is not tried again."""
        if not self.has_one(file):
            return None
        kept = self._folder / f"{id_text(file.id)}.png"
        with suppress(OSError):
            return kept.read_bytes() or None
        made = self._made(file)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            fresh = kept.with_suffix(".new")
            fresh.write_bytes(made or b"")
            fresh.replace(kept)
        except OSError as error:  # shown this time; made again the next
            logger.info("a preview could not be kept: %s", error)
        return made

    def _made(self, file: FileView) -> bytes | None:
        try:
            with TemporaryDirectory(prefix="cop-look-") as folder:
                copy = self._files.export_copy(file.id, Path(folder) / safe_name(file.name))
                return self._looks[file.media_type](copy)
        except (ServiceError, OSError) as error:
            logger.info("no first look at a file: %s", type(error).__name__)
            return None
