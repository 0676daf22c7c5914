"""The one round trip of `POST /v1/sync` as values; `sync.core.frames` carries them."""

from enum import IntEnum
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from sync.core import frames
from sync.core.clock import LATEST_MS
from sync.core.digest import DIGEST_BYTES
from sync.core.errors import Malformed, NotAuthentic
from sync.core.frames import Direction
from sync.core.ids import Id
from sync.core.limits import ID_BYTES, MAX_COUNT, MAX_PAGE_GROUPS, MAX_SPACES

PROTOCOL: Final = frames.PROTOCOL
MEDIA_TYPE: Final = "application/vnd.cop.sync"
NONCE_BYTES: Final = 8


class Interval(msgspec.Struct, frozen=True, array_like=True):
    """What a replica holds of a space: the positions in (floor, head].

    digest: of the interval, DIGEST_BYTES.
    """

    space: Id
    head: int
    floor: int
    digest: bytes


class SyncRequest(msgspec.Struct, frozen=True, array_like=True):
    """What a replica has and wants.

    epoch: of the server's last reply, empty the first time. page: groups up (`sync.core.packing`),
    may be empty. budget_bytes: about how large the page down may be. wait_s: how long the server
    may hold the answer back while it has nothing new; 0 answers at once. history: whether the page
    may hold older parts; False while they wait for cheap hours. frame_bytes: about how large
    the page of each frame of a series may be; 0 wants one frame, which leaves out nothing that was
    pushed.
    """

    protocol: int
    epoch: bytes
    nonce: bytes
    spaces: Annotated[list[Interval], Meta(max_length=MAX_SPACES)]
    page: bytes
    budget_bytes: int
    wait_s: int
    history: bool = True
    frame_bytes: int = 0


class Outcome(IntEnum):
    """What became of one pushed group."""

    KEPT = 1
    ALREADY_HAD = 2
    REFUSED = 3
    FORK = 4  # the server has another group under this (replica, space, seq)
    GAP = 5  # the server lacks the group's predecessor


class Result(msgspec.Struct, frozen=True, array_like=True):
    """The receipt of one pushed group, in the order of the page.

    position: of KEPT and ALREADY_HAD, else 0. reason: a short code of REFUSED, else empty.
    """

    outcome: Outcome
    position: int = 0
    reason: str = ""


class SpaceReply(msgspec.Struct, frozen=True, array_like=True):
    """What the server says of a space in which the replica is not simply up to date.

    kind: `SpaceKind` as text. server_head: last position. head, floor, digest: the interval that
    the replica holds after applying this reply, and the server's own digest of it. parent: for a
    space that belongs beside another, that one's id, else empty.
    """

    space: Id
    kind: str
    server_head: int
    head: int
    floor: int
    digest: bytes
    parent: bytes = b""


class SyncReply(msgspec.Struct, frozen=True, array_like=True):
    """The answer to one SyncRequest.

    A space of the request that is not in `spaces` is agreed: same head, floor 0, same digest. A
    space in `lost` may no longer be held. now_ms: the server's clock, and when what was pushed was
    received. more: asking again at once gives more. number: of the frame in its series, from 0;
    after the first, a space that is not in `spaces` is as the frames before left it. follows:
    another frame comes.
    """

    epoch: bytes
    nonce: bytes
    now_ms: int
    results: Annotated[list[Result], Meta(max_length=MAX_PAGE_GROUPS)]
    spaces: list[SpaceReply]
    lost: list[Id]
    page: bytes
    more: bool
    number: int = 0
    follows: bool = False


def encode_request(replica: Id, request: SyncRequest, key: bytes) -> bytes:
    """The frame of a request, tagged with the replica's frame key."""
    return frames.closed(replica, request, key, Direction.REQUEST)


def decode_request(frame: bytes, key: bytes) -> SyncRequest:
    """The request in a frame; `frames.sender_of` tells whose key to take.

    Raises Malformed, TooLarge, NotAuthentic.
    """
    return frames.opened(frame, SyncRequest, key, Direction.REQUEST)


def encode_reply(server: Id, reply: SyncReply, key: bytes) -> bytes:
    """The frame of a reply, tagged with the frame key of the replica it is for."""
    return frames.closed(server, reply, key, Direction.REPLY)


def decode_reply(frame: bytes, key: bytes, nonce: bytes, number: int = 0) -> SyncReply:
    """The reply in a frame. number: its place in its series.

    Raises Malformed, TooLarge, NotAuthentic; the last also if it answers another request, or is not
    the frame that comes next.
    """
    reply = frames.opened(frame, SyncReply, key, Direction.REPLY)
    if (reply.nonce, reply.number) != (nonce, number):
        raise NotAuthentic("reply to another request, or another part of it")
    _check_reply(reply)
    return reply


def _check_reply(reply: SyncReply) -> None:
    """Return if everything in the reply can be kept.

    Raises Malformed.
    """
    counts = [result.position for result in reply.results]
    for said in reply.spaces:
        counts += (said.server_head, said.head, said.floor)
        if len(said.digest) != DIGEST_BYTES or len(said.parent) not in (0, ID_BYTES):
            raise Malformed("digest or parent of wrong length")
    if not all(0 <= count <= MAX_COUNT for count in counts):
        raise Malformed("position out of range")
    if any(len(space) != ID_BYTES for space in (*reply.lost, *(s.space for s in reply.spaces))):
        raise Malformed("id of a space of wrong length")
    if not 0 <= reply.now_ms <= LATEST_MS:
        raise Malformed("time out of range")
