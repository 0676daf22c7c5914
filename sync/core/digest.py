"""Running digest: a 128-bit sum of hashes, so that two sides compare any interval in O(1).

Incremental multiset hashing (Clarke et al., 2003) with addition modulo 2**128. Each position keeps
the sum of everything up to it; an interval's digest is one subtraction. The zero point is
arbitrary: history that fills downwards subtracts.
"""

from collections.abc import Iterable
from hashlib import blake2b
from typing import Final, TypeAlias

from sync.core.ids import Hash

DIGEST_BYTES: Final = 16
_MODULUS: Final = 1 << (8 * DIGEST_BYTES)

Sum: TypeAlias = int


def element(group_hash: Hash) -> Sum:
    """What one group adds to the sum."""
    raw = blake2b(group_hash, digest_size=DIGEST_BYTES, person=b"cop.digest").digest()
    return int.from_bytes(raw, "big")


def extended(total: Sum, group_hash: Hash) -> Sum:
    """The sum after one more group."""
    return (total + element(group_hash)) % _MODULUS


def reduced(total: Sum, group_hash: Hash) -> Sum:
    """The sum before that group, for history that fills downwards."""
    return (total - element(group_hash)) % _MODULUS


def between(lower: Sum, upper: Sum) -> Sum:
    """The digest of the interval (lower, upper] from the sums kept at its ends."""
    return (upper - lower) % _MODULUS


def digest_of(hashes: Iterable[Hash]) -> Sum:
    """The digest of these groups, in any order."""
    total = 0
    for group_hash in hashes:
        total = extended(total, group_hash)
    return total


def to_bytes(total: Sum) -> bytes:
    """16 bytes, most significant first: the form kept in databases and sent."""
    return total.to_bytes(DIGEST_BYTES, "big")


def from_bytes(raw: bytes) -> Sum:
    """The sum kept by `to_bytes`."""
    return int.from_bytes(raw, "big")
