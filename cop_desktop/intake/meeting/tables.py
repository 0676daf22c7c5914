"""Tables in minutes: the rows that stand together, with the columns their first row names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cop_desktop.intake.meeting.blocks import Block, BlockKind


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of equal length below the names of their columns."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def column(self, pattern: str) -> int | None:
        """The first column whose whole name matches, whatever its case; None when none does."""
        for index, head in enumerate(self.heads):
            if re.fullmatch(pattern, head.strip(" :*?"), re.IGNORECASE):
                return index
        return None


def tables_of(blocks: Iterable[Block]) -> tuple[Table, ...]:
    """The tables among `blocks`, in order. Empty rows are left out."""
    found: list[Table] = []
    rows: list[tuple[str, ...]] = []
    heads: tuple[str, ...] = ()
    for block in blocks:
        is_row = block.kind is BlockKind.ROW
        if heads and (not is_row or block.heads):
            found.append(_table(heads, rows))
            heads, rows = (), []
        if is_row and block.heads:
            heads = block.cells
        elif is_row and heads:
            rows.append(block.cells)
    if heads:
        found.append(_table(heads, rows))
    return tuple(found)


def _table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> Table:
    width = len(heads)
    full = (row[:width] + ("",) * (width - len(row)) for row in rows if any(row))
    return Table(heads, tuple(full))
