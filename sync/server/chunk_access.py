"""Chunk requests: who asks is proven by a header (`sync.core.chunk_calls`)."""

import hmac
from dataclasses import dataclass
from typing import Final

import msgspec

from sync.core.chunk_calls import ChunkCall, closed_answer, read_authorization
from sync.core.errors import Malformed
from sync.core.ids import Hash
from sync.core.limits import ID_BYTES, MAX_CHUNKS_ASKED
from sync.server import chunks, devices, spaces
from sync.server.chunks import ChunkFolder
from sync.server.database import Database
from sync.server.devices import Device
from sync.server.errors import Problem, Rejected
from sync.server.identity import Identity
from sync.server.patched_files import PatchedFiles, file_reference

MAX_LIST_BYTES: Final = MAX_CHUNKS_ASKED * 34 + 5


@dataclass(frozen=True, slots=True)
class ChunkRequest:
    """What a replica asks. authorization: its header of that name."""

    method: str
    path: str
    authorization: str
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class _Proven:
    """Who asks. tag: of the request, which the answer names. key: that both tags are made with."""

    device: Device
    tag: bytes
    key: bytes

    def answer(self, content: bytes) -> bytes:
        return closed_answer(content, self.tag, self.key)


class ChunkAccess:
    """Answers chunk requests. Every method may run in any thread, and blocks."""

    def __init__(self, database: Database, identity: Identity, folder: ChunkFolder) -> None:
        self._database = database
        self._identity = identity
        self._folder = folder
        self._patched = PatchedFiles(folder)

    def put(self, request: ChunkRequest, chunk: Hash, start: int, content: bytes) -> bytes:
        """The answer once a chunk is kept; it is durable then.

        content: from `start` on; what is before it was held when a connection broke. Its name, in
        the path that the request's tag is over, proves it. Raises Rejected, Unavailable.
        """
        proven = self._proven(request)
        self._check_allowed(proven.device, chunk)
        replica = proven.device.replica
        before = self._folder.held(replica, chunk)[:start] if start else b""
        try:
            self._folder.keep(chunk, before + content)
        finally:
            self._folder.let_go(replica, chunk)
        return proven.answer(b"")

    def hold(self, request: ChunkRequest, chunk: Hash, start: int, part: bytes) -> None:
        """Remember what came of a chunk before the connection broke.

        Raises Rejected, Unavailable.
        """
        proven = self._proven(request)
        self._check_allowed(proven.device, chunk)
        if self._folder.has(chunk):  # sent again while this request hung
            return
        before = self._folder.held(proven.device.replica, chunk)
        if len(before) >= start and len(before) < start + len(part):
            self._folder.hold(proven.device.replica, chunk, before[:start] + part)

    def held(self, request: ChunkRequest) -> bytes:
        """The answer with how many bytes came of the chunk named in the body; nil where it is kept.

        Kept it may be since its own connection broke after all of it had come. Raises Rejected,
        Unavailable.
        """
        proven = self._proven(request)
        self._check_allowed(proven.device, request.body)
        held: int | None = None
        if not self._folder.has(request.body):
            held = len(self._folder.held(proven.device.replica, request.body))
        return proven.answer(msgspec.msgpack.encode(held))

    def got(self, request: ChunkRequest, chunk: Hash, start: int) -> bytes:
        """The answer with a chunk's content from `start` on.

        Raises Rejected, Unavailable.
        """
        proven = self._proven(request)
        self._check_allowed(proven.device, chunk)
        return proven.answer(self._folder.read(chunk)[start:])

    def missing(self, request: ChunkRequest) -> bytes:
        """The answer with those of the chunks listed in the body that are not here for the replica.

        Raises Rejected, Unavailable.
        """
        proven = self._proven(request)
        try:
            asked = msgspec.msgpack.decode(request.body, type=list[bytes])
        except msgspec.MsgspecError as error:
            raise Rejected(Problem.MALFORMED) from error
        if len(asked) > MAX_CHUNKS_ASKED:
            raise Rejected(Problem.TOO_LARGE)
        allowed = self._allowed(proven.device, asked)
        lacking = [c for c in asked if c not in allowed or not self._folder.has(c)]
        return proven.answer(msgspec.msgpack.encode(lacking))

    def patched(self, request: ChunkRequest) -> bytes:
        """The answer with the chunks that a file, named in the body, still lacks here.

        Of its patch, if the server can make the content by it; it does so once none is lacking.
        Raises Rejected, Unavailable.
        """
        proven = self._proven(request)
        if len(request.body) != 2 * ID_BYTES:
            raise Rejected(Problem.MALFORMED)
        space, file = request.body[:ID_BYTES], request.body[ID_BYTES:]
        with self._database.read() as connection:
            member, directory = proven.device.member, self._identity.directory
            if space not in {held.id for held in spaces.readable(connection, member, directory)}:
                raise Rejected(Problem.UNKNOWN_CHUNK)
            reference = file_reference(connection, space, file)
        return proven.answer(msgspec.msgpack.encode(self._patched.lacking(reference)))

    def _proven(self, request: ChunkRequest) -> _Proven:
        try:
            said = read_authorization(request.authorization)
        except Malformed as error:
            raise Rejected(Problem.NOT_AUTHENTIC) from error
        key = self._identity.frame_key(said.replica)
        right = ChunkCall(request.method, request.path, said.nonce, request.body).tag(key)
        if not hmac.compare_digest(said.tag, right):
            raise Rejected(Problem.NOT_AUTHENTIC)
        with self._database.read() as connection:
            return _Proven(devices.admitted(connection, said.replica), right, key)

    def _check_allowed(self, device: Device, chunk: Hash) -> None:
        if not self._allowed(device, [chunk]):
            raise Rejected(Problem.UNKNOWN_CHUNK)

    def _allowed(self, device: Device, asked: list[Hash]) -> set[Hash]:
        with self._database.read() as connection:
            return chunks.allowed(connection, device.member, self._identity.directory, asked)
