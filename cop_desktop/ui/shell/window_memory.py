"""What the window remembers from one start to the next: sizes and the look."""

from typing import Protocol

from PySide6.QtCore import QByteArray


class WindowMemory(Protocol):
    """Keeps small values by name. Called on the GUI thread, so it must answer at once."""

    def get(self, name: str) -> bytes | None:
        """The value kept last; None when there is none."""
        ...

    def put(self, name: str, value: bytes) -> None:
        """Keeps `value`, in place of an older one."""
        ...


class MemoryInMind(WindowMemory):
    """Remembers as long as the program runs: for the tour, and where nothing may be kept."""

    def __init__(self) -> None:
        self._values: dict[str, bytes] = {}

    def get(self, name: str) -> bytes | None:
        return self._values.get(name)

    def put(self, name: str, value: bytes) -> None:
        self._values[name] = value


def as_bytes(array: QByteArray) -> bytes:
    """Qt's bytes as Python's."""
    return bytes(array.data())
