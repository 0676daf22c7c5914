"""The sync thread: waits, steps the engine, carries out what it says, reports.

It exchanges and applies; a thread beside it holds the waiting request (`listening`). Everything
that comes from outside (something was written, sync now, stop) is an event in one queue.
"""

import logging
import queue
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from cop_desktop.listening import Listener, retry_after_s
from cop_desktop.spending import Spending
from cop_desktop.store.errors import StoreError
from cop_desktop.sync_report import SyncReport
from sync.client import engine
from sync.client.engine import EngineState, Event, Now
from sync.client.errors import (
    NetworkInTheWay,
    NotAdmitted,
    ServerBusy,
    ServerFull,
    SyncError,
)
from sync.client.exchanging import Asked, Exchanger, Round
from sync.client.pace import Patience
from sync.client.transport import Transport

_log = logging.getLogger(__name__)
_STOP_S = 5.0
LITTLE_ROOM = "LittleRoom"
"""Cause while the disk is nearly full: what is written here still goes, nothing is received."""
HIDDEN_S = 1_800.0
"""So long after nobody saw the window any more no request waits for news."""
AFRESH_S = 300.0
"""Hints of a network come in rows: not more often than this they let go what was put off."""
FAULT = "fault"
"""Cause of a failure that only a mistake of ours explains."""

ChangedT = TypeVar("ChangedT")


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Wires(Generic[ChangedT]):
    """Where the sync thread reports to; called on the sync thread, so they must only hand over.

    has_room: asked whether the disk has room for what comes.
    """

    changed: Callable[[ChangedT], None]
    reported: Callable[[SyncReport], None]
    has_room: Callable[[], bool] = _always


