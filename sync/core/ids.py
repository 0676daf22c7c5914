"""Names of things: 128-bit ids as 16 bytes, and hashes as 32 bytes.

Three ways to come by an id, each a valid UUID (RFC 9562):
`random_id` for replicas and spaces (version 4), `created_id` for a record made by an
operation (version 7, its random bits derived from the group that makes it, so that the wire
need not carry it), `natural_id` for a record with a natural key (version 8, a hash of the key).
"""

import uuid
from collections.abc import Callable
from hashlib import blake2b
from typing import NamedTuple, TypeAlias

import msgspec

from sync.core.errors import Malformed
from sync.core.limits import HASH_BYTES, ID_BYTES

Id: TypeAlias = bytes
Hash: TypeAlias = bytes
RandomBytes: TypeAlias = Callable[[int], bytes]

NO_ID: Id = bytes(ID_BYTES)
NO_HASH: Hash = bytes(HASH_BYTES)

_key_encoder = msgspec.msgpack.Encoder()


def _as_uuid(raw: bytes, version: int) -> Id:
    value = bytearray(raw)
    value[6] = (value[6] & 0x0F) | (version << 4)
    value[8] = (value[8] & 0x3F) | 0x80
    return bytes(value)


def random_id(random_bytes: RandomBytes) -> Id:
    """A new version 4 UUID from the given source of randomness."""
    return _as_uuid(random_bytes(ID_BYTES), 4)


class Maker(NamedTuple):
    """The place of a group that makes records. clock: its hybrid clock (`sync.core.clock`)."""

    space: Id
    replica: Id
    seq: int
    clock: int


def created_id(maker: Maker, op_index: int) -> Id:
    """The id of the record that operation `op_index` of a group creates.

    Sorts by time like any version 7 UUID. Unique because the replica's id is random and
    (space, replica, seq, op_index) names one operation; but for copies of one replica, which are
    told apart by the salt of the clock.
    """
    key = _key_encoder.encode([maker.space, maker.replica, maker.seq, maker.clock, op_index])
    tail = blake2b(key, digest_size=10, person=b"cop.created").digest()
    return _as_uuid((maker.clock >> 16).to_bytes(6, "big") + tail, 7)


def natural_id(kind: int, *key: Id | str | int) -> Id:
    """The id of the record of `kind` with this natural key: the same on every replica."""
    raw = _key_encoder.encode([kind, *key])
    return _as_uuid(blake2b(raw, digest_size=ID_BYTES, person=b"cop.natural").digest(), 8)


def id_text(value: Id) -> str:
    """The id as people and scripts see it: 8-4-4-4-12 hexadecimal digits."""
    return str(uuid.UUID(bytes=value))


def parse_id(text: str) -> Id:
    """The id written by `id_text`.

    Raises Malformed if `text` is not a UUID.
    """
    try:
        return uuid.UUID(text.strip()).bytes
    except ValueError as error:
        raise Malformed(f"not an id: {text[:60]!r}") from error
