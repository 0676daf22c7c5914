"""Which groups go up with the next request: our own that wait, and what the server lost of others'.

A page proves the groups of a replica by the signature of the last one of each run, so those of
others go in runs that end with a signed one. What cannot be proven goes last, to be refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, literal_column, select

from cop_desktop.store.errors import Damaged
from cop_desktop.store.kept import LOG, OUTBOX, SPACES
from cop_desktop.store.log import raw_of
from sync.catalogue.declare import SpaceKind
from sync.core.group import group_hash
from sync.core.limits import MAX_PAGE_GROUPS, MAX_PUSHED_BYTES
from sync.core.packing import PageGroup

_SPACE: Final = literal_column("+log.space", LOG.c.space.type)
"""The plus keeps SQLite from walking the whole log by its index to find the few that wait."""
_BATCH: Final = 200
_LONGEST_RUN_BYTES: Final = MAX_PUSHED_BYTES * 3 // 4
_COLUMNS: Final = (LOG.c.space, LOG.c.replica, LOG.c.seq, LOG.c.raw, LOG.c.signature, LOG.c.hash)
_OWN: Final = (
    select(*_COLUMNS)
    .join(OUTBOX, OUTBOX.c.log == LOG.c.id)
    .where(OUTBOX.c.reason.is_(None), OUTBOX.c.offered == 0)
    .order_by(OUTBOX.c.log)  # from the short table, not along the whole log
)
# Only once all that the server has is here: much of what lost its position comes back by itself.
_OFFERED: Final = (
    select(*_COLUMNS)
    .join(OUTBOX, OUTBOX.c.log == LOG.c.id)
    .join(SPACES, SPACES.c.space == _SPACE)
    .where(OUTBOX.c.offered == 1, SPACES.c.lost == 0, SPACES.c.floor == 0)
    .where(SPACES.c.head == SPACES.c.server_head)
    .order_by(_SPACE, LOG.c.replica, LOG.c.seq)
)
_OFFERED_DIRECTORY: Final = _OFFERED.where(SPACES.c.kind == SpaceKind.DIRECTORY)
_OFFERED_OTHERS: Final = _OFFERED.where(SPACES.c.kind != SpaceKind.DIRECTORY)
_ANY_OFFERED: Final = select(OUTBOX.c.log).where(OUTBOX.c.offered == 1).limit(1)


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


def next_page(connection: Connection, budget_bytes: int) -> list[PageGroup]:
    """What goes next, of about that many bytes before packing; empty if nothing waits.

    The directory of others comes first, which says who may write where. Signed where a page needs
    it: the last of each run. Parked ones are left out.
    """
    page = _Page(budget_bytes)
    if connection.scalar(_ANY_OFFERED) is None:
        _add_own(connection, page)
    elif (
        _add_proven(connection, page, _OFFERED_DIRECTORY)
        and _add_own(connection, page)
        and _add_proven(connection, page, _OFFERED_OTHERS)
        and not page.groups
    ):
        _add_unproven(connection, page)
    return _signed_at_ends(page.groups)


def _add_own(connection: Connection, page: _Page) -> bool:
    """False when the page is full, here and in the others."""
    with connection.execute(_OWN.execution_options(yield_per=_BATCH)) as rows:
        return all(page.add([_group(row)]) for row in rows)


def _add_proven(connection: Connection, page: _Page, offered: Select[Any]) -> bool:
    run: list[PageGroup] = []
    size = 0
    with connection.execute(offered.execution_options(yield_per=_BATCH)) as rows:
        for row in rows:
            group = _group(row)
            if (run and not _follows(run[-1], group)) or size > _LONGEST_RUN_BYTES:
                run, size = [], 0
            run.append(group)
            size += len(group.raw or b"")
            if group.signature:
                if not page.add(run):
                    return False
                run, size = [], 0
    return True


def _add_unproven(connection: Connection, page: _Page) -> None:
    with connection.execute(_OFFERED.execution_options(yield_per=_BATCH)) as rows:
        for row in rows:
            if not page.add([_group(row)]):
                return


def _group(row: Row[*tuple[Any, ...]]) -> PageGroup:
    raw = raw_of(row.raw)
    if group_hash(raw) != row.hash:  # the server would take it for somebody else's
        raise Damaged(f"group {row.seq} in the log is not what its hash says")
    return PageGroup(row.space, row.replica, row.seq, raw, signature=row.signature or b"")


def _follows(one: PageGroup, other: PageGroup) -> bool:
    chain = (one.space, one.replica, one.seq + 1)
    return chain == (other.space, other.replica, other.seq)


def _signed_at_ends(groups: Sequence[PageGroup]) -> list[PageGroup]:
    """The groups, with the signature left only where the page does not go on with the next seq."""
    places = {(group.space, group.replica, group.seq) for group in groups}
    return [
        PageGroup(group.space, group.replica, group.seq, group.raw)
        if (group.space, group.replica, group.seq + 1) in places
        else group
        for group in groups
    ]