class Background(Generic[ChangedT]):
    """Keeps one enrolled replica and its server together until stopped."""

    def __init__(
        self,
        exchanger: Exchanger[ChangedT],
        listening: Transport,
        wires: Wires[ChangedT],
        spending: Spending | None = None,
    ) -> None:
        """exchanger: used by the sync thread alone. listening: a second connection.

        spending: over both connections; None lets everything go and counts nothing.
        """
        self._exchanger = exchanger
        self._spending = spending
        self._patience = Patience()
        self._listener = Listener(listening, self._hear)
        self._hidden_s: float | None = None
        self._wires = wires
        self._events: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
        self._heard: tuple[Asked, bytes] | None = None
        self._state = EngineState()
        self._wake_s = float("inf")
        self._afresh_s = float("-inf")
        self._received = 0
        self._is_short = False
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)

    def start(self) -> None:
        """Begin with an exchange."""
        self._events.put(engine.Started())
        self._listener.start()
        self._thread.start()

    def stop(self) -> None:
        """Stop within seconds; what was under way is cut off, which is always safe."""
        self._events.put(None)
        self._exchanger.abort()
        self._listener.stop()
        self._thread.join(_STOP_S)
        if self._spending is not None and not self._thread.is_alive():
            self._spending.note()

    def local_work(self) -> None:
        """Something was written and waits to go; any thread."""
        self._events.put(engine.LocalWork())

    def sync_now(self) -> None:
        """A person asks; any thread."""
        self._events.put(engine.AskedFor())

    def window_hidden(self) -> None:
        """Nobody sees the window; after a while news are only asked for now and then."""
        self._hidden_s = time.monotonic()

    def window_shown(self) -> None:
        """Somebody sees the window again; any thread."""
        listened, self._hidden_s = self._is_seen(), None
        if not listened:
            self._events.put(engine.AskedFor())

    def room_back(self) -> None:
        """There is room again for what comes; any thread."""
        self._events.put(engine.AskedFor())

    def network_back(self) -> None:
        """The system says that there is a network again; any thread, as often as it likes."""
        self._events.put(engine.NetworkBack())

    def _run(self) -> None:
        while (event := self._next_event()) is not None:
            try:
                self._take(event)
            except Exception:
                if isinstance(event, engine.RoundFailed):
                    raise  # what tells of failures fails itself
                _log.exception("a fault of ours while syncing")
                self._events.put(engine.RoundFailed(FAULT, None, waits_for_person=True))

    def _next_event(self) -> Event | None:
        timeout_s = max(self._wake_s - time.monotonic(), 0.0)
        try:
            return self._events.get(timeout=None if timeout_s == float("inf") else timeout_s)
        except queue.Empty:
            self._wake_s = float("inf")
            return engine.TimeCame()

    def _take(self, event: Event) -> None:
        if isinstance(event, engine.LocalWork) and not self._work_waits():
            return  # what changed came from the server, or was sent meanwhile
        self._begin_afresh(event)
        now = Now(time.monotonic(), random.random())  # noqa: S311 - spreads retries, hides nothing
        self._state, effects = engine.step(self._state, event, now)
        self._report()
        for effect in effects:
            self._carry_out(effect)

    def _begin_afresh(self, event: Event) -> None:
        """Let go what was put off, if there may be another network or a person wants it now."""
        is_hint = isinstance(event, engine.NetworkBack)
        now_s = time.monotonic()
        if isinstance(event, engine.AskedFor) or (is_hint and now_s >= self._afresh_s):
            self._exchanger.begin_afresh()
            self._afresh_s = now_s + AFRESH_S

    def _work_waits(self) -> bool:
        try:
            self._ask_budget()
            return self._exchanger.work_waits()
        except StoreError as error:
            _log.warning("what waits cannot be told: %s", error)
            return True

    def _carry_out(self, effect: engine.Effect) -> None:
        match effect:
            case engine.Exchange():
                self._attempt(self._exchange)
            case engine.ApplyHeard():
                self._attempt(self._apply_heard)
            case engine.MovePiece():
                self._attempt(self._move_piece)
            case engine.Listen():
                self._listen()
            case engine.WakeAt(moment_s=moment_s):
                self._wake_s = moment_s

    def _listen(self) -> None:
        try:
            self._ask_budget()
            wait_s = self._patience.wait_s
            asked = self._exchanger.asked(wait_s=wait_s)
        except StoreError as error:
            _log.warning("what is held cannot be told: %s", error)
            self._events.put(engine.ListenEnded())
        else:
            self._listener.listen(asked, wait_s)

    def _listens(self) -> bool:
        """Whether a waiting request may be held."""
        return self._exchanger.permits.listen and self._is_seen() and not self._is_short

    def _is_seen(self) -> bool:
        hidden_s = self._hidden_s
        return hidden_s is None or time.monotonic() - hidden_s < HIDDEN_S

    def _attempt(self, work: Callable[[], Event]) -> None:
        began_s, before = time.monotonic(), self._received
        try:
            self._ask_budget()
            self._events.put(work())
        except StoreError as error:
            _log.warning("what came could not be kept: %s", error)
            self._events.put(engine.RoundFailed(type(error).__name__, None, waits_for_person=True))
        except SyncError as error:
            _log.info("exchange failed: %s", error.cause)
            person = isinstance(error, NetworkInTheWay | NotAdmitted)
            self._events.put(engine.RoundFailed(error.cause, retry_after_s(error), person))
        finally:
            if self._spending is not None:
                took_s = time.monotonic() - began_s
                self._spending.note(took_s, groups=self._received - before)

    def _ask_budget(self) -> float | None:
        """Let go what the data budget lets go now; in how many seconds it lets go more."""
        if self._spending is None:
            return None
        permits = self._spending.permits()
        self._exchanger.permits = permits
        return self._spending.seconds_until(permits.until)

    def _exchange(self) -> Event:
        try:
            return self._exchanged()
        except ServerFull:  # what it has can still be had
            self._exchanger.pushes = False
            try:
                self._take_in(self._exchanger.round())
            finally:
                self._exchanger.pushes = True
            raise

    def _exchanged(self) -> Event:
        self._is_short = not self._wires.has_room()
        if not self._is_short:
            return self._done(self._exchanger.round())
        done = self._exchanger.round(pull=False)
        self._take_in(done)
        more = done.more and done.sent > 0
        return engine.RoundDone(more, pieces=False, agreed=False, listens=False)

    def _apply_heard(self) -> Event:
        heard, self._heard = self._heard, None
        if heard is None:
            return self._exchange()
        return self._done(self._exchanger.applied(*heard))

    def _move_piece(self) -> Event:
        try:
            changed = self._exchanger.move_piece()
        except SyncError as error:  # an exchange soon tells whether anything else works
            _log.info("a piece failed: %s", error.cause)
            pause_s = error.retry_after_s if isinstance(error, ServerBusy) else None
            return engine.RoundFailed(error.cause, pause_s, waits_for_person=False)
        if changed:
            self._wires.changed(changed)
        held_s = self._held_s()
        return engine.PieceDone(self._exchanger.pieces_wait(), held_s, self._listens())

    def _held_s(self) -> float | None:
        """In how many seconds something may go that waits for the budget, or was put off."""
        held = (self._ask_budget(), self._exchanger.held_s())
        return min((held_s for held_s in held if held_s is not None), default=None)

    def _take_in(self, done: Round[ChangedT]) -> None:
        self._received += done.absorbed.received
        if done.absorbed.changed:
            self._wires.changed(done.absorbed.changed)

    def _done(self, done: Round[ChangedT]) -> Event:
        self._take_in(done)
        held_s = self._held_s()
        pieces = self._exchanger.pieces_wait()
        agreed = done.absorbed.agreed
        news = done.absorbed.received > 0
        return engine.RoundDone(done.more, pieces, agreed, held_s, self._listens(), news)

    def _hear(self, asked: Asked, answer: bytes | engine.ListenEnded, held_s: float) -> None:
        if isinstance(answer, engine.ListenEnded):
            self._patience.broke(held_s)
            self._events.put(answer)
        else:
            self._patience.answered(held_s)
            self._heard = (asked, answer)
            self._events.put(engine.Heard())

    def _report(self) -> None:
        meter = self._exchanger.meter
        self._wires.reported(
            SyncReport(
                busy=self._state.busy,
                agreed=self._state.agreed,
                cause=self._state.cause or (LITTLE_ROOM if self._is_short else ""),
                received=self._received,
                up_bytes=meter.up_bytes,
                down_bytes=meter.down_bytes,
            )
        )
