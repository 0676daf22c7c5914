"""Finding out up to where replica and server have the same, and letting go of what is above.

By bisection over the running digests: a request claims only a part of what is held, and the answer
tells whether that part is the same. O(log n) round trips, and none of them moves a group.
"""

import logging
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from cop_desktop.store import detaching, spaces
from cop_desktop.store.kept import SPACES
from sync.core import digest
from sync.core.exchange import SpaceReply, SyncReply
from sync.core.ids import Id, id_text

logger = logging.getLogger(__name__)

_MOST_AT_ONCE: Final = 5
"""So often is a space repaired without a pause; then only with the usual checks."""


@dataclass(slots=True)
class _Search:
    """Of one space. head, floor: held when it began. same: agreed up to here. other: not here."""

    head: int
    floor: int
    same: int
    other: int

    @property
    def claim(self) -> int:
        """What to claim next: the middle."""
        return (self.same + self.other) // 2


class Repairs:
    """The searches under way; kept in memory, begun anew after a restart. For one thread."""

    def __init__(self) -> None:
        self._searches: dict[Id, _Search] = {}
        self._detached: Counter[Id] = Counter()

    @property
    def searching(self) -> bool:
        """Whether the next request is a question about digests alone."""
        return bool(self._searches)

    @property
    def disputed(self) -> Collection[Id]:
        """Spaces of which positions mean nothing for now."""
        return self._searches.keys()

    def claimed_head(self, row: Row[*tuple[Any, ...]]) -> int:
        """Up to where to claim a space. row: of the table of spaces."""
        search = self._searches.get(row.space)
        if search is None:
            return int(row.head)
        if (search.head, search.floor) != (row.head, row.floor):
            del self._searches[row.space]
            return int(row.head)
        return search.claim

    def learn(self, connection: Connection, reply: SyncReply, served: Collection[Id]) -> bool:
        """Take in what a reply says of claims; whether asking again at once gets further.

        served: spaces of which groups came, whose claims were right.
        """
        told = {space.space: space for space in reply.spaces}
        again = False
        for row in connection.execute(select(SPACES)).all():
            if row.space in reply.lost or row.space in served or row.head == row.floor == 0:
                self._searches.pop(row.space, None)
            elif row.space in told or not reply.number:
                again |= self._learn_space(connection, row, told)
        return again

    def _learn_space(
        self, connection: Connection, row: Row[*tuple[Any, ...]], told: Mapping[Id, SpaceReply]
    ) -> bool:
        claim = self.claimed_head(row)
        said = told.get(row.space)
        upto = claim if said is None else said.head
        top = claim if said is None else said.server_head
        if upto > claim:
            return False  # not about what was claimed
        same = said is None or _is_same(connection, row, said)
        search = self._searches.get(row.space)
        if search is None:
            if same and upto == row.head:
                self._detached.pop(row.space, None)
                return False
            search = _Search(row.head, row.floor, row.floor, row.head)
        if same:
            search.same = upto
        else:
            search.other = max(upto, search.same + 1)
        if search.other - search.same <= 1 or (same and upto == top):
            return self._detach(connection, row.space, search.same)
        self._searches[row.space] = search
        return True

    def _detach(self, connection: Connection, space: Id, position: int) -> bool:
        self._searches.pop(space, None)
        self._detached[space] += 1
        groups = detaching.detach_above(connection, space, position)
        logger.info("%d groups of space %s above %d let go", groups, id_text(space), position)
        return self._detached[space] <= _MOST_AT_ONCE


def _is_same(connection: Connection, row: Row[*tuple[Any, ...]], said: SpaceReply) -> bool:
    """Whether the server has in the interval that it tells of what is held here."""
    if said.head <= row.floor or said.floor != row.floor:
        return False
    own = spaces.held_digest(connection, row.space, said.head, said.floor)
    return digest.to_bytes(own) == said.digest
