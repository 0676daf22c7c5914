"""Groups of one space on their way into the log, and the rows they become."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, insert, update

from sync.core import digest
from sync.core.clock import followed
from sync.core.group import Group
from sync.core.ids import Hash, Id
from sync.server.effects import take_effect
from sync.server.projection import Projection, Row
from sync.server.reasons import Reason
from sync.server.records import Record
from sync.server.spaces import Space
from sync.server.tables import GROUPS, REFUSED, SPACES


@dataclass(frozen=True, slots=True)
class Entry:
    """A group on its way in. signature: empty if a later one of its run vouches for it."""

    group: Group
    hash: Hash
    signature: bytes


class Appending:
    """Collects what is to be written to one space, whose row is locked, and writes it at once."""

    def __init__(self, connection: Connection, space: Space, now_ms: int) -> None:
        self._connection = connection
        self._space = space
        self._now_ms = now_ms
        self._total = space.total
        self._clock = space.clock
        self._groups: list[Row] = []
        self._refused: list[Row] = []
        self._projection = Projection(space)

    @property
    def head(self) -> int:
        """The space's last position once this is written."""
        return self._space.head + len(self._groups)

    def keep(self, entry: Entry, made: Mapping[Id, Record]) -> int:
        """The position at which the group will be kept. made: the records it makes."""
        group = entry.group
        position = self.head + 1
        self._total = digest.extended(self._total, entry.hash)
        self._clock = followed(self._clock, group.clock)
        self._groups.append(
            {
                "space": group.space,
                "position": position,
                "replica": group.replica,
                "seq": group.seq,
                "author": group.author,
                "hash": entry.hash,
                "sum": digest.to_bytes(self._total),
                "received_ms": self._now_ms,
                "size_bytes": len(group.raw),
                "signature": entry.signature,
                "raw": group.raw,
            }
        )
        self._projection.learn(group, position, made)
        return position

    def refuse(self, entry: Entry, reason: Reason) -> None:
        """Keep the group's place in its chain."""
        group = entry.group
        self._refused.append(
            {
                "space": group.space,
                "replica": group.replica,
                "seq": group.seq,
                "author": group.author,
                "hash": entry.hash,
                "prev": group.prev,
                "signature": entry.signature,
                "reason": reason.value,
                "received_ms": self._now_ms,
            }
        )

    def finish(self) -> None:
        """Write everything; positions are those that the counter gives out."""
        if self._refused:
            self._connection.execute(insert(REFUSED), self._refused)
        if not self._groups:
            return
        head = self._connection.execute(
            update(SPACES)
            .where(SPACES.c.id == self._space.id)
            .values(
                head=SPACES.c.head + len(self._groups),
                sum=digest.to_bytes(self._total),
                clock=self._clock,
            )
            .returning(SPACES.c.head)
        ).scalar_one()
        if head != self._groups[-1]["position"]:
            raise RuntimeError("the space was appended to although its row was locked")
        self._connection.execute(insert(GROUPS), self._groups)
        self._projection.write(self._connection)
        take_effect(self._connection, self._space, self._projection, self._now_ms)
