"""What of ours waits to go, and what the server refused.

Groups of others that are offered to the server are nobody's waiting: they are left out here.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, exists, func, select, update

from cop_desktop.store.kept import LOG, OUTBOX
from cop_desktop.store.log import ENTRY_COLUMNS, entry_of
from cop_desktop.store.receipts import (
    FORK,
    HELD_BACK,
    LACKS_PREDECESSOR,
    NO_ACCESS,
    OFFERED,
    TOO_BIG,
    UNKNOWN_SPACE,
)
from sync.core.group import Group
from sync.core.ids import Hash, Id


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much of this replica has not been acknowledged.

    group_bytes: as kept. refused: parked groups, not among `groups`. up_bytes, down_bytes: of
    attachments, about. oldest_ms: when the oldest waiting group was written, None if none waits.
    stranded: groups of others that the server lost and cannot take back for now, because what comes
    before them is nowhere that was asked, or the way there is too narrow; they are safe here.
    """

    groups: int
    group_bytes: int
    refused: int
    up_bytes: int
    down_bytes: int
    oldest_ms: int | None
    stranded: int = 0


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """One group that waits. reason: the server's code if it refused it, else None."""

    group: Group
    size_bytes: int
    reason: str | None


def waiting(connection: Connection, up_bytes: int, down_bytes: int) -> Waiting:
    """The counts; the two of attachments are given."""
    joined = LOG.join(OUTBOX, OUTBOX.c.log == LOG.c.id)
    statement = (
        select(func.count(), func.sum(func.length(LOG.c.raw)), func.min(LOG.c.id))
        .select_from(joined)
        .where(OUTBOX.c.reason.is_(None), OUTBOX.c.offered == 0)
    )
    groups, size, oldest = connection.execute(statement).one()
    parked = select(func.count()).select_from(OUTBOX).where(OUTBOX.c.reason.is_not(None))
    stranded = select(func.count()).select_from(OUTBOX).where(OUTBOX.c.offered > OFFERED)
    return Waiting(
        groups=groups,
        group_bytes=size or 0,
        refused=connection.scalar(parked) or 0,
        up_bytes=up_bytes,
        down_bytes=down_bytes,
        oldest_ms=None if oldest is None else _items(connection, [oldest])[0].group.written_ms,
        stranded=connection.scalar(stranded) or 0,
    )


def items(connection: Connection, limit: int) -> list[OutboxItem]:
    """What waits, oldest first, after what was refused."""
    statement = select(OUTBOX.c.log).where(OUTBOX.c.offered == 0)
    statement = statement.order_by(OUTBOX.c.reason.is_(None), OUTBOX.c.log)
    return _items(connection, list(connection.scalars(statement.limit(limit))))


def _items(connection: Connection, ids: Sequence[int]) -> list[OutboxItem]:
    statement = (
        select(*ENTRY_COLUMNS, OUTBOX.c.reason)
        .join(OUTBOX, OUTBOX.c.log == LOG.c.id)
        .where(LOG.c.id.in_(ids))
        .order_by(OUTBOX.c.reason.is_(None), LOG.c.id)
    )
    found = []
    for row in connection.execute(statement):
        group = entry_of(row).group
        found.append(OutboxItem(group, len(group.raw), row.reason))
    return found


def unpark(connection: Connection) -> None:
    """Let refused groups go again, all but those that another group has the place of."""
    again = update(OUTBOX).where(OUTBOX.c.reason.is_not(None), OUTBOX.c.reason != FORK)
    connection.execute(again.values(reason=None))


def unpark_in(connection: Connection, space: Id | None = None) -> None:
    """Let what the server refused go again, now that it may judge otherwise.

    space: only those in it.
    """
    refused = OUTBOX.c.reason.is_not(None) & OUTBOX.c.reason.not_in((FORK, TOO_BIG))
    again = update(OUTBOX).where(refused)
    if space is not None:
        again = again.where(exists().where(LOG.c.id == OUTBOX.c.log, LOG.c.space == space))
    connection.execute(again.values(reason=None))


def unpark_found(connection: Connection, known: Iterable[Id]) -> None:
    """Let go again what the server refused because it did not know these spaces."""
    refused = update(OUTBOX).where(OUTBOX.c.reason == UNKNOWN_SPACE)
    if connection.execute(select(OUTBOX.c.log).where(OUTBOX.c.reason == UNKNOWN_SPACE)).first():
        there = exists().where(LOG.c.id == OUTBOX.c.log, LOG.c.space.in_(list(known)))
        connection.execute(refused.where(there).values(reason=None))


def park_outside(connection: Connection, space: Id) -> None:
    """Keep our own back in a space that we were taken out of, of which the server lost something.

    Nobody tells us what, so what builds on it can only go once we belong there again.
    """
    there = exists().where(LOG.c.id == OUTBOX.c.log, LOG.c.space == space)
    ours = update(OUTBOX).where(there, OUTBOX.c.offered == 0, OUTBOX.c.reason.is_(None))
    connection.execute(ours.values(reason=NO_ACCESS))


def park_too_big(connection: Connection, names: Sequence[Hash]) -> None:
    """Keep these groups back: something on the way refuses what is of their size."""
    there = OUTBOX.c.log.in_(select(LOG.c.id).where(LOG.c.hash.in_(names)))
    ours = update(OUTBOX).where(there, OUTBOX.c.offered == 0)
    connection.execute(ours.values(reason=TOO_BIG))
    others = update(OUTBOX).where(there, OUTBOX.c.offered != 0)
    connection.execute(others.values(offered=HELD_BACK))


def unpark_too_big(connection: Connection) -> None:
    """Try them again: the way may be another one by now."""
    ours = update(OUTBOX).where(OUTBOX.c.reason == TOO_BIG)
    connection.execute(ours.values(reason=None))
    others = update(OUTBOX).where(OUTBOX.c.offered == HELD_BACK)
    connection.execute(others.values(offered=OFFERED))


def any_too_big(connection: Connection) -> bool:
    """Whether a group is kept back for its size."""
    some = (OUTBOX.c.reason == TOO_BIG) | (OUTBOX.c.offered == HELD_BACK)
    return connection.execute(select(OUTBOX.c.log).where(some).limit(1)).first() is not None


def offer_again(connection: Connection, changed: Collection[Id]) -> None:
    """Offer once more what lacked a predecessor, in spaces where the server or we got something."""
    # Asked of each that waits: a list of all groups in the space would be as long as its history.
    there = exists().where(LOG.c.id == OUTBOX.c.log, LOG.c.space.in_(changed))
    again = update(OUTBOX).where(OUTBOX.c.offered == LACKS_PREDECESSOR, there)
    connection.execute(again.values(offered=OFFERED))
