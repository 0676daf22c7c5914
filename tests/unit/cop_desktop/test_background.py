"""The sync thread goes on whatever happens to it, and never says more than is so."""

import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from cop_desktop.background import FAULT, LITTLE_ROOM, Background, Wires
from cop_desktop.store.errors import Busy
from cop_desktop.sync_report import SyncReport
from sync.client import engine
from sync.client.counting import Meter
from sync.client.errors import NetworkInTheWay, NoNetwork, ServerBusy, ServerFull, SyncError
from sync.client.exchanging import Asked, Round
from sync.core.budget import Permits
from sync.core.handover import Absorbed

WAIT_S = 10.0


@dataclass
class Script:
    """An exchanger that does what a test says; each step once, then all is well."""

    rounds: list[BaseException] = field(default_factory=list)
    asking: list[BaseException] = field(default_factory=list)
    looking: list[BaseException] = field(default_factory=list)
    meter: Meter = field(default_factory=Meter)
    permits: Permits = field(default_factory=Permits)
    waits: list[int] = field(default_factory=list)
    exchanged: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    pulls: list[bool] = field(default_factory=list)
    waiting: int = 0
    afresh: int = 0
    held: float | None = None
    pieces: list[BaseException] = field(default_factory=list)
    pushes: bool = True
    pushed: list[bool] = field(default_factory=list)

    def round(self, *, pull: bool = True) -> Round[str]:
        self.pushed.append(self.pushes)
        _next_of(self.rounds)
        self.pulls.append(pull)
        self.exchanged.release()
        sent, self.waiting = min(self.waiting, 1), max(self.waiting - 1, 0)
        return Round(Absorbed("", 0, sent, 0, agreed=True), sent, more=bool(self.waiting))

    def asked(self, *, wait_s: int) -> Asked:
        _next_of(self.asking)
        self.waits.append(wait_s)
        return Asked(b"frame", b"nonce", b"r" * 16, [], {}, 0)

    def work_waits(self) -> bool:
        _next_of(self.looking)
        return True

    def pieces_wait(self) -> bool:
        return bool(self.pieces)

    def move_piece(self) -> None:
        _next_of(self.pieces)

    def held_s(self) -> float | None:
        return self.held

    def begin_afresh(self) -> None:
        self.afresh += 1

    def abort(self) -> None:
        """Nothing is under way."""


def _next_of(steps: list[BaseException]) -> None:
    if steps:
        raise steps.pop(0)


class Silence:
    """A listening connection on which nothing is ever heard. refusal: of every request, at once."""

    def __init__(self) -> None:
        self._over = threading.Event()
        self.refusal: SyncError | None = None
        self.listened = 0
        self.asked = threading.Semaphore(0)

    def exchange(self, _frame: bytes, wait_s: int) -> bytes:
        self.listened += 1
        self.asked.release()
        if self.refusal is not None:
            raise self.refusal
        self._over.wait(wait_s)
        raise NoNetwork("over")

    def abort(self) -> None:
        self._over.set()

    def close(self) -> None:
        """Nothing is open."""


@dataclass
class Running:
    """A sync thread under a script, and what it reports."""

    script: Script
    reports: queue.SimpleQueue[SyncReport] = field(default_factory=queue.SimpleQueue)
    has_room: bool = True
    silence: Silence = field(default_factory=Silence)
    _background: Background[str] | None = None

    @property
    def background(self) -> Background[str]:
        assert self._background is not None, "not started"
        return self._background

    def start(self) -> None:
        wires: Wires[str] = Wires(lambda _changed: None, self.reports.put, lambda: self.has_room)
        self._background = Background(self.script, self.silence, wires)  # type: ignore[arg-type]
        self._background.start()

    def until(self, wanted: Callable[[SyncReport], bool]) -> SyncReport:
        """The first report that is so."""
        while not wanted(report := self.reports.get(timeout=WAIT_S)):
            continue
        return report

    def stop(self) -> None:
        if self._background is not None:
            self._background.stop()


@pytest.fixture
def running() -> Iterator[Running]:
    found = Running(Script())
    yield found
    found.stop()


def _agrees(report: SyncReport) -> bool:
    return report.agreed


def test_a_database_that_is_busy_before_listening_is_asked_again(running: Running) -> None:
    running.script.asking = [Busy("locked")]
    running.start()
    assert running.script.exchanged.acquire(timeout=WAIT_S)
    running.background.sync_now()
    assert running.script.exchanged.acquire(timeout=WAIT_S)


