"""Chunk requests: who asks is proven by a header, since chunks travel as they are.

    Authorization: CoP <replica hex>:<tag hex>

The tag is BLAKE2b-128, keyed with the replica's frame key, over method, path and body.
"""

import hmac
import re
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

import msgspec

from sync.core.ids import Hash
from sync.server import chunks, devices
from sync.server.chunks import ChunkFolder
from sync.server.database import Database
from sync.server.devices import Device
from sync.server.errors import Problem, Rejected
from sync.server.identity import Identity

MOST_ASKED: Final = 5000
MAX_LIST_BYTES: Final = MOST_ASKED * 34 + 5
_TAG_BYTES: Final = 16
_HEADER: Final = re.compile(r"CoP ([0-9a-f]{32}):([0-9a-f]{32})")


@dataclass(frozen=True, slots=True)
class ChunkCall:
    """What a replica asks. authorization: its header of that name."""

    method: str
    path: str
    authorization: str
    body: bytes = b""

    def signed(self) -> bytes:
        """The bytes under the tag."""
        parts = [self.method.encode(), self.path.encode(), *([self.body] if self.body else [])]
        return b" ".join(parts)


class ChunkAccess:
    """Answers chunk requests. Every method may run in any thread, and blocks."""

    def __init__(self, database: Database, identity: Identity, folder: ChunkFolder) -> None:
        self._database = database
        self._identity = identity
        self._folder = folder

    def put(self, call: ChunkCall, chunk: Hash) -> None:
        """Keep the body as a chunk; it is durable once this returns.

        Raises Rejected, Unavailable.
        """
        self._check_allowed(self._device(call), chunk)
        self._folder.keep(chunk, call.body)

    def got(self, call: ChunkCall, chunk: Hash) -> bytes:
        """A chunk's content.

        Raises Rejected, Unavailable.
        """
        self._check_allowed(self._device(call), chunk)
        return self._folder.read(chunk)

    def missing(self, call: ChunkCall) -> bytes:
        """Which of the chunks listed in the body are not here for this replica, as such a list.

        Raises Rejected, Unavailable.
        """
        device = self._device(call)
        try:
            asked = msgspec.msgpack.decode(call.body, type=list[bytes])
        except msgspec.MsgspecError as error:
            raise Rejected(Problem.MALFORMED) from error
        if len(asked) > MOST_ASKED:
            raise Rejected(Problem.TOO_LARGE)
        allowed = self._allowed(device, asked)
        lacking = [c for c in asked if c not in allowed or not self._folder.has(c)]
        return msgspec.msgpack.encode(lacking)

    def _device(self, call: ChunkCall) -> Device:
        match = _HEADER.fullmatch(call.authorization)
        if match is None:
            raise Rejected(Problem.NOT_AUTHENTIC)
        replica, tag = map(bytes.fromhex, match.groups())
        key = self._identity.frame_key(replica)
        right = blake2b(call.signed(), key=key, digest_size=_TAG_BYTES, person=b"cop.chunk")
        if not hmac.compare_digest(tag, right.digest()):
            raise Rejected(Problem.NOT_AUTHENTIC)
        with self._database.read() as connection:
            return devices.admitted(connection, replica)

    def _check_allowed(self, device: Device, chunk: Hash) -> None:
        if not self._allowed(device, [chunk]):
            raise Rejected(Problem.UNKNOWN_CHUNK)

    def _allowed(self, device: Device, asked: list[Hash]) -> set[Hash]:
        with self._database.read() as connection:
            return chunks.allowed(connection, device.member, self._identity.directory, asked)
