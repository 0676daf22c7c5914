"""A server for store tests: keeps groups in order, answers as the real one, needs no network."""

from collections import defaultdict
from dataclasses import dataclass, field

from cop_desktop.store.exchange_side import ExchangeSide
from cop_desktop.store.values import Changed
from sync.catalogue.communities import texts_space
from sync.catalogue.declare import SpaceKind
from sync.core import digest, packing
from sync.core.exchange import Interval, Outcome, Result, SpaceReply, SyncReply
from sync.core.group import group_hash
from sync.core.handover import Absorbed
from sync.core.ids import Hash, Id
from sync.core.packing import Known, PageGroup
from tests.support.replicas import COMMUNITY, DIRECTORY, EPOCH, NOON_MS

KINDS = {
    DIRECTORY: SpaceKind.DIRECTORY,
    COMMUNITY: SpaceKind.COMMUNITY,
    texts_space(COMMUNITY): SpaceKind.TEXTS,
}


@dataclass
class Ledger:
    """Positions are places in the lists, from 1. refuse: hashes that are answered with a reason.

    lies: digests are other ones than those of its groups. chains: what has no predecessor here is
    a gap. The last group of a chain goes down with
    its signature, if it has one.
    """

    groups: dict[Id, list[PageGroup]] = field(default_factory=lambda: defaultdict(list))
    refuse: dict[Hash, str] = field(default_factory=dict)
    lost: list[Id] = field(default_factory=list)
    now_ms: int = NOON_MS
    epoch: bytes = EPOCH
    lies: bool = False
    chains: bool = False

    def keep(self, group: PageGroup) -> Result:
        assert group.raw is not None
        name = group_hash(group.raw)
        kept = self.groups[group.space]
        if name in self.refuse:
            return Result(Outcome.REFUSED, reason=self.refuse[name])
        for position, known in enumerate(kept, 1):
            if known.raw == group.raw:
                return Result(Outcome.ALREADY_HAD, position)
            if (known.replica, known.seq) == (group.replica, group.seq):
                return Result(Outcome.FORK)
        names = {(known.replica, known.seq) for known in kept}
        if self.chains and group.seq > 1 and (group.replica, group.seq - 1) not in names:
            return Result(Outcome.GAP)
        position = len(kept) + 1
        kept.append(
            PageGroup(
                group.space,
                group.replica,
                group.seq,
                group.raw,
                position,
                self.now_ms // 1000 * 1000,
                group.signature,
            )
        )
        return Result(Outcome.KEPT, position)

    def page(self, interval: Interval, replica: Id, most: int) -> list[PageGroup]:
        """New groups first, then history; own ones as references."""
        kept = self.groups[interval.space]
        if interval.head == 0:
            chosen = kept[max(0, len(kept) - most) :]
        else:
            above = kept[interval.head : interval.head + most]
            room = most - len(above)
            below = kept[max(0, interval.floor - room) : interval.floor]
            chosen = [*above, *below]
        return [_as_reference(group) if group.replica == replica else group for group in chosen]

    def reply(
        self, replica: Id, intervals: list[Interval], sent: list[PageGroup], most: int = 1000
    ) -> tuple[list[PageGroup], SyncReply]:
        results = [self.keep(group) for group in sent]
        page: list[PageGroup] = []
        told = []
        for interval in intervals:
            run = self.page(interval, replica, most) if self._is_right(interval) else []
            page += run
            head, floor = _after(interval, run)
            head, floor = min(head, len(self.groups[interval.space])), min(floor, head)
            if run or head != len(self.groups[interval.space]) or not self._agrees(interval):
                told.append(self._space_reply(interval.space, head, floor))
        more = any((s.head, s.floor) != (s.server_head, 0) for s in told)
        reply = SyncReply(self.epoch, b"nonce123", self.now_ms, results, told, self.lost, b"", more)
        return page, reply

    def _agrees(self, interval: Interval) -> bool:
        hashes = [group_hash(group.raw or b"") for group in self.groups[interval.space]]
        return not self.lies and interval.digest == digest.to_bytes(digest.digest_of(hashes))

    def _is_right(self, interval: Interval) -> bool:
        """Whether the groups between floor and head are those that the replica says."""
        kept = self.groups[interval.space]
        held = [group_hash(group.raw or b"") for group in kept[interval.floor : interval.head]]
        is_here = interval.head <= len(kept)
        return (
            is_here and not self.lies and interval.digest == digest.to_bytes(digest.digest_of(held))
        )

    def _space_reply(self, space: Id, head: int, floor: int) -> SpaceReply:
        kept = self.groups[space]
        hashes = [group_hash(group.raw or b"") for group in kept[floor:head]]
        held = b"lies" * 4 if self.lies else digest.to_bytes(digest.digest_of(hashes))
        return SpaceReply(space, KINDS.get(space, SpaceKind.PERSONAL), len(kept), head, floor, held)


def _as_reference(group: PageGroup) -> PageGroup:
    return PageGroup(group.space, group.replica, group.seq, None, group.position, group.received_ms)


def _after(interval: Interval, run: list[PageGroup]) -> tuple[int, int]:
    positions = [group.position for group in run]
    head = max([interval.head, *positions])
    if interval.head == 0:
        return head, min(positions, default=1) - 1
    return head, min([interval.floor, *(position - 1 for position in positions)])


def exchange(
    side: ExchangeSide, ledger: Ledger, *, budget_bytes: int = 1_000_000, most: int = 1000
) -> Absorbed[Changed]:
    """One round trip, the page through the packing."""
    membership = side.membership()
    assert membership is not None
    waiting, most = ([], 0) if side.searching() else (side.unsent(budget_bytes), most)
    sent = packing.unpack(packing.pack(waiting, side.acknowledged), _nothing(side))
    page, reply = ledger.reply(membership.replica, side.intervals(), sent, most)
    return side.absorb(page, reply, sent)


def _nothing(side: ExchangeSide):  # type: ignore[no-untyped-def]
    """What the server knows of chains: here, what the replica knows that it has acknowledged."""

    def known(space: Id, replica: Id, seq: int) -> Known | None:
        return side.acknowledged(space, replica, seq)

    return known


def settle(side: ExchangeSide, ledger: Ledger, *, most: int = 1000) -> Absorbed[Changed]:
    """Round trips until neither side has more."""
    for _ in range(1000):
        done = exchange(side, ledger, most=most)
        if done.agreed:
            return done
    raise AssertionError("replica and ledger do not come to agree")
