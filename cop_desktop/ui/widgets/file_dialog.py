"""Where the dialogs that ask for a file open."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QDir, QStandardPaths
from PySide6.QtWidgets import QFileDialog


def open_where_last(dialog: QFileDialog) -> None:
    """Opens in the folder that was chosen from last; at first in the person's documents."""
    # Qt opens a dialog where the last one was put; the first one where the program was started.
    if dialog.directory() == QDir.current():
        dialog.setDirectory(_documents())
    dialog.filesSelected.connect(partial(_stay, dialog))


def _documents() -> str:
    places = QStandardPaths.StandardLocation
    folder = QStandardPaths.writableLocation(places.DocumentsLocation)
    return folder if Path(folder).is_dir() else QDir.homePath()


def _stay(dialog: QFileDialog, paths: list[str]) -> None:
    if paths:
        dialog.setDirectory(str(Path(paths[0]).parent))
