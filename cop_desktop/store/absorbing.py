"""Applying one reply of the server: receipts, page, cursors and spaces, in one transaction."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

from sqlalchemy import Connection, select, update
from sqlalchemy.exc import IntegrityError

from cop_desktop.store import account, log, receipts, spaces
from cop_desktop.store.errors import BadPage
from cop_desktop.store.kept import ACCOUNT, IDENTITY
from cop_desktop.store.log import Entry
from cop_desktop.store.placing import Placing
from cop_desktop.store.projection import Projection
from cop_desktop.store.receiving import Arrival, decoded
from cop_desktop.store.search_index import Order
from cop_desktop.store.values import Changed
from sync.catalogue.declare import Catalogue
from sync.core.clock import followed
from sync.core.exchange import SyncReply
from sync.core.ids import Id
from sync.core.packing import PageGroup


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply, its page unpacked, and what went up with the request that it answers.

    overtaken: another reply was applied since the request.
    """

    page: Sequence[PageGroup]
    reply: SyncReply
    sent: Sequence[PageGroup]
    overtaken: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What a reply changed.

    new: groups that were not here before. settled, parked: log ids of groups of ours. forked: the
    server knows another group under one of our names. clock: the hybrid clock after the new groups.
    """

    changed: Changed
    new: int
    settled: frozenset[int]
    parked: frozenset[int]
    forked: bool
    clock: int


@dataclass(frozen=True, slots=True)
class _Page:
    """What a page came to."""

    changed: Changed
    new: list[Entry]
    returned: list[int]


def take(connection: Connection, projection: Projection, answer: Answer) -> Taken:
    """Apply a reply.

    Raises BadPage, OwnGroupLost, NewerPage; the caller rolls
    back.
    """
    reply = answer.reply
    spaces.welcome(connection, reply.spaces)
    try:
        settlement = receipts.settle(connection, answer.sent, reply.results, reply.now_ms)
        taken = _take_page(connection, projection, decoded(answer.page))
    except IntegrityError as error:
        raise BadPage("two groups in one position") from error
    spaces.note_reply(connection, reply, overtaken=answer.overtaken)
    connection.execute(update(ACCOUNT).values(epoch=reply.epoch))
    if settlement.forked:
        account.mark_for_rename(connection, receipts.FORK)
    settled = frozenset((*settlement.kept, *taken.returned))
    parked = frozenset(settlement.parked) - settled
    return Taken(
        changed=taken.changed.merged(_touched(connection, projection.catalogue, settled | parked)),
        new=len(taken.new),
        settled=settled,
        parked=parked,
        forked=settlement.forked,
        clock=_advanced(connection, taken.new),
    )


def _advanced(connection: Connection, new: Iterable[Entry]) -> int:
    """The highest clock value issued or seen, now that these groups were; kept with the replica."""
    before = connection.scalar(select(IDENTITY.c.clock)) or 0
    clock = reduce(followed, sorted(entry.group.clock for entry in new), before)
    connection.execute(update(IDENTITY).values(clock=clock))
    return clock


def _take_page(
    connection: Connection, projection: Projection, arrivals: Sequence[Arrival]
) -> _Page:
    by_space: dict[Id, list[Arrival]] = defaultdict(list)
    for arrival in arrivals:
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
    changed = Changed()
    kinds = spaces.kinds(connection)
    for entries, order in ((older, Order.OLDER), (newer, Order.NEWER)):
        if entries:
            changed = changed.merged(projection.apply(connection, entries, kinds, order))
    return _Page(changed, [*older, *newer], returned)


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
