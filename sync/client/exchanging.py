"""One round trip with the server, from reading the store to applying the reply."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from sync.client import errors, pace
from sync.client.coming import Asked, Coming, Part
from sync.client.moving import Moving
from sync.client.ports import ReplicaPort
from sync.client.pushing import Pushing
from sync.client.renaming import renamed
from sync.client.returning import come_back
from sync.core import exchange, packing
from sync.core.budget import Permits
from sync.core.errors import NotAuthentic
from sync.core.exchange import NONCE_BYTES, PROTOCOL, SyncRequest
from sync.core.handover import Absorbed, Membership
from sync.core.ids import Id, RandomBytes
from sync.core.packing import Known, PageGroup

if TYPE_CHECKING:
    # They load `requests`, which commands that need no connection do without.
    from sync.client.counting import Meter
    from sync.client.transport import Transport

__all__ = ["LISTEN_S", "Asked", "Exchanger", "Round"]

LISTEN_S: Final = pace.FIRST_WAIT_S

ChangedT = TypeVar("ChangedT")


@dataclass(frozen=True, slots=True)
class Round(Generic[ChangedT]):
    """What one frame of a reply did. more: either side has more to give at once."""

    absorbed: Absorbed[ChangedT]
    sent: int
    more: bool


class Exchanger(Generic[ChangedT]):
    """Speaks for one enrolled replica. For one thread.

    permits: which of the larger lanes may go; its owner looks again before every round and piece.
    pushes: False while the server takes nothing.
    frame_bytes: how large to ask for the frames of so large a page.
    """

    def __init__(
        self,
        store: ReplicaPort[ChangedT],
        transport: "Transport",
        random_bytes: RandomBytes,
        monotonic_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """transport: to the server that the replica is enrolled at."""
        self._store = store
        self._transport = transport
        self._random_bytes = random_bytes
        self._page_bytes = pace.FIRST_PAGE_BYTES
        self._pushing = Pushing(monotonic_s)
        self._coming: Coming | None = None
        self._speed = pace.Speed(self._moved_bytes, monotonic_s)
        self._applied = 0
        self._moving = Moving(store, transport, random_bytes, monotonic_s)
        self._rounds = 0
        self.permits = Permits()
        self.pushes = True
        self.frame_bytes = pace.frame_bytes

    @property
    def round_trips(self) -> int:
        """Requests made so far."""
        return self._rounds + self._moving.round_trips

    @property
    def meter(self) -> "Meter":
        """Bytes that crossed so far."""
        return self._transport.meter

    def round(self, *, pull: bool = True) -> Round[ChangedT]:
        """Push what waits, pull what is new, up to the end of a frame. pull: False only pushes.

        Of a reply in several frames each call applies one, and tells that there is more; the next
        request goes out after the last. Raises SyncError, and the store's errors.
        """
        try:
            return self._round(pull=pull)
        except errors.UnknownReplica:  # put back from a backup that is older than our enrolment
            self._rounds += 1
            self._come_back()
            return self._round(pull=pull)

    def _round(self, *, pull: bool) -> Round[ChangedT]:
        coming, self._coming = self._coming, None
        if coming is not None:
            if pull:
                return self._taken(coming)
            coming.close()
        self._go_by_new_name()
        try:
            coming = self._answered(pull=pull)
        except errors.PageNotUnderstood:  # such as a server restored from a backup
            self._rounds += 1
            coming = self._answered(pull=pull, whole=True)
        self._rounds += 1
        return self._taken(coming)

    def _taken(self, coming: Coming) -> Round[ChangedT]:
        """Apply the next frame of a reply."""
        with ExitStack() as letting_go:
            letting_go.callback(coming.close)
            part = coming.part(self._membership(), self._store.known)
            if not part.reply.follows:
                self._page_bytes = self._speed.next_page_bytes(self._page_bytes)
            elif part.reply.number == 0:
                self._speed.begin()  # from here on there is no round trip in it
            done = self._absorbed(part)
            if not part.reply.follows:
                coming.end()
            elif not done.absorbed.again:  # else what follows goes on from what is not so here
                self._coming = coming
                letting_go.pop_all()
        return done

    def asked(self, *, wait_s: int, whole: bool = False, pull: bool = True) -> Asked:
        """The next request.

        wait_s: above 0 for a listening request, which pushes nothing. whole: the page builds on
        nothing that the server is believed to have. pull: False for an answer without a page.
        """
        membership = self._membership()
        searching = self._store.searching()
        may_push = self._pushing.may_go or not pull  # else it would be for nothing
        pushes = self.pushes and may_push and not wait_s and not searching
        if pushes and self._pushing.is_time_to_try_again():
            self._store.try_again()
        waiting = self._store.unsent(self._pushing.most_bytes) if pushes else []
        page = packing.pack(waiting, _nothing if whole else self._store.acknowledged)
        nonce = self._random_bytes(NONCE_BYTES)
        request = SyncRequest(
            protocol=PROTOCOL,
            epoch=membership.epoch,
            nonce=nonce,
            spaces=self._store.intervals(),
            page=page,
            budget_bytes=self._page_bytes if pull and not searching else 0,
            wait_s=wait_s,
            history=self.permits.history,
            frame_bytes=0 if wait_s else self.frame_bytes(self._page_bytes),
        )
        frame = exchange.encode_request(membership.replica, request, membership.frame_key)
        heads = {interval.space: interval.head for interval in request.spaces}
        return Asked(frame, nonce, membership.replica, waiting, heads, self._applied)

    def applied(self, asked: Asked, frame: bytes) -> Round[ChangedT]:
        """Apply the reply to a listening request.

        Raises BrokenAnswer or NeedsNewerProgram before anything is changed, and the store's errors.
        """
        self._rounds += 1
        membership = self._membership()
        if asked.replica != membership.replica:
            return self.round()  # it was held back until this replica had another name
        return self._absorbed(Coming(asked, iter([frame])).part(membership, self._store.known))

    def _absorbed(self, part: Part) -> Round[ChangedT]:
        asked, reply = part.asked, part.reply
        overtaken = asked.after != self._applied  # such as by a push while it was held back
        absorbed = self._store.absorb(part.page, reply, asked.sent, overtaken=overtaken)
        self._applied += 1
        unsent_left = self._pushing.may_go and bool(self._store.unsent(1))
        moved_on = bool(absorbed.received or absorbed.settled or absorbed.refused)
        more = reply.more or reply.follows or absorbed.again or (unsent_left and moved_on)
        return Round(absorbed, len(asked.sent), more)

    def _go_by_new_name(self) -> None:
        new = self._store.new_name()
        if new is not None:
            self._rounds += 1
            old = self._membership()
            self._store.take_name(renamed(self._transport, old, new, self._random_bytes))

    def _come_back(self) -> None:
        shown = self._store.credentials()
        if shown is None:
            raise NotAuthentic("this replica is not enrolled")
        self._rounds += 1
        come_back(self._transport, self._membership(), shown, self._random_bytes)

    def _answered(self, *, pull: bool, whole: bool = False) -> Coming:
        """The reply to the next request, begun; what is too big goes in smaller parts.

        A group that is too big by itself is kept back, and the rest goes on. Raises SyncError;
        TooBig where nearly nothing is too much.
        """
        while True:
            asked = self.asked(wait_s=0, whole=whole, pull=pull)
            pushed = _raw_bytes(asked.sent)
            self._speed.begin()
            coming = Coming(asked, self._transport.frames(asked.frame))
            try:
                coming.wait()
            except errors.TooBig:
                self._rounds += 1
                if pushed <= pace.SMALLEST_PUSH_BYTES:
                    raise  # it cannot be these that are too big
                is_least = self._pushing.most_bytes == pace.SMALLEST_PUSH_BYTES
                kept_back = len(asked.sent) == 1 or is_least
                if kept_back:
                    self._store.keep_back(asked.sent)
                self._pushing.refused(pushed, len(asked.frame), kept_back=kept_back)
            except (errors.CutOff, errors.Silence):
                moved = self._speed.moved_bytes
                self._page_bytes = pace.page_bytes_after_cut(self._page_bytes, moved)
                self._pushing.cut(pushed, len(asked.frame))
                raise
            else:
                self._pushing.answered(pushed, len(asked.frame))
                if self._pushing.is_time_to_try_again():
                    self._store.try_again()
                return coming

    def abort(self) -> None:
        """Make a call under way in another thread fail at once."""
        self._transport.abort()

    def begin_afresh(self) -> None:
        """It may be another network, or somebody asks: try now what was put off."""
        for put_off in (self._pushing, self._moving):
            put_off.begin_afresh()

    def held_s(self) -> float | None:
        """In how many seconds something may go that was put off; at least 1, None for nothing."""
        lefts = [*self._pushing.left_s, *self._moving.left_s]
        return max(min(lefts), 1.0) if lefts else None

    def work_waits(self) -> bool:
        """Whether a group or a chunk waits to be moved."""
        return bool(self._store.unsent(1)) or self.pieces_wait()

    def pieces_wait(self) -> bool:
        """Whether a chunk waits to be moved, and may be."""
        return self._moving.waits(self.permits)

    def move_piece(self) -> ChangedT | None:
        """Move one chunk, or learn which the server lacks; what changed here, None if nothing.

        Raises SyncError, and the store's errors.
        """
        return self._moving.step(self.permits)

    def _moved_bytes(self) -> int:
        return self.meter.up_bytes + self.meter.down_bytes

    def _membership(self) -> Membership:
        membership = self._store.membership()
        if membership is None:
            raise NotAuthentic("this replica is not enrolled")
        return membership


def _nothing(_space: Id, _replica: Id, _seq: int) -> Known | None:
    return None


def _raw_bytes(groups: list[PageGroup]) -> int:
    return sum(len(group.raw or b"") for group in groups)
