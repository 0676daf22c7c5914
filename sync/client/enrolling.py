"""Taking part for the first time: a code typed by a person becomes a member's replica."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sync.client import errors
from sync.core import enrolment
from sync.core.enrolment import EnrolReply, EnrolRequest
from sync.core.errors import CoreError, Malformed, NotAuthentic
from sync.core.exchange import PROTOCOL
from sync.core.ids import Id
from sync.core.signing import Certificate, check_certificate

if TYPE_CHECKING:
    from sync.client.transport import Transport  # loads `requests`


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What a replica brings: its id, its public key, and what people call the computer."""

    replica: Id
    public_key: bytes
    computer_name: str


def enrolled(transport: "Transport", typed_code: str, newcomer: Newcomer) -> EnrolReply:
    """What the server gives a new replica; asking again after a lost answer gives the same.

    Raises InvitationRefused for a code that cannot be right, and every SyncError.
    """
    try:
        code = enrolment.read_code(typed_code)
    except Malformed as error:
        raise errors.InvitationRefused(str(error)) from error
    request = EnrolRequest(
        protocol=PROTOCOL,
        code_name=enrolment.code_name(code),
        replica=newcomer.replica,
        public_key=newcomer.public_key,
        computer_name=newcomer.computer_name,
    )
    frame = transport.enrol(enrolment.encode_enrol_request(request, code))
    try:
        reply = enrolment.decode_enrol_reply(frame, code)
        certificate = Certificate(
            newcomer.replica, reply.member, newcomer.public_key, reply.certificate_ms
        )
        check_certificate(reply.server_key, certificate, reply.certificate)
    except (CoreError, NotAuthentic) as error:
        raise errors.BrokenAnswer(str(error)) from error
    return reply
