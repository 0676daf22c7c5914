"""The keyboard in the sections of a meeting: letters, Tab, and the lines that add."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit
from pytestqt.qtbot import QtBot

from cop_desktop.services.meetings import NewAction
from cop_desktop.store import Changed
from tests.support.meeting_hall import Hall
from tests.support.replicas import COMMUNITY

Go = Callable[[str], None]


@pytest.mark.parametrize(
    ("letter", "name"),
    [
        (Qt.Key.Key_A, "agenda"),
        (Qt.Key.Key_N, "notes"),
        (Qt.Key.Key_T, "attendance"),
        (Qt.Key.Key_D, "decisions"),
        (Qt.Key.Key_I, "action_items"),
        (Qt.Key.Key_R, "afterwards"),
    ],
)
def test_the_letter_of_a_section_leads_into_it(
    hall: Hall, open_section: Go, qtbot: QtBot, letter: Qt.Key, name: str
) -> None:
    open_section("notes" if name == "agenda" else "agenda")
    hall.window.activateWindow()
    hall.page.listing.list.setFocus()
    qtbot.keyClick(hall.page.listing.list, letter, Qt.KeyboardModifier.AltModifier)
    section = getattr(hall.page.detail, name)
    assert hall.page.detail.tabs.currentWidget() is section
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit | QTextEdit | QPlainTextEdit)
    assert section.isAncestorOf(focus)


@pytest.mark.parametrize("name", ["agenda", "attendance", "decisions", "action_items"])
def test_tab_goes_through_the_details_of_a_new_line_before_its_button(
    hall: Hall, open_section: Go, qtbot: QtBot, name: str
) -> None:
    open_section(name)
    hall.window.activateWindow()
    add = getattr(hall.page.detail, name).add
    stops = list(add.values())
    add.editor(stops[0]).setFocus()
    for stop in stops[1:]:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is add.editor(stop) or add.editor(stop).isAncestorOf(focus)
    for _ in range(4):  # a day has parts of its own
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        if QApplication.focusWidget() is add._button:
            break
    assert QApplication.focusWidget() is add._button


def test_who_clicks_add_goes_on_in_the_same_line(
    hall: Hall, open_section: Go, qtbot: QtBot
) -> None:
    open_section("decisions")
    hall.window.activateWindow()
    add = hall.page.detail.decisions.add
    add.set_values({"text": "The bus leaves at seven."})
    qtbot.mouseClick(add._button, Qt.MouseButton.LeftButton)
    hall.settle()
    assert QApplication.focusWidget() is add.editor("text")


def test_the_field_that_is_wrong_is_marked(hall: Hall, open_section: Go) -> None:
    open_section("agenda")
    add = hall.page.detail.agenda.add
    add.set_values({"title": "Lunch", "minutes": "long"})
    add.add()
    assert add.editor("minutes").property("state") == "problem"
    assert not add.editor("title").property("state")


def test_tab_goes_from_the_last_member_to_the_line_for_guests(
    hall: Hall, open_section: Go, qtbot: QtBot
) -> None:
    open_section("attendance")
    hall.settle()
    hall.window.activateWindow()
    section = hall.page.detail.attendance
    last = list(section._rows.values())[-1]
    (last._clear if last._clear.isVisible() else last.button("present")).setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is section.add.editor("name")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is section.add.editor("school")


def test_tab_reads_a_section_from_its_rows_to_the_line_that_adds(
    hall: Hall, open_section: Go, qtbot: QtBot
) -> None:
    open_section("action_items")
    hall.meetings.add_action(hall.tonight, NewAction("Ring the bus company"))
    hall.hub.post_change(Changed.of([COMMUNITY], ("action",)))
    hall.settle()
    hall.window.activateWindow()
    section = hall.page.detail.action_items
    hall.page.detail.tabs.tabBar().setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is section.list.row(section.list.keys()[0])
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_End)
    assert QApplication.focusWidget() is section.list.row(section.list.keys()[-1])
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is section.add.editor("text")
    section.add._button.setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is section.carried.row(section.carried.keys()[0])


def test_while_a_meeting_is_run_tab_reads_clock_agenda_and_then_the_sections(
    hall: Hall, open_section: Go, qtbot: QtBot
) -> None:
    open_section("agenda")
    hall.window.activateWindow()
    hall.window.registry.action("meetings.run").trigger()
    hall.settle()
    run = hall.page.run
    run.end.setFocus()
    reached = []
    for _ in range(4):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    row = run.items.row(run.items.keys()[0])
    assert reached == [run.card.next, run.card.pause, row, hall.page.detail.tabs.tabBar()]
    hall.page.presenter.leave_run()
    hall.settle()
    hall.page.detail.header.run.setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is hall.page.detail.tabs.tabBar()


def test_an_action_is_not_added_while_its_day_is_not_understood(
    hall: Hall, open_section: Go, qtbot: QtBot
) -> None:
    open_section("action_items")
    hall.window.activateWindow()
    add = hall.page.detail.action_items.add
    add.set_values({"text": "Ring the bus company"})
    due = add.editor("due")
    due.setFocus()
    qtbot.keyClicks(due, "30/13")
    add.editor("text").setFocus()
    assert "“30/13” is no day" in add._problem.text()
    before = len(hall.meetings.meeting(hall.tonight).actions)
    qtbot.keyClick(add.editor("text"), Qt.Key.Key_Return)
    hall.settle()
    assert len(hall.meetings.meeting(hall.tonight).actions) == before
    assert due.hasFocus()
    due.lineEdit().selectAll()
    qtbot.keyClicks(due, "30/11/2026")
    assert not add._problem.text()
    add._button.click()
    hall.settle()
    assert hall.meetings.meeting(hall.tonight).actions[-1].due == date(2026, 11, 30)
