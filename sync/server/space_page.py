"""The part of a pushed page that is for one space.

What the server itself decided comes first, so that the rest is judged by it; the rest in the order
in which it was written, whatever order it comes in. Nothing of a server that was put back from a
backup may be refused for good because something that it builds on comes back later.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from sync.core.exchange import Outcome, Result
from sync.core.group import FIRST_SEQ
from sync.core.ids import Id
from sync.server import chains, spaces
from sync.server.access import Judge, Roles, belongs
from sync.server.appending import Appending, Entry
from sync.server.authors import Authors
from sync.server.chains import Link
from sync.server.devices import Device
from sync.server.pushed import Pushed
from sync.server.reasons import Reason
from sync.server.records import RecordBook, all_made_by
from sync.server.runs import runs_of
from sync.server.spaces import Space
from sync.server.spent_invites import close_spent

_FORK: Final = Result(Outcome.FORK)
_GAP: Final = Result(Outcome.GAP)


@dataclass(frozen=True, slots=True)
class Deciding:
    """What decides about a whole page."""

    roles: Roles
    authors: Authors
    pushed: Pushed

    def forget(self) -> None:
        """Read again from here on who may do what."""
        self.roles.forget()
        self.authors.forget()


class SpacePage:
    """Takes the entries of one space: `take_controls` of all spaces, then `taken` of each."""

    def __init__(
        self, connection: Connection, deciding: Deciding, space_id: Id, entries: Sequence[Entry]
    ) -> None:
        self._connection = connection
        self._deciding = deciding
        self._entries = entries
        self._runs = runs_of(entries)
        self._order = _as_written(entries)
        self._results: dict[int, Result] = {}
        self._space = spaces.locked(connection, space_id)
        self._links: dict[tuple[Id, int], Link] = {}
        if self._space is not None:
            self._prepare(self._space)

    def _prepare(self, space: Space) -> None:
        self._book = RecordBook(self._connection, space.id)
        self._book.look_up(entry.group for entry in self._entries)
        self._judge = Judge(space, self._book, self._deciding.roles)
        seqs: dict[Id, list[int]] = {}
        for entry in self._entries:
            seqs.setdefault(entry.group.replica, []).append(entry.group.seq)
        for replica, found in seqs.items():
            first, last = min(found) - 1, max(found)
            held = chains.links(self._connection, (space.id, replica), first, last)
            self._links |= {(replica, seq): link for seq, link in held.items()}

    def take_controls(self) -> None:
        """Keep what the server decided; it has its effects when this returns."""
        if self._space is None:
            return
        authors = self._deciding.authors
        controls = [i for i in self._order if authors.is_servers(self._entries[i].group)]
        if not controls:
            return
        appending = self._appending(self._space)
        for index in controls:
            self._results[index] = self._take(index, appending)
        appending.finish()
        for index in controls:
            if self._results[index].outcome is Outcome.KEPT:
                close_spent(self._connection, self._entries[index].group)
        self._deciding.forget()

    def taken(self) -> list[Result]:
        """What became of each entry, in order."""
        space = self._again()
        if space is None or not self._concerns(space):
            for index in self._rest():
                self._results[index] = _refused_unless_later(self._entries[index], 0, _UNKNOWN)
        else:
            appending = self._appending(space)
            for index in self._rest():
                self._results[index] = self._take(index, appending)
            appending.finish()
        return [self._results[index] for index in range(len(self._entries))]

    def _again(self) -> Space | None:
        """The space as it is by now; one of this page's decisions may have made it."""
        space_id = self._entries[0].group.space
        if self._space is None:
            space = spaces.locked(self._connection, space_id)
            if space is not None:
                self._prepare(space)
            return space
        return spaces.locked(self._connection, space_id)

    def _rest(self) -> list[int]:
        return [index for index in self._order if index not in self._results]

    def _appending(self, space: Space) -> Appending:
        return Appending(self._connection, space, self._deciding.pushed.received_ms)

    def _concerns(self, space: Space) -> bool:
        """Whether the sender may learn anything of the space: it is theirs, or all they wrote is.

        Others would learn from the answers who writes how much there.
        """
        sender = self._deciding.pushed.sender
        own = all(self._entries[i].group.replica == sender.replica for i in self._rest())
        return own or belongs(space, sender.member, self._deciding.roles)

    def _take(self, index: int, appending: Appending) -> Result:
        entry = self._entries[index]
        group, authors = entry.group, self._deciding.authors
        here = self._links.get((group.replica, group.seq))
        before = self._links.get((group.replica, group.seq - 1))
        if here is not None:
            return _again(entry, here)
        writer = authors.writer(group)
        if writer is None:
            return _refused_unless_later(entry, appending.head, Reason.UNKNOWN_REPLICA)
        doubt = self._runs[index].doubt(entry, writer.public_key)
        if doubt is not None:
            return _refused(doubt)
        if before is None and group.seq > FIRST_SEQ:
            return _GAP
        if before is not None and before.hash != group.prev:
            return _FORK
        proof = self._runs[index].proof_of(entry)
        return self._decided(entry, proof, writer, appending)

    def _decided(self, entry: Entry, proof: Entry, writer: Device, appending: Appending) -> Result:
        group, authors = entry.group, self._deciding.authors
        place = (group.replica, group.seq)
        if authors.is_servers(group):
            made = all_made_by(group, self._book.get)
            self._book.add(made)
        else:
            couriered = authors.is_couriered(group)
            verdict = self._judge.verdict(group, writer.member, was_taken=couriered)
            if verdict.reason is not None:
                # What proves it must be refused with it, or nothing would vouch for the refusal.
                result = _refused_unless_later(proof, appending.head, verdict.reason)
                if verdict.may_change:
                    result = _GAP
                if result.outcome is Outcome.REFUSED and not couriered:
                    # Its writer knows of the refusal and goes on from there; others may come by it
                    # before what it builds on, and it may be taken from the next.
                    appending.refuse(entry, verdict.reason)
                    self._links[place] = Link(entry.hash, group.author, 0, verdict.reason)
                return result
            made = verdict.made
        position = appending.keep(entry, made)
        self._links[place] = Link(entry.hash, group.author, position, "")
        return Result(Outcome.KEPT, position)


_UNKNOWN: Final = Reason.UNKNOWN_SPACE


def _as_written(entries: Sequence[Entry]) -> list[int]:
    """Places in the page in causal order: by the clock, each chain in its own order in any case."""
    reached: dict[Id, int] = {}
    keys = []
    for index, entry in enumerate(entries):
        group = entry.group
        reached[group.replica] = max(reached.get(group.replica, 0), group.clock)
        keys.append((reached[group.replica], index))
    return [index for _, index in sorted(keys)]


def _refused_unless_later(entry: Entry, head: int, reason: Reason) -> Result:
    """A refusal; a gap if the group's writer had seen more of the space than is here.

    Then this server was put back from a backup, and what the group builds on may come back.
    """
    return _GAP if entry.group.seen > head else _refused(reason)


def _again(entry: Entry, here: Link) -> Result:
    """The receipt of a group whose place is taken already."""
    if here.hash != entry.hash:
        return _FORK
    if here.reason:
        return _refused(here.reason)
    return Result(Outcome.ALREADY_HAD, here.position)


def _refused(reason: str) -> Result:
    return Result(Outcome.REFUSED, reason=str(reason))
