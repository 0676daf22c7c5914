"""Work for the store thread: run there in order, answered on the GUI thread."""

import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal

log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Job:
    number: int
    work: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Callable[[Exception], None] | None
    key: str | None


@dataclass(frozen=True, slots=True)
class _Outcome:
    job: _Job
    result: Any
    error: Exception | None


class Jobs(QObject):
    """One thread and its queue. `run`, `cancel` and `wait_idle` are for the GUI thread.

    `failed_unheard` carries the error of a job that named nobody to hear of it; `error_met` that
    of every job. `idle` comes whenever nothing is left to do or to deliver.
    """

    failed_unheard = Signal(object)
    error_met = Signal(object)
    idle = Signal()

    _finished = Signal(object)

    def __init__(self, name: str = "store", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: deque[_Job] = deque()
        self._wake = threading.Condition()
        self._closing = False
        self._waiting: dict[int, _Job] = {}
        self._numbers = 0
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._work, name=f"jobs-{name}", daemon=True)
        self._thread.start()

    @property
    def pending(self) -> int:
        """Jobs whose answer has not been delivered yet."""
        return len(self._waiting)

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        key: str | None = None,
    ) -> None:
        """Runs `work` after everything asked before; then `done` or `failed` gets the answer.

        `done` and `failed` are bound methods (or partials of them) and run on the GUI
        thread; the answer is dropped when their object's Qt part is gone by then. A job
        with a `key` takes the place of one with the same key that has not begun.
        Raises ValueError for a function without an owner, or after `close`.
        """
        for receiver in (done, failed):
            if receiver is not None and _owner(receiver) is None:
                raise ValueError("answers go to bound methods, so that they end with their object")
        if self._closing:
            raise ValueError("no work is taken after close")
        if key is not None:
            self._take_back(key)
        self._numbers += 1
        job = _Job(self._numbers, work, done, failed, key)
        self._waiting[job.number] = job
        with self._wake:
            self._queue.append(job)
            self._wake.notify()

    def cancel(self, key: str) -> bool:
        """Takes back the queued job with `key`; False when it has begun or there is none."""
        found = self._take_back(key)
        if found:
            self._tell_idle()
        return found

    def wait_idle(self, timeout_ms: int = 5_000) -> bool:
        """Keeps the window alive until nothing is pending; False after `timeout_ms`."""
        if not self._waiting:
            return True
        loop = QEventLoop()
        self.idle.connect(loop.quit)
        QTimer.singleShot(timeout_ms, loop, loop.quit)
        loop.exec()
        return not self._waiting

    def close(self, timeout_s: float = 30.0) -> bool:
        """Finishes what is queued (what people wrote is in there) and ends the thread.

        Answers are no longer delivered. False when the work took longer than `timeout_s`.
        """
        with self._wake:
            self._closing = True
            self._wake.notify()
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _take_back(self, key: str) -> bool:
        with self._wake:
            for job in self._queue:
                if job.key == key:
                    self._queue.remove(job)
                    del self._waiting[job.number]
                    return True
        return False

    def _work(self) -> None:
        while (job := self._next()) is not None:
            outcome = _outcome(job)
            # The window may be gone by now: then there is nobody to tell.
            if shiboken6.isValid(self):
                self._finished.emit(outcome)

    def _next(self) -> _Job | None:
        with self._wake:
            while not self._queue and not self._closing:
                self._wake.wait()
            return self._queue.popleft() if self._queue else None

    def _deliver(self, outcome: _Outcome) -> None:
        job = self._waiting.pop(outcome.job.number)
        try:
            self._hand_over(job, outcome)
        finally:
            self._tell_idle()

    def _hand_over(self, job: _Job, outcome: _Outcome) -> None:
        if self._closing:
            return  # was on its way already
        if outcome.error is not None:
            self.error_met.emit(outcome.error)
        if outcome.error is None:
            if _is_there(job.done):
                job.done(outcome.result)
        elif job.failed is not None:
            if _is_there(job.failed):
                job.failed(outcome.error)
        else:
            self.failed_unheard.emit(outcome.error)

    def _tell_idle(self) -> None:
        if not self._waiting:
            self.idle.emit()


def _outcome(job: _Job) -> _Outcome:
    try:
        return _Outcome(job, _done(job.work), None)
    except Exception as error:  # the thread's top: it goes on for the others
        log.info("a job failed: %s", type(error).__name__, exc_info=error)
        return _Outcome(job, None, error)


def _done(work: Callable[[], Any]) -> Any:
    """What `work` returns; it is done once more where a full disk gave up its reserve for that."""
    try:
        return work()
    except Exception as error:
        # The store's DiskFull, which screens may not import; nothing of it was kept.
        if getattr(error, "room_made", False):
            return work()
        raise


def _owner(receiver: Callable[..., None]) -> object | None:
    while isinstance(receiver, partial):
        receiver = receiver.func
    return getattr(receiver, "__self__", None)


def _is_there(receiver: Callable[..., None]) -> bool:
    owner = _owner(receiver)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)
