"""Frames and what is in them, the calls about chunks, and patches."""

from typing import Any, NamedTuple

import zstandard

from tests.support.second.names import hashed
from tests.support.second.packed import packed, unpacked_loosely

MAGIC = b"CoP\x01"


def frame(sender: bytes, message: list[Any], key: bytes, person: str) -> bytes:
    """A message on its way. person: of the direction, as in `cop.request`."""
    head = MAGIC + sender + packed(message)
    return head + hashed(16, person, head, key)


def read_frame(raw: bytes, key: bytes, person: str) -> tuple[bytes, list[Any]]:
    """Sender and message. Raises ValueError if the tag does not hold."""
    if not raw.startswith(MAGIC) or raw[-16:] != hashed(16, person, raw[:-16], key):
        raise ValueError("not a frame, or not from who says so")
    message = unpacked_loosely(raw[20:-16])
    return raw[4:20], message


class Reply(NamedTuple):
    """What a server answers to a sync request."""

    epoch: bytes
    nonce: bytes
    now_ms: int
    results: list[list[Any]]
    spaces: list[list[Any]]
    lost: list[bytes]
    page: bytes
    more: bool
    number: int = 0
    follows: bool = False


class Enrolled(NamedTuple):
    """What a server answers to who enrols."""

    server: bytes
    server_name: str
    server_key: bytes
    epoch: bytes
    member: bytes
    member_name: str
    frame_key: bytes
    issued_ms: int
    certificate: bytes
    directory: bytes
    personal: bytes


def frames_in(body: bytes) -> list[bytes]:
    """The frames of an answer: one, or those of a series."""
    if body.startswith(MAGIC):
        return [body]
    found, at = [], 0
    while at < len(body):
        size = int.from_bytes(body[at : at + 4], "big")
        found.append(body[at + 4 : at + 4 + size])
        at += 4 + size
    return found


def reply_in(message: list[Any]) -> Reply:
    """The reply, without what only a newer program knows."""
    return Reply(*message[: len(Reply._fields)])


def enrolled_in(message: list[Any]) -> Enrolled:
    """The reply, without what only a newer program knows."""
    return Enrolled(*message[: len(Enrolled._fields)])


def chunk_tag(method: str, path: str, nonce: bytes, body: bytes, key: bytes) -> bytes:
    """The tag of a request about chunks."""
    over = f"{method} {path} ".encode() + nonce + (b"" if method == "PUT" else body)
    return hashed(16, "cop.chunk.ask", over, key)


def authorization(replica: bytes, nonce: bytes, tag: bytes) -> str:
    """The header of that name."""
    return f"CoP {replica.hex()}:{nonce.hex()}:{tag.hex()}"


def chunk_answer(raw: bytes, tag: bytes, key: bytes) -> bytes:
    """The content of the answer to the request with this tag. Raises ValueError."""
    content = raw[:-16]
    if raw[-16:] != hashed(16, "cop.chunk.say", tag + content, key):
        raise ValueError("not the answer to this request")
    return content


def patched(old: bytes, patch: bytes) -> bytes:
    """The new content."""
    if patch[0] != 1:
        raise ValueError(f"a patch of version {patch[0]}")
    numbers, literals = unpacked_loosely(
        zstandard.ZstdDecompressor().decompress(patch[1:], 1 << 28)
    )
    new, taken, copied = b"", 0, 0
    for at in range(0, len(numbers), 3):
        count, step, length = numbers[at : at + 3]
        new += literals[taken : taken + count]
        taken += count
        start = copied + step
        copied = start + length
        new += old[start:copied]
    return new + literals[taken:]
