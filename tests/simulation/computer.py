"""One simulated computer: a replica's process, driven by the real engine."""

import random
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cop_desktop.store import Clock, Replica
from cop_desktop.store.errors import StoreError
from cop_desktop.store.layout import Layout
from cop_desktop.store.opening import Setting
from cop_desktop.store.values import Changed
from sync.catalogue import CATALOGUE
from sync.client import engine
from sync.client.engine import EngineState, Event, Now
from sync.client.errors import NetworkInTheWay, NoAnswer, NotAdmitted, ServerBusy, SyncError
from sync.client.exchanging import LISTEN_S, Asked, Exchanger, Round
from tests.simulation.disk import Disk, Killed, Trouble
from tests.simulation.link import Link
from tests.simulation.tally import Met, Tally
from tests.simulation.timekeeping import OwnClock, WorldTime

_MOST_STEPS = 400
_MET = {
    Trouble.KILLED_BEFORE: Met.KILLED_BEFORE_COMMIT,
    Trouble.KILLED_AFTER: Met.KILLED_AFTER_COMMIT,
    Trouble.POWER_CUT: Met.POWER_CUT,
    Trouble.FULL: Met.DISK_FULL,
    Trouble.ERROR: Met.DISK_ERROR,
    Trouble.COMMIT_ERROR: Met.COMMIT_ERROR,
}


_TOLD = (
    "SELECT hex(space), head, floor, agreed FROM spaces ORDER BY space",
    "SELECT hex(hash), position FROM log ORDER BY id",
    "SELECT log, reason FROM outbox ORDER BY log",
)
_ABSENT = "SELECT 1 FROM chunks_to_fetch WHERE absent_ms IS NOT NULL LIMIT 1"


class Unrest(AssertionError):
    """The engine goes on and on without coming to rest."""


