"""Hashes, ids, keys, digests: the table of the section "Bytes"."""

from hashlib import blake2b

from tests.support.second.packed import packed


def hashed(size: int, person: str, over: bytes, key: bytes = b"") -> bytes:
    """BLAKE2b of so many bytes."""
    return blake2b(over, digest_size=size, person=person.encode(), key=key).digest()


def name_of(group: bytes) -> bytes:
    """The name of the group with these bytes."""
    return hashed(32, "cop.group", group)


def created_id(space: bytes, replica: bytes, seq: int, clock: int, operation: int) -> bytes:
    """The id of the record that an operation makes."""
    place = packed([space, replica, seq, clock, operation])
    return as_uuid((clock >> 16).to_bytes(6, "big") + hashed(10, "cop.created", place), 7)


def natural_id(*key: object) -> bytes:
    """The id of what has this natural key."""
    return as_uuid(hashed(16, "cop.natural", packed(list(key))), 8)


def as_uuid(raw: bytes, version: int) -> bytes:
    """The bytes with the bits of version and variant set."""
    head, middle = raw[6] & 0x0F | version << 4, raw[8] & 0x3F | 0x80
    return raw[:6] + bytes([head]) + raw[7:8] + bytes([middle]) + raw[9:]


def digest_of(names: list[bytes]) -> bytes:
    """The digest of an interval with these groups."""
    total = sum(int.from_bytes(hashed(16, "cop.digest", name), "big") for name in names)
    return (total % (1 << 128)).to_bytes(16, "big")


def code_key(code: str) -> bytes:
    """The key that an invitation code stands for."""
    return hashed(32, "cop.code.key", code.encode())


def code_name(code: str) -> bytes:
    """What of a code is sent."""
    return hashed(16, "cop.code.name", code_key(code))


def code_of(random: str) -> str:
    """The code with these ten characters."""
    letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    check = int.from_bytes(hashed(2, "cop.code", random.encode()), "big")
    whole = random + letters[check >> 5 & 31] + letters[check & 31]
    return "-".join((whole[:4], whole[4:8], whole[8:]))


def chunk_name(content: bytes) -> bytes:
    """The name of a chunk."""
    return hashed(16, "cop.chunk", content)


def content_hash(content: bytes) -> bytes:
    """The hash of a whole file."""
    return hashed(32, "cop.content", content)
