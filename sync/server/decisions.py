"""What the server decides: who is a member, which communities there are, who belongs to them.

Every decision is a row here, for access, and a control group of the server's own replica, for
everybody's replicas; both in one transaction.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, insert, select, update

from sync.catalogue.communities import COMMUNITY, MEMBERSHIP, personal_space, texts_space
from sync.catalogue.declare import Kind, Role, SpaceKind
from sync.catalogue.people import MEMBER
from sync.core.ids import Id, Maker, created_id, random_id
from sync.core.ops import Op, SetFields, Value
from sync.server import spaces
from sync.server.clock import Clock
from sync.server.errors import NotFound
from sync.server.identity import Identity
from sync.server.own_replica import OwnReplica
from sync.server.spaces import Space
from sync.server.tables import MEMBERS, MEMBERSHIPS


class Decisions:
    """What can be decided, each inside the caller's write transaction."""

    def __init__(self, identity: Identity, clock: Clock) -> None:
        self._identity = identity
        self._clock = clock
        self.own_replica = OwnReplica(identity, clock)

    def now_ms(self) -> int:
        """Milliseconds since 1970."""
        return self._clock.wall_ms()

    def make_community(self, connection: Connection, name: str) -> Id:
        """The id of the new community and of its space."""
        space, now_ms = random_id(self._clock.random_bytes), self.now_ms()
        texts = Space(texts_space(space), SpaceKind.TEXTS, parent=space)
        spaces.make(connection, Space(space, SpaceKind.COMMUNITY), now_ms)
        spaces.make(connection, texts, now_ms)
        ops = [setting(COMMUNITY, space, {"name": name})]
        self.own_replica.write(connection, self._identity.directory, lambda _maker: ops)
        return space

    def make_member(self, connection: Connection, name: str) -> Id:
        """The id of the new member, who has a space of their own now."""

        def make(maker: Maker) -> Sequence[Op]:
            return [setting(MEMBER, created_id(maker, 0), {"name": name})]

        group = self.own_replica.write(connection, self._identity.directory, make)
        member = next(group.known_ops()).record
        now_ms = self.now_ms()
        connection.execute(insert(MEMBERS).values(id=member, made_ms=now_ms))
        own = Space(personal_space(member), SpaceKind.PERSONAL, owner=member)
        spaces.make(connection, own, now_ms)
        return member

    def admit(self, connection: Connection, member: Id, community: Id, role: Role | None) -> None:
        """The member belongs to the community from now on, in that role.

        role: None leaves a present role as it is and makes a new one MEMBER.
        """
        row = connection.execute(select(MEMBERSHIPS).where(_is(member, community))).first()
        if row is None:
            since_ms = self.now_ms()
            values = {"role": role or Role.MEMBER, "since_ms": since_ms, "ended_ms": None}
            at = {"space": community, "member": member}
            connection.execute(insert(MEMBERSHIPS).values(**values, **at))
            fields: dict[str, Value] = {"member": member, "since": since_ms}
        elif row.ended_ms is None and role in {None, Role(row.role)}:
            return
        else:
            values = {"role": role or Role(row.role), "ended_ms": None}
            connection.execute(update(MEMBERSHIPS).where(_is(member, community)).values(**values))
            fields = {"ended": None}
        fields["role"] = str(values["role"])
        self._write_membership(connection, member, community, fields)

    def end_membership(self, connection: Connection, member: Id, community: Id) -> None:
        """The member no longer belongs to the community.

        Raises NotFound if they do not belong now.
        """
        now_ms = self.now_ms()
        ended = connection.execute(
            update(MEMBERSHIPS)
            .where(_is(member, community), MEMBERSHIPS.c.ended_ms.is_(None))
            .values(ended_ms=now_ms)
        )
        if ended.rowcount == 0:
            raise NotFound("the member does not belong to the community")
        self._write_membership(connection, member, community, {"ended": now_ms})

    def _write_membership(
        self, connection: Connection, member: Id, community: Id, fields: dict[str, Value]
    ) -> None:
        ops = [setting(MEMBERSHIP, MEMBERSHIP.id_for(community, member), fields)]
        self.own_replica.write(connection, community, lambda _maker: ops)
        spaces.note_access_changed(connection, community)


def setting(kind: Kind, record: Id, values: dict[str, Value]) -> SetFields:
    """The operation that gives fields, by name, these values."""
    numbered = {kind.by_name[name].number: value for name, value in values.items()}
    return SetFields(kind.number, record, numbered)


def _is(member: Id, community: Id) -> ColumnElement[bool]:
    return (MEMBERSHIPS.c.member == member) & (MEMBERSHIPS.c.space == community)
