"""Returning: who was certified after the backup that this server was put back from is let in again.

The certificate shows that this server let them in, the tag of the frame that they are who they say.
They are entered by a control group, so everybody learns of it from the log. When the group that the
server lost comes back it says the same. What else it lost (memberships, a revocation) it gets from
those who hold it; until then a revoked one may be let in here.
"""

from sqlalchemy import Connection, select

from sync.core import returning
from sync.core.clock import LATEST_MS
from sync.core.errors import Malformed, NotAuthentic
from sync.core.exchange import NONCE_BYTES
from sync.core.ids import Id
from sync.core.limits import ID_BYTES
from sync.core.returning import ReturnReply, ReturnRequest
from sync.core.signing import check_certificate
from sync.server import devices
from sync.server.certifying import check_newcomer
from sync.server.database import Database
from sync.server.decisions import Decisions
from sync.server.errors import NeedsOperator, Problem, Rejected
from sync.server.identity import Identity
from sync.server.names import proper_name
from sync.server.senders import Proven, proven
from sync.server.spent_invites import close_spent
from sync.server.tables import MEMBERS, NAMES
from sync.server.versions import check_protocol


class Returning:
    """Answers who shows a certificate; the same request again changes nothing."""

    def __init__(self, database: Database, identity: Identity, decisions: Decisions) -> None:
        self._database = database
        self._identity = identity
        self._decisions = decisions

    def returned(self, frame: bytes) -> bytes:
        """The reply frame, once the replica is known.

        Raises Rejected (NOT_AUTHENTIC where the certificate is another server's, REVOKED),
        Malformed, TooLarge, Unavailable.
        """
        sender = proven(self._identity, frame, returning.decode_return_request)
        request = sender.message
        _check(sender.replica, request)
        certificate = request.certified(sender.replica)
        try:
            check_certificate(self._identity.key.public, certificate, request.certificate)
        except NotAuthentic as error:
            raise Rejected(Problem.NOT_AUTHENTIC) from error
        with self._database.write() as connection:
            if devices.found(connection, sender.replica) is None:
                self._enter(connection, sender)
            devices.admitted(connection, sender.replica)
        reply = ReturnReply(request.nonce)
        return returning.encode_return_reply(self._identity.server, reply, sender.frame_key)

    def _enter(self, connection: Connection, sender: Proven[ReturnRequest]) -> None:
        request = sender.message
        certificate = request.certified(sender.replica)
        if devices.was_shut_out(connection, certificate):
            raise Rejected(Problem.REVOKED)
        name = _proper(request.member_name)
        if not _is_known(connection, request.member, name):
            self._decisions.keep_member(connection, request.member, name)
        group = self._decisions.enter(
            connection, certificate, request.certificate, request.computer_name
        )
        close_spent(connection, group)


def _is_known(connection: Connection, member: Id, name: str) -> bool:
    """Whether nothing need be written of the member: they are here, and have a name or get none."""
    here = select(MEMBERS.c.id).where(MEMBERS.c.id == member)
    named = select(NAMES.c.record).where(NAMES.c.record == member)
    if connection.execute(here).first() is None:
        return False
    return not name or connection.execute(named).first() is not None


def _check(replica: Id, request: ReturnRequest) -> None:
    check_protocol(request.protocol)
    if len(request.nonce) != NONCE_BYTES or len(request.member) != ID_BYTES:
        raise Malformed("nonce or id of wrong length")
    if len(request.renamed_from) not in (0, ID_BYTES):
        raise Malformed("id of wrong length")
    if not 0 <= request.certificate_ms <= LATEST_MS:
        raise Malformed("time out of range")
    check_newcomer(replica, request.public_key, request.computer_name)


def _proper(name: str) -> str:
    """The name as one may be given; empty if it is none."""
    try:
        return proper_name(name)
    except NeedsOperator:
        return ""
