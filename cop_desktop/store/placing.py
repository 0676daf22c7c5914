"""Giving groups their positions: runs of a page into the log, running sums, cursors."""

from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, select, update

from cop_desktop.store import batches, spaces
from cop_desktop.store.detaching import make_room
from cop_desktop.store.errors import BadPage
from cop_desktop.store.kept import LOG, OUTBOX, SPACES
from cop_desktop.store.log import Entry, log_row
from cop_desktop.store.receiving import Arrival, Held, chains_around, joined, runs_of
from sync.core import digest
from sync.core.ids import Hash, Id, id_text

_PLACE: Final = (
    update(LOG)
    .where(LOG.c.id == bindparam("log_id"))
    .values(
        position=bindparam("at"),
        sum=bindparam("total"),
        received_ms=bindparam("received"),
        signature=func.coalesce(LOG.c.signature, bindparam("signed")),
    )
)
_BETWEEN: Final = select(LOG.c.position, LOG.c.hash, LOG.c.replica, LOG.c.seq).where(
    LOG.c.space == bindparam("space"), LOG.c.position.between(bindparam("first"), bindparam("last"))
)
_SENT: Final = delete(OUTBOX).where(OUTBOX.c.log == bindparam("log_id"))


class Placed(NamedTuple):
    """What a run of a page came to.

    new: groups that were not in the log, in order of position. returned: log ids of groups of ours
    that were, and have their positions now.
    """

    new: list[Entry]
    returned: list[int]


class Placing:
    """Puts the groups of one page into the log."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.unsure: set[Id] = set()
        """Spaces in which the server spoke of a group of ours that has no receipt yet."""
        self.contradicted: set[Id] = set()
        """Spaces of which the page has other groups in places that are held: nothing was taken."""
        self._next_id = (connection.scalar(select(func.max(LOG.c.id))) or 0) + 1

    def space(self, space: Id, arrivals: Iterable[Arrival]) -> tuple[Placed, Placed]:
        """What came above head, and what came up to floor, of one space; moves both cursors.

        Nothing where another reply, applied since this one was asked for, brought other groups:
        such as of a server that was put back from a backup meanwhile. Raises BadPage, OwnGroupLost.
        """
        statement = select(SPACES.c.head, SPACES.c.floor).where(SPACES.c.space == space)
        row = self._connection.execute(statement).first()
        if row is None:
            raise BadPage(f"groups of space {id_text(space)}, which is not ours")
        found = list(arrivals)
        if self._contradicts(space, [a for a in found if row.floor < _position(a) <= row.head]):
            self.contradicted.add(space)
            return Placed([], []), Placed([], [])
        runs = runs_of(found, row.head, row.floor)
        head, floor = row.head, row.floor
        above = below = Placed([], [])
        if runs.above:
            total = digest.from_bytes(spaces.at(self._connection, space, head)[1]) if head else 0
            floor = floor if head else runs.above[0].page_group.position - 1
            above = self._run(runs.above, total)
            head = runs.above[-1].page_group.position
        if runs.below:
            below = self._run(runs.below, None)
            floor = runs.below[0].page_group.position - 1
        moved = update(SPACES).where(SPACES.c.space == space).values(head=head, floor=floor)
        self._connection.execute(moved)
        return above, below

    def _contradicts(self, space: Id, inside: Sequence[Arrival]) -> bool:
        """Whether some of these are not what is held in their places."""
        if not inside:
            return False
        first, last = min(map(_position, inside)), max(map(_position, inside))
        rows = self._connection.execute(_BETWEEN, {"space": space, "first": first, "last": last})
        held = {row.position: (row.hash, (space, row.replica, row.seq)) for row in rows}
        for arrival in inside:
            name, link = held.get(_position(arrival), (None, None))
            if link != arrival.link or arrival.hash not in (None, name):
                return True
        return False

    def _run(self, run: Sequence[Arrival], total: digest.Sum | None) -> Placed:
        """total: the running sum below the run; None for one that ends at the floor."""
        found = joined(run, chains_around(self._connection, run))
        names = [_name(arrival, held) for arrival, held in found]
        positions = [arrival.page_group.position for arrival in run]
        room = dict(zip(positions, names, strict=True))
        make_room(self._connection, run[0].page_group.space, room)
        if total is None:
            total = self._sum_below(run[-1], names)
        fresh: list[dict[str, Any]] = []
        held_rows: list[dict[str, Any]] = []
        entries: list[Entry] = []
        for (arrival, held), name in zip(found, names, strict=True):
            total = digest.extended(total, name)
            if held is not None:
                if arrival.group is None and held.position is None:
                    self.unsure.add(arrival.page_group.space)
                held_rows.append(_held_row(arrival, held, total))
            elif arrival.group is not None:
                told = arrival.page_group
                entry = Entry(self._next_id, arrival.group, name, told.received_ms, told.position)
                self._next_id += 1
                entries.append(entry)
                fresh.append(_fresh_row(entry, told.signature, total))
        batches.insert(self._connection, LOG, fresh)
        return Placed(entries, self._return(held_rows))

    def _sum_below(self, last: Arrival, names: Iterable[Hash]) -> digest.Sum:
        """The running sum below a run that ends at the floor."""
        space, position = last.page_group.space, last.page_group.position
        name, kept = spaces.at(self._connection, space, position + 1)
        total = digest.reduced(digest.from_bytes(kept), name)
        for below in names:
            total = digest.reduced(total, below)
        return total

    def _return(self, rows: Sequence[dict[str, Any]]) -> list[int]:
        """Note the positions of groups that were here already: as good as receipts."""
        if not rows:
            return []
        self._connection.execute(_PLACE, rows)
        statement = select(OUTBOX.c.log, OUTBOX.c.offered)
        waiting = {row.log: row.offered for row in self._connection.execute(statement)}
        returned = [row["log_id"] for row in rows if row["log_id"] in waiting]
        if returned:
            self._connection.execute(_SENT, [{"log_id": log_id} for log_id in returned])
        return [log_id for log_id in returned if not waiting[log_id]]


def _position(arrival: Arrival) -> int:
    return arrival.page_group.position


def _name(arrival: Arrival, held: Held | None) -> Hash:
    return held.hash if held is not None else arrival.hash or b""


def _held_row(arrival: Arrival, held: Held, total: digest.Sum) -> dict[str, Any]:
    told = arrival.page_group
    return {
        "log_id": held.log_id,
        "at": told.position,
        "total": digest.to_bytes(total),
        "received": told.received_ms,
        "signed": told.signature or None,
    }


def _fresh_row(entry: Entry, signature: bytes, total: digest.Sum) -> dict[str, Any]:
    return {
        **log_row(entry.group, entry.hash),
        "id": entry.id,
        "position": entry.position,
        "received_ms": entry.received_ms,
        "sum": digest.to_bytes(total),
        "signature": signature or None,
    }
