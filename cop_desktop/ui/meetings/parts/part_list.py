"""A short list of rows with whole texts; one stop of the Tab key, arrows inside."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cop_desktop.ui.meetings.parts.part import Part, PartRights
from cop_desktop.ui.meetings.parts.part_row import (
    AFTER,
    BEFORE,
    DOWN,
    EDIT,
    FIRST,
    HISTORY,
    REMOVE,
    UP,
    VERSIONS,
    PartRow,
)
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme

_USUAL = PartRights()


class PartList(QWidget):
    """Tells what is wished of which part; all signals carry its key first.

    `move_wanted`: before which other part, "" for the end.
    """

    edit_wanted = Signal(str)
    remove_wanted = Signal(str)
    versions_wanted = Signal(str)
    history_wanted = Signal(str)
    move_wanted = Signal(str, str)
    ticked = Signal(str, bool)

    def __init__(self, theme: Theme, name: str, rights: PartRights = _USUAL) -> None:
        super().__init__()
        self._theme = theme
        self._rights = rights
        self._rows: dict[str, PartRow] = {}
        self._current = ""
        self.setAccessibleName(name)
        self._column = QVBoxLayout(self)
        pad(theme, self._column, 0, 0)

    def keys(self) -> list[str]:
        """The keys of the rows, in order."""
        return list(self._rows)

    def row(self, key: str) -> PartRow:
        """The row of a part."""
        return self._rows[key]

    def show_parts(self, parts: Sequence[Part]) -> None:
        """These and no others; a row that stays keeps the keyboard."""
        had_focus = self._current if self._has_focus() else ""
        place = self.keys().index(had_focus) if had_focus in self._rows else -1
        wanted = {part.key: part for part in parts}
        gone = [self._rows.pop(key) for key in self.keys() if key not in wanted]
        # Rows of another meeting serve again: making one takes longer than filling it.
        spare = [row for row in gone if not row.hasFocus()]
        self._rows = {
            key: self._rows.get(key) or (spare.pop() if spare else self._make(part))
            for key, part in wanted.items()
        }
        for row in gone:
            if row not in self._rows.values():
                self._column.removeWidget(row)
                row.hide()
                row.deleteLater()
        for index, (key, row) in enumerate(self._rows.items()):
            row.show_part(wanted[key])
            if self._column.indexOf(row) != index:
                self._column.insertWidget(index, row)
        self._settle_stops()
        if had_focus and had_focus not in self._rows and self._rows:
            self._go(self.keys()[min(place, len(self._rows) - 1)])

    def key_with_keyboard(self) -> str:
        """The key of the row that has the keyboard; "" if none has."""
        current = self.window().focusWidget()
        return next((key for key, row in self._rows.items() if row is current), "")

    def go_to(self, key: str) -> None:
        """Gives a row the keyboard, if it is there."""
        if key in self._rows:
            self._go(key)

    def _make(self, part: Part) -> PartRow:
        row = PartRow(self._theme, part, self._rights)
        row.wished.connect(self._on_wish)
        row.stepped.connect(self._on_step)
        row.ticked.connect(self.ticked)
        row.focused.connect(self._on_focus)
        return row

    def _has_focus(self) -> bool:
        return any(row.hasFocus() for row in self._rows.values())

    def _settle_stops(self) -> None:
        if self._current not in self._rows:
            self._current = next(iter(self._rows), "")
        for key, row in self._rows.items():
            stop = Qt.FocusPolicy.StrongFocus if key == self._current else None
            row.setFocusPolicy(stop or Qt.FocusPolicy.ClickFocus)

    def _on_focus(self, key: str) -> None:
        self._current = key
        self._settle_stops()

    def _on_step(self, key: str, step: str) -> None:
        keys = self.keys()
        place = keys.index(key)
        place = {BEFORE: place - 1, AFTER: place + 1, FIRST: 0}.get(step, len(keys) - 1)
        if 0 <= place < len(keys):
            self._go(keys[place])

    def _go(self, key: str) -> None:
        self._rows[key].setFocus(Qt.FocusReason.TabFocusReason)

    def _on_wish(self, key: str, wish: str) -> None:
        if wish == EDIT:
            self.edit_wanted.emit(key)
        elif wish == REMOVE:
            self.remove_wanted.emit(key)
        elif wish == VERSIONS:
            self.versions_wanted.emit(key)
        elif wish == HISTORY:
            self.history_wanted.emit(key)
        elif wish in (UP, DOWN):
            self._move(key, -1 if wish == UP else 1)

    def _move(self, key: str, by: int) -> None:
        keys = self.keys()
        place = keys.index(key) + by
        if not 0 <= place < len(keys):
            return
        keys.remove(key)
        keys.insert(place, key)
        self.move_wanted.emit(key, keys[place + 1] if place + 1 < len(keys) else "")
