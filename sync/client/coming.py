"""The reply to a request on its way: one frame or a series, each read when it is asked for."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

from msgspec import structs

from sync.client import errors
from sync.core import exchange
from sync.core.errors import CoreError, NeedsNewer
from sync.core.exchange import Outcome, SyncReply
from sync.core.handover import Membership
from sync.core.ids import Id
from sync.core.packing import PageGroup, PrevOf, Unpacker

_MS_PER_S = 1000


@dataclass(frozen=True, slots=True)
class Asked:
    """A request on its way, and what its reply will be read with.

    heads: of each space, what the request told of. after: how many replies had been applied when it
    was made.
    """

    frame: bytes
    nonce: bytes
    replica: Id
    sent: list[PageGroup]
    heads: dict[Id, int]
    after: int


@dataclass(frozen=True, slots=True)
class Part:
    """One frame of a reply, proven to be from the server. asked: what it answers."""

    asked: Asked
    reply: SyncReply
    page: list[PageGroup]


class Coming:
    """A reply, frame by frame. For one thread; `close` it unless its last frame was taken."""

    def __init__(self, asked: Asked, frames: Iterator[bytes]) -> None:
        """frames: as they come, unproven."""
        self._asked = asked
        self._frames = frames
        self._unpacker = Unpacker()
        self._first: bytes | None = None
        self.number = 0
        """Of the frame that comes next."""

    def wait(self) -> None:
        """Return once the first frame is here: from then on the request was answered.

        Raises SyncError.
        """
        self._first = self._next_frame()

    def part(self, membership: Membership, known: PrevOf) -> Part:
        """The next frame, and the groups in it.

        known: what is held, all frames before this one applied. Raises SyncError.
        """
        frame, self._first = self._first or self._next_frame(), None
        try:
            reply = exchange.decode_reply(
                frame, membership.frame_key, self._asked.nonce, self.number
            )
            page = self._unpacker.unpack(reply.page, known)
        except NeedsNewer as error:
            raise errors.NeedsNewerProgram(str(error)) from error
        except CoreError as error:
            raise errors.BrokenAnswer(str(error)) from error
        asked = self._asked
        self._asked = replace(asked, sent=[], after=asked.after + 1)
        self.number += 1
        return Part(asked, reply, page + left_out(page, reply, asked))

    def end(self) -> None:
        """The last frame was taken: give the connection back."""
        with suppress(errors.SyncError):
            if next(self._frames, None) is None:
                return
        self.close()

    def close(self) -> None:
        """Let go of what is still to come, and of the connection."""
        close = getattr(self._frames, "close", None)
        if close is not None:
            close()

    def _next_frame(self) -> bytes:
        """Raises SyncError; CutOff where a series ends before its last frame."""
        frame = next(self._frames, None)
        if frame is None:
            raise errors.CutOff("the reply ends before its last frame")
        return frame


def left_out(page: list[PageGroup], reply: SyncReply, asked: Asked) -> list[PageGroup]:
    """Groups that the reply takes as held, because they came with the request and were kept.

    Their receipts are all that is needed: in the interval that the reply tells of, above what the
    request told of.
    """
    told = {said.space: said for said in reply.spaces}
    there = {(group.space, group.position) for group in page}
    received_ms = reply.now_ms // _MS_PER_S * _MS_PER_S
    found = []
    for group, result in zip(asked.sent, reply.results, strict=False):
        said = told.get(group.space)
        if result.outcome is not Outcome.KEPT or said is None:
            continue
        is_in = asked.heads.get(group.space, 0) < result.position <= said.head
        if is_in and said.floor < result.position and (group.space, result.position) not in there:
            raw = None if group.replica == asked.replica else group.raw
            place = {"position": result.position, "received_ms": received_ms}
            found.append(structs.replace(group, raw=raw, **place))
    return found
