"""Members and communities as the people who run the server see and arrange them."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from sync.catalogue.communities import COMMUNITY
from sync.catalogue.declare import Role
from sync.core.ids import Id
from sync.server import devices
from sync.server.database import Database
from sync.server.decisions import Decisions
from sync.server.errors import AlreadyThere, NotFound
from sync.server.names import proper_name, with_name
from sync.server.tables import MEMBERS, MEMBERSHIPS, NAMES, REPLICAS, SPACES


@dataclass(frozen=True, slots=True)
class Community:
    """One community. members: how many belong to it now."""

    id: Id
    name: str
    members: int


@dataclass(frozen=True, slots=True)
class Member:
    """One member. communities: present roles, by name. computers: how many are enrolled."""

    id: Id
    name: str
    communities: dict[str, Role]
    computers: int


@dataclass(frozen=True, slots=True)
class Computer:
    """One enrolled replica."""

    replica: Id
    member_name: str
    computer_name: str
    enrolled_ms: int
    revoked: bool


class Accounts:
    """The accounts of one server. Every method is one transaction."""

    def __init__(self, database: Database, decisions: Decisions) -> None:
        self._database = database
        self._decisions = decisions

    def create_community(self, name: str) -> Community:
        """A new, empty community.

        Raises AlreadyThere if one has exactly this name.
        """
        name = proper_name(name)
        with self._database.write() as connection:
            if with_name(connection, COMMUNITY, name):
                raise AlreadyThere(f"there is a community named {name} already")
            return Community(self._decisions.make_community(connection, name), name, 0)

    def communities(self) -> list[Community]:
        """All communities, by name."""
        with self._database.read() as connection:
            return _communities(connection)

    def members(self) -> list[Member]:
        """All members, by name."""
        with self._database.read() as connection:
            return _members(connection)

    def computers(self) -> list[Computer]:
        """All computers that were enrolled, by their members' names."""
        with self._database.read() as connection:
            rows = connection.execute(
                select(REPLICAS, func.coalesce(NAMES.c.name, "").label("name"))
                .outerjoin(NAMES, NAMES.c.record == REPLICAS.c.member)
                .order_by(NAMES.c.name, REPLICAS.c.issued_ms)
            ).fetchall()
        return [
            Computer(r.id, r.name, r.computer_name, r.issued_ms, r.revoked_ms is not None)
            for r in rows
        ]

    def end_membership(self, member: Id, community: Id) -> None:
        """The member no longer belongs; their replicas are told to let go of the community.

        Raises NotFound if they do not belong now.
        """
        with self._database.write() as connection:
            self._decisions.end_membership(connection, member, community)

    def revoke(self, replica: Id) -> None:
        """Take back the access of one computer, and of what was made by renaming it.

        Its member's others keep theirs. Raises NotFound if the server has not certified it, or it
        has no access.
        """
        with self._database.write() as connection:
            device = devices.found(connection, replica)
            if device is None or device.revoked:
                raise NotFound("no such computer has access")
            self._decisions.revoke(connection, devices.renamings_of(connection, replica))


def _communities(connection: Connection) -> list[Community]:
    belonging = (
        select(func.count())
        .where(MEMBERSHIPS.c.space == SPACES.c.id, MEMBERSHIPS.c.ended_ms.is_(None))
        .scalar_subquery()
    )
    rows = connection.execute(
        select(SPACES.c.id, NAMES.c.name, belonging)
        .join(NAMES, NAMES.c.record == SPACES.c.id)
        .order_by(NAMES.c.name)
    )
    return [Community(*row) for row in rows]


def _members(connection: Connection) -> list[Member]:
    roles: dict[Id, dict[str, Role]] = {}
    belonging = connection.execute(
        select(MEMBERSHIPS.c.member, NAMES.c.name, MEMBERSHIPS.c.role)
        .join(NAMES, NAMES.c.record == MEMBERSHIPS.c.space)
        .where(MEMBERSHIPS.c.ended_ms.is_(None))
        .order_by(NAMES.c.name)
    )
    for member, community, role in belonging:
        roles.setdefault(member, {})[community] = Role(role)
    computers = (
        select(func.count())
        .where(REPLICAS.c.member == MEMBERS.c.id, REPLICAS.c.revoked_ms.is_(None))
        .scalar_subquery()
    )
    rows = connection.execute(
        select(MEMBERS.c.id, func.coalesce(NAMES.c.name, ""), computers)
        .outerjoin(NAMES, NAMES.c.record == MEMBERS.c.id)
        .order_by(NAMES.c.name)
    )
    return [Member(id_, name, roles.get(id_, {}), count) for id_, name, count in rows]
