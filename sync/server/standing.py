"""What a replica holds of each of its spaces beside what the server has."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from sync.core import digest
from sync.core.errors import Malformed
from sync.core.exchange import Interval
from sync.core.ids import Id
from sync.core.limits import ID_BYTES, MAX_COUNT
from sync.server import spaces
from sync.server.spaces import Space


@dataclass(frozen=True, slots=True)
class Standing:
    """One space. head, floor: the replica holds (floor, head]; both 0 if nothing.

    named: the replica told of the space. agreed: what it holds equals what the server has of that
    interval, going by the digests.
    """

    space: Space
    head: int
    floor: int
    named: bool
    agreed: bool

    @property
    def is_empty(self) -> bool:
        """Whether the replica holds nothing of the space."""
        return self.head == self.floor == 0

    @property
    def is_complete(self) -> bool:
        """Whether there is nothing to send: it holds everything, or something else.

        What is added to an interval that differs would get positions that mean two things.
        """
        has_all = self.head == self.space.head and self.floor == 0
        return has_all or not self.agreed

    @property
    def has_newest(self) -> bool:
        """Whether nothing is missing but older parts."""
        return self.head == self.space.head and not self.is_empty

    @property
    def is_settled(self) -> bool:
        """Whether the reply need not name the space: the replica has all of it already."""
        return self.named and self.agreed and self.head == self.space.head and self.floor == 0

    def after(self, head: int, floor: int) -> "Standing":
        """The same once the replica holds (floor, head]."""
        return replace(self, head=head, floor=floor)


def standings(
    connection: Connection, readable: Iterable[Space], told: Iterable[Interval]
) -> tuple[list[Standing], list[Id]]:
    """How a replica stands in each space it may read, and the spaces it told of besides.

    Raises Malformed if the intervals are none.
    """
    intervals = _checked(told)
    found = [_standing(connection, space, intervals.pop(space.id, None)) for space in readable]
    return found, list(intervals)


def _checked(told: Iterable[Interval]) -> dict[Id, Interval]:
    intervals: dict[Id, Interval] = {}
    for interval in told:
        in_order = 0 <= interval.floor <= interval.head <= MAX_COUNT
        if len(interval.space) != ID_BYTES or not in_order or interval.space in intervals:
            raise Malformed("not an interval of a space")
        intervals[interval.space] = interval
    return intervals


def _standing(connection: Connection, space: Space, told: Interval | None) -> Standing:
    if told is None:
        return Standing(space, 0, 0, named=False, agreed=True)
    if told.head > space.head:  # the server was restored from a backup, or the replica is confused
        return Standing(space, told.head, told.floor, named=True, agreed=False)
    agreed = told.digest == interval_digest(connection, space, told.head, told.floor)
    return Standing(space, told.head, told.floor, named=True, agreed=agreed)


def interval_digest(connection: Connection, space: Space, head: int, floor: int) -> bytes:
    """The server's own digest of (floor, head], as far as it has that."""
    top = min(head, space.head)
    upper = spaces.sum_at(connection, space, top)
    lower = spaces.sum_at(connection, space, min(floor, top))
    return digest.to_bytes(digest.between(lower, upper))
