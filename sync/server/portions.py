"""What a replica wants of the feed, and what it gets with one frame."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sync.core import digest
from sync.core.exchange import Interval, SpaceReply
from sync.core.ids import Id
from sync.core.packing import SeriesPacker
from sync.server.choosing import Choice


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a replica wants beside what is new.

    history: older parts. pushed: positions, by space, of groups that came with this request: of
    them it needs no more than the receipts.
    """

    history: bool = True
    pushed: Mapping[Id, Collection[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Portion:
    """What one frame brings.

    groups: that it takes the replica further by. more: asking again brings more. idle: nothing new,
    so it may wait. held: what the replica has once it has this. series: packs the frames that
    follow; None where the reply is this one.
    """

    spaces: list[SpaceReply]
    lost: list[Id]
    page: bytes
    groups: int
    more: bool
    idle: bool
    held: list[Interval]
    series: SeriesPacker | None = None


def held_after(
    told: Sequence[Interval], choices: Sequence[Choice], replies: Sequence[SpaceReply]
) -> list[Interval]:
    """What the replica claims once it has what is chosen: of what differs, what it told of."""
    agreed = {choice.old.space.id for choice in choices if choice.old.agreed}
    moved = {
        said.space: Interval(said.space, said.head, said.floor, said.digest)
        for said in replies
        if said.space in agreed
    }
    return [*moved.values(), *(interval for interval in told if interval.space not in moved)]


def nothing_of(space: Id) -> SpaceReply:
    """What is said of a space that is not here, or not for this replica: the two look the same.

    It may have been made after the backup that this server was put back from; to give it up would
    be to lose it.
    """
    return SpaceReply(space, "", 0, 0, 0, digest.to_bytes(0))
