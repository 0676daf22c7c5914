"""Certifying replicas: what enrolling and renaming have in common."""

from typing import Any, Final

from sqlalchemy import Connection, LargeBinary, Row, bindparam, select

from sync.catalogue.communities import personal_space
from sync.core.enrolment import EnrolReply
from sync.core.errors import Malformed
from sync.core.ids import Id
from sync.core.limits import ID_BYTES, MAX_COMPUTER_NAME
from sync.core.signing import PUBLIC_KEY_BYTES
from sync.server import devices
from sync.server.decisions import Decisions, Newcomer
from sync.server.errors import Problem, Rejected
from sync.server.identity import Identity
from sync.server.names import name_of
from sync.server.tables import GROUPS, REPLICAS, SPACES

# By space, because there is an index of chains only within a space.
_WROTE: Final = (
    select(SPACES.c.id)
    .where(
        select(GROUPS.c.position)
        .where(
            GROUPS.c.space == SPACES.c.id,
            GROUPS.c.replica == bindparam("replica", type_=LargeBinary),
        )
        .exists()
    )
    .limit(1)
)


def check_newcomer(replica: Id, public_key: bytes, computer_name: str) -> None:
    """Return if these can be a replica's.

    Raises Malformed.
    """
    if (len(replica), len(public_key)) != (ID_BYTES, PUBLIC_KEY_BYTES):
        raise Malformed("id or key of wrong length")
    if len(computer_name) > MAX_COMPUTER_NAME:
        raise Malformed("computer name too long")


class Certifying:
    """Makes replicas members' replicas, once each."""

    def __init__(self, identity: Identity, decisions: Decisions) -> None:
        self._identity = identity
        self._decisions = decisions

    def certified(self, connection: Connection, newcomer: Newcomer) -> EnrolReply:
        """What makes the replica one of the member's, made now unless it was before.

        Inside the caller's write transaction. Raises Rejected if its id is another's, or its access
        was taken back.
        """
        wanted = select(REPLICAS).where(REPLICAS.c.id == newcomer.replica)
        row = connection.execute(wanted).first()
        if row is None:
            if self._is_servers(connection, newcomer.replica):
                raise Rejected(Problem.REPLICA_TAKEN)
            self._decisions.certify(connection, newcomer)
            row = connection.execute(wanted).one()
        if (row.member, row.public_key) != (newcomer.member, newcomer.public_key):
            raise Rejected(Problem.REPLICA_TAKEN)
        devices.admitted(connection, newcomer.replica)
        return self._reply(connection, row)

    def _is_servers(self, connection: Connection, replica: Id) -> bool:
        """Whether the id is, or was, the server's own: everybody's to read, nobody's to have.

        Nobody else wrote under an id that is not certified.
        """
        if replica in {self._identity.server, self._identity.replica}:
            return True
        return connection.execute(_WROTE, {"replica": replica}).first() is not None

    def _reply(self, connection: Connection, replica: Row[Any]) -> EnrolReply:
        identity = self._identity
        return EnrolReply(
            server=identity.server,
            server_name=identity.name,
            server_key=identity.key.public,
            epoch=identity.epoch,
            member=replica.member,
            member_name=name_of(connection, replica.member),
            frame_key=identity.frame_key(replica.id),
            certificate_ms=replica.issued_ms,
            certificate=replica.certificate,
            directory=identity.directory,
            personal=personal_space(replica.member),
        )
