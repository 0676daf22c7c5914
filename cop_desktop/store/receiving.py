"""Checking a page from the server before anything of it is applied.

What arrives must be whole, in its place in its replica's chain, and a continuation of what is held:
positions go on upwards from head or downwards from floor, without a gap.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from sqlalchemy import Connection, select

from cop_desktop.store.errors import BadPage, NewerPage, OwnGroupLost
from cop_desktop.store.kept import LOG
from sync.core.errors import CoreError, NeedsNewer
from sync.core.group import FIRST_SEQ, Group, decode_group, group_hash
from sync.core.ids import Hash, Id
from sync.core.packing import PageGroup

Link: TypeAlias = tuple[Id, Id, int]
"""Space, replica, seq: a place in a chain."""


@dataclass(frozen=True, slots=True)
class Held:
    """A group that is in the log already."""

    log_id: int
    hash: Hash
    prev: Hash
    position: int | None


@dataclass(frozen=True, slots=True)
class Arrival:
    """One group of a page. group: None for a reference to a group that is ours."""

    page_group: PageGroup
    group: Group | None
    hash: Hash | None

    @property
    def prev(self) -> Hash | None:
        """The hash of its predecessor; None for a reference."""
        return None if self.group is None else self.group.prev

    @property
    def link(self) -> Link:
        """Its place in its replica's chain."""
        return self.page_group.space, self.page_group.replica, self.page_group.seq


class Runs(NamedTuple):
    """Arrivals of one space that are new here, in order of position: above head, up to floor."""

    above: list[Arrival]
    below: list[Arrival]


@dataclass(slots=True)
class Chains:
    """What the log holds at and around the places of a page's groups."""

    at: dict[Link, list[Held]] = field(default_factory=lambda: defaultdict(list))

    def acknowledged(self, link: Link) -> Held | None:
        """The group that the server has there."""
        return next((held for held in self.at.get(link, ()) if held.position is not None), None)


def decoded(page: Iterable[PageGroup]) -> list[Arrival]:
    """The groups of a page, each checked to be what the page says.

    Raises BadPage, NewerPage.
    """
    found = []
    links = set()
    for page_group in page:
        arrival = _decoded(page_group)
        if arrival.link in links:
            raise BadPage("a group twice in one page")
        links.add(arrival.link)
        found.append(arrival)
    return found


def _decoded(page_group: PageGroup) -> Arrival:
    if page_group.position < 1:
        raise BadPage("a group without a position")
    if page_group.raw is None:
        return Arrival(page_group, None, None)
    try:
        group = decode_group(page_group.raw)
    except NeedsNewer as error:
        raise NewerPage(str(error)) from error
    except CoreError as error:
        raise BadPage(str(error)) from error
    said = (page_group.space, page_group.replica, page_group.seq)
    if (group.space, group.replica, group.seq) != said:
        raise BadPage("a group under another name")
    return Arrival(page_group, group, group_hash(page_group.raw))


def runs_of(arrivals: Iterable[Arrival], head: int, floor: int) -> Runs:
    """What continues (floor, head] of one space; positions held already are left out.

    Raises BadPage where a position is missing.
    """
    in_order = sorted(arrivals, key=_position)
    above = [arrival for arrival in in_order if _position(arrival) > head]
    below = [arrival for arrival in in_order if _position(arrival) <= floor]
    for run in (above, below):
        if any(_position(b) != _position(a) + 1 for a, b in pairwise(run)):
            raise BadPage("positions do not follow each other")
    if above and (head, floor) != (0, 0) and _position(above[0]) != head + 1:
        raise BadPage(f"positions begin at {_position(above[0])} above head {head}")
    if below and _position(below[-1]) != floor:
        raise BadPage(f"positions end at {_position(below[-1])} below floor {floor}")
    return Runs(above, below)


def _position(arrival: Arrival) -> int:
    return arrival.page_group.position


def chains_around(connection: Connection, run: Sequence[Arrival]) -> Chains:
    """What the log holds at, before and after the places of these groups."""
    seqs: dict[tuple[Id, Id], list[int]] = defaultdict(list)
    for arrival in run:
        space, replica, seq = arrival.link
        seqs[space, replica].append(seq)
    chains = Chains()
    columns = (LOG.c.id, LOG.c.seq, LOG.c.hash, LOG.c.prev, LOG.c.position)
    for (space, replica), found in seqs.items():
        statement = (
            select(*columns)
            .where(LOG.c.space == space, LOG.c.replica == replica)
            .where(LOG.c.seq.between(min(found) - 1, max(found) + 1))
            .order_by(LOG.c.id)
        )
        for row in connection.execute(statement):
            held = Held(row.id, row.hash, row.prev, row.position)
            chains.at[space, replica, row.seq].append(held)
    return chains


def joined(run: Sequence[Arrival], chains: Chains) -> list[tuple[Arrival, Held | None]]:
    """The groups of a run, each with its place in the log if it is there already.

    Raises BadPage if a group does not fit its predecessor or successor, or takes the place of
    another that the server gave before; OwnGroupLost if a reference is to nothing.
    """
    found = [(arrival, _already(arrival, chains)) for arrival in run]
    hashes = {arrival.link: arrival.hash if held is None else held.hash for arrival, held in found}
    for arrival, held in found:
        space, replica, seq = arrival.link
        prev = held.prev if held is not None else arrival.prev
        before = hashes.get((space, replica, seq - 1)) or _hash(chains, (space, replica, seq - 1))
        if seq > FIRST_SEQ and before is not None and before != prev:
            raise BadPage("a group does not name its predecessor")
        after = chains.acknowledged((space, replica, seq + 1))
        if after is not None and after.prev != hashes[arrival.link]:
            raise BadPage("a group is not the one that its successor names")
    return found


def _already(arrival: Arrival, chains: Chains) -> Held | None:
    at_place = chains.at.get(arrival.link, [])
    if arrival.group is None:
        if not at_place:
            raise OwnGroupLost(f"group {arrival.page_group.seq} of ours is not here")
        return chains.acknowledged(arrival.link) or at_place[0]
    same = next((held for held in at_place if held.hash == arrival.hash), None)
    if same is None and chains.acknowledged(arrival.link) is not None:
        raise BadPage("another group in the place of one that was acknowledged")
    return same


def _hash(chains: Chains, link: Link) -> Hash | None:
    held = chains.acknowledged(link)
    return None if held is None else held.hash
