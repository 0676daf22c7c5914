"""Which groups go up with the next request: our own that wait, and what the server lost of others'.

A page proves the groups of a replica by the signature of the last one of each run, so those of
others go in runs that end with a signed one. What cannot be proven goes last, to be refused.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from itertools import chain
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection, Row, func, literal_column, select

from cop_desktop.store.errors import Damaged
from cop_desktop.store.kept import ACCOUNT, LOG, OUTBOX, SPACES
from cop_desktop.store.log import raw_of
from cop_desktop.store.receipts import OFFERED, OUT_OF_CHAIN
from sync.catalogue.declare import SpaceKind
from sync.core.group import group_hash
from sync.core.ids import Id
from sync.core.limits import MAX_PAGE_GROUPS, MAX_PUSHED_BYTES
from sync.core.packing import PageGroup

_SPACE: Final = literal_column("+log.space", LOG.c.space.type)
"""The plus keeps SQLite from walking the whole log by its index to find the few that wait."""
_BATCH: Final = 200
_LONGEST_RUN_BYTES: Final = MAX_PUSHED_BYTES // 5
"""As kept: text is three or four times as long unpacked."""
_COLUMNS: Final = (LOG.c.space, LOG.c.replica, LOG.c.seq, LOG.c.raw, LOG.c.signature, LOG.c.hash)
_FACTS: Final = (
    LOG.c.id,
    LOG.c.space,
    LOG.c.replica,
    LOG.c.seq,
    LOG.c.clock,
    LOG.c.author,
    func.length(LOG.c.raw).label("size"),
    func.length(LOG.c.signature).label("signed"),
    SPACES.c.kind,
)
_OURS: Final = OUTBOX.c.reason.is_(None) & (OUTBOX.c.offered == 0)
_OF_TEXTS: Final = _SPACE.in_(select(SPACES.c.space).where(SPACES.c.kind == SpaceKind.TEXTS))
_IN_ORDER: Final = (
    select(*_COLUMNS)
    .join(OUTBOX, OUTBOX.c.log == LOG.c.id)
    .where(_OURS)
    .order_by(OUTBOX.c.log)  # from the short table, not along the whole log
)
_OWN: Final = (_IN_ORDER.where(~_OF_TEXTS), _IN_ORDER.where(_OF_TEXTS))
"""The texts of files are long, and are found, not read: they go after what somebody wrote since."""
_OWN_FACTS: Final = (
    select(*_FACTS)
    .join(OUTBOX, OUTBOX.c.log == LOG.c.id)
    .join(SPACES, SPACES.c.space == _SPACE)
    .where(_OURS)
    .order_by(OUTBOX.c.log)
)
# Only once all that the server has is here: much of what lost its position comes back by itself.
_OFFERED_FACTS: Final = (
    select(*_FACTS)
    .join(OUTBOX, OUTBOX.c.log == LOG.c.id)
    .join(SPACES, SPACES.c.space == _SPACE)
    .where(OUTBOX.c.offered == OFFERED, SPACES.c.lost == 0, SPACES.c.floor == 0)
    .where(SPACES.c.head == SPACES.c.server_head)
    .order_by(_SPACE, LOG.c.replica, LOG.c.seq)
)
_ANY_OFFERED: Final = select(OUTBOX.c.log).where(OUTBOX.c.offered == OFFERED).limit(1)
_OUT_OF_CHAIN: Final = (
    select(LOG.c.space, LOG.c.replica, func.min(LOG.c.seq))
    # Not joined: SQLite would go along all of the log for the sake of the grouping.
    .where(LOG.c.id.in_(select(OUTBOX.c.log).where(OUTBOX.c.reason.in_(OUT_OF_CHAIN))))
    .group_by(LOG.c.space, LOG.c.replica)
)

_Row: TypeAlias = Row[*tuple[Any, ...]]


class _Rank(IntEnum):
    """What comes first. Of one rank, what was written first."""

    DECIDED = 0  # by the server, in the directory: who there is
    DECIDED_ELSEWHERE = 1  # who belongs where
    FREE = 2  # the rest of the directory, and our own where nothing else is offered
    OTHERS = 3
    TEXTS = 4  # of files


@dataclass(slots=True)
class _Run:
    """Groups of one chain that go together. size: as kept. proven: the last one is signed."""

    space: Id
    rank: _Rank
    clock: int
    ids: list[int]
    size: int
    proven: bool = False


@dataclass(slots=True)
class _Page:
    """Groups for one page of about `budget_bytes`, at least one run."""

    budget_bytes: int
    groups: list[PageGroup] = field(default_factory=list)
    size: int = 0

    def add(self, run: Sequence[PageGroup]) -> bool:
        """Whether the run fits; it is in the page then."""
        size = sum(len(group.raw or b"") for group in run)
        count = len(self.groups) + len(run)
        if self.groups and (self.size + size > self.budget_bytes or count > MAX_PAGE_GROUPS):
            return False
        self.groups += run
        self.size += size
        return True


def next_page(
    connection: Connection,
    budget_bytes: int,
    paused: Collection[Id] = (),
    doubted: Collection[Id] = (),
) -> list[PageGroup]:
    """What goes next, of about that many bytes before packing; empty if nothing waits.

    What the server decided comes first, then the rest in the order in which it was written, texts
    of files after all else; but our own at once in spaces of which nothing of others is offered.
    Signed where a page needs it: the last of each run. Parked ones are left out, and what follows
    one in its chain that has no place in the server's. paused: spaces into which nothing of ours
    goes. doubted: spaces in which each group goes with its own signature, for the server may not
    judge one before the group that proves it, and that one may build on it.
    """
    page = _Page(budget_bytes)
    ends = {(space, replica): seq for space, replica, seq in connection.execute(_OUT_OF_CHAIN)}
    kept_back = _KeptBack(ends, paused)
    if connection.scalar(_ANY_OFFERED) is None:
        _add_own(connection, page, kept_back)
    else:
        proven, unproven = _planned(connection, kept_back)
        _add_runs(connection, page, proven)
        if not page.groups:
            _add_runs(connection, page, unproven)
    return _signed_at_ends(page.groups, doubted)


@dataclass(frozen=True, slots=True)
class _KeptBack:
    """Own groups that do not go. ends: by chain, the first that has no place in the server's."""

    ends: dict[tuple[Id, Id], int]
    spaces: Collection[Id]

    def lets(self, row: _Row) -> bool:
        """Whether it may go."""
        end = self.ends.get((row.space, row.replica))
        return row.space not in self.spaces and (end is None or row.seq < end)