class Computer:
    """A member's computer. replica: None while it is off.

    watch: told of every round that was applied, at once. frame_bytes: how large to ask for the
    frames of answers, 0 for as large as usual. catalogue: what its program knows, from
    the next start.
    """

    def __init__(self, name: str, folder: Path, link: Link, clock: OwnClock, tally: Tally) -> None:
        self.name = name
        self.folder = folder
        self.link = link
        self.clock = clock
        self.replica: Replica | None = None
        self.disk = Disk(folder, random.Random(name))
        self.watch: Callable[[Computer, Round[Changed]], None] = _unwatched
        self.errors: list[str] = []
        self.frame_bytes = 0
        self.catalogue = CATALOGUE
        self.wake_s = float("inf")
        self._tally = tally
        self._dice = random.Random(f"{name} dice")
        self._exchanger: Exchanger[Changed] | None = None
        self._state = EngineState()
        self._listening: tuple[Asked, float] | None = None
        self._heard: tuple[Asked, bytes] | None = None
        self._heard_moving = False
        self._events: deque[Event] = deque()
        self._is_running = False
        self._starts = 0
        self._told = ((0, 0), "")
        self._agreed = (0, 0)

    @property
    def version(self) -> tuple[int, int]:
        """Another one whenever its database may be another one."""
        return self._starts, self.disk.commits

    @property
    def is_running(self) -> bool:
        """Whether its engine is in the middle of something."""
        return self._is_running

    @property
    def agrees_with(self) -> tuple[int, int] | None:
        """With which version of the server it says that it has all and sent all; None if not."""
        return self._agreed if self._state.agreed else None

    def is_done(self, server: tuple[int, int]) -> bool:
        """Whether it agrees with this version of the server, and no chunk waits to be moved."""
        if self.agrees_with != server or self._exchanger is None:
            return False
        return not self._exchanger.pieces_wait() and self._exchanger.held_s() is None

    def asks_again_later(self) -> bool:
        """Whether it wants a chunk that the server did not have when it asked."""
        return self.replica is not None and bool(rows_of(self.replica, _ABSENT))

    def replica_clock(self) -> Clock:
        """Time and randomness as its programs get them."""
        return Clock(self.clock.wall_ms, self._dice.randbytes, self.clock.monotonic_s)

    def told(self) -> str:
        """What it is in, for comparing two runs."""
        if self.replica is None:
            return f"{self.name} is off"
        version, found = self._told
        if version != self.version:
            found = str([rows_of(self.replica, statement) for statement in _TOLD])
            self._told = self.version, found
        return f"{self.name} {self._state} {found}"

    def start(self, time: WorldTime) -> None:
        """Switch it on, if it is off: the program starts and syncs."""
        if self.replica is not None:
            return
        self._starts += 1
        self.disk = Disk(self.folder, self._dice)
        Layout(self.folder).reserve.touch()
        setting = Setting(self.catalogue, connect=self.disk.connect, free=self.disk.free_bytes)
        self.replica = Replica.open(self.folder, self.replica_clock(), setting)
        self._exchanger = Exchanger(
            self.replica.sync_side, self.link, self._dice.randbytes, lambda: time.now_s
        )
        if self.frame_bytes:
            self._exchanger.frame_bytes = self._small_frames
        self._state = EngineState()
        self._listening = self._heard = None
        self.link.is_dead = self._is_dead
        self._events.clear()
        self.wake_s = time.now_s

    def stop(self) -> None:
        """End the program cleanly."""
        if self.disk.is_dead:
            self.die()
        if self.replica is not None:
            self.disk.mend()
            self.replica.close()
            self._tally.met(Met.SHUT_DOWN)
        self._off()

    def kill(self) -> None:
        """End the process at this instruction."""
        if self.replica is not None:
            self.disk.kill()
            if not self._is_running:
                self.die()

    def die(self) -> None:
        """What a `Killed` leaves: the disk as it was at that moment."""
        self.note_trouble()
        replica = self.replica
        self._off()
        if replica is not None:
            replica.close()
        self.disk.image()

    def note_trouble(self) -> None:
        """Count what the disk did."""
        if self.disk.happened is not None:
            self._tally.met(_MET[self.disk.happened])
            self.disk.happened = None
        if self.disk.used_reserve:
            self._tally.met(Met.ON_RESERVE)
            self.disk.used_reserve = False

    def wrote(self, time: WorldTime) -> None:
        """The person wrote something."""
        if self._exchanger is not None and self._work_waits(self._exchanger):
            self.feed(engine.LocalWork(), time)

    def _work_waits(self, exchanger: Exchanger[Changed]) -> bool:
        try:
            return exchanger.work_waits()
        except StoreError:
            self.note_trouble()
            return True

    def wake(self, time: WorldTime) -> None:
        """The moment that the engine wanted to be woken at is here."""
        self.wake_s = float("inf")
        self.feed(engine.TimeCame(), time)

    def sync_now(self, time: WorldTime) -> None:
        """The person asks for it."""
        if self._exchanger is not None:
            self._exchanger.begin_afresh()
        self.feed(engine.AskedFor(), time)

    def look_at_waiting_request(self, time: WorldTime) -> None:
        """Let the server answer the waiting request, if it has news or patience ends."""
        for event in self._listened(time):
            self.feed(event, time)

    def _listened(self, time: WorldTime) -> list[Event]:
        """What came of the waiting request by now."""
        if self._listening is None or self.replica is None:
            return []
        asked, until_s = self._listening
        try:
            frame = self.link.heard(asked.frame)
        except SyncError:
            self._listening = None
            return [engine.ListenEnded()]
        if frame is not None:
            self._tally.met(Met.HEARD)
            self._listening, self._heard = None, (asked, frame)
            return [engine.Heard()]
        if time.now_s >= until_s:
            self._listening = None
            return [engine.ListenEnded()]
        return []

    def feed(self, event: Event, time: WorldTime) -> None:
        """One event, and everything that follows from it at once."""
        self._events.append(event)
        if self._is_running:
            return
        self._is_running = True
        try:
            for _ in range(_MOST_STEPS):
                if not self._events:
                    return
                now = Now(time.now_s, self._dice.random())
                self._state, effects = engine.step(self._state, self._events.popleft(), now)
                for effect in effects:
                    self._events.extend(self._carried_out(effect, time))
        except Killed:
            self.die()
            return
        finally:
            self._is_running = False
        raise Unrest(f"{self.name} does not come to rest: {self.errors[-3:]}")

    def _carried_out(self, effect: engine.Effect, time: WorldTime) -> list[Event]:
        """What came of it."""
        match effect:
            case engine.Exchange():
                short = self.replica is not None and not self.replica.reserve.may_receive()
                return [self._attempted(_push if short else _round)]
            case engine.ApplyHeard():
                return [self._attempted(self._heard_round)]
            case engine.MovePiece():
                done, heard = self._attempted(_piece), self._listened(time)
                self._heard_moving = engine.Heard() in heard
                return [*heard, done]
            case engine.Listen():
                self._listen(time)
            case engine.WakeAt(moment_s=moment_s):
                self.wake_s = moment_s
        return []

    def _listen(self, time: WorldTime) -> None:
        if self._exchanger is not None:
            self._listening = (self._exchanger.asked(wait_s=LISTEN_S), time.now_s + LISTEN_S)

    def _heard_round(self, exchanger: Exchanger[Changed]) -> Round[Changed]:
        heard, self._heard = self._heard, None
        assert heard is not None
        done = exchanger.applied(*heard)
        if done.absorbed.received and (self._heard_moving or exchanger.pieces_wait()):
            self._tally.met(Met.NEWS_WHILE_MOVING)
        self._heard_moving = False
        return done

    def _attempted(self, work: Callable[[Exchanger[Changed]], Round[Changed] | None]) -> Event:
        """What came of it. work: None of what it comes to is a piece that was moved."""
        exchanger = self._exchanger
        assert exchanger is not None
        try:
            done = work(exchanger)
            pieces = work is not _push and exchanger.pieces_wait()
            if done is None:
                return engine.PieceDone(pieces, exchanger.held_s())
        except StoreError as error:
            self.errors.append(type(error).__name__)
            self.note_trouble()
            return engine.RoundFailed(type(error).__name__, None, waits_for_person=True)
        except SyncError as error:
            self.errors.append(error.cause)
            if work is _piece:
                pause_s = error.retry_after_s if isinstance(error, ServerBusy) else None
                return engine.RoundFailed(error.cause, pause_s, waits_for_person=False)
            retry_after_s = error.retry_after_s if isinstance(error, NoAnswer) else None
            person = isinstance(error, NetworkInTheWay | NotAdmitted)
            return engine.RoundFailed(error.cause, retry_after_s, person)
        self._agreed = self.link.server_version
        self.watch(self, done)
        self.note_trouble()
        if work is _push:  # nothing is received, as `cop_desktop.background` does it
            more = done.more and done.sent > 0
            return engine.RoundDone(more, pieces=False, agreed=False, listens=False)
        return engine.RoundDone(
            done.more,
            pieces,
            done.absorbed.agreed,
            exchanger.held_s(),
            news=done.absorbed.received > 0,
        )

    def _small_frames(self, _page_bytes: int) -> int:
        return self.frame_bytes

    def _is_dead(self) -> bool:
        return self.disk.is_dead

    def _off(self) -> None:
        self.replica = self._exchanger = self._listening = self._heard = None
        self.wake_s = float("inf")


def rows_of(replica: Replica, statement: str) -> list[tuple[Any, ...]]:
    """What a query finds; past SQLAlchemy, which would take longer than everything it looks at."""
    with replica.read() as connection:
        return connection.connection.driver_connection.execute(statement).fetchall()  # type: ignore[union-attr]


def _piece(exchanger: Exchanger[Changed]) -> None:
    exchanger.move_piece()


def _push(exchanger: Exchanger[Changed]) -> Round[Changed]:
    return exchanger.round(pull=False)


def _round(exchanger: Exchanger[Changed]) -> Round[Changed]:
    return exchanger.round()


def _unwatched(_computer: Computer, _round: Round[Changed]) -> None:
    return
