"""Meetings by month and by day: what stands where, by keyboard, in both times."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cop_desktop.ui.meetings.calendar.months import days_shown, months_on
from cop_desktop.ui.meetings.listing.model import Look
from sync.core.ids import Id
from tests.support.meeting_hall import Hall


def press(hall: Hall, widget: object, key: Qt.Key) -> None:
    QTest.keyClick(widget, key)  # type: ignore[call-overload]
    hall.settle()


def test_a_page_of_a_month_begins_on_monday_and_short_months_have_a_last_day() -> None:
    days = days_shown(date(2026, 8, 12))
    assert (days[0], days[-1]) == (date(2026, 7, 27), date(2026, 9, 6))
    assert months_on(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_on(date(2026, 1, 31), -2) == date(2025, 11, 30)


def test_a_month_is_gone_through_by_keyboard_and_remembered(hall: Hall, tonight: Id) -> None:
    listing = hall.page.listing
    hall.window.registry.action("meetings.look_month").trigger()
    hall.settle()
    month = listing.month
    assert month.month_name() == "August 2026"
    assert hall.window.memory.get("meetings.look") == b"month"
    assert month.grid.spoken(date(2026, 8, 12)) == (
        "Today, Wednesday, Wed 12 Aug. 1 meeting: 5 pm Leaders' forum"
    )
    assert month.grid.spoken(date(2026, 8, 13)) == "Thursday, Thu 13 Aug. No meeting"
    assert hall.titles() == ["Leaders' forum"]
    press(hall, month.grid, Qt.Key.Key_Right)
    assert not hall.titles()
    assert listing._note.text() == "No meeting on Thu 13 Aug. Press N to plan one."
    assert listing.list.height() <= 1, "the words stand under the name of the day"
    press(hall, month.grid, Qt.Key.Key_N)
    dialog = hall.page.presenter.planning.dialog
    assert dialog is not None
    assert dialog.form.values()["day"] == date(2026, 8, 13)
    dialog.done(0)
    press(hall, month.grid, Qt.Key.Key_PageDown)
    press(hall, month.grid, Qt.Key.Key_Up)
    press(hall, month.grid, Qt.Key.Key_Left)
    press(hall, month.grid, Qt.Key.Key_End)
    assert (month.month_name(), month.grid.chosen) == ("September 2026", date(2026, 9, 6))
    hall.page.open_meeting(tonight)  # as from a search: its day is shown
    hall.settle()
    assert month.grid.chosen == date(2026, 8, 12)
    assert listing.list.current_key() == tonight.hex()
    press(hall, month.grid, Qt.Key.Key_Return)
    assert hall.page.detail.is_meeting_shown()


def test_by_day_every_day_has_its_line_and_both_times_are_said(hall: Hall) -> None:
    listing = hall.page.listing
    listing.filter.set_look(Look.DAYS)
    hall.settle()
    titles = hall.titles()
    assert titles[:4] == ["Today, Wed 12 Aug", "Leaders' forum", "Wed 26 Aug", "Leaders' forum"]
    said = hall.page.rows.data(hall.page.rows.index(1), Qt.ItemDataRole.AccessibleTextRole)
    assert "5:00 pm NT time, 1:15 pm here" in said
    keys = []
    for _ in range(2):
        keys.append(listing.list.current_key())
        press(hall, listing.list, Qt.Key.Key_Down)
    assert listing.list.currentIndex().row() == 5  # past the lines
    assert keys[0] != keys[1]
    press(hall, listing.list, Qt.Key.Key_Home)
    assert listing.list.currentIndex().row() == 1
    press(hall, listing.list, Qt.Key.Key_N)
    dialog = hall.page.presenter.planning.dialog
    assert dialog is not None
    assert dialog.form.values()["day"] == date(2026, 8, 12)
    dialog.done(0)
