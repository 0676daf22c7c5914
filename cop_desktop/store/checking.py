"""Verifying the whole log: every hash, chain, position and running sum, and the search index."""

from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, func, select

from cop_desktop.store import search_index
from cop_desktop.store.database import Database
from cop_desktop.store.errors import Damaged
from cop_desktop.store.kept import LOG, SPACES
from cop_desktop.store.log import raw_of
from cop_desktop.store.values import Progress
from sync.core import digest
from sync.core.errors import CoreError
from sync.core.group import decode_group, group_hash
from sync.core.ids import id_text

_BATCH: Final = 1_000
_MOST_PROBLEMS: Final = 100


@dataclass(slots=True)
class Findings:
    """What a check found. problems: in words for the log and for support, the first hundred."""

    groups: int = 0
    problems: list[str] = field(default_factory=list)

    def add(self, problem: str) -> None:
        """Note a problem."""
        if len(self.problems) < _MOST_PROBLEMS:
            self.problems.append(problem)


def check(database: Database, progress: Progress | None = None) -> Findings:
    """Everything that is wrong with log, cursors and search index; reads the whole log.

    progress: called with groups done and groups in all; may raise to cancel.
    """
    found = check_kept(database, progress)
    _check_index(database, found)
    return found


def check_kept(database: Database, progress: Progress | None = None) -> Findings:
    """As `check`, of log and cursors alone; nothing that is derived need be there."""
    found = Findings()
    with database.read() as connection:
        _check_groups(connection, found, progress)
        for row in connection.execute(select(SPACES).order_by(SPACES.c.space)):
            _check_space(connection, row, found)
    return found


def _check_groups(connection: Connection, found: Findings, progress: Progress | None) -> None:
    total = connection.scalar(select(func.count()).select_from(LOG)) or 0
    statement = select(LOG).where(LOG.c.id > bindparam("after")).order_by(LOG.c.id).limit(_BATCH)
    after = 0
    while rows := connection.execute(statement, {"after": after}).all():
        for row in rows:
            _check_group(row, found)
            found.groups += 1
        after = rows[-1].id
        if progress is not None:
            progress(found.groups, total)
    _check_chains(connection, found)


def _check_group(row: Row[*tuple[Any, ...]], found: Findings) -> None:
    name = f"group {row.seq} of replica {id_text(row.replica)} in space {id_text(row.space)}"
    try:
        raw = raw_of(row.raw)
        group = decode_group(raw)
    except (CoreError, Damaged) as error:
        found.add(f"{name} cannot be read: {error}")
        return
    if group_hash(raw) != row.hash:
        found.add(f"{name} is not what its hash says")
    told = (row.space, row.replica, row.seq, row.prev, row.author, row.clock)
    if told != (group.space, group.replica, group.seq, group.prev, group.author, group.clock):
        found.add(f"{name} is kept under other columns")


def _check_chains(connection: Connection, found: Findings) -> None:
    """Every group that has a predecessor here names it."""
    before, after = LOG.alias("before"), LOG.alias("after")
    follows = (
        (after.c.space == before.c.space)
        & (after.c.replica == before.c.replica)
        & (after.c.seq == before.c.seq + 1)
    )
    statement = (
        select(after.c.space, after.c.replica, after.c.seq)
        .join(before, follows)
        .group_by(after.c.id)
        .having(func.max(after.c.prev == before.c.hash) == 0)
    )
    for row in connection.execute(statement):
        found.add(
            f"group {row.seq} of replica {id_text(row.replica)} does not name its predecessor"
        )


def _check_space(connection: Connection, space: Row[*tuple[Any, ...]], found: Findings) -> None:
    name = f"space {id_text(space.space)}"
    statement = (
        select(LOG.c.position, LOG.c.hash, LOG.c.sum)
        .where(LOG.c.space == space.space, LOG.c.position > space.floor)
        .where(LOG.c.position <= space.head)
        .order_by(LOG.c.position)
    )
    expected, total = space.floor + 1, None
    for position, group, kept in connection.execute(statement):
        if position != expected:
            found.add(f"{name} lacks position {expected}")
            expected = position
        expected += 1
        if kept is None:
            found.add(f"{name} has no sum at {position}")
            total = None
            continue
        if total is not None and digest.extended(total, group) != digest.from_bytes(kept):
            found.add(f"{name} has a wrong sum at {position}")
        total = digest.from_bytes(kept)
    if expected != space.head + 1:
        found.add(f"{name} ends at {expected - 1}, not at {space.head}")


def _check_index(database: Database, found: Findings) -> None:
    try:
        with database.bulk() as connection:
            search_index.check_index(connection)
    except Damaged:
        found.add("the search index does not agree with the records")