def _add_own(connection: Connection, page: _Page, kept_back: _KeptBack) -> None:
    for statement in _OWN:
        with connection.execute(statement.execution_options(yield_per=_BATCH)) as rows:
            for row in rows:
                if kept_back.lets(row) and not page.add([_group(row)]):
                    return


def _planned(connection: Connection, kept_back: _KeptBack) -> tuple[list[_Run], list[_Run]]:
    """All that waits: what is proven, in the order in which it goes, and what is not."""
    server = connection.scalar(select(ACCOUNT.c.server))
    offered = list(_runs(connection.execute(_OFFERED_FACTS), server))
    proven = [run for run in offered if run.proven]
    mingled = {run.space for run in proven}
    for row in connection.execute(_OWN_FACTS):
        if kept_back.lets(row):
            rank = _Rank.OTHERS if row.space in mingled else _Rank.FREE
            if row.kind == SpaceKind.TEXTS:
                rank = _Rank.TEXTS
            proven.append(_Run(row.space, rank, row.clock, [row.id], row.size))
    unproven = [run for run in offered if not run.proven]
    return sorted(proven, key=_order), sorted(unproven, key=_order)


def _order(run: _Run) -> tuple[int, int, int]:
    return run.rank, run.clock, run.ids[0]


def _runs(rows: Iterable[_Row], server: Id | None) -> Iterator[_Run]:
    """Runs of groups that are offered; what nothing proves, each by itself."""
    run: _Run | None = None
    before: _Row | None = None
    for row in rows:
        follows = before is not None and _follows(before, row)
        if run is not None and (not follows or run.size > _LONGEST_RUN_BYTES):
            yield from _singles(run)
            run = None
        if run is None:
            run = _Run(row.space, _rank(row, server), row.clock, [], 0)
        run.ids.append(row.id)
        run.size += row.size
        before = row
        if row.signed:
            run.proven = True
            yield run
            run = None
    if run is not None:
        yield from _singles(run)


def _singles(run: _Run) -> Iterator[_Run]:
    for log_id in run.ids:
        yield replace(run, ids=[log_id], size=run.size // len(run.ids))


def _rank(row: _Row, server: Id | None) -> _Rank:
    in_directory = row.kind == SpaceKind.DIRECTORY
    if row.author == server:
        return _Rank.DECIDED if in_directory else _Rank.DECIDED_ELSEWHERE
    if row.kind == SpaceKind.TEXTS:
        return _Rank.TEXTS
    return _Rank.FREE if in_directory else _Rank.OTHERS


def _add_runs(connection: Connection, page: _Page, runs: Iterable[_Run]) -> None:
    """Fill the page with as many as fit, in this order."""
    batch: list[_Run] = []
    size = 0
    for run in chain(runs, (None,)):
        if batch and (run is None or size + run.size > page.budget_bytes or len(batch) == _BATCH):
            if not _add_batch(connection, page, batch):
                return
            batch, size = [], 0
        if run is not None:
            batch.append(run)
            size += run.size


def _add_batch(connection: Connection, page: _Page, batch: Sequence[_Run]) -> bool:
    ids = [log_id for run in batch for log_id in run.ids]
    found: dict[int, PageGroup] = {}
    for at in range(0, len(ids), _BATCH):
        wanted = select(LOG.c.id, *_COLUMNS).where(LOG.c.id.in_(ids[at : at + _BATCH]))
        found |= {row.id: _group(row) for row in connection.execute(wanted)}
    return all(page.add([found[log_id] for log_id in run.ids]) for run in batch)


def _group(row: _Row) -> PageGroup:
    raw = raw_of(row.raw)
    if group_hash(raw) != row.hash:  # the server would take it for somebody else's
        raise Damaged(f"group {row.seq} in the log is not what its hash says")
    return PageGroup(row.space, row.replica, row.seq, raw, signature=row.signature or b"")


def _follows(one: _Row, other: _Row) -> bool:
    return bool((one.space, one.replica, one.seq + 1) == (other.space, other.replica, other.seq))


def _signed_at_ends(groups: Sequence[PageGroup], doubted: Collection[Id]) -> list[PageGroup]:
    """The groups, with the signature left only where the page does not go on with the next seq."""
    places = {(group.space, group.replica, group.seq) for group in groups}
    return [
        PageGroup(group.space, group.replica, group.seq, group.raw)
        if (group.space, group.replica, group.seq + 1) in places and group.space not in doubted
        else group
        for group in groups
    ]
