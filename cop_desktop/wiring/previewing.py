"""First looks at files, drawn where no file can do harm."""

import logging
from pathlib import Path
from typing import Final

from cop_desktop.intake.errors import NoReader, Unreadable
from cop_desktop.intake.limits import MEBIBYTE
from cop_desktop.intake.worker import ExtractionWorker
from cop_desktop.services.files import Files
from cop_desktop.services.library import Previews
from cop_desktop.ui.library.picture import small_picture

logger = logging.getLogger(__name__)

PREVIEWS_FOLDER: Final = "previews"
_TIME_LIMIT_S: Final = 10.0
_MEMORY_LIMIT_BYTES: Final = 768 * MEBIBYTE


class PageDrawer:
    """Draws pages in a process of its own, started with the first one and bounded.

    A page that hangs it, breaks it down or takes too much memory is given up; the next one gets a
    fresh process. From one thread at a time.
    """

    def __init__(self) -> None:
        self._worker = ExtractionWorker(
            time_limit_s=_TIME_LIMIT_S, memory_limit_bytes=_MEMORY_LIMIT_BYTES
        )

    def draw(self, path: Path) -> bytes | None:
        """A small PNG of a PDF's first page, None where there is none to be had."""
        try:
            return self._worker.draw_first_page(path)
        except (Unreadable, NoReader) as error:
            logger.info("no first page of a file: %s", type(error).__name__)
            return None

    def close(self) -> None:
        """End the process, if there is one."""
        self._worker.close()


def previews_of(files: Files, copies: Path, drawer: PageDrawer) -> Previews:
    """copies: the folder of the copies that other programs open; they are kept beside those."""
    return Previews(files, copies / PREVIEWS_FOLDER, drawer.draw, small_picture)
