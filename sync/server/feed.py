"""The feed: what a replica gets of the spaces it may read, a page at a time."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from sqlalchemy import Connection, LargeBinary, bindparam, case, null, select

from sync.core.errors import TooLarge
from sync.core.exchange import Interval, SpaceReply
from sync.core.ids import Id
from sync.core.limits import MAX_PAGE_BYTES, MIB
from sync.core.packing import Known, PageGroup, PrevOf, SeriesPacker, pack
from sync.server import spaces
from sync.server.choosing import Choice, Chooser, nothing_chosen
from sync.server.devices import Device
from sync.server.portions import Portion, Wishes, held_after, nothing_of
from sync.server.standing import Standing, interval_digest, standings
from sync.server.tables import GROUPS

_USUAL_RATIO: Final = 4  # unpacked to packed
_MOST_TRIES: Final = 4
_MOST_UNPACKED_BYTES: Final = 48 * MIB  # some room below MAX_UNPACKED_BYTES
_SPACE: Final = bindparam("space", type_=LargeBinary)
_REPLICA: Final = bindparam("replica", type_=LargeBinary)
_RANGE: Final = (
    select(
        GROUPS.c.position,
        GROUPS.c.replica,
        GROUPS.c.seq,
        GROUPS.c.received_ms,
        GROUPS.c.signature,
        case((GROUPS.c.replica == _REPLICA, null()), else_=GROUPS.c.raw).label("raw"),
    )
    .where(GROUPS.c.space == _SPACE, GROUPS.c.position.between(bindparam("a"), bindparam("b")))
    .order_by(GROUPS.c.position)
)
_AT: Final = select(GROUPS.c.position, GROUPS.c.hash, GROUPS.c.author).where(
    GROUPS.c.space == _SPACE, GROUPS.c.replica == _REPLICA, GROUPS.c.seq == bindparam("seq")
)
_SIGNED_TIP: Final = (
    select(GROUPS.c.seq)
    .where(GROUPS.c.space == _SPACE, GROUPS.c.replica == _REPLICA, GROUPS.c.signature != b"")
    .order_by(GROUPS.c.seq.desc())
    .limit(1)
)
_OF_OTHERS: Final = (
    select(GROUPS.c.position)
    .where(
        GROUPS.c.space == _SPACE,
        GROUPS.c.position > bindparam("head"),
        GROUPS.c.replica != _REPLICA,
    )
    .limit(1)
)


_Pack: TypeAlias = Callable[[Sequence[PageGroup], PrevOf], bytes]


@dataclass(frozen=True, slots=True)
class _Page:
    """Groups packed. groups: how many it stands for, those left out of it as well."""

    choices: list[Choice]
    packed: bytes
    groups: int


class Feed:
    """Answers one replica. For one transaction."""

    def __init__(
        self,
        connection: Connection,
        directory: Id,
        device: Device,
        wishes: Wishes | None = None,
    ) -> None:
        """directory: the space that every member reads. wishes: None for the usual ones."""
        self._connection = connection
        self._device = device
        self._wishes = wishes or Wishes()
        self._readable = spaces.readable(connection, device.member, directory)
        self._tips: dict[tuple[Id, Id], int | None] = {}

    def portion(self, told: Sequence[Interval], budget_bytes: int, frame_bytes: int = 0) -> Portion:
        """The next portion; where it would not fit one frame, the first of a series.

        told: what the replica holds. budget_bytes: of the page, about. frame_bytes: the same of
        each frame of a series; 0 for no series. Raises Malformed if the intervals are none.
        """
        old, others = standings(self._connection, self._readable, told)
        if 0 < 2 * frame_bytes <= budget_bytes:
            choices = self._chosen(old, frame_bytes * _USUAL_RATIO)
            if self._leaves_something(choices):
                series = SeriesPacker()
                page = self._packed(choices, old, series.pack)
                return replace(self._portion(told, others, page), series=series)
        page = self._page(old, budget_bytes)
        portion = self._portion(told, others, page)
        is_idle = portion.idle and all(map(_has_no_news, old))
        # Nothing was to be brought: that there is more has to be said all the same.
        more = portion.more or (budget_bytes == 0 and self._leaves_something(page.choices))
        return replace(portion, more=more, idle=is_idle)

    def next_portion(
        self, told: Sequence[Interval], frame_bytes: int, series: SeriesPacker
    ) -> Portion:
        """The next portion of a series. told: as the one before has it in `held`.

        Raises Malformed.
        """
        old, others = standings(self._connection, self._readable, told)
        choices = self._chosen(old, frame_bytes * _USUAL_RATIO)
        page = self._packed(choices, old, series.pack)
        return replace(self._portion(told, others, page), series=series)

    def _portion(self, told: Sequence[Interval], others: Sequence[Id], page: _Page) -> Portion:
        lost = [space for space in others if self._is_lost(space)]
        differing = [self._reply(c.new) for c in page.choices if not c.old.is_settled]
        leaves = self._leaves_something(page.choices)
        return Portion(
            spaces=differing + [nothing_of(space) for space in others if space not in lost],
            lost=lost,
            page=page.packed,
            groups=page.groups,
            # Nothing although something is lacking: a log with a hole must not be asked for ever.
            more=leaves and page.groups > 0,
            idle=not page.groups and not any(i.head for i in told if i.space in lost),
            held=held_after(told, page.choices, differing),
        )

    def has_news(self, told: Sequence[Interval]) -> bool:
        """Whether somebody else wrote, or the readable spaces are others than the replica told of.

        Raises Malformed if the intervals are none.
        """
        heads = {interval.space: interval.head for interval in told}
        readable = {space.id for space in self._readable}
        # Who has let go of a lost space tells of nothing there: that is no news, again and again.
        held = {space for space, head in heads.items() if head} - readable
        if not readable <= heads.keys() or any(map(self._is_lost, held)):
            return True
        return any(
            space.head > heads[space.id] and self._others_wrote(space.id, heads[space.id])
            for space in self._readable
        )

    def _is_lost(self, space: Id) -> bool:
        """Whether the device's member belonged there once, so that it may be held no longer."""
        return spaces.is_former_member(self._connection, space, self._device.member)

    def _others_wrote(self, space: Id, head: int) -> bool:
        bound = {"space": space, "head": head, "replica": self._device.replica}
        return self._connection.execute(_OF_OTHERS, bound).first() is not None

    def _page(self, old: Sequence[Standing], budget_bytes: int) -> _Page:
        """The page that fits the budget once packed, or carries a single group."""
        if budget_bytes == 0:
            return _Page([nothing_chosen(standing) for standing in old], b"", 0)
        budget_bytes = min(budget_bytes, MAX_PAGE_BYTES)
        unpacked_bytes = budget_bytes * _USUAL_RATIO
        fitting = None
        for _ in range(_MOST_TRIES):
            page = self._page_of(old, min(unpacked_bytes, _MOST_UNPACKED_BYTES))
            if len(page.packed) > budget_bytes and page.groups > 1:
                if fitting is not None:
                    return fitting
            elif len(page.packed) * 2 > budget_bytes or not (
                page.packed and self._leaves_something(page.choices)
            ):
                return page
            else:
                fitting = page
            # It packed otherwise than usual: choose anew by what this one came to, a little less.
            unpacked_bytes = unpacked_bytes * budget_bytes * 9 // (len(page.packed) * 10)
        return fitting or self._page_of(old, 0)

    def _page_of(self, old: Sequence[Standing], unpacked_bytes: int) -> _Page:
        """The page with about that many bytes of groups; less if they do not pack into one."""
        while True:
            choices = self._chosen(old, unpacked_bytes)
            try:
                return self._packed(choices, old, pack)
            except TooLarge:
                if sum(choice.groups for choice in choices) == 1:
                    raise
                unpacked_bytes //= 4

    def _chosen(self, old: Sequence[Standing], unpacked_bytes: int) -> list[Choice]:
        replica, history = self._device.replica, self._wishes.history
        return Chooser(self._connection, replica, unpacked_bytes, history=history).chosen(old)

    def _packed(self, choices: list[Choice], old: Sequence[Standing], pack_: _Pack) -> _Page:
        packed = pack_(list(self._groups(choices)), _Held(self._connection, old))
        return _Page(choices, packed, sum(choice.groups for choice in choices))

    def _leaves_something(self, choices: Sequence[Choice]) -> bool:
        """Whether the replica still lacks something that it wants once it has what is chosen."""
        return not all(
            choice.new.is_complete or (not self._wishes.history and choice.new.has_newest)
            for choice in choices
        )

    def _groups(self, choices: Sequence[Choice]) -> Iterator[PageGroup]:
        for choice in choices:
            space = choice.old.space.id
            pushed = self._wishes.pushed.get(space, ())
            for first, last in choice.ranges:
                bound = {"space": space, "a": first, "b": last, "replica": self._device.replica}
                for position, replica, seq, ms, signed, raw in self._connection.execute(
                    _RANGE, bound
                ):
                    if position in pushed:
                        continue
                    is_tip = raw is not None and seq == self._signed_tip(space, replica)
                    proof = signed if is_tip else b""
                    yield PageGroup(space, replica, seq, raw, position, ms, proof)

    def _signed_tip(self, space: Id, replica: Id) -> int | None:
        """The last group of a chain that carries its signature, which proves all before it."""
        chain = (space, replica)
        if chain not in self._tips:
            bound = {"space": space, "replica": replica}
            self._tips[chain] = self._connection.execute(_SIGNED_TIP, bound).scalar()
        return self._tips[chain]

    def _reply(self, standing: Standing) -> SpaceReply:
        space = standing.space
        head = min(standing.head, space.head)
        floor = min(standing.floor, head)
        return SpaceReply(
            space=space.id,
            kind=space.kind.value,
            server_head=space.head,
            head=head,
            floor=floor,
            digest=interval_digest(self._connection, space, head, floor),
            parent=space.parent or b"",
        )


def _has_no_news(standing: Standing) -> bool:
    """Whether there is nothing above what the replica holds; a difference below is no news."""
    return standing.named and standing.head >= standing.space.head


class _Held:
    """Answers `sync.core.packing.pack` what the replica surely holds: what the digests agree on."""

    def __init__(self, connection: Connection, standings_: Sequence[Standing]) -> None:
        self._connection = connection
        self._agreed = {s.space.id: (s.floor, s.head) for s in standings_ if s.agreed}

    def __call__(self, space: Id, replica: Id, seq: int) -> Known | None:
        """That group's hash and author."""
        floor, head = self._agreed.get(space, (0, 0))
        if floor == head:
            return None
        bound = {"space": space, "replica": replica, "seq": seq}
        row = self._connection.execute(_AT, bound).first()
        if row is None or not floor < row.position <= head:
            return None
        return Known(row.hash, row.author)
