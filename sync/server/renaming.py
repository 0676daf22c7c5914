"""Renaming: a replica that cannot go on under its id gets a certificate for another one."""

from sync.core import renaming
from sync.core.errors import Malformed
from sync.core.exchange import NONCE_BYTES
from sync.core.renaming import RenameReply, RenameRequest
from sync.server import devices
from sync.server.certifying import Certifying, check_newcomer
from sync.server.database import Database
from sync.server.decisions import Newcomer
from sync.server.identity import Identity
from sync.server.senders import proven
from sync.server.versions import check_protocol


class Renaming:
    """Answers requests for another id; the same request again gets the same answer.

    The replica of the old id keeps its access: a copy and its original have one id between them,
    and either may be the one that asks.
    """

    def __init__(self, database: Database, identity: Identity, certifying: Certifying) -> None:
        self._database = database
        self._identity = identity
        self._certifying = certifying

    def renamed(self, frame: bytes) -> bytes:
        """The reply frame, once everybody may learn of the new replica.

        Raises Rejected, Malformed, TooLarge, Unavailable.
        """
        sender = proven(self._identity, frame, renaming.decode_rename_request)
        old, request = sender.replica, sender.message
        _check(request)
        with self._database.write() as connection:
            device = devices.admitted(connection, old)
            newcomer = Newcomer(
                request.replica, device.member, request.public_key, request.computer_name, old
            )
            enrolled = self._certifying.certified(connection, newcomer)
        reply = RenameReply(request.nonce, enrolled)
        return renaming.encode_rename_reply(self._identity.server, reply, sender.frame_key)


def _check(request: RenameRequest) -> None:
    check_protocol(request.protocol)
    if len(request.nonce) != NONCE_BYTES:
        raise Malformed("nonce of wrong length")
    check_newcomer(request.replica, request.public_key, request.computer_name)
