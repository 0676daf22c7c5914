"""Checks which spaces there are, against the members and communities that the directory has."""

from collections.abc import Iterator, Mapping
from typing import Final

from sqlalchemy import Connection, Table, select

from sync.catalogue.communities import COMMUNITY, personal_space, texts_space
from sync.catalogue.declare import SpaceKind
from sync.catalogue.people import MEMBER
from sync.core.ids import Id
from sync.server import spaces
from sync.server.projection import Projection
from sync.server.spaces import Space
from sync.server.tables import CHUNK_REFS, GROUPS, MEMBERSHIPS, RECORDS, REFUSED, SPACES

_OF_SPACES: Final[tuple[Table, ...]] = (GROUPS, REFUSED, RECORDS, CHUNK_REFS, MEMBERSHIPS)


def strays(connection: Connection) -> Iterator[str]:
    """What belongs to spaces that are not there, in words."""
    for table in _OF_SPACES:
        known = select(SPACES.c.id).where(SPACES.c.id == table.c.space)
        lost = select(table.c.space).where(~known.exists()).distinct()
        for space in connection.scalars(lost):
            yield f"{table.name} of a space that is not there, {space.hex()}"


def expected(directory: Id, projection: Projection) -> dict[Id, Space]:
    """The spaces that there should be, as new ones. projection: what the directory's log says."""
    found = [Space(directory, SpaceKind.DIRECTORY)]
    for row in projection.records:
        if row["kind"] == MEMBER.number:
            member = row["record"]
            found.append(Space(personal_space(member), SpaceKind.PERSONAL, owner=member))
        elif row["kind"] == COMMUNITY.number:
            community = row["record"]
            found.append(Space(community, SpaceKind.COMMUNITY))
            found.append(Space(texts_space(community), SpaceKind.TEXTS, parent=community))
    return {space.id: space for space in found}


def wrong_spaces(connection: Connection, right: Mapping[Id, Space]) -> Iterator[str]:
    """What is wrong with the spaces there are, in words."""
    kept = {space.id: space for space in spaces.everyone(connection)}
    for space in kept.keys() | right.keys():
        if space not in kept:
            yield f"the {right[space].kind} space {space.hex()} is missing"
        elif space not in right:
            yield f"{space.hex()} should not be there"
        elif _plain(kept[space]) != _plain(right[space]):
            yield f"{space.hex()} is not what it should be"


def _plain(space: Space) -> tuple[SpaceKind, Id | None, Id | None]:
    return space.kind, space.parent, space.owner
