"""Garbage is collected on the GUI thread, so that no widget is destroyed on another one."""

import gc
import threading
from typing import Any, ClassVar

import pytest
from pytestqt.qtbot import QtBot

from cop_desktop.ui.collecting import GuiCollector


class Cycle:
    """Refers to itself, so only the collector frees it; notes on which thread that happens."""

    freed_on: ClassVar[list[str]] = []

    def __init__(self) -> None:
        self.me = self

    def __del__(self) -> None:
        Cycle.freed_on.append(threading.current_thread().name)


@pytest.fixture
def collector(qtbot: QtBot) -> Any:
    made = GuiCollector()
    made.start()
    yield made
    made.stop()
    assert gc.isenabled()


def make_garbage() -> None:
    for _ in range(20_000):
        Cycle()


def test_what_another_thread_leaves_is_freed_on_this_one(collector: GuiCollector) -> None:
    gc.collect()
    Cycle.freed_on.clear()
    thread = threading.Thread(target=make_garbage, name="store")
    thread.start()
    thread.join()
    assert Cycle.freed_on == []
    assert collector.collect_if_due()
    assert set(Cycle.freed_on) == {threading.current_thread().name}


def test_nothing_is_collected_while_there_is_little(collector: GuiCollector) -> None:
    gc.collect()
    assert not collector.collect_if_due()


def test_what_is_there_at_the_start_is_looked_through_no_more(qtbot: QtBot) -> None:
    collector = GuiCollector()
    collector.start()
    try:
        assert gc.get_freeze_count() > 10_000
        assert len(gc.get_objects()) < 1_000
    finally:
        collector.stop()
    assert gc.get_freeze_count() == 0
