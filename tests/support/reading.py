"""Readers of files that need no other process."""

import threading
from pathlib import Path

from cop_desktop.intake.documents import Document, read_document
from cop_desktop.intake.errors import Cancelled
from cop_desktop.intake.minutes import Minutes, read_minutes


class InProcess:
    """Reads like the worker does, here."""

    def read(self, path: Path) -> Document:
        return read_document(path)

    def read_minutes(self, path: Path) -> Minutes:
        return read_minutes(path)

    def cancel(self) -> None:
        """Nothing here takes long."""

    def close(self) -> None:
        """Nothing was opened."""


class Stuck(InProcess):
    """Never gets to the end of a file of this name, until it is cancelled."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._cancelled = threading.Event()
        self.reached = threading.Event()

    def read(self, path: Path) -> Document:
        if path.name == self._name:
            self.reached.set()
            assert self._cancelled.wait(30), "nobody cancelled"
            raise Cancelled
        return super().read(path)

    def cancel(self) -> None:
        self._cancelled.set()
