"""Showing the server what it certified, after it said that it does not know this replica."""

from typing import TYPE_CHECKING

from sync.client import errors
from sync.core import returning
from sync.core.errors import CoreError
from sync.core.exchange import NONCE_BYTES, PROTOCOL
from sync.core.handover import Credentials, Membership
from sync.core.ids import RandomBytes
from sync.core.returning import ReturnRequest

if TYPE_CHECKING:
    from sync.client.transport import Transport  # loads `requests`


def come_back(
    transport: "Transport", who: Membership, shown: Credentials, random_bytes: RandomBytes
) -> None:
    """Return once the server knows this replica again.

    Raises every SyncError: Revoked where it must not, OtherServer where the server is another one.
    """
    request = ReturnRequest(
        protocol=PROTOCOL,
        nonce=random_bytes(NONCE_BYTES),
        member=shown.member,
        public_key=shown.public_key,
        certificate_ms=shown.certificate_ms,
        certificate=shown.certificate,
        renamed_from=shown.renamed_from,
        member_name=shown.member_name,
        computer_name=shown.computer_name,
    )
    frame = returning.encode_return_request(who.replica, request, who.frame_key)
    try:
        answer = transport.come_back(frame)
    except errors.NotHere as error:  # a server of a version that does not know of this
        raise errors.UnknownReplica(str(error)) from error
    try:
        returning.check_return_reply(answer, who.frame_key, request.nonce)
    except CoreError as error:
        raise errors.BrokenAnswer(str(error)) from error
