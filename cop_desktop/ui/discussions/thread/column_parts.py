"""What a column is made of: entries, the cells that show them, and places in it."""

from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtWidgets import QFrame


class Entry(Protocol):
    """One part. Equal entries look the same; `key` stays the same while it changes."""

    @property
    def key(self) -> str: ...

    @property
    def kind(self) -> str:
        """Entries of one kind can be shown by the same cell, one after the other."""
        ...


class Cell(QFrame):
    """A widget that shows an entry, and then another one of its kind."""

    def show_entry(self, entry: Any) -> None:
        """Shows `entry` in place of what was shown."""
        raise NotImplementedError

    def lay_out(self) -> None:
        """Gives every part its size at once; a layout by itself waits for the event loop."""
        layout = self.layout()
        if layout is not None:
            layout.activate()

    def fit(self, width: int) -> int:
        """Takes `width` pixels and returns the height needed."""
        layout = self.layout()
        if layout is None:
            return self.sizeHint().height()
        # Twice: texts find their height only once they have their width.
        for _ in range(2):
            self.resize(width, self.height())
            self.lay_out()
        wraps = layout.hasHeightForWidth()
        return layout.totalHeightForWidth(width) if wraps else layout.totalSizeHint().height()


class Cells(Protocol):
    """Makes cells, and guesses how tall they will be."""

    def make(self, kind: str) -> Cell: ...

    def estimate(self, entry: Any, width: int) -> int: ...


@dataclass(frozen=True, slots=True)
class Anchor:
    """A part and where its upper edge is, in pixels below the view's."""

    key: str
    top: int
