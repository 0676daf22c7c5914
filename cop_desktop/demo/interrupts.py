"""Ctrl+C in the terminal, or a request to end: Qt's loop alone would hear of neither."""

import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from PySide6.QtCore import QTimer

_EVERY_MS: Final = 250
_NAMES: Final = ("SIGINT", "SIGTERM", "SIGHUP")


@contextmanager
def interrupts_to(close: Callable[[], object]) -> Iterator[None]:
    """Inside, such a signal calls this on the GUI thread instead of ending the process."""

    def heard(_number: int, _frame: object) -> None:
        close()

    before = {each: signal.signal(each, heard) for each in _heard_here()}
    ticking = QTimer()
    ticking.timeout.connect(_let_python_run)  # Python hears of signals only while it runs
    ticking.start(_EVERY_MS)
    try:
        yield
    finally:
        ticking.stop()
        _put_back(before)


def _heard_here() -> list[signal.Signals]:
    """Those that this system has and that nobody told us to ignore (nohup, a job of a shell)."""
    there = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
    return [each for each in there if signal.getsignal(each) is not signal.SIG_IGN]


def _put_back(before: Mapping[signal.Signals, Any]) -> None:
    for each, handler in before.items():
        signal.signal(each, handler)


def _let_python_run() -> None:
    return


@contextmanager
def ends_tidily() -> Iterator[None]:
    """Inside, a request to end unwinds what is under way, as Ctrl+C does."""
    before = {each: signal.signal(each, _stop) for each in _heard_here()}
    try:
        yield
    finally:
        _put_back(before)


def _stop(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt
