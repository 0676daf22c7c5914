"""Another id for a replica that cannot go on under its own."""

from typing import TYPE_CHECKING

from sync.client import errors
from sync.core import renaming
from sync.core.enrolment import EnrolReply
from sync.core.errors import CoreError
from sync.core.exchange import NONCE_BYTES, PROTOCOL
from sync.core.handover import Membership, NewName
from sync.core.ids import RandomBytes
from sync.core.renaming import RenameRequest
from sync.core.signing import Certificate, check_certificate

if TYPE_CHECKING:
    from sync.client.transport import Transport  # loads `requests`


def renamed(
    transport: "Transport", old: Membership, new: NewName, random_bytes: RandomBytes
) -> EnrolReply:
    """What the server gives the replica under its new id; asking again gives the same.

    Raises every SyncError.
    """
    request = RenameRequest(
        protocol=PROTOCOL,
        nonce=random_bytes(NONCE_BYTES),
        replica=new.replica,
        public_key=new.public_key,
        computer_name=new.computer_name,
    )
    frame = renaming.encode_rename_request(old.replica, request, old.frame_key)
    answer = transport.rename(frame)
    try:
        reply = renaming.decode_rename_reply(answer, old.frame_key, request.nonce)
        certificate = Certificate(
            new.replica, reply.member, new.public_key, reply.certificate_ms, old.replica
        )
        check_certificate(reply.server_key, certificate, reply.certificate)
    except CoreError as error:
        raise errors.BrokenAnswer(str(error)) from error
    return reply
