"""Returning: a replica that the server forgot shows what the server itself certified.

A server that was put back from a backup does not know who enrolled, or was renamed, after that. Its
secrets are the same: the replica's frames are still tagged as they must be, and the certificate is
still its own. `POST /v1/return`, only after it said that it does not know the replica; asking again
changes nothing.
"""

from typing import Final

import msgspec

from sync.core import frames
from sync.core.errors import NotAuthentic
from sync.core.frames import Direction
from sync.core.ids import Id
from sync.core.signing import Certificate

MEDIA_TYPE: Final = "application/vnd.cop.return"


class ReturnRequest(msgspec.Struct, frozen=True, array_like=True):
    """What a replica shows. certificate: the server's signature; see `Certificate` for the rest.

    nonce: `sync.core.exchange.NONCE_BYTES`, never used before. member_name: at enrolment; empty
    where the directory that the replica holds tells it.
    """

    protocol: int
    nonce: bytes
    member: Id
    public_key: bytes
    certificate_ms: int
    certificate: bytes
    renamed_from: Id
    member_name: str
    computer_name: str

    def certified(self, replica: Id) -> Certificate:
        """What the server must have signed. replica: who sends this."""
        return Certificate(
            replica, self.member, self.public_key, self.certificate_ms, self.renamed_from
        )


class ReturnReply(msgspec.Struct, frozen=True, array_like=True):
    """The server knows the replica from now on. nonce: of the request."""

    nonce: bytes


def encode_return_request(replica: Id, request: ReturnRequest, key: bytes) -> bytes:
    """The frame of a request, tagged with the replica's frame key."""
    return frames.closed(replica, request, key, Direction.RETURN_REQUEST)


def decode_return_request(frame: bytes, key: bytes) -> ReturnRequest:
    """The request in a frame; `frames.sender_of` tells whose key to take.

    Raises Malformed, TooLarge, NotAuthentic.
    """
    return frames.opened(frame, ReturnRequest, key, Direction.RETURN_REQUEST)


def encode_return_reply(server: Id, reply: ReturnReply, key: bytes) -> bytes:
    """The frame of a reply, tagged with the frame key of the replica it is for."""
    return frames.closed(server, reply, key, Direction.RETURN_REPLY)


def check_return_reply(frame: bytes, key: bytes, nonce: bytes) -> None:
    """Return if this is the server's yes to the request with this nonce.

    Raises Malformed, TooLarge, NotAuthentic.
    """
    if frames.opened(frame, ReturnReply, key, Direction.RETURN_REPLY).nonce != nonce:
        raise NotAuthentic("reply to another request")
