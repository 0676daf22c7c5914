"""Enrolment: the invitation code that can be read out over a phone, and the two messages.

A code is twelve characters of Crockford's base 32 in groups of four: ten random (50 bits), two
that check the rest. What people mix up (O and 0, I, L and 1, case, spaces, hyphens) is read as the
same.
"""

from hashlib import blake2b
from typing import Final

import msgspec

from sync.core import frames
from sync.core.errors import Malformed
from sync.core.frames import Direction
from sync.core.ids import Id, RandomBytes

MEDIA_TYPE: Final = "application/vnd.cop.enrol"
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SAME: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V", " ": None, "-": None})
_RANDOM_CHARACTERS: Final = 10
_CHECK_CHARACTERS: Final = 2
_GROUP: Final = 4


def _written(number: int, characters: int) -> str:
    return "".join(_ALPHABET[(number >> 5 * at) & 31] for at in reversed(range(characters)))


def _check(characters: str) -> str:
    raw = blake2b(characters.encode(), digest_size=2, person=b"cop.code").digest()
    return _written(int.from_bytes(raw, "big"), _CHECK_CHARACTERS)


def new_code(random_bytes: RandomBytes) -> str:
    """A new code as it is shown: 'XXXX-XXXX-XXXX'."""
    number = int.from_bytes(random_bytes(7), "big")
    characters = _written(number, _RANDOM_CHARACTERS)
    characters += _check(characters)
    return "-".join(characters[at : at + _GROUP] for at in range(0, len(characters), _GROUP))


def read_code(typed: str) -> str:
    """The code that somebody typed, in the form that `new_code` gives.

    Raises Malformed if a character was missed, mixed up or mistyped.
    """
    characters = typed.upper().translate(_SAME)
    random, check = characters[:_RANDOM_CHARACTERS], characters[_RANDOM_CHARACTERS:]
    if len(characters) != _RANDOM_CHARACTERS + _CHECK_CHARACTERS or check != _check(random):
        raise Malformed("not an invitation code")
    return "-".join(characters[at : at + _GROUP] for at in range(0, len(characters), _GROUP))


def code_key(code: str) -> bytes:
    """The secret that the code (as `read_code` gives it) stands for: it tags both messages."""
    return blake2b(code.encode(), digest_size=32, person=b"cop.code.key").digest()


def code_name(code: str) -> bytes:
    """What the server looks an invitation up by, and all of the code that is sent."""
    return blake2b(code_key(code), digest_size=16, person=b"cop.code.name").digest()


class EnrolRequest(msgspec.Struct, frozen=True, array_like=True):
    """Asked once by a new replica; asking again with the same gives the same answer."""

    protocol: int
    code_name: bytes
    replica: Id
    public_key: bytes
    computer_name: str


class EnrolReply(msgspec.Struct, frozen=True, array_like=True):
    """All that a replica needs to take part.

    frame_key: secret shared with the server (`sync.core.exchange`). certificate_ms, certificate:
    when and how the server certified the replica's key (`sync.core.signing.Certificate`).
    """

    server: Id
    server_name: str
    server_key: bytes
    epoch: bytes
    member: Id
    member_name: str
    frame_key: bytes
    certificate_ms: int
    certificate: bytes
    directory: Id
    personal: Id


def encode_enrol_request(request: EnrolRequest, code: str) -> bytes:
    """The frame of a request, tagged with the code."""
    return frames.closed(request.replica, request, code_key(code), Direction.ENROL_REQUEST)


def peek_enrol_request(frame: bytes) -> EnrolRequest:
    """The request in a frame whose tag is not checked yet, to look the invitation up."""
    return frames.peeked(frame, EnrolRequest)


def decode_enrol_request(frame: bytes, key: bytes) -> EnrolRequest:
    """The request in a frame. key: `code_key` of the invitation.

    Raises Malformed, TooLarge, NotAuthentic.
    """
    return frames.opened(frame, EnrolRequest, key, Direction.ENROL_REQUEST)


def encode_enrol_reply(reply: EnrolReply, key: bytes) -> bytes:
    """The frame of a reply. key: `code_key` of the invitation."""
    return frames.closed(reply.server, reply, key, Direction.ENROL_REPLY)


def decode_enrol_reply(frame: bytes, code: str) -> EnrolReply:
    """The reply in a frame: from a server that knows the code, so from the one that invited.

    Raises Malformed, TooLarge, NotAuthentic.
    """
    return frames.opened(frame, EnrolReply, code_key(code), Direction.ENROL_REPLY)
