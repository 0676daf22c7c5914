"""The ledger: groups are appended, once each, and get their place in their space.

Retrying is always safe: a group is known by (space, replica, seq) and its hash. A refused group
keeps its place in its replica's chain: its hash is kept, so that later groups that name it as their
predecessor can be taken, and sent again it is refused again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from sync.core.errors import Malformed
from sync.core.exchange import Outcome, Result
from sync.core.group import FIRST_SEQ, decode_group, group_hash
from sync.core.ids import Id
from sync.core.packing import PageGroup
from sync.server import chains, devices, spaces
from sync.server.access import Judge, Roles, belongs
from sync.server.appending import Appending, Entry
from sync.server.chains import Link
from sync.server.devices import Device
from sync.server.reasons import Reason
from sync.server.records import RecordBook, all_made_by
from sync.server.runs import Run, runs_of
from sync.server.spaces import Space

_FORK: Final = Result(Outcome.FORK)
_GAP: Final = Result(Outcome.GAP)


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a replica sends. groups: its own, and of any others that it brings along."""

    sender: Device
    groups: Sequence[PageGroup]
    received_ms: int


def append(connection: Connection, pushed: Pushed) -> list[Result]:
    """What became of each group, in order; kept ones are durable once the transaction commits.

    Runs inside the caller's write transaction. Raises Malformed, before anything is written, if one
    is no group or not the one that the page says.
    """
    entries = [_entry(item) for item in pushed.groups]
    by_space: dict[Id, list[int]] = {}
    for index, entry in enumerate(entries):
        by_space.setdefault(entry.group.space, []).append(index)
    author_side = _AuthorSide(connection)
    results: dict[int, Result] = {}
    for space in sorted(by_space):  # always in this order, so that two never wait for each other
        indexes = by_space[space]
        page = _SpacePage(connection, author_side, [entries[index] for index in indexes])
        results.update(zip(indexes, page.taken(space, pushed), strict=True))
    return [results[index] for index in range(len(entries))]


def append_own(connection: Connection, entry: Entry, now_ms: int) -> int:
    """The position of a group of the server's own replica, which may write everything."""
    space = spaces.locked(connection, entry.group.space)
    if space is None:
        raise LookupError("the server writes into a space that it did not make")
    book = RecordBook(connection, space.id)
    book.look_up([entry.group])
    appending = Appending(connection, space, now_ms)
    position = appending.keep(entry, all_made_by(entry.group, book.get))
    appending.finish()
    return position


def _entry(item: PageGroup) -> Entry:
    if item.raw is None:
        raise Malformed("a reference on the way up")
    group = decode_group(item.raw)
    if (group.space, group.replica, group.seq) != (item.space, item.replica, item.seq):
        raise Malformed("the page names another group than it carries")
    return Entry(group, group_hash(item.raw), item.signature)


class _AuthorSide:
    """Certified replicas and roles, read once each."""

    def __init__(self, connection: Connection) -> None:
        self.roles = Roles(connection)
        self._connection = connection
        self._read: dict[Id, Device | None] = {}

    def device(self, replica: Id) -> Device | None:
        """The replica, None if it is unknown or its access was taken back."""
        if replica not in self._read:
            found = devices.found(self._connection, replica)
            self._read[replica] = None if found is None or found.revoked else found
        return self._read[replica]


class _SpacePage:
    """The part of a page that is for one space."""

    def __init__(
        self, connection: Connection, author_side: _AuthorSide, entries: Sequence[Entry]
    ) -> None:
        self._connection = connection
        self._author_side = author_side
        self._entries = entries
        self._new: dict[tuple[Id, int], Link] = {}

    def taken(self, space_id: Id, pushed: Pushed) -> list[Result]:
        """What became of each entry, in order."""
        space = spaces.locked(self._connection, space_id)
        if space is None or not self._concerns(space, pushed.sender):
            return [_refused(Reason.UNKNOWN_SPACE) for _ in self._entries]
        book = RecordBook(self._connection, space.id)
        book.look_up(entry.group for entry in self._entries)
        self._judge = Judge(space, book, self._author_side.roles)
        self._appending = Appending(self._connection, space, pushed.received_ms)
        runs = runs_of(self._entries, self._author_side.device)
        results = [result for run in runs for result in self._take_run(run)]
        self._appending.finish()
        return results

    def _concerns(self, space: Space, sender: Device) -> bool:
        """Whether the sender may learn anything of the space: it is theirs, or all they wrote is.

        Others would learn from the answers who writes how much there.
        """
        own = all(entry.group.replica == sender.replica for entry in self._entries)
        return own or belongs(space, sender.member, self._author_side.roles)

    def _take_run(self, run: Run) -> list[Result]:
        first, last = run.entries[0].group, run.entries[-1].group
        replica = first.replica
        span = range(first.seq - 1, last.seq + 1)
        held = chains.links(self._connection, (first.space, replica), span[0], span[-1])
        held |= {seq: self._new[replica, seq] for seq in span if (replica, seq) in self._new}
        results = []
        for entry in run.entries:
            result, link = self._take(entry, run, held)
            results.append(result)
            if link is not None:
                held[entry.group.seq] = self._new[replica, entry.group.seq] = link
        return results

    def _take(self, entry: Entry, run: Run, held: dict[int, Link]) -> tuple[Result, Link | None]:
        """The result, and the new link of the chain if the entry became one."""
        group = entry.group
        here, before = held.get(group.seq), held.get(group.seq - 1)
        if here is not None:
            return _again(entry, here), None
        if run.device is None or run.unproven is not None:
            return _refused(run.unproven or Reason.UNKNOWN_REPLICA), None
        if before is None and group.seq > FIRST_SEQ:
            return _GAP, None
        if before is not None and before.hash != group.prev:
            return _FORK, None
        verdict = self._judge.verdict(group, run.device.member)
        if verdict.reason is not None:
            self._appending.refuse(entry, verdict.reason)
            return _refused(verdict.reason), Link(entry.hash, group.author, 0, verdict.reason)
        position = self._appending.keep(entry, verdict.made)
        return Result(Outcome.KEPT, position), Link(entry.hash, group.author, position, "")


def _again(entry: Entry, here: Link) -> Result:
    """The receipt of a group whose place is taken already."""
    if here.hash != entry.hash:
        return _FORK
    if here.reason:
        return _refused(here.reason)
    return Result(Outcome.ALREADY_HAD, here.position)


def _refused(reason: str) -> Result:
    return Result(Outcome.REFUSED, reason=str(reason))
