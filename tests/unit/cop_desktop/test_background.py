"""The sync thread goes on whatever happens to it, and never says more than is so."""

import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from cop_desktop.background import FAULT, Background, SyncReport, Wires
from cop_desktop.store.errors import Busy
from sync.client.counting import Meter
from sync.client.errors import NoNetwork
from sync.client.exchanging import Asked, Round
from sync.core.handover import Absorbed

WAIT_S = 10.0


@dataclass
class Script:
    """An exchanger that does what a test says; each step once, then all is well."""

    rounds: list[BaseException] = field(default_factory=list)
    asking: list[BaseException] = field(default_factory=list)
    looking: list[BaseException] = field(default_factory=list)
    meter: Meter = field(default_factory=Meter)
    exchanged: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    def round(self) -> Round[str]:
        _next_of(self.rounds)
        self.exchanged.release()
        return Round(Absorbed("", 0, 0, 0, agreed=True), 0, more=False)

    def asked(self, *, wait_s: int) -> Asked:
        _next_of(self.asking)
        return Asked(b"frame", b"nonce", b"r" * 16, [], {}, 0)

    def work_waits(self) -> bool:
        _next_of(self.looking)
        return True

    def pieces_wait(self) -> bool:
        return False

    def abort(self) -> None:
        """Nothing is under way."""


def _next_of(steps: list[BaseException]) -> None:
    if steps:
        raise steps.pop(0)


class Silence:
    """A listening connection on which nothing is ever heard."""

    def __init__(self) -> None:
        self._over = threading.Event()

    def exchange(self, _frame: bytes, wait_s: int) -> bytes:
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
    _background: Background[str] | None = None

    @property
    def background(self) -> Background[str]:
        assert self._background is not None, "not started"
        return self._background

    def start(self) -> None:
        wires: Wires[str] = Wires(lambda _changed: None, self.reports.put)
        self._background = Background(self.script, Silence(), wires)  # type: ignore[arg-type]
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
