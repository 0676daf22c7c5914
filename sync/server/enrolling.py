"""Enrolment: an invitation code makes a computer a certified replica of the invited member."""

from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select, update

from sync.catalogue.communities import personal_space
from sync.catalogue.people import REPLICA_KEY
from sync.core.enrolment import (
    EnrolReply,
    EnrolRequest,
    decode_enrol_request,
    encode_enrol_reply,
    peek_enrol_request,
)
from sync.core.errors import Malformed, NotAuthentic
from sync.core.exchange import PROTOCOL
from sync.core.ids import Id
from sync.core.limits import ID_BYTES
from sync.core.signing import PUBLIC_KEY_BYTES, Certificate
from sync.server import guessing
from sync.server.clock import Clock
from sync.server.database import Database
from sync.server.decisions import Decisions, setting
from sync.server.errors import Problem, Rejected
from sync.server.identity import Identity
from sync.server.names import name_of
from sync.server.tables import INVITES, REPLICAS

_LONGEST_COMPUTER_NAME: Final = 200


class Enrolling:
    """Answers enrolment requests; the same request again gets the same answer."""

    def __init__(
        self, database: Database, identity: Identity, decisions: Decisions, clock: Clock
    ) -> None:
        self._database = database
        self._identity = identity
        self._decisions = decisions
        self._clock = clock

    def enrol(self, frame: bytes, address: str) -> bytes:
        """The reply frame. address: where the request comes from, for counting wrong codes.

        Raises Rejected, Malformed, TooLarge.
        """
        request = peek_enrol_request(frame)
        _check(request)
        now_ms = self._clock.wall_ms()
        with self._database.read() as connection:
            guessing.check(connection, address, now_ms)
        with self._database.write() as connection:
            invite = _invite(connection, frame, request)
            if invite is None:
                guessing.note_failure(connection, address, now_ms)
            else:
                guessing.note_success(connection, address)
                reply = self._admit(connection, invite, request, now_ms)
        if invite is None:  # after the transaction, so that the count is kept
            raise Rejected(Problem.UNKNOWN_CODE)
        return encode_enrol_reply(reply, invite.code_key)

    def _admit(
        self, connection: Connection, invite: Row[Any], request: EnrolRequest, now_ms: int
    ) -> EnrolReply:
        """What makes the replica one of the member's, made now unless it was before."""
        if request.replica == self._identity.server:  # everybody's to read, and nobody's to have
            raise Rejected(Problem.REPLICA_TAKEN)
        if invite.used_by not in {None, request.replica}:
            raise Rejected(Problem.INVITE_USED)
        if invite.used_by is None and invite.expires_ms <= now_ms:
            raise Rejected(Problem.INVITE_EXPIRED)
        wanted = select(REPLICAS).where(REPLICAS.c.id == request.replica)
        replica = connection.execute(wanted).first()
        if replica is None:
            self._certify(connection, invite.member, request, now_ms)
            replica = connection.execute(wanted).one()
        if (replica.member, replica.public_key) != (invite.member, request.public_key):
            raise Rejected(Problem.REPLICA_TAKEN)
        if replica.revoked_ms is not None:
            raise Rejected(Problem.REVOKED)
        connection.execute(
            update(INVITES)
            .where(INVITES.c.name == invite.name, INVITES.c.used_by.is_(None))
            .values(used_by=request.replica, used_ms=now_ms)
        )
        return self._reply(connection, replica)

    def _certify(
        self, connection: Connection, member: Id, request: EnrolRequest, now_ms: int
    ) -> None:
        """Keep the replica with its certificate, and tell everybody of its key."""
        certificate = Certificate(request.replica, member, request.public_key, now_ms)
        signature = self._identity.key.certify(certificate)
        connection.execute(
            insert(REPLICAS).values(
                id=request.replica,
                member=member,
                public_key=request.public_key,
                issued_ms=now_ms,
                certificate=signature,
                computer_name=request.computer_name,
            )
        )
        directory = self._identity.directory
        values = {
            "replica": request.replica,
            "member": member,
            "public_key": request.public_key,
            "issued": now_ms,
            "certificate": signature,
        }
        ops = [setting(REPLICA_KEY, REPLICA_KEY.id_for(directory, request.replica), values)]
        self._decisions.own_replica.write(connection, directory, lambda _maker: ops)

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


def _check(request: EnrolRequest) -> None:
    if request.protocol != PROTOCOL:
        raise Rejected(Problem.NEEDS_NEWER)
    sizes = (len(request.replica), len(request.public_key))
    if sizes != (ID_BYTES, PUBLIC_KEY_BYTES):
        raise Malformed("id or key of wrong length")
    if len(request.computer_name) > _LONGEST_COMPUTER_NAME:
        raise Malformed("computer name too long")


def _invite(connection: Connection, frame: bytes, request: EnrolRequest) -> Row[Any] | None:
    """The invitation whose code the sender knows; None for a name or tag that fits none."""
    wanted = select(INVITES).where(INVITES.c.name == request.code_name)
    invite = connection.execute(wanted).first()
    if invite is None:
        return None
    try:
        decode_enrol_request(frame, invite.code_key)
    except NotAuthentic:
        return None
    return invite
