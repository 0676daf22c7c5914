"""Renaming: a replica that cannot go on under its id is given another one.

A copied folder and its original have one id between them; so has a laptop that was put back from a
backup and its own past. Whoever notices asks, under the old id, for a certificate of a new one.
`POST /v1/rename`; asking again with the same gives the same answer.
"""

from typing import Final

import msgspec

from sync.core import frames
from sync.core.enrolment import EnrolReply
from sync.core.errors import NotAuthentic
from sync.core.frames import Direction
from sync.core.ids import Id

MEDIA_TYPE: Final = "application/vnd.cop.rename"


class RenameRequest(msgspec.Struct, frozen=True, array_like=True):
    """What a replica wants to be called. replica, public_key: the new ones.

    nonce: `sync.core.exchange.NONCE_BYTES`, never used before.
    """

    protocol: int
    nonce: bytes
    replica: Id
    public_key: bytes
    computer_name: str


class RenameReply(msgspec.Struct, frozen=True, array_like=True):
    """What enrolling the new replica would have given. nonce: of the request."""

    nonce: bytes
    enrolled: EnrolReply


def encode_rename_request(old: Id, request: RenameRequest, key: bytes) -> bytes:
    """The frame of a request. old, key: the present id, and the frame key that goes with it."""
    return frames.closed(old, request, key, Direction.RENAME_REQUEST)


def decode_rename_request(frame: bytes, key: bytes) -> RenameRequest:
    """The request in a frame; `frames.sender_of` tells whose key to take.

    Raises Malformed, TooLarge, NotAuthentic.
    """
    return frames.opened(frame, RenameRequest, key, Direction.RENAME_REQUEST)


def encode_rename_reply(server: Id, reply: RenameReply, key: bytes) -> bytes:
    """The frame of a reply. key: frame key of the old id."""
    return frames.closed(server, reply, key, Direction.RENAME_REPLY)


def decode_rename_reply(frame: bytes, key: bytes, nonce: bytes) -> EnrolReply:
    """The reply in a frame.

    Raises Malformed, TooLarge, NotAuthentic; the last also if it answers another request.
    """
    reply = frames.opened(frame, RenameReply, key, Direction.RENAME_REPLY)
    if reply.nonce != nonce:
        raise NotAuthentic("reply to another request")
    return reply.enrolled
