"""Chunks of attachments, one at a time, so that what is small gets its turn between them.

What fails keeps neither the others of its direction nor the other direction from going.
"""

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Generic, TypeVar

import msgspec

from sync.client import errors, pace
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

_OTHERS_FIRST: Final = 3
"""After so many failures in a row it may be this very chunk."""


class Moving(Generic[ChangedT]):
    """Moves what the store says waits. For one thread."""

    def __init__(
        self,
        store: ReplicaPort[ChangedT],
        transport: "Transport",
        random_bytes: RandomBytes,
        monotonic_s: Callable[[], float],
    ) -> None:
        self._store = store
        self._transport = transport
        self._random_bytes = random_bytes
        self._lacking: deque[Hash] = deque()
        """What the server said that it lacks, as far as it has not been sent since."""
        self._begun: set[Id] = set()
        """Files whose patch was tried: of those the server is asked before more is sent."""
        self._failed: set[Hash] = set()
        """What did not go up the last time: others go first."""
        self._patches_first = True
        self._cut: Hash = b""
        self._held_bytes = 0
        """The chunk at which the connection broke on its way up: so much of it the server has."""
        self._coming: Hash = b""
        self._came = b""
        """The same on the way down: which chunk, and what came of it."""
        self._sends = pace.PutOff(monotonic_s)
        self._fetches = pace.PutOff(monotonic_s)
        self.round_trips = 0

    @property
    def left_s(self) -> list[float]:
        """In how many seconds something may go that was put off."""
        return [lane.left_s for lane in (self._sends, self._fetches) if not lane.is_over]

    def begin_afresh(self) -> None:
        """Everything may be tried again now; how often it failed still counts."""
        for lane in (self._sends, self._fetches):
            lane.end()

    def waits(self, permits: Permits) -> bool:
        """Whether something waits to be moved, and may be."""
        return self._may_send(permits) or self._next_piece(permits) is not None

    def step(self, permits: Permits) -> ChangedT | None:
        """Move one chunk, or learn which the server lacks; what changed here, None if nothing.

        Raises SyncError, and the store's errors.
        """
        if permits.send and self._sends.is_over:
            try:
                if self._sent_something():
                    return None
            except errors.SyncError as error:
                _put_off(self._sends, error)
                self._patches_first = not self._patches_first
                raise
        piece = self._next_piece(permits)
        return None if piece is None else self._fetched(piece)

    def _may_send(self, permits: Permits) -> bool:
        if not (permits.send and self._sends.is_over):
            return False
        return bool(
            self._lacking or self._store.ask_missing() or self._store.next_patched() is not None
        )

    def _next_piece(self, permits: Permits) -> Piece | None:
        return self._store.next_piece(cheap=permits.fetch) if self._fetches.is_over else None

    def _sent_something(self) -> bool:
        """Whether there was something to send, or to ask about."""
        if self._lacking:
            self._send(self._lacking.popleft())
            return True
        asks = (self._asked_patched, self._asked_missing)
        return any(ask() for ask in (asks if self._patches_first else reversed(asks)))

    def _asked_patched(self) -> bool:
        patched = self._store.next_patched()
        if patched is not None:
            self._ask_patched(patched)
        return patched is not None

    def _asked_missing(self) -> bool:
        unsure = self._store.ask_missing()
        if unsure:
            self._ask_missing(unsure)
        return bool(unsure)

    def _ask_missing(self, unsure: list[Hash]) -> None:
        answer = self._call("POST", "/v1/chunks/missing", msgspec.msgpack.encode(unsure))
        lacking = set(_names(answer))
        self._store.note_lacking(unsure, lacking)
        self._store.note_present([chunk for chunk in unsure if chunk not in lacking])
        found = [chunk for chunk in unsure if chunk in lacking]
        self._lacking.extend(sorted(found, key=self._failed.__contains__))
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
                self._note_held(held)
                start = min(held, len(content) - 1)
                self._call("PUT", _path(chunk, start), content[start:])
        except errors.NotHere:
            self._lacking.clear()  # no longer ours to send: the store knows what still is
            self._failed.add(chunk)
            raise
        except errors.SyncError as error:
            self._note_unsent(chunk, error)
            raise
        self._cut = b""
        self._failed.discard(chunk)
        self._sends.worked()
        self._store.note_present([chunk])

    def _note_held(self, held: int) -> None:
        """A try that got further than the one before was none in vain."""
        if held > self._held_bytes:
            self._sends.worked()
        self._held_bytes = held

    def _note_unsent(self, chunk: Hash, error: errors.SyncError) -> None:
        is_by_chance = isinstance(error, errors.NoAnswer) and not isinstance(
            error, errors.ServerFull
        )
        if is_by_chance and self._sends.failures + 1 < _OTHERS_FIRST:
            self._lacking.appendleft(chunk)
        else:  # the store knows that it still waits
            self._failed.add(chunk)
        if isinstance(error, errors.CutOff | errors.Silence):
            self._cut = chunk
        elif not isinstance(error, errors.NoAnswer):  # else the part is still there
            self._cut = b""

    def _held(self, chunk: Hash) -> int | None:
        """How much came of a chunk at which the connection broke; None if the server keeps it."""
        answer = self._call("POST", "/v1/chunks/held", chunk)
        try:
            held = msgspec.msgpack.decode(answer, type=int | None)
        except msgspec.MsgspecError as error:
            raise errors.BrokenAnswer("length of a part") from error
        return None if held is None else max(0, held)

    def _fetched(self, piece: Piece) -> ChangedT | None:
        before = len(self._came) if piece.chunk == self._coming else 0
        try:
            changed = self._fetch(piece)
        except errors.SyncError as error:
            if self._coming == piece.chunk and len(self._came) > before:
                self._fetches.worked()  # as far as it came
                raise
            _put_off(self._fetches, error)
            if self._fetches.failures >= _OTHERS_FIRST:
                self._store.note_absent(piece.chunk)
            raise
        self._fetches.worked()
        return changed

    def _fetch(self, piece: Piece) -> ChangedT | None:
        before = self._came if piece.chunk == self._coming else b""
        try:
            content = before + self._call("GET", _path(piece.chunk, len(before)))
        except errors.NotHere:
            content = b""
        except (errors.CutOff, errors.Silence) as error:
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


def _put_off(lane: pace.PutOff, error: errors.SyncError) -> None:
    """What the answer refuses is tried ever more rarely; a line that breaks may carry it soon."""
    is_line = isinstance(error, errors.CutOff | errors.Silence | errors.NoNetwork)
    asked_s = error.retry_after_s if isinstance(error, errors.NoAnswer) else None
    lane.failed(asked_s, pace.MAX_DELAY_S if is_line else pace.LONGEST_PUT_OFF_S)


def _path(chunk: Hash, start: int) -> str:
    return f"/v1/chunks/{chunk.hex()}" + (f"/{start}" if start else "")


def _names(answer: bytes) -> list[Hash]:
    try:
        return msgspec.msgpack.decode(answer, type=list[bytes])
    except msgspec.MsgspecError as error:
        raise errors.BrokenAnswer("list of chunks") from error
