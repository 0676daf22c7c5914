"""One round trip of `POST /v1/sync` on the server's side: who asks, what came, what goes back."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from sync.core import exchange, packing
from sync.core.errors import Malformed, NeedsNewer, TooLarge
from sync.core.exchange import PROTOCOL, Outcome, Result, SyncReply, SyncRequest
from sync.core.ids import Id
from sync.core.limits import MAX_PUSHED_BYTES
from sync.core.packing import PageGroup
from sync.server import devices, ledger
from sync.server.chains import HeldHere
from sync.server.clock import Clock
from sync.server.database import Database
from sync.server.devices import Device
from sync.server.errors import Problem, Rejected
from sync.server.feed import Feed, Portion
from sync.server.identity import Identity
from sync.server.pushed import Pushed
from sync.server.senders import proven

LONGEST_WAIT_S: Final = 55
_LONGEST_NONCE: Final = 64


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
        return 0 if self.pushed else min(self.request.wait_s, LONGEST_WAIT_S)

    @property
    def spaces(self) -> list[Id]:
        """The spaces that the replica told of."""
        return [interval.space for interval in self.request.spaces]


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply to a request. kept: groups new here. groups: in the page. idle: nothing is new."""

    frame: bytes
    kept: int
    groups: int
    idle: bool


class Exchanging:
    """Answers replicas. Every method may run in any thread, and blocks on the database."""

    def __init__(self, database: Database, identity: Identity, clock: Clock) -> None:
        self._database = database
        self._identity = identity
        self._clock = clock

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
        results = self._append(asked)
        with self._database.read() as connection:
            # Once more: it may have waited, and its access been taken back meanwhile.
            device = devices.admitted(connection, asked.device.replica)
            feed = self._feed(connection, asked, device)
            portion = feed.portion(asked.request.spaces, asked.request.budget_bytes)
        frame = self._frame(asked, results, portion)
        kept = sum(result.outcome is Outcome.KEPT for result in results)
        return Answer(frame, kept, portion.groups, portion.idle and not results)

    def has_news(self, asked: Asked) -> bool:
        """Whether a waiting request should be answered.

        Raises Rejected if the replica's access was taken back meanwhile; Malformed, Unavailable.
        """
        with self._database.read() as connection:
            device = devices.admitted(connection, asked.device.replica)
            return self._feed(connection, asked, device).has_news(asked.request.spaces)

    def _append(self, asked: Asked) -> list[Result]:
        if not asked.pushed:
            return []
        pushed = Pushed(asked.device, asked.pushed, self._clock.wall_ms())
        with self._database.write() as connection:
            return ledger.append(connection, self._identity, pushed)

    def _feed(self, connection: Connection, asked: Asked, device: Device) -> Feed:
        directory, history = self._identity.directory, asked.request.history
        return Feed(connection, directory, device, history=history)

    def _frame(self, asked: Asked, results: list[Result], portion: Portion) -> bytes:
        reply = SyncReply(
            epoch=self._identity.epoch,
            nonce=asked.request.nonce,
            now_ms=self._clock.wall_ms(),
            results=results,
            spaces=portion.spaces,
            lost=portion.lost,
            page=portion.page,
            more=portion.more,
        )
        return exchange.encode_reply(self._identity.server, reply, asked.frame_key)


def _check(request: SyncRequest) -> None:
    if request.protocol != PROTOCOL:
        raise Rejected(Problem.NEEDS_NEWER)
    if request.budget_bytes < 0 or request.wait_s < 0 or len(request.nonce) > _LONGEST_NONCE:
        raise Malformed("budget, wait or nonce out of range")


def _unpacked(connection: Connection, page: bytes) -> list[PageGroup]:
    held = HeldHere(connection)
    try:
        return packing.unpack(page, held, MAX_PUSHED_BYTES)
    except NeedsNewer as error:
        raise Rejected(Problem.NEEDS_NEWER) from error
    except TooLarge:
        raise
    except Malformed as error:
        # The sender left out what it believed to be here, and can send it with nothing left out.
        raise Rejected(Problem.REPACK if held.asked else Problem.MALFORMED) from error
