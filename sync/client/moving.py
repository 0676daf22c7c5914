"""Chunks of attachments, one at a time, so that what is small gets its turn between them."""

from collections import deque
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

from sync.client import errors
from sync.client.ports import ReplicaPort
from sync.core import chunk_calls
from sync.core.budget import Permits
from sync.core.chunk_calls import Authorization, ChunkCall
from sync.core.chunks import chunk_hash
from sync.core.errors import NotAuthentic
from sync.core.handover import PatchedFile, Piece
from sync.core.ids import Hash, Id, RandomBytes

if TYPE_CHECKING:
    from sync.client.transport import Transport

ChangedT = TypeVar("ChangedT")


class Moving(Generic[ChangedT]):
    """Moves what the store says waits. For one thread."""

    def __init__(
        self, store: ReplicaPort[ChangedT], transport: "Transport", random_bytes: RandomBytes
    ) -> None:
        self._store = store
        self._transport = transport
        self._random_bytes = random_bytes
        self._lacking: deque[Hash] = deque()
        """What the server said that it lacks, as far as it has not been sent since."""
        self._begun: set[Id] = set()
        """Files whose patch was tried: of those the server is asked before more is sent."""
        self._cut: Hash = b""
        """The chunk at which the connection broke on its way up: of it the server has a part."""
        self._coming: Hash = b""
        self._came = b""
        """The same on the way down: which chunk, and what came of it."""
        self.round_trips = 0

    def waits(self, permits: Permits) -> bool:
        """Whether something waits to be moved, and may be."""
        return self._may_send(permits) or self._next_piece(permits) is not None

    def step(self, permits: Permits) -> ChangedT | None:
        """Move one chunk, or learn which the server lacks; what changed here, None if nothing.

        Raises SyncError, and the store's errors.
        """
        if permits.send:
            if self._lacking:
                self._send(self._lacking.popleft())
                return None
            patched = self._store.next_patched()
            if patched is not None:
                self._ask_patched(patched)
                return None
            unsure = self._store.ask_missing()
            if unsure:
                self._ask_missing(unsure)
                return None
        piece = self._next_piece(permits)
        return None if piece is None else self._fetch(piece)

    def _may_send(self, permits: Permits) -> bool:
        if not permits.send:
            return False
        return bool(
            self._lacking or self._store.ask_missing() or self._store.next_patched() is not None
        )

    def _next_piece(self, permits: Permits) -> Piece | None:
        return self._store.next_piece(cheap=permits.fetch)

    def _ask_missing(self, unsure: list[Hash]) -> None:
        answer = self._call("POST", "/v1/chunks/missing", msgspec.msgpack.encode(unsure))
        lacking = set(_names(answer))
        self._store.note_lacking(unsure, lacking)
        self._store.note_present([chunk for chunk in unsure if chunk not in lacking])
        self._lacking.extend(chunk for chunk in unsure if chunk in lacking)
        if self._lacking:
            self._send(self._lacking.popleft())

    def _ask_patched(self, patched: PatchedFile) -> None:
        if patched.file not in self._begun and len(patched.chunks) == 1:
            self._begun.add(patched.file)  # nobody else has it, so asking first would be for naught
            self._send(patched.chunks[0])
            return
        self._begun.add(patched.file)
        body = patched.space + patched.file
        lacking = _names(self._call("POST", "/v1/chunks/patched", body))
        if not lacking:
            self._store.note_made(patched.file)
        elif set(lacking) <= set(patched.chunks):
            self._lacking.extend(lacking)
        else:
            self._store.send_whole(patched.file)

    def _send(self, chunk: Hash) -> None:
        content = self._store.read_chunk(chunk)
        try:
            held = self._held(chunk) if chunk == self._cut else 0
            if held is not None:
                start = min(held, len(content) - 1)
                self._call("PUT", _path(chunk, start), content[start:])
        except errors.NotHere:
            self._lacking.clear()  # no longer ours to send: the store knows what still is
            raise
        except errors.SyncError as error:
            self._lacking.appendleft(chunk)
            if isinstance(error, errors.CutOff | errors.Silence):
                self._cut = chunk
            elif not isinstance(error, errors.NoAnswer):  # else the part is still there
                self._cut = b""
            raise
        self._cut = b""
        self._store.note_present([chunk])

    def _held(self, chunk: Hash) -> int | None:
        """How much came of a chunk at which the connection broke; None if the server keeps it."""
        answer = self._call("POST", "/v1/chunks/held", chunk)
        try:
            held = msgspec.msgpack.decode(answer, type=int | None)
        except msgspec.MsgspecError as error:
            raise errors.BrokenAnswer("length of a part") from error
        return None if held is None else max(0, held)

    def _fetch(self, piece: Piece) -> ChangedT | None:
        before = self._came if piece.chunk == self._coming else b""
        try:
            content = before + self._call("GET", _path(piece.chunk, len(before)))
        except errors.NotHere:
            content = b""
        except errors.CutOff as error:
            # The last of it may be of the tag, which is over what was asked for this time.
            self._coming = piece.chunk
            self._came = before + error.came[: -chunk_calls.TAG_BYTES]
            raise
        self._coming = self._came = b""
        if chunk_hash(content) == piece.chunk:
            return self._store.keep_chunk(piece.chunk, content)
        if before:  # it may be what came first that is wrong: then not again
            return None
        self._store.note_absent(piece.chunk)  # or damaged there: others come first meanwhile
        return None

    def _call(self, method: str, path: str, body: bytes = b"") -> bytes:
        membership = self._store.membership()
        if membership is None:
            raise NotAuthentic("this replica is not enrolled")
        # A chunk's name, in the path, already says what it must be, be it whole or its rest.
        proven = b"" if method == "PUT" else body
        call = ChunkCall(method, path, self._random_bytes(chunk_calls.NONCE_BYTES), proven)
        tag = call.tag(membership.frame_key)
        header = Authorization(membership.replica, call.nonce, tag).header()
        self.round_trips += 1
        answer = self._transport.chunk_call(method, path, header, body)
        try:
            return chunk_calls.opened_answer(answer, tag, membership.frame_key)
        except NotAuthentic as error:
            raise errors.BrokenAnswer(str(error)) from error


def _path(chunk: Hash, start: int) -> str:
    return f"/v1/chunks/{chunk.hex()}" + (f"/{start}" if start else "")


def _names(answer: bytes) -> list[Hash]:
    try:
        return msgspec.msgpack.decode(answer, type=list[bytes])
    except msgspec.MsgspecError as error:
        raise errors.BrokenAnswer("list of chunks") from error
