"""The window that is there while the sample is being made."""

import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from cop_desktop.demo.interrupts import interrupts_to
from cop_desktop.demo.preparing import Preparing
from cop_desktop.demo.seeding import Told
from cop_desktop.ui.theme.theme import Theme
from tests.support.demo_pages import make_theme

PATIENCE_S = 10.0


@pytest.fixture
def theme(qapp: QApplication, look_cache: Path) -> Theme:
    return make_theme(qapp, look_cache)


def until_told_off(told: Told) -> None:
    """Goes on making until it is cancelled."""
    while True:
        told(3, 10)


def soon(window: Preparing, deed: Callable[[], object]) -> None:
    """Do this once the making is under way."""

    def look() -> None:
        if window.bar.value() == 3:
            deed()
            timer.stop()

    timer = QTimer(window)
    timer.timeout.connect(look)
    timer.start(5)


def test_it_ends_by_itself_and_shows_how_far_it_is(theme: Theme) -> None:
    seen: list[tuple[int, str]] = []
    may_end = threading.Event()

    def make(told: Told) -> None:
        told(3, 10)
        assert may_end.wait(PATIENCE_S)

    def look() -> None:
        seen.append((window.bar.value(), window.words.text()))
        may_end.set()

    window = Preparing(theme, make)
    soon(window, look)
    assert window.run()
    assert window.error is None
    assert seen == [(3, "30 %")]


def test_cancel_waits_until_nothing_is_left_behind(theme: Theme) -> None:
    tidied: list[bool] = []

    def make(told: Told) -> None:
        try:
            until_told_off(told)
        finally:
            tidied.append(True)

    window = Preparing(theme, make)
    soon(window, window.cancel.click)
    assert not window.run()
    assert tidied == [True]
    assert window.error is None
    assert not window.cancel.isEnabled()


def test_closing_the_window_is_cancelling(theme: Theme) -> None:
    window = Preparing(theme, until_told_off)
    soon(window, window.close)
    assert not window.run()


def test_what_went_wrong_is_told(theme: Theme) -> None:
    def make(_told: Told) -> None:
        raise OSError("no room")

    window = Preparing(theme, make)
    assert not window.run()
    assert isinstance(window.error, OSError)


@pytest.mark.skipif(os.name == "nt", reason="no signals there")
def test_ctrl_c_in_the_terminal_cancels(theme: Theme) -> None:
    window = Preparing(theme, until_told_off)
    soon(window, lambda: os.kill(os.getpid(), signal.SIGINT))
    before = signal.getsignal(signal.SIGINT)
    with interrupts_to(window.reject):
        assert not window.run()
    assert signal.getsignal(signal.SIGINT) is before
