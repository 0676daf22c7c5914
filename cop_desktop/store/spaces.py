"""The spaces that this replica holds, and how much of each."""

from collections.abc import Collection, Iterable
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, select, update

from cop_desktop.store import detaching, outbox
from cop_desktop.store.kept import LOG, SPACES
from cop_desktop.store.tables import Tables
from cop_desktop.store.values import NewSpace, SpaceRow
from sync.catalogue.declare import SpaceKind
from sync.core import digest
from sync.core.exchange import SpaceReply, SyncReply
from sync.core.ids import Id

_AT: Final = select(LOG.c.hash, LOG.c.sum).where(
    LOG.c.space == bindparam("space"), LOG.c.position == bindparam("position")
)


def add(connection: Connection, new: Iterable[NewSpace]) -> None:
    """Hold these spaces too, empty; those held already stay as they are."""
    rows = [
        {
            "space": space.space,
            "kind": str(space.kind),
            "parent": space.parent,
            "head": 0,
            "floor": 0,
            "server_head": 0,
            "agreed": 0,
            "lost": 0,
        }
        for space in new
    ]
    if rows:
        connection.execute(SPACES.insert().prefix_with("OR IGNORE"), rows)


def kinds(connection: Connection) -> dict[Id, str]:
    """The kind of every space."""
    statement = select(SPACES.c.space, SPACES.c.kind)
    return {row.space: row.kind for row in connection.execute(statement)}


def held(connection: Connection, tables: Tables) -> list[SpaceRow]:
    """All spaces, in order of name."""
    names = tables["community"].c
    found = {
        row.id: row.name
        for row in connection.execute(select(names.id, names.name))
        if row.name is not None
    }
    rows = [
        SpaceRow(
            space=row.space,
            kind=row.kind,
            parent=row.parent,
            name=found.get(row.parent or row.space, ""),
            head=row.head,
            floor=row.floor,
            server_head=row.server_head,
            agreed=bool(row.agreed),
            lost=bool(row.lost),
            digest=digest.to_bytes(held_digest(connection, row.space, row.head, row.floor)),
        )
        for row in connection.execute(select(SPACES))
    ]
    return sorted(rows, key=_by_name)


def _by_name(row: SpaceRow) -> tuple[str, str, bytes]:
    return row.name.casefold(), row.kind, row.space


def held_digest(connection: Connection, space: Id, head: int, floor: int) -> digest.Sum:
    """The digest of (floor, head], from the sums kept with the groups; 0 if nothing is held."""
    if head == floor:
        return 0
    upper = digest.from_bytes(at(connection, space, head)[1])
    first_hash, first_sum = at(connection, space, floor + 1)
    return digest.between(digest.reduced(digest.from_bytes(first_sum), first_hash), upper)


def at(connection: Connection, space: Id, position: int) -> tuple[bytes, bytes]:
    """Hash and sum of the group at a position inside (floor, head]."""
    row = connection.execute(_AT, {"space": space, "position": position}).one()
    return row.hash, row.sum


def welcome(connection: Connection, told: Iterable[SpaceReply]) -> None:
    """Hold the spaces that the server tells of for the first time."""
    add(connection, (NewSpace(space.space, space.kind, space.parent or None) for space in told))


def _is_older(said: SpaceReply | None, row: Row[*tuple[Any, ...]]) -> bool:
    """Whether what a reply says of a space was overtaken by what is noted."""
    if said is None or said.server_head < row.server_head:
        return True
    return said.server_head == row.server_head and (said.head, said.floor) != (row.head, row.floor)


def is_as_told(connection: Connection, said: SpaceReply) -> bool:
    """Whether a space, as it is held now, is what the server says of it."""
    row = connection.execute(select(SPACES).where(SPACES.c.space == said.space)).one()
    own = digest.to_bytes(held_digest(connection, row.space, row.head, row.floor))
    return bool((row.head, row.floor, own) == (said.head, said.floor, said.digest))


def has_directory(connection: Connection, chosen: Collection[Id]) -> bool:
    """Whether the directory is among these spaces."""
    statement = select(SPACES.c.space).where(SPACES.c.kind == SpaceKind.DIRECTORY)
    return any(space in chosen for space in connection.scalars(statement))


def note_reply(connection: Connection, reply: SyncReply, *, overtaken: bool) -> bool:
    """Note how the spaces stand against the server after its page was applied.

    A space that the first frame of a reply does not mention is agreed: that is what leaving it out
    says. Groups that have positions past the server's last one lose them. Whether there were any,
    or the reply says of a space what may be older than what is noted, or newer: only asking again
    tells.

    overtaken: another reply was applied since this one was asked for, so that what it says of a
    space may be older than what is noted.
    """
    told = {space.space: space for space in reply.spaces}
    lost = set(reply.lost)
    beyond, doubtful = 0, False
    for row in connection.execute(select(SPACES)).all():
        said = told.get(row.space)
        if said is None and reply.number and row.space not in lost:
            continue  # of that the frames before spoke
        if overtaken and _is_older(said, row):
            doubtful = True
            continue
        if said is None:
            server_head, agreed = row.head, row.space not in lost
        else:
            own = digest.to_bytes(held_digest(connection, row.space, row.head, row.floor))
            server_head = said.server_head
            agreed = (row.head, row.floor, own) == (said.server_head, 0, said.digest)
        noted = (server_head, int(agreed), int(row.space in lost))
        if noted != (row.server_head, row.agreed, row.lost):
            where = update(SPACES).where(SPACES.c.space == row.space)
            connection.execute(where.values(server_head=noted[0], agreed=noted[1], lost=noted[2]))
        if row.lost and row.space not in lost:
            outbox.unpark_in(connection, row.space)
        if row.space not in lost and not overtaken:
            top = max(server_head, row.head)  # what is held goes only when it is known to differ
            beyond += detaching.detach_beyond(connection, row.space, top)
    return beyond > 0 or doubtful
