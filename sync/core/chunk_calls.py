"""Requests for chunks and their answers: who asks and who answers is proven, chunk by chunk.

    header    Authorization: CoP <replica>:<nonce>:<tag>, all in hexadecimal digits
    tag       BLAKE2b-128 over method, space, path, space, nonce, body; without the body where a
              chunk is put, as its name in the path tells what it is
    answer    content, tag of the answer
    its tag   BLAKE2b-128 over the tag of the request, content

Both are keyed with the replica's frame key and personalised by direction. So an empty answer that
some proxy makes up is no receipt, nor is one that it kept from before.
"""

import hmac
import re
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from sync.core.errors import Malformed, NotAuthentic
from sync.core.ids import Id

MEDIA_TYPE: Final = "application/octet-stream"
NONCE_BYTES: Final = 8
TAG_BYTES: Final = 16
_ASKED: Final = b"cop.chunk.ask"
_SAID: Final = b"cop.chunk.say"
_HEADER: Final = re.compile(r"CoP ([0-9a-f]{32}):([0-9a-f]{16}):([0-9a-f]{32})")


@dataclass(frozen=True, slots=True)
class Authorization:
    """Who asks, unproven. tag: of the request."""

    replica: Id
    nonce: bytes
    tag: bytes

    def header(self) -> str:
        """The value of the header of that name."""
        return f"CoP {self.replica.hex()}:{self.nonce.hex()}:{self.tag.hex()}"


def read_authorization(header: str) -> Authorization:
    """What `Authorization.header` says.

    Raises Malformed.
    """
    match = _HEADER.fullmatch(header)
    if match is None:
        raise Malformed("not the authorization of a chunk request")
    return Authorization(*map(bytes.fromhex, match.groups()))


@dataclass(frozen=True, slots=True)
class ChunkCall:
    """One request. path: from the root of the server. nonce: of NONCE_BYTES, never used before."""

    method: str
    path: str
    nonce: bytes
    body: bytes = b""

    def tag(self, key: bytes) -> bytes:
        """Proof that the replica with this frame key asks just this."""
        head = f"{self.method} {self.path} ".encode()
        return _tag(head + self.nonce + self.body, key, _ASKED)


def closed_answer(content: bytes, asked: bytes, key: bytes) -> bytes:
    """The answer with this content. asked: tag of the request."""
    return content + _tag(asked + content, key, _SAID)


def opened_answer(answer: bytes, asked: bytes, key: bytes) -> bytes:
    """The content of the answer to the request with this tag.

    Raises NotAuthentic.
    """
    content, tag = answer[:-TAG_BYTES], answer[-TAG_BYTES:]
    if not hmac.compare_digest(tag, _tag(asked + content, key, _SAID)):
        raise NotAuthentic("answer about a chunk is not the server's to this request")
    return content


def _tag(content: bytes, key: bytes, direction: bytes) -> bytes:
    return blake2b(content, key=key, digest_size=TAG_BYTES, person=direction).digest()
