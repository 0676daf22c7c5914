"""Enrolment: an invitation code makes a computer a certified replica of the invited member."""

from typing import Any

from sqlalchemy import Connection, Row, select, update

from sync.core.enrolment import (
    EnrolReply,
    EnrolRequest,
    decode_enrol_request,
    encode_enrol_reply,
    peek_enrol_request,
)
from sync.core.errors import NotAuthentic
from sync.server import guessing
from sync.server.certifying import Certifying, check_newcomer
from sync.server.clock import Clock
from sync.server.database import Database
from sync.server.decisions import Newcomer
from sync.server.errors import Problem, Rejected
from sync.server.tables import INVITES
from sync.server.versions import check_protocol


class Enrolling:
    """Answers enrolment requests; the same request again gets the same answer."""

    def __init__(self, database: Database, certifying: Certifying, clock: Clock) -> None:
        self._database = database
        self._certifying = certifying
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
        if invite.used_by not in {None, request.replica}:
            raise Rejected(Problem.INVITE_USED)
        if invite.used_by is None and invite.expires_ms <= now_ms:
            raise Rejected(Problem.INVITE_EXPIRED)
        newcomer = Newcomer(
            request.replica, invite.member, request.public_key, request.computer_name
        )
        reply = self._certifying.certified(connection, newcomer)
        connection.execute(
            update(INVITES)
            .where(INVITES.c.name == invite.name, INVITES.c.used_by.is_(None))
            .values(used_by=request.replica, used_ms=now_ms)
        )
        return reply


def _check(request: EnrolRequest) -> None:
    check_protocol(request.protocol)
    check_newcomer(request.replica, request.public_key, request.computer_name)


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
