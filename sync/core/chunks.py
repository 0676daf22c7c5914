"""Attachments in pieces: content cut into chunks that are named by their hash.

An attachment reference (kind `file_version`) carries the hash of the whole and the joined hashes
of its chunks, so that chunks can be fetched from anywhere, in any order, and checked one by one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import BinaryIO

from sync.core.errors import Malformed, TooLarge
from sync.core.ids import Hash
from sync.core.limits import CHUNK_BYTES, CHUNK_NAME_BYTES, HASH_BYTES, MAX_ATTACHMENT_BYTES


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to put a file together: size, hash of the whole, hashes of its chunks in order."""

    size_bytes: int
    content_hash: Hash
    chunks: tuple[Hash, ...]


def chunk_hash(content: bytes) -> Hash:
    """The name of a chunk: BLAKE2b-128 of its bytes.

    Half as long as other hashes, as every reference to a file carries one for each of its chunks;
    the hash of the whole vouches for what they make together.
    """
    return blake2b(content, digest_size=CHUNK_NAME_BYTES, person=b"cop.chunk").digest()


def cut(stream: BinaryIO) -> Iterator[bytes]:
    """The chunks of a file in order; all CHUNK_BYTES long but the last.

    Raises TooLarge past MAX_ATTACHMENT_BYTES.
    """
    size = 0
    while chunk := stream.read(CHUNK_BYTES):
        size += len(chunk)
        if size > MAX_ATTACHMENT_BYTES:
            raise TooLarge(f"file over {MAX_ATTACHMENT_BYTES} bytes")
        yield chunk


def pieces_of(content: bytes) -> Iterator[bytes]:
    """As `cut`, of a content in memory."""
    for at in range(0, len(content), CHUNK_BYTES):
        yield content[at : at + CHUNK_BYTES]


def recipe_of(chunks: Iterable[bytes]) -> Recipe:
    """The recipe of a file, from its chunks in order."""
    whole = blake2b(digest_size=HASH_BYTES, person=b"cop.content")
    names = []
    size = 0
    for chunk in chunks:
        whole.update(chunk)
        names.append(chunk_hash(chunk))
        size += len(chunk)
    return Recipe(size, whole.digest(), tuple(names))


def joined(names: Iterable[Hash]) -> bytes:
    """The hashes as one value, as `file_version.chunks` carries them."""
    return b"".join(names)


def split(names: bytes) -> tuple[Hash, ...]:
    """The hashes in a value made by `joined`.

    Raises Malformed if it does not hold whole hashes.
    """
    if len(names) % CHUNK_NAME_BYTES:
        raise Malformed("chunk list of wrong length")
    starts = range(0, len(names), CHUNK_NAME_BYTES)
    return tuple(names[at : at + CHUNK_NAME_BYTES] for at in starts)
