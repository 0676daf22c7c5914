"""What the server decides: who is a member, which communities there are, who belongs to them.

Every decision is a control group of the server's own replica, for everybody's replicas; the rows
that access is decided by follow from it (`sync.server.effects`) in the same transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select, update

from sync.catalogue.communities import COMMUNITY, MEMBERSHIP
from sync.catalogue.declare import Kind, Role
from sync.catalogue.people import MEMBER, REPLICA_KEY
from sync.core.group import Group
from sync.core.ids import Id, Maker, created_id, random_id
from sync.core.ops import Op, SetFields, Value
from sync.core.signing import Certificate
from sync.server.clock import Clock
from sync.server.errors import NotFound
from sync.server.identity import Identity
from sync.server.own_replica import OwnReplica
from sync.server.tables import MEMBERSHIPS, REPLICAS


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A replica to be certified. renamed_from: the one that asked for it, None at enrolment."""

    replica: Id
    member: Id
    public_key: bytes
    computer_name: str
    renamed_from: Id | None = None


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
        space = random_id(self._clock.random_bytes)
        ops = [setting(COMMUNITY, space, {"name": name})]
        self.own_replica.write(connection, self._identity.directory, lambda _maker: ops)
        return space

    def make_member(self, connection: Connection, name: str) -> Id:
        """The id of the new member, who has a space of their own now."""

        def make(maker: Maker) -> Sequence[Op]:
            return [setting(MEMBER, created_id(maker, 0), {"name": name})]

        group = self.own_replica.write(connection, self._identity.directory, make)
        return next(group.known_ops()).record

    def admit(self, connection: Connection, member: Id, community: Id, role: Role | None) -> None:
        """The member belongs to the community from now on, in that role.

        role: None leaves a present role as it is and makes a new one MEMBER.
        """
        row = _membership(connection, member, community)
        if row is None:
            fields: dict[str, Value] = {"member": member, "since": self.now_ms()}
        elif row.ended_ms is None and role in {None, Role(row.role)}:
            return
        else:
            role, fields = role or Role(row.role), {"ended": None}
        fields["role"] = str(role or Role.MEMBER)
        self._write_membership(connection, member, community, fields)

    def end_membership(self, connection: Connection, member: Id, community: Id) -> None:
        """The member no longer belongs to the community.

        Raises NotFound if they do not belong now.
        """
        row = _membership(connection, member, community)
        if row is None or row.ended_ms is not None:
            raise NotFound("the member does not belong to the community")
        self._write_membership(connection, member, community, {"ended": self.now_ms()})

    def certify(self, connection: Connection, newcomer: Newcomer) -> None:
        """The replica is one of the member's from now on, its key certified for everybody."""
        certificate = Certificate(
            newcomer.replica,
            newcomer.member,
            newcomer.public_key,
            self.now_ms(),
            newcomer.renamed_from or b"",
        )
        signature = self._identity.key.certify(certificate)
        self.enter(connection, certificate, signature, newcomer.computer_name)

    def enter(
        self, connection: Connection, certificate: Certificate, signature: bytes, computer_name: str
    ) -> Group:
        """The group that lets everybody know of a certified replica, which takes part from now on.

        signature: the server's, now or at any time before.
        """
        directory = self._identity.directory
        values: dict[str, Value] = {
            "replica": certificate.replica,
            "member": certificate.member,
            "public_key": certificate.public_key,
            "issued": certificate.issued_ms,
            "certificate": signature,
        }
        if certificate.renamed_from:
            values["renamed_from"] = certificate.renamed_from
        ops = [setting(REPLICA_KEY, REPLICA_KEY.id_for(directory, certificate.replica), values)]
        group = self.own_replica.write(connection, directory, lambda _maker: ops)
        connection.execute(
            update(REPLICAS)
            .where(REPLICAS.c.id == certificate.replica)
            .values(computer_name=computer_name)
        )
        return group

    def keep_member(self, connection: Connection, member: Id, name: str) -> None:
        """That one is a member, of whom nothing is known here but this name, or not even that."""
        ops = [setting(MEMBER, member, {"name": name} if name else {})]
        self.own_replica.write(connection, self._identity.directory, lambda _maker: ops)

    def revoke(self, connection: Connection, replicas: Sequence[Id]) -> None:
        """These replicas have no access any more."""
        directory, values = self._identity.directory, {"revoked": self.now_ms()}
        ops = [
            setting(REPLICA_KEY, REPLICA_KEY.id_for(directory, replica), dict(values))
            for replica in replicas
        ]
        self.own_replica.write(connection, directory, lambda _maker: ops)

    def _write_membership(
        self, connection: Connection, member: Id, community: Id, fields: dict[str, Value]
    ) -> None:
        ops = [setting(MEMBERSHIP, MEMBERSHIP.id_for(community, member), fields)]
        self.own_replica.write(connection, community, lambda _maker: ops)


def setting(kind: Kind, record: Id, values: dict[str, Value]) -> SetFields:
    """The operation that gives fields, by name, these values."""
    numbered = {kind.by_name[name].number: value for name, value in values.items()}
    return SetFields(kind.number, record, numbered)


def _membership(connection: Connection, member: Id, community: Id) -> Row[Any] | None:
    this = (MEMBERSHIPS.c.member == member) & (MEMBERSHIPS.c.space == community)
    return connection.execute(select(MEMBERSHIPS).where(this)).first()