def test_a_database_that_is_busy_when_something_was_written_is_asked_again(
    running: Running,
) -> None:
    running.script.looking = [Busy("locked")]
    running.start()
    assert running.script.exchanged.acquire(timeout=WAIT_S)
    running.background.local_work()
    assert running.script.exchanged.acquire(timeout=WAIT_S)


def test_a_fault_of_ours_is_told_and_does_not_end_syncing(running: Running) -> None:
    running.script.rounds = [ZeroDivisionError("a bug")]
    running.start()
    assert not running.until(lambda report: report.cause == FAULT).agreed
    running.background.sync_now()
    assert running.until(_agrees).cause == ""


def test_on_a_nearly_full_disk_what_waits_goes_and_nothing_is_received(running: Running) -> None:
    running.has_room = False
    running.script.waiting = 3
    running.start()
    for _ in range(3):
        assert running.script.exchanged.acquire(timeout=WAIT_S)
    told = running.until(lambda report: report.cause == LITTLE_ROOM and not report.busy)
    assert not told.agreed, "what was not asked for may be there"
    assert running.script.pulls == [False, False, False]
    running.background.local_work()
    assert running.script.exchanged.acquire(timeout=WAIT_S), "what is written now goes at once"
    running.has_room = True
    running.background.room_back()
    assert running.until(_agrees).cause == ""
    assert running.script.pulls[4:] == [True]


def test_nothing_waits_for_news_while_the_budget_says_so(running: Running) -> None:
    running.script.permits = Permits(listen=False)
    running.start()
    running.until(lambda report: report.agreed and not report.busy)
    assert running.script.waits == []
    running.script.permits = Permits()
    running.background.sync_now()
    assert running.script.exchanged.acquire(timeout=WAIT_S)
    running.until(lambda report: report.agreed and not report.busy)
    running.background.network_back()
    running.until(lambda report: report.busy)
    assert running.script.waits == [50]


def test_nothing_waits_for_news_once_nobody_saw_the_window_for_long(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cop_desktop.background.HIDDEN_S", 0.0)
    running.start()
    running.until(lambda report: report.agreed and not report.busy)
    running.background.window_hidden()
    assert not running.background._listens()
    while running.script.exchanged.acquire(blocking=False):
        pass
    running.background.window_shown()
    assert running.script.exchanged.acquire(timeout=WAIT_S), "it looks at once"
    assert running.background._listens()


def test_of_a_server_that_takes_nothing_what_it_has_still_comes(running: Running) -> None:
    running.script.rounds = [ServerFull("507", 60.0)]
    running.start()
    told = running.until(lambda report: report.cause == "server_full")
    assert not told.agreed
    assert running.script.pushed == [True, False]
    running.background.sync_now()
    assert running.until(_agrees).cause == ""
    assert running.script.pushed == [True, False, True]


@pytest.mark.parametrize(
    ("failure", "pause_s"),
    [
        (NetworkInTheWay("403"), None),
        (ServerFull("507", 60.0), None),
        (ServerBusy("429", 9.0), 9.0),
    ],
)
def test_whether_anything_works_is_looked_at_soon_after_a_piece_that_failed(
    running: Running, failure: SyncError, pause_s: float | None
) -> None:
    running.start()
    running.until(_agrees)
    running.script.pieces = [failure]
    told = running.background._move_piece()
    assert told == engine.RoundFailed(failure.cause, pause_s, waits_for_person=False)


def test_what_was_put_off_is_looked_at_when_its_moment_comes(running: Running) -> None:
    running.script.held = 0.05
    running.start()
    for _ in range(3):
        assert running.script.exchanged.acquire(timeout=WAIT_S)


def test_what_was_put_off_goes_when_a_person_asks_and_now_and_then_at_a_hint_of_a_network(
    running: Running,
) -> None:
    running.start()
    running.until(_agrees)
    background = running.background
    for _ in range(9):
        background._begin_afresh(engine.NetworkBack())
    assert running.script.afresh == 1, "hints come in rows"
    for _ in range(2):
        background._begin_afresh(engine.AskedFor())
    assert running.script.afresh == 3
    background._begin_afresh(engine.LocalWork())
    assert running.script.afresh == 3


def test_a_server_that_refuses_to_be_listened_to_is_left_alone_as_long_as_it_says(
    running: Running,
) -> None:
    running.silence.refusal = ServerBusy("429", 900.0)
    running.start()
    for _ in range(4):
        assert running.script.exchanged.acquire(timeout=WAIT_S)
        running.until(lambda report: report.agreed and not report.busy)
        running.background.sync_now()
    assert running.silence.asked.acquire(timeout=WAIT_S)
    assert running.silence.listened == 1
