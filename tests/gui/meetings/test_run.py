"""Running a meeting: its clock, its agenda, what is written beside it, its end."""

from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cop_desktop.services.meetings import NewMeeting
from cop_desktop.ui.meetings.run.view import RunView
from cop_desktop.ui.theme.theme import Theme
from sync.core.ids import Id
from tests.support.cut_off import cut_off
from tests.support.far_language import far_language
from tests.support.forum import NOON
from tests.support.meeting_hall import Hall, fill, opened_hall
from tests.support.replicas import COMMUNITY


@pytest.fixture
def run(hall: Hall, tonight: Id) -> RunView:
    """Tonight's meeting, run for four minutes."""
    hall.page.open_meeting(tonight)
    hall.settle()
    hall.page.detail.header.run.click()
    hall.settle()
    turn(hall, minutes=4)
    return hall.page.run


def turn(hall: Hall, *, minutes: float) -> None:
    hall.clock.turn(seconds=minutes * 60)
    hall.page.presenter.run.tick()


def details(run: RunView) -> list[str]:
    return [run.items.row(key).part.detail for key in run.items.keys()]  # noqa: SIM118 - no dict


def badges(run: RunView, place: int) -> list[str]:
    return [badge.text for badge in run.items.row(run.items.keys()[place]).part.badges]


def press(hall: Hall, key: str) -> None:
    hall.window.registry.action(key).trigger()


def test_the_clock_counts_for_the_item_that_is_on_and_goes_to_any_other(
    hall: Hall, run: RunView, qtbot: QtBot
) -> None:
    assert run.card.headline() == "Acknowledgement of Country and who is here"
    assert run.card.clock_text() == "4:00 1\u00a0min left"
    press(hall, "meetings.next_item")
    turn(hall, minutes=0.005)
    assert run.card.clock_text() == "0:00 25\u00a0min left"
    turn(hall, minutes=0.9)
    assert run.card.clock_text() == "0:54 24\u00a0min left"
    turn(hall, minutes=10)
    assert run.card.headline().startswith("Attendance in the wet season")
    assert details(run)[:3] == [
        "4\u00a0min of 5\u00a0min · Anna Marsh",
        "10\u00a0min of 25\u00a0min · Cleo Baker",
        "20\u00a0min planned · Ben Marika",
    ]
    assert badges(run, 1) == ["Now"]
    press(hall, "meetings.last_item")
    assert run.card.headline().startswith("Acknowledgement")
    run.items.go_to(run.items.keys()[3])
    qtbot.keyClick(run.items.row(run.items.keys()[3]), Qt.Key.Key_Return)
    assert run.card.headline() == "Next steps"
    press(hall, "meetings.next_item")
    assert run.card.headline() == "Everything on the agenda was talked about."


def test_what_is_over_its_time_says_so_in_words_and_the_whole_meeting_too(
    hall: Hall, run: RunView
) -> None:
    turn(hall, minutes=6)
    assert run.card.clock_text() == "10:00 5\u00a0min over"
    assert badges(run, 0) == ["Now", "5\u00a0min over"]
    assert run.state_words().endswith("what is left needs 5\u00a0min more than there is")

    press(hall, "meetings.pause")
    turn(hall, minutes=10)
    assert run.card.clock_text().startswith("10:00")  # a pause counts no time
    press(hall, "meetings.pause")
    turn(hall, minutes=1)
    assert run.card.clock_text().startswith("11:00")


def test_a_decision_and_an_action_are_noted_by_keyboard_without_leaving(
    hall: Hall, run: RunView, qtbot: QtBot, tonight: Id
) -> None:
    detail = hall.page.detail
    press(hall, "meetings.decision")
    assert detail.tabs.currentWidget() is detail.decisions
    qtbot.keyClicks(detail.decisions.add.editor("text"), "Buses first")
    qtbot.keyClick(detail.decisions.add.editor("text"), Qt.Key.Key_Return)
    press(hall, "meetings.action")
    assert detail.tabs.currentWidget() is detail.action_items
    qtbot.keyClicks(detail.action_items.add.editor("text"), "Ring the depot")
    qtbot.keyClick(detail.action_items.add.editor("text"), Qt.Key.Key_Return)
    hall.settle()
    assert hall.page.is_running()
    meeting = hall.meetings.meeting(tonight)
    assert meeting.decisions[-1].text == "Buses first"
    assert meeting.actions[-1].text == "Ring the depot"


