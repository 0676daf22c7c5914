"""Which positions go into a page: the order of importance, and the byte budget.

Newest first for a replica that holds nothing; otherwise what is new upwards, then history
downwards. The directory comes before a member's own space, that before communities, and the texts
of files last.
"""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from enum import Enum
from typing import Final

from sqlalchemy import Connection, bindparam, select

from sync.catalogue.declare import SpaceKind
from sync.core.ids import Id
from sync.core.limits import MAX_PAGE_GROUPS
from sync.server.standing import Standing
from sync.server.tables import GROUPS

_REFERENCE_BYTES: Final = 8
_SIZES: Final = select(GROUPS.c.position, GROUPS.c.replica, GROUPS.c.size_bytes).where(
    GROUPS.c.space == bindparam("space")
)
_UPWARDS: Final = (
    _SIZES.where(GROUPS.c.position > bindparam("edge"))
    .order_by(GROUPS.c.position)
    .limit(bindparam("most"))
)
_DOWNWARDS: Final = (
    _SIZES.where(GROUPS.c.position <= bindparam("edge"))
    .order_by(GROUPS.c.position.desc())
    .limit(bindparam("most"))
)


class _Direction(Enum):
    NEW = "new"
    HISTORY = "history"


_Step = tuple[_Direction, tuple[SpaceKind, ...]]
_FIRST: Final = (SpaceKind.DIRECTORY,)
_SECOND: Final = (SpaceKind.PERSONAL,)
_THIRD: Final = (SpaceKind.COMMUNITY, SpaceKind.PAIR)
_LAST: Final = (SpaceKind.TEXTS,)
_STEPS: Final[tuple[_Step, ...]] = (
    *((_Direction.NEW, kinds) for kinds in (_FIRST, _SECOND, _THIRD)),
    *((_Direction.HISTORY, kinds) for kinds in (_FIRST, _SECOND, _THIRD)),
    (_Direction.NEW, _LAST),
    (_Direction.HISTORY, _LAST),
)


@dataclass(slots=True)
class Choice:
    """What is chosen of one space: positions (old.head, head] and (floor, old.floor]."""

    old: Standing
    head: int
    floor: int

    @property
    def new(self) -> Standing:
        """How the replica stands once it has what is chosen."""
        if self.old.is_empty and self.head == self.floor:
            return self.old
        return self.old.after(self.head, self.floor)

    @property
    def ranges(self) -> list[tuple[int, int]]:
        """First and last positions of the runs, lowest first."""
        if self.old.is_empty:
            runs = [(self.floor + 1, self.head)]
        else:
            runs = [(self.floor + 1, self.old.floor), (self.old.head + 1, self.head)]
        return [(first, last) for first, last in runs if first <= last]

    @property
    def groups(self) -> int:
        """How many positions are chosen."""
        return sum(last - first + 1 for first, last in self.ranges)


class Chooser:
    """Chooses for one reply. For one transaction."""

    def __init__(
        self, connection: Connection, replica: Id, budget_bytes: int, *, history: bool = True
    ) -> None:
        """replica: whose own groups cost next to nothing. budget_bytes: of groups unpacked.

        history: False leaves older parts of what the replica holds for another time.
        """
        self._connection = connection
        self._replica = replica
        self._left_bytes = budget_bytes
        self._history = history
        self._left_groups = MAX_PAGE_GROUPS
        self._is_first = True

    def chosen(self, standings: Sequence[Standing]) -> list[Choice]:
        """A choice for every space: what the budget allows, at least one group if there is any."""
        choices = [nothing_chosen(standing) for standing in standings]
        for direction, kinds in _STEPS:
            if direction is _Direction.HISTORY and not self._history:
                continue
            matter = [c for c in choices if c.old.space.kind in kinds and _lacks(c, direction)]
            for index, choice in enumerate(matter):
                # Spaces of equal importance share what is left: none waits for all of another.
                share = self._left_bytes // (len(matter) - index)
                self._left_bytes -= self._choose(choice, direction, share)
        return choices

    def _choose(self, choice: Choice, direction: _Direction, allowance_bytes: int) -> int:
        """Widen the choice in one direction; what that costs."""
        spent = 0
        upwards = direction is _Direction.NEW and not choice.old.is_empty
        bound = {
            "space": choice.old.space.id,
            "edge": choice.head if upwards else choice.floor,
            "most": min(self._left_groups, max(allowance_bytes, 0) // _REFERENCE_BYTES + 1),
        }
        # Nearest to what the replica holds first; read only as far as the allowance goes.
        rows = self._connection.execute(_UPWARDS if upwards else _DOWNWARDS, bound)
        with closing(rows):
            for position, replica, size_bytes in rows:
                cost = _REFERENCE_BYTES if replica == self._replica else size_bytes
                if spent + cost > allowance_bytes and not self._is_first:
                    break
                self._is_first = False
                self._left_groups -= 1
                spent += cost
                if upwards:
                    choice.head = position
                else:
                    choice.floor = position - 1
        return spent


def nothing_chosen(standing: Standing) -> Choice:
    """Nothing. Where the replica holds nothing, the choice will grow downwards from the head."""
    if standing.is_empty:
        return Choice(standing, standing.space.head, standing.space.head)
    return Choice(standing, standing.head, standing.floor)


def _lacks(choice: Choice, direction: _Direction) -> bool:
    if not choice.old.agreed:
        return False  # nothing of the space, until the replica has found out where they part
    if direction is _Direction.HISTORY:
        return choice.floor > 0
    return choice.old.space.head > (0 if choice.old.is_empty else choice.head)
