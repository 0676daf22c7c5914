"""Applying one reply of the server: receipts, page, cursors and spaces, in one transaction."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.exc import IntegrityError

from cop_desktop.store import account, letting_go, log, outbox, receipts, rechecking, spaces
from cop_desktop.store.errors import BadPage, OwnGroupLost
from cop_desktop.store.kept import ACCOUNT, IDENTITY
from cop_desktop.store.log import Entry
from cop_desktop.store.placing import Placing
from cop_desktop.store.projection import Projection
from cop_desktop.store.receipts import Sent, Settlement
from cop_desktop.store.receiving import Arrival, decoded
from cop_desktop.store.repairing import Repairs
from cop_desktop.store.search_index import Order
from cop_desktop.store.values import Changed
from sync.catalogue.declare import Catalogue
from sync.core.clock import followed
from sync.core.exchange import SyncReply
from sync.core.ids import Id
from sync.core.packing import PageGroup

_OTHER_EPOCH = (
    update(ACCOUNT).where(ACCOUNT.c.epoch != bindparam("told")).values(epoch=bindparam("told"))
)


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply, its page unpacked, and what went up with the request that it answers.

    overtaken: another reply was applied since the request. repairs: what is known of differences.
    """

    page: Sequence[PageGroup]
    reply: SyncReply
    sent: Sequence[PageGroup]
    repairs: Repairs
    overtaken: bool = False

    @property
    def served(self) -> set[Id]:
        """The spaces of which groups came."""
        return {group.space for group in self.page}


@dataclass(frozen=True, slots=True)
class Taken:
    """What a reply changed.

    new: groups that were not here before. settled, parked: log ids of groups of ours. forked: the
    server knows another group under one of our names. clock: the hybrid clock after the new groups.
    again: asking once more at once gets further with what differs. gaps: spaces of which the server
    lacks something that groups of ours build on.
    """

    changed: Changed
    new: int
    settled: frozenset[int]
    parked: frozenset[int]
    forked: bool
    clock: int
    again: bool
    gaps: frozenset[Id]


@dataclass(frozen=True, slots=True)
class _Page:
    """What a page came to.

    decided: spaces of which something came that the server decided. contradicted: whether something
    else is held in places of its groups, so that asking again at once tells what is right.
    """

    changed: Changed
    new: list[Entry]
    returned: list[int]
    decided: set[Id]
    contradicted: bool


def take(connection: Connection, projection: Projection, answer: Answer) -> Taken:
    """Apply a reply.

    Raises BadPage, OwnGroupLost, NewerPage; the caller rolls
    back.
    """
    reply = answer.reply
    spaces.welcome(connection, reply.spaces)
    outbox.unpark_found(connection, (said.space for said in reply.spaces if said.kind))
    repairs = answer.repairs
    again = not answer.overtaken and repairs.learn(connection, reply, answer.served)
    sent = Sent(answer.sent, reply.results, repairs.disputed, reply.now_ms)
    try:
        settlement = receipts.settle(connection, sent)
        taken = _take_page(connection, projection, answer)
    except IntegrityError as error:
        raise BadPage("two groups in one position") from error
    again |= taken.contradicted
    before = letting_go.lost(connection)
    again |= spaces.note_reply(connection, reply, overtaken=answer.overtaken)
    lost = letting_go.lost(connection)
    gone = letting_go.let_go(connection, projection, lost - before)
    _let_go_on(connection, settlement, answer.served, taken.decided)
    for space in settlement.gaps & lost:
        outbox.park_outside(connection, space)
    if connection.execute(_OTHER_EPOCH, {"told": reply.epoch}).rowcount:
        rechecking.begin(connection)
    if settlement.forked:
        account.mark_for_rename(connection, receipts.FORK)
    settled = frozenset((*settlement.kept, *taken.returned))
    parked = frozenset(settlement.parked) - settled
    return Taken(
        changed=taken.changed.merged(gone).merged(
            _touched(connection, projection.catalogue, settled | parked)
        ),
        new=len(taken.new),
        settled=settled,
        parked=parked,
        forked=settlement.forked,
        clock=_advanced(connection, taken.new),
        again=again or settlement.forked or settlement.offers > 0,
        gaps=frozenset(settlement.gaps),
    )


def _let_go_on(
    connection: Connection, settlement: Settlement, served: Collection[Id], decided: Collection[Id]
) -> None:
    """What the server may take now that it has more, or that we do.

    decided: spaces of which something came that the server decided.
    """
    judged = {*decided, *(settlement.taken if settlement.offers else ())}
    if spaces.has_directory(connection, judged):
        outbox.unpark_in(connection)  # the directory says who may write where
    # What it lacks may be a group of ours that it refused, and forgot when it was put back.
    for space in {*judged, *settlement.gaps}:
        outbox.unpark_in(connection, space)
    moved = {*settlement.taken, *served}
    if moved:
        outbox.offer_again(connection, moved)


def _advanced(connection: Connection, new: Iterable[Entry]) -> int:
    """The highest clock value issued or seen, now that these groups were; kept with the replica."""
    before = connection.scalar(select(IDENTITY.c.clock)) or 0
    clock = reduce(followed, sorted(entry.group.clock for entry in new), before)
    connection.execute(update(IDENTITY).values(clock=clock))
    return clock


def _take_page(connection: Connection, projection: Projection, answer: Answer) -> _Page:
    by_space: dict[Id, list[Arrival]] = defaultdict(list)
    ours = connection.scalar(select(IDENTITY.c.replica))
    if any(group.raw is None and group.replica != ours for group in answer.page):
        raise BadPage("a reference to a group of another replica")
    for arrival in decoded(answer.page):
        by_space[arrival.page_group.space].append(arrival)
    newer: list[Entry] = []
    older: list[Entry] = []
    returned: list[int] = []
    placing = Placing(connection)
    for space, found in by_space.items():
        above, below = placing.space(space, found)
        newer += above.new
        older += below.new
        returned += [*above.returned, *below.returned]
    for said in answer.reply.spaces:
        if said.space in placing.unsure and not spaces.is_as_told(connection, said):
            raise OwnGroupLost("the server means another group of ours than the one here")
    changed = Changed()
    kinds = spaces.kinds(connection)
    for entries, order in ((older, Order.OLDER), (newer, Order.NEWER)):
        if entries:
            changed = changed.merged(projection.apply(connection, entries, kinds, order))
    decided = _decided(connection, by_space)
    return _Page(changed, [*older, *newer], returned, decided, bool(placing.contradicted))


def _decided(connection: Connection, by_space: Mapping[Id, Iterable[Arrival]]) -> set[Id]:
    """The spaces of which something came, or came back, that the server decided."""
    server = connection.scalar(select(ACCOUNT.c.server))
    return {
        space
        for space, arrivals in by_space.items()
        if any(arrival.group is not None and arrival.group.author == server for arrival in arrivals)
    }


def _touched(connection: Connection, catalogue: Catalogue, log_ids: Collection[int]) -> Changed:
    """What shows as waiting no longer: all that these groups wrote to."""
    entries = log.entries(connection, sorted(log_ids))
    ops = [op for entry in entries for op in entry.group.known_ops()]
    known = (catalogue.by_number.get(op.kind) for op in ops)
    return Changed.of(
        {entry.group.space for entry in entries},
        {kind.name for kind in known if kind is not None},
        {op.record for op in ops},
    )