def test_it_fits_a_narrow_window_and_after_leaving_goes_on_where_it_was(
    hall: Hall, run: RunView, tonight: Id
) -> None:
    hall.window.resize(700, 700)
    hall.settle()
    assert not run.items.isVisible()
    assert run.card.isVisible()
    assert run.side.geometry().bottom() < run.beside.geometry().top() + 1
    assert hall.page.detail.notes.isVisible()
    hall.page.show_list()
    hall.settle()
    assert not hall.page.is_running()
    assert hall.page.detail.tabs.isVisible()
    assert hall.page.detail.header.run.text() == "Go on with the &meeting"
    hall.clock.turn(seconds=120)
    press(hall, "meetings.run")
    hall.settle()
    assert run.card.clock_text() == "6:00 1\u00a0min over"


def card_is_whole(run: RunView) -> bool:
    """Whether all of the clock can be seen without scrolling."""
    ground = run.side.viewport()
    foot = run.card.mapTo(ground, QPoint(0, run.card.height())).y()
    return run.side.verticalScrollBar().value() == 0 and foot <= ground.height()


@pytest.mark.parametrize(
    ("width", "scale", "spoken"),
    [(1024, 1.0, far_language), (1366, 2.0, far_language), (1024, 2.0, nullcontext)],
)
def test_nothing_of_the_clock_is_cut_in_a_small_window_with_large_text_or_long_words(
    qapp: QApplication, tmp_path: Path, theme: Theme, width: int, scale: float, spoken: Any
) -> None:
    theme.set_text_scale(scale)
    with spoken(qapp), opened_hall(tmp_path, theme) as hall:
        tonight = fill(hall)
        hall.window.resize(width, 700)
        hall.window.show()
        hall.page.open_meeting(tonight)
        hall.settle()
        press(hall, "meetings.run")
        hall.settle()
        run = hall.page.run
        for minutes, then in ((4, "next_item"), (32, "pause"), (5, "pause"), (1, "next_item")):
            turn(hall, minutes=minutes)
            hall.settle()
            assert card_is_whole(run), (minutes, then)
            assert cut_off(hall.window) == []
            press(hall, f"meetings.{then}")


def test_the_end_marks_it_as_held_shows_what_comes_after_and_can_be_undone(
    hall: Hall, run: RunView, tonight: Id
) -> None:
    run.end.click()
    hall.settle()
    assert not hall.page.is_running()
    assert hall.meetings.meeting(tonight).status == "held"
    assert hall.page.detail.tabs.currentWidget() is hall.page.detail.afterwards
    hall.notices[-1].acted()
    hall.settle()
    assert hall.meetings.meeting(tonight).status == "planned"
    assert hall.page.is_running()
    assert run.card.clock_text().startswith("4:00")


def test_the_end_can_be_asked_for_by_menu_while_a_meeting_is_run(
    hall: Hall, run: RunView, tonight: Id
) -> None:
    end = hall.window.registry.action("meetings.end")
    assert end.isEnabled()
    press(hall, "meetings.end")
    hall.settle()
    assert hall.meetings.meeting(tonight).status == "held"
    assert not end.isEnabled()


def test_a_first_item_added_to_an_empty_agenda_is_what_is_on(empty_hall: Hall) -> None:
    hall = empty_hall
    meeting = hall.meetings.add_meeting(COMMUNITY, NewMeeting("Visit", NOON, 60)).id
    hall.page.open_meeting(meeting)
    hall.settle()
    press(hall, "meetings.run")
    hall.settle()
    assert hall.page.run.card.headline().startswith("Nothing is on the agenda")
    hall.hub.post_change(hall.meetings.add_agenda_item(meeting, "Welcome", minutes=5).changed)
    hall.settle()
    assert hall.page.run.card.headline() == "Welcome"


def test_a_planned_day_is_opened_and_run_and_a_school_is_noted_in_one_click(hall: Hall) -> None:
    planned = hall.page.rows.item(hall.page.rows.index(1))
    hall.page.listing.list.choose(planned.key)
    hall.settle()
    assert not hall.page.detail.planned.run.isVisible()  # it is two weeks away
    press(hall, "meetings.run")
    hall.settle()
    assert hall.page.is_running()
    attendance = hall.page.detail.attendance
    hall.page.detail.tabs.setCurrentWidget(attendance)
    hall.settle()
    head = attendance.head("Paperbark College")
    assert head._all.isVisible()
    head._all.click()
    hall.settle()
    meeting = hall.meetings.meeting(bytes.fromhex(planned.key))
    assert [(team.school, len(team.people)) for team in meeting.attendance] == [
        ("Paperbark College", 2)
    ]
    assert not head._all.isVisible()
    hall.notices[-1].acted()
    hall.settle()
    assert head._all.isVisible()
