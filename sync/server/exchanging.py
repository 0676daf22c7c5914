"""One round trip of `POST /v1/sync` on the server's side: who asks, what came, what goes back."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from weakref import WeakSet

from msgspec import structs
from sqlalchemy import Connection

from sync.core import exchange, packing, series
from sync.core.errors import Malformed, NeedsNewer, TooLarge
from sync.core.exchange import Outcome, Result, SyncReply, SyncRequest
from sync.core.ids import Id
from sync.core.limits import MAX_NONCE_BYTES, MAX_PUSHED_BYTES, MAX_WAIT_S
from sync.core.packing import PageGroup, SeriesPacker
from sync.server import devices, ledger
from sync.server.chains import HeldHere
from sync.server.clock import Clock
from sync.server.database import Database
from sync.server.devices import Device
from sync.server.errors import Problem, Rejected
from sync.server.feed import Feed
from sync.server.identity import Identity
from sync.server.portions import Portion, Wishes
from sync.server.pushed import Pushed
from sync.server.senders import proven
from sync.server.versions import check_protocol

MOST_SERIES: Final = 8
"""At a time; whoever asks meanwhile gets one frame. Each holds 25 MB while it is on its way."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request whose sender is proven."""

    device: Device
    frame_key: bytes
    request: SyncRequest
    pushed: list[PageGroup]

    @property
    def wait_s(self) -> int:
        """How long the answer may be held back; a push is answered at once."""
        return 0 if self.pushed else min(self.request.wait_s, MAX_WAIT_S)

    @property
    def spaces(self) -> list[Id]:
        """The spaces that the replica told of."""
        return [interval.space for interval in self.request.spaces]


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply to a request.

    frame: the first, or only one. kept: groups new here. groups: in the page. idle: nothing is new.
    rest: the frames that follow, each made when it is asked for, which blocks on the database; None
    for none.
    """

    frame: bytes
    kept: int
    groups: int
    idle: bool
    rest: Iterator[bytes] | None = None

    def pieces(self) -> Iterator[bytes]:
        """The body, frame by frame."""
        if self.rest is None:
            yield self.frame
        else:
            yield series.framed(self.frame)
            yield from map(series.framed, self.rest)


class Exchanging:
    """Answers replicas. Every method may run in any thread, and blocks on the database."""

    def __init__(self, database: Database, identity: Identity, clock: Clock) -> None:
        self._database = database
        self._identity = identity
        self._clock = clock
        self._under_way: WeakSet[SeriesPacker] = WeakSet()

    def asked(self, frame: bytes) -> Asked:
        """What a frame asks.

        Raises Rejected, Malformed, TooLarge, Unavailable.
        """
        sender = proven(self._identity, frame, exchange.decode_request)
        request = sender.message
        _check(request)
        with self._database.read() as connection:
            device = devices.admitted(connection, sender.replica)
            pushed = _unpacked(connection, request.page)
        return Asked(device, sender.frame_key, request, pushed)

    def answered(self, asked: Asked) -> Answer:
        """The reply, after what was pushed is durable.

        Raises Rejected if the replica's access was taken back meanwhile; Malformed, Unavailable.
        """
        now_ms, request = self._clock.wall_ms(), asked.request
        results = self._append(asked, now_ms)
        frame_bytes = asked.request.frame_bytes if len(self._under_way) < MOST_SERIES else 0
        with self._database.read() as connection:
            # Once more: it may have waited, and its access been taken back meanwhile.
            device = devices.admitted(connection, asked.device.replica)
            feed = self._feed(connection, asked, device, results)
            portion = feed.portion(request.spaces, request.budget_bytes, frame_bytes)
        packer, rest = portion.series, None
        if packer is not None:
            self._under_way.add(packer)
            rest = self._rest(asked, portion, packer)
        reply = self._reply(asked, portion, now_ms)
        reply = structs.replace(reply, results=results, follows=rest is not None)
        kept = sum(result.outcome is Outcome.KEPT for result in results)
        idle = portion.idle and not results
        return Answer(self._frame(asked, reply), kept, portion.groups, idle, rest)

    def _rest(self, asked: Asked, portion: Portion, packer: SeriesPacker) -> Iterator[bytes]:
        """The frames after the first, each of what is lacking once those before it are held.

        Raises what `answered` raises.
        """
        left_bytes, number, follows = asked.request.budget_bytes - len(portion.page), 0, True
        while follows:
            number += 1
            with self._database.read() as connection:
                device = devices.admitted(connection, asked.device.replica)
                feed = self._feed(connection, asked, device)
                portion = feed.next_portion(portion.held, asked.request.frame_bytes, packer)
            left_bytes -= len(portion.page)
            follows = portion.more and left_bytes >= asked.request.frame_bytes
            reply = self._reply(asked, portion, self._clock.wall_ms())
            yield self._frame(asked, structs.replace(reply, number=number, follows=follows))

    def has_news(self, asked: Asked) -> bool:
        """Whether a waiting request should be answered.

        Raises Rejected if the replica's access was taken back meanwhile; Malformed, Unavailable.
        """
        with self._database.read() as connection:
            device = devices.admitted(connection, asked.device.replica)
            return self._feed(connection, asked, device).has_news(asked.request.spaces)

    def _append(self, asked: Asked, now_ms: int) -> list[Result]:
        if not asked.pushed:
            return []
        pushed = Pushed(asked.device, asked.pushed, now_ms)
        with self._database.write() as connection:
            return ledger.append(connection, self._identity, pushed)

    def _feed(
        self, connection: Connection, asked: Asked, device: Device, results: Sequence[Result] = ()
    ) -> Feed:
        """results: of what came with the request, which need not go back to whoever knows that."""
        pushed: dict[Id, set[int]] = defaultdict(set)
        if asked.request.frame_bytes:
            for group, result in zip(asked.pushed, results, strict=False):
                if result.outcome is Outcome.KEPT:
                    pushed[group.space].add(result.position)
        wishes = Wishes(asked.request.history, pushed)
        return Feed(connection, self._identity.directory, device, wishes)

    def _reply(self, asked: Asked, portion: Portion, now_ms: int) -> SyncReply:
        return SyncReply(
            epoch=self._identity.epoch,
            nonce=asked.request.nonce,
            now_ms=now_ms,
            results=[],
            spaces=portion.spaces,
            lost=portion.lost,
            page=portion.page,
            more=portion.more,
        )

    def _frame(self, asked: Asked, reply: SyncReply) -> bytes:
        return exchange.encode_reply(self._identity.server, reply, asked.frame_key)


def _check(request: SyncRequest) -> None:
    check_protocol(request.protocol)
    counts = (request.budget_bytes, request.wait_s, request.frame_bytes)
    if min(counts) < 0 or len(request.nonce) > MAX_NONCE_BYTES:
        raise Malformed("budget, wait, frame or nonce out of range")


def _unpacked(connection: Connection, page: bytes) -> list[PageGroup]:
    held = HeldHere(connection)
    try:
        return packing.unpack(page, held, MAX_PUSHED_BYTES)
    except NeedsNewer as error:
        raise Rejected(Problem.OLDER_SERVER) from error
    except TooLarge:
        raise
    except Malformed as error:
        # The sender left out what it believed to be here, and can send it with nothing left out.
        raise Rejected(Problem.REPACK if held.asked else Problem.MALFORMED) from error
