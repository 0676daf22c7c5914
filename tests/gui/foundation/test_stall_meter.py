"""The meter sees what it is there to see."""

import time

from tests.support.stall_meter import StallMeter


def test_a_held_up_window_is_measured(qtbot) -> None:
    with StallMeter() as meter:
        qtbot.wait(20)
        until = time.perf_counter() + 0.08
        while time.perf_counter() < until:
            pass
        qtbot.wait(20)
    assert meter.longest_ms >= 70
    assert 20 <= meter.busiest_ms <= meter.longest_ms + 10


def test_a_free_window_shows_no_stall(qtbot) -> None:
    with StallMeter() as meter:
        qtbot.wait(60)
    assert meter.ticks > 5
    assert meter.busiest_ms < 50


def test_work_before_the_first_turn_counts_too(qtbot) -> None:
    with StallMeter() as meter:
        until = time.perf_counter() + 0.05
        while time.perf_counter() < until:
            pass
    assert meter.longest_ms >= 45
