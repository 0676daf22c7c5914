"""Spaces as rows, and who may read which."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, Row, bindparam, insert, select, union_all, update

from sync.catalogue.declare import SpaceKind
from sync.core import digest
from sync.core.digest import Sum
from sync.core.ids import Id
from sync.server.tables import GROUPS, MEMBERSHIPS, SPACES


@dataclass(frozen=True, slots=True)
class Space:
    """One space.

    parent: the community that a texts space is beside. owner: the member of a personal space. head:
    last position. total: sum (`sync.core.digest`) of all groups. clock: highest clock value in it.
    """

    id: Id
    kind: SpaceKind
    parent: Id | None = None
    owner: Id | None = None
    head: int = 0
    total: Sum = 0
    clock: int = 0

    @property
    def community(self) -> Id:
        """The space whose memberships decide who belongs here."""
        return self.parent or self.id


_COLUMNS: Final = [
    SPACES.c[name] for name in ("id", "kind", "parent", "owner", "head", "sum", "clock")
]
_ONE: Final = select(*_COLUMNS).where(SPACES.c.id == bindparam("space"))
_ONE_LOCKED: Final = _ONE.with_for_update()  # SQLite has one writer anyway and leaves this out
_OF_MEMBER: Final = (
    select(MEMBERSHIPS.c.space)
    .where(MEMBERSHIPS.c.member == bindparam("member"), MEMBERSHIPS.c.ended_ms.is_(None))
    .scalar_subquery()
)
_FORMER: Final = select(MEMBERSHIPS.c.space).where(
    MEMBERSHIPS.c.space == bindparam("space"),
    MEMBERSHIPS.c.member == bindparam("member"),
    MEMBERSHIPS.c.ended_ms.is_not(None),
)
# Four selects, each along an index; one with OR would read every member's personal space.
_READABLE: Final = union_all(
    select(*_COLUMNS).where(SPACES.c.id == bindparam("directory")),
    select(*_COLUMNS).where(SPACES.c.owner == bindparam("member")),
    select(*_COLUMNS).where(SPACES.c.id.in_(_OF_MEMBER)),
    select(*_COLUMNS).where(SPACES.c.parent.in_(_OF_MEMBER)),
)
_SUM_AT: Final = select(GROUPS.c.sum).where(
    GROUPS.c.space == bindparam("space"), GROUPS.c.position == bindparam("position")
)


def _space(row: Row[tuple[object, ...]]) -> Space:
    values = row._mapping  # noqa: SLF001 - the documented name of a row's mapping
    return Space(
        id=values["id"],
        kind=SpaceKind(values["kind"]),
        parent=values["parent"],
        owner=values["owner"],
        head=values["head"],
        total=digest.from_bytes(values["sum"]),
        clock=values["clock"],
    )


def make(connection: Connection, space: Space, made_ms: int) -> None:
    """Keep a new, empty space."""
    connection.execute(
        insert(SPACES).values(
            id=space.id,
            kind=space.kind.value,
            parent=space.parent,
            owner=space.owner,
            head=0,
            sum=digest.to_bytes(0),
            clock=0,
            access=0,
            made_ms=made_ms,
        )
    )


def found(connection: Connection, space: Id) -> Space | None:
    """That space, None if there is none."""
    row = connection.execute(_ONE, {"space": space}).first()
    return None if row is None else _space(row)


def locked(connection: Connection, space: Id) -> Space | None:
    """That space, so that until the end of the transaction nobody else appends to it."""
    row = connection.execute(_ONE_LOCKED, {"space": space}).first()
    return None if row is None else _space(row)


def readable(connection: Connection, member: Id, directory: Id) -> list[Space]:
    """The spaces that a member replicates, in no order."""
    rows = connection.execute(_READABLE, {"member": member, "directory": directory})
    return [_space(row) for row in rows]


def is_former_member(connection: Connection, space: Id, member: Id) -> bool:
    """Whether that is, or belongs to, a community from which the member was taken out."""
    kept = found(connection, space)
    bound = {"space": space if kept is None else kept.community, "member": member}
    return connection.execute(_FORMER, bound).first() is not None


def everyone(connection: Connection) -> list[Space]:
    """All spaces, in order of their making."""
    return [_space(row) for row in connection.execute(select(*_COLUMNS).order_by(SPACES.c.made_ms))]


def sum_at(connection: Connection, space: Space, position: int) -> Sum:
    """The sum of a space's groups up to a position between 0 and its head."""
    if position == 0:
        return 0
    if position == space.head:
        return space.total
    raw = connection.execute(_SUM_AT, {"space": space.id, "position": position}).scalar_one()
    return digest.from_bytes(raw)


def note_access_changed(connection: Connection, community: Id) -> None:
    """Tell waiting requests that somebody may read the community now, or no longer."""
    connection.execute(
        update(SPACES).where(SPACES.c.id == community).values(access=SPACES.c.access + 1)
    )
