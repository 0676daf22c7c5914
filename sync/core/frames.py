"""Frames: a message with proof of who sent it and that it is whole.

    frame     magic, sender (16 bytes), MessagePack array, tag (16 bytes)
    tag       BLAKE2b-128 over all before it, keyed with a secret of both sides, personalised by
              direction

The tag proves that the other side is who it was at enrolment and that not a byte was changed or
lost, whatever proxies did to the connection.
"""

import hmac
from enum import Enum
from hashlib import blake2b
from typing import Final, TypeVar

import msgspec

from sync.core.errors import Malformed, NeedsNewer, NotAuthentic, TooLarge
from sync.core.ids import Id
from sync.core.limits import ID_BYTES, MAX_PAGE_BYTES, MIB

TAG_BYTES: Final = 16
MAX_FRAME_BYTES: Final = MAX_PAGE_BYTES + 2 * MIB
MAGIC: Final = b"CoP\x01"
PROTOCOL: Final = 1
"""What a request begins with, in every version: the form of the rest may follow from it."""


class _Beginning(msgspec.Struct, array_like=True):
    """What every request begins with; what follows is passed over."""

    protocol: int


Message = TypeVar("Message", bound=msgspec.Struct)


class Direction(Enum):
    """Which way and for what a frame travels; one is never valid in another direction."""

    REQUEST = b"cop.request"
    REPLY = b"cop.reply"
    ENROL_REQUEST = b"cop.enrol.ask"
    ENROL_REPLY = b"cop.enrol.say"
    RENAME_REQUEST = b"cop.rename.ask"
    RENAME_REPLY = b"cop.rename.say"
    RETURN_REQUEST = b"cop.return.ask"
    RETURN_REPLY = b"cop.return.say"


def _tag(framed: bytes, key: bytes, direction: Direction) -> bytes:
    return blake2b(framed, key=key, digest_size=TAG_BYTES, person=direction.value).digest()


def closed(sender: Id, message: msgspec.Struct, key: bytes, direction: Direction) -> bytes:
    """The frame of a message."""
    framed = MAGIC + sender + msgspec.msgpack.encode(message)
    return framed + _tag(framed, key, direction)


def sender_of(frame: bytes) -> Id:
    """The replica or server that a frame says it is from, before the tag is checked.

    Raises Malformed if this is no frame, NeedsNewer if it is one of another version, TooLarge past
    MAX_FRAME_BYTES.
    """
    if len(frame) > MAX_FRAME_BYTES:
        raise TooLarge(f"frame of {len(frame)} bytes")
    if len(frame) < len(MAGIC) + ID_BYTES + TAG_BYTES or not frame.startswith(MAGIC[:-1]):
        raise Malformed("not a frame")
    if not frame.startswith(MAGIC):
        raise NeedsNewer(f"frame of version {frame[len(MAGIC) - 1]}")
    return frame[len(MAGIC) : len(MAGIC) + ID_BYTES]


def opened(frame: bytes, form: type[Message], key: bytes, direction: Direction) -> Message:
    """The message in a frame.

    Raises Malformed, TooLarge, NeedsNewer, NotAuthentic.
    """
    sender_of(frame)
    framed, tag = frame[:-TAG_BYTES], frame[-TAG_BYTES:]
    if not hmac.compare_digest(tag, _tag(framed, key, direction)):
        raise NotAuthentic("frame tag does not hold")
    return peeked(frame, form)


def peeked(frame: bytes, form: type[Message]) -> Message:
    """The message in a frame, its tag unchecked: good only to find out which key to check with.

    Raises Malformed, TooLarge, NeedsNewer.
    """
    sender_of(frame)
    content = frame[len(MAGIC) + ID_BYTES : -TAG_BYTES]
    try:
        return msgspec.msgpack.decode(content, type=form)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        if form.__struct_fields__[0] == "protocol" and _is_of_a_later_protocol(content):
            raise NeedsNewer("a request of a later protocol") from error
        raise Malformed(f"not a {form.__name__}: {error}") from error


def _is_of_a_later_protocol(content: bytes) -> bool:
    """Whether this is a request in a form that only a newer program knows."""
    try:
        return msgspec.msgpack.decode(content, type=_Beginning).protocol > PROTOCOL
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return False
