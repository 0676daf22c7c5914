"""The sync thread keeps to the data budget, and everything that crosses is counted."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from cop_desktop.background import Background, Wires
from cop_desktop.spending import Spending
from cop_desktop.store import Replica
from cop_desktop.store.data_use import DataUse, Moved
from cop_desktop.store.errors import Busy
from cop_desktop.sync_report import SyncReport
from sync.client.counting import Meter
from sync.client.errors import NoNetwork
from sync.client.exchanging import Round
from sync.core.budget import GB, CheapHours, DataPlan, Internet, Permits
from sync.core.handover import Absorbed
from tests.support.replicas import ManualClock, opened

WAIT_S = 10.0
NIGHT = DataPlan(Internet.METERED, 20 * GB, cheap=CheapHours(time(1), time(7)))
NOON = datetime(2026, 8, 12, 2, 30, tzinfo=UTC)  # in Darwin
PIECE = 2_000_000


@dataclass
class Script:
    """An exchanger with pieces to send, and an answer of some size to every round."""

    clock: ManualClock
    pieces: int = 0
    fails: bool = False
    received: int = 0
    during: Callable[[], None] = lambda: None
    meter: Meter = field(default_factory=Meter)
    permits: Permits = field(default_factory=Permits)
    rounds: list[bool] = field(default_factory=list)

    def round(self) -> Round[str]:
        self.meter.add(up=100, down=1_000)
        self.rounds.append(self.permits.history)
        if self.fails:
            raise NoNetwork("cut")
        return Round(Absorbed("", self.received, 0, 0, agreed=True), 0, more=False)

    def asked(self, *, wait_s: int) -> "Question":
        return Question()

    def work_waits(self) -> bool:
        return True

    def pieces_wait(self) -> bool:
        return self.permits.send and self.pieces > 0

    def move_piece(self) -> None:
        self.meter.add(up=PIECE)
        self.pieces -= 1
        self.during()

    def held_s(self) -> float | None:
        return None

    def begin_afresh(self) -> None:
        """Nothing was put off."""

    def abort(self) -> None:
        """Nothing is under way."""


class Question:
    """A request, as far as listening needs it."""

    frame = b"frame"


class Silence:
    """A listening connection on which nothing is ever heard."""

    def __init__(self) -> None:
        self.meter = Meter()
        self.asked = threading.Event()
        self._over = threading.Event()

    def exchange(self, _frame: bytes, wait_s: int) -> bytes:
        self.meter.add(up=7)
        self.asked.set()
        self._over.wait(wait_s)
        raise NoNetwork("over")

    def abort(self) -> None:
        self._over.set()

    def close(self) -> None:
        """Nothing is open."""


class Use(DataUse):
    """A data budget over which so much of files waits as a test says."""

    waits: Callable[[], int] = lambda: 0

    def __init__(self, replica: Replica, clock: ManualClock) -> None:
        super().__init__(replica._database, replica.files, clock.wall_ms)
        self._files = self  # type: ignore[assignment]

    def waiting_bytes(self) -> tuple[int, int]:
        return self.waits(), 0


@dataclass
class Running:
    """A sync thread under a script and a budget."""

    script: Script
    use: Use
    rests: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    listening: Silence = field(default_factory=Silence)
    _background: Background[str] | None = None

    def start(self) -> None:
        self.use.waits = lambda: self.script.pieces * PIECE
        spending = Spending(self.use, (self.script.meter, self.listening.meter))
        wires: Wires[str] = Wires(lambda _changed: None, self._hear)
        self._background = Background(self.script, self.listening, wires, spending)  # type: ignore[arg-type]
        self._background.start()

    def rest(self) -> None:
        """Until nothing is under way."""
        assert self.rests.acquire(timeout=WAIT_S)

    def again(self) -> None:
        assert self._background is not None
        self._background.sync_now()
        self.rest()

    def stop(self) -> None:
        if self._background is not None:
            self._background.stop()
            self._background = None

    def _hear(self, report: SyncReport) -> None:
        if not report.busy:
            self.rests.release()


@pytest.fixture
def clock() -> ManualClock:
    made = ManualClock()
    made.now_ms = int(NOON.timestamp() * 1000)
    return made


@pytest.fixture
def running(tmp_path: Path, clock: ManualClock) -> Iterator[Running]:
    with opened(tmp_path / "replica") as replica:
        found = Running(Script(clock), Use(replica, clock))
        yield found
        found.stop()


def test_a_large_file_waits_for_the_cheap_hours_and_goes_in_them(
    running: Running, clock: ManualClock
) -> None:
    running.use.set_plan(NIGHT)
    running.script.pieces = 3
    running.start()
    running.rest()
    assert running.script.pieces == 3
    clock.turn(seconds=13.1 * 3600)  # it is 1:06 am
    running.again()
    assert running.script.pieces == 0


def test_what_groups_cost_is_measured_in_the_rounds_that_bring_many(running: Running) -> None:
    running.script.received = 100
    running.start()
    running.rest()
    assert running.use.group_bytes() == (500 * 185 + 1_000) / 600


def test_what_is_under_way_stops_when_the_cheap_hours_end(
    running: Running, clock: ManualClock
) -> None:
    running.use.set_plan(NIGHT)
    running.script.pieces = 3
    clock.turn(seconds=18.9 * 3600)  # 6:54 am
    running.script.during = lambda: clock.turn(seconds=600)
    running.start()
    running.rest()
    assert running.script.pieces == 2
    assert len(running.script.rounds) == 1


def test_what_the_person_lets_go_does_not_wait(running: Running) -> None:
    running.use.set_plan(NIGHT)
    running.script.pieces = 2
    running.start()
    running.rest()
    assert running.script.pieces == 2
    running.use.let_go(NOON + timedelta(hours=4))
    running.again()
    assert running.script.pieces == 0


def test_a_file_that_was_let_go_by_the_allowance_stops_when_that_is_used_up(
    running: Running,
) -> None:
    running.use.set_plan(DataPlan(allowance_bytes=200_000_000))
    running.use.note(0, 200_000_000 - 3 * PIECE)
    running.use.let_go(NOON + timedelta(hours=4))
    running.script.pieces = 5
    running.script.during = lambda: running.use.let_go(None)
    running.start()
    running.rest()
    assert running.script.pieces == 4


def test_tries_that_fail_and_the_listening_connection_are_counted(running: Running) -> None:
    running.script.fails = True
    running.start()
    running.rest()
    assert running.use.moved_this_month() == Moved(100, 1_000, 1_100)
    running.script.fails = False
    running.again()
    assert running.listening.asked.wait(WAIT_S)
    running.stop()
    assert running.use.moved_this_month() == Moved(207, 2_000, 2_207)


def test_what_cannot_be_counted_now_is_counted_the_next_time(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    meter = Meter()
    spending = Spending(running.use, (meter,))
    meter.add(up=10)
    with monkeypatch.context() as patched:
        patched.setattr(running.use, "note", _busy)
        spending.note()
    meter.add(down=5)
    spending.note()
    spending.note()
    assert running.use.moved_this_month() == Moved(10, 5, 15)


def _busy(*_bytes: float) -> None:
    raise Busy("locked")
