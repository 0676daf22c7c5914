"""Taking positions back from groups of which the server no longer says that it has them there.

Nothing leaves the log. What lost its position goes to the outbox: our own groups wait again, those
of others are offered. What the server has after all comes back by its hash.
"""

from typing import Final

from sqlalchemy import ColumnElement, Connection, bindparam, case, null, or_, select, update

from cop_desktop.store import rechecking
from cop_desktop.store.kept import IDENTITY, LOG, OUTBOX, SPACES
from sync.core.ids import Id

_BEYOND: Final = (
    select(LOG.c.id)
    .where(LOG.c.space == bindparam("space"), LOG.c.position > bindparam("position"))
    .limit(1)
)


def detach_above(connection: Connection, space: Id, position: int) -> int:
    """Hold the space up to this position only; how many groups were above it.

    At or below the floor, nothing of the space is held.
    """
    floor = connection.scalar(select(SPACES.c.floor).where(SPACES.c.space == space)) or 0
    if position <= floor:
        position = floor = 0
    moved = update(SPACES).where(SPACES.c.space == space)
    connection.execute(moved.values(head=position, floor=floor, agreed=0))
    return _lost(connection, (LOG.c.space == space) & (LOG.c.position > position))


def detach_beyond(connection: Connection, space: Id, server_head: int) -> int:
    """Take back receipts for positions that the server does not have any more; how many."""
    if connection.scalar(_BEYOND, {"space": space, "position": server_head}) is None:
        return 0
    return _lost(connection, (LOG.c.space == space) & (LOG.c.position > server_head))


def _lost(connection: Connection, which: ColumnElement[bool]) -> int:
    """As `loosen`, of what the server lost: content of files may be gone with it."""
    loosened = loosen(connection, which)
    if loosened:
        rechecking.begin(connection)
    return loosened


def make_room(connection: Connection, space: Id, places: dict[int, bytes]) -> None:
    """Take back receipts that name positions which are another group's.

    places: hashes by position. Inside what is held nothing is taken back.
    """
    held = select(SPACES.c.head, SPACES.c.floor).where(SPACES.c.space == space)
    row = connection.execute(held).first()
    if row is None or not places:
        return
    outside = or_(LOG.c.position > row.head, LOG.c.position <= row.floor)
    between = LOG.c.position.between(min(places), max(places))
    statement = select(LOG.c.id, LOG.c.position, LOG.c.hash)
    found = connection.execute(statement.where(LOG.c.space == space, between, outside)).all()
    for log_id, position, name in found:
        if places.get(position, name) != name:
            loosen(connection, LOG.c.id == log_id)


def loosen(connection: Connection, which: ColumnElement[bool]) -> int:
    """Take the positions of these groups back; how many had one."""
    placed = which & LOG.c.position.is_not(None)
    ours = select(IDENTITY.c.replica).scalar_subquery()
    waiting = select(LOG.c.id, null(), case((LOG.c.replica == ours, 0), else_=1)).where(placed)
    columns = ["log", "reason", "offered"]
    connection.execute(OUTBOX.insert().prefix_with("OR IGNORE").from_select(columns, waiting))
    return connection.execute(update(LOG).where(placed).values(position=None, sum=None)).rowcount
