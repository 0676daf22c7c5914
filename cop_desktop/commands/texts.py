"""Reading the text out of files, in a process of its own."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cop_desktop.intake.errors import Unreadable
from cop_desktop.intake.worker import ExtractionWorker
from cop_desktop.services.files import Extract

_log = logging.getLogger(__name__)


@contextmanager
def texts_of_files() -> Iterator[Extract]:
    """A function that gives the text in a file, None where there is none to be had."""
    with ExtractionWorker() as worker:

        def extract(path: Path) -> str | None:
            try:
                return worker.read(path).text
            except Unreadable as error:
                _log.info("no text in a file: %s", error.code)
                return None

        yield extract
