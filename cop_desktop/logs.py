"""The log of the program: one folder, a few small files, no words of people in it."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

_FILE_BYTES = 1_000_000
_FILES = 4


def start_log(folder: Path) -> Path:
    """Log to `program.log` in this folder from now on; the file."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "program.log"
    handler = RotatingFileHandler(
        file, maxBytes=_FILE_BYTES, backupCount=_FILES, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return file
