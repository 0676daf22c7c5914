"""Words such as "just now" are said again while the window is shown, and only then."""

import pytest

from cop_desktop.ui.records.when import When
from cop_desktop.ui.shell.window_memory import MemoryInMind
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.list_view import ListView
from cop_desktop.wiring.aging import Aging
from tests.support.demo_pages import DemoWindow


@pytest.fixture
def window(theme: Theme, qtbot) -> DemoWindow:
    made = DemoWindow(theme, MemoryInMind())
    qtbot.addWidget(made)
    made.show_place("discussions")
    return made


def test_time_goes_by_while_the_window_is_shown_and_at_once_when_it_comes_back(
    window: DemoWindow, qtbot
) -> None:
    when = When()
    aging = Aging(window, when)
    assert not aging.is_running
    with qtbot.waitSignal(when.aged):
        window.show()
    assert aging.is_running
    window.hide()
    assert not aging.is_running
    with qtbot.waitSignal(when.aged):
        window.show()
    with qtbot.waitSignal(when.aged):
        aging._timer.timeout.emit()


def test_rows_in_sight_are_asked_for_their_words_again(window: DemoWindow, qtbot) -> None:
    aging = Aging(window, When())
    window.show()
    shown = next(iter(window.page("discussions").findChildren(ListView)))
    qtbot.waitUntil(shown.isVisible)
    model = shown.model()
    asked = []
    to_row = model._to_row

    def counted(item):
        asked.append(item)
        return to_row(item)

    model._to_row = counted
    shown.repaint()
    asked.clear()
    aging.tick()
    qtbot.waitUntil(lambda: bool(asked))
