"""Files and pictures pasted where there is no field: they go to what they are pasted on."""

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication, QWidget


@runtime_checkable
class TakesFiles(Protocol):
    """A widget that knows what to do with files or a picture."""

    def paste_files(self, pasted: QMimeData) -> bool:
        """Whether there was anything in it to take."""
        ...


def paste_on(widget: QWidget | None) -> bool:
    """Gives what is in the clipboard to the nearest around `widget` that takes files."""
    pasted = QApplication.clipboard().mimeData()
    while widget is not None:
        if isinstance(widget, TakesFiles):
            return widget.paste_files(pasted)
        widget = widget.parentWidget()
    return False


def local_files(dragged: QMimeData) -> list[str]:
    """The paths of the files in what is dragged or pasted."""
    return [url.toLocalFile() for url in dragged.urls() if url.isLocalFile()]
