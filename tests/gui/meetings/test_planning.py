"""Planning meetings and series, and opening a day of a series."""

from datetime import UTC, date, datetime, time

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cop_desktop.ui.meetings.forms.rhythms import (
    KEYS,
    ONCE,
    OWN,
    choice_of,
    choice_words,
    rhythm_of,
)
from cop_desktop.ui.meetings.forms.series_form import SeriesDialog
from cop_desktop.ui.widgets.form.form import FormDialog
from tests.support.meeting_hall import Hall
from tests.support.replicas import COMMUNITY

WEDNESDAY = date(2026, 8, 12)


def dialog_of(hall: Hall) -> FormDialog:
    dialog = hall.page.presenter.planning.dialog
    assert dialog is not None
    return dialog


def test_a_new_meeting_is_planned_in_nt_time_and_shown(empty_hall: Hall) -> None:
    hall = empty_hall
    hall.window.registry.action("meetings.new").trigger()
    dialog = dialog_of(hall)
    dialog.form.set_values(
        {"title": "Housing", "day": date(2026, 9, 2), "time": time(9, 30), "minutes": "45 min"}
    )
    dialog.confirm()
    hall.settle()
    assert hall.titles() == ["Housing"]
    shown = hall.meetings.meeting(hall.page.presenter.detail.meeting)
    assert shown.starts == datetime(2026, 9, 2, 0, 0, tzinfo=UTC)
    assert shown.duration_minutes == 45
    assert hall.page.presenter.planning.dialog is None


def test_minutes_that_are_no_number_keep_the_dialog_open(empty_hall: Hall) -> None:
    empty_hall.page.plan_meeting()
    dialog = dialog_of(empty_hall)
    dialog.form.set_values({"title": "Housing", "minutes": "an hour"})
    dialog.confirm()
    assert "number" in dialog.form._problems["minutes"].text()
    assert empty_hall.meetings.upcoming(COMMUNITY) == ()
    dialog.form.set_values({"minutes": "60"})
    dialog.confirm()
    empty_hall.settle()
    assert empty_hall.titles() == ["Housing"]


def test_a_new_series_says_in_words_when_it_will_meet(empty_hall: Hall) -> None:
    empty_hall.window.registry.action("meetings.new_series").trigger()
    dialog = dialog_of(empty_hall)
    assert isinstance(dialog, SeriesDialog)
    assert dialog.plan_words() == (
        "Every second Wednesday, 5:00 pm NT time Next: Wed 12 Aug · Wed 26 Aug · Wed 9 Sep"
    )
    dialog.form.set_values({"title": "Forum", "rhythm": "nth weekday", "first_day": WEDNESDAY})
    dialog._show_plan()
    assert dialog.plan_words().startswith("On the second Wednesday of every month")
    dialog.confirm()
    empty_hall.settle()
    series = empty_hall.meetings.series(COMMUNITY)[0]
    assert series.recurrence == "FREQ=MONTHLY;BYDAY=2WE"
    assert empty_hall.titles()[0] == "Forum"


@pytest.mark.parametrize("key", [key for key in KEYS if key != ONCE])
def test_every_choice_is_recognised_again(key: str) -> None:
    rhythm = rhythm_of(key, WEDNESDAY, date(2027, 1, 1))
    assert rhythm is not None
    assert choice_of(rhythm.rule(), WEDNESDAY) == key


def test_a_rhythm_of_another_program_stays_as_it_is() -> None:
    assert choice_of("FREQ=DAILY;COUNT=5", WEDNESDAY) == OWN
    assert choice_of("", WEDNESDAY) == ONCE
    assert choice_of("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", WEDNESDAY) == "fortnight"


def test_choices_follow_the_first_day() -> None:
    assert choice_words("week", WEDNESDAY) == "Every Wednesday"
    assert choice_words("nth weekday", WEDNESDAY) == "Monthly on the second Wednesday"
    assert choice_words("last weekday", date(2026, 8, 31)) == "Monthly on the last Monday"


def test_changing_a_series_leaves_what_was_not_touched(hall: Hall) -> None:
    before = hall.meetings.series(COMMUNITY)[0]
    hall.page.presenter.planning.edit_series(before)
    dialog = dialog_of(hall)
    dialog.form.set_values({"place": "The library"})
    hall.settle()
    dialog.confirm()
    hall.settle()
    after = hall.meetings.series(COMMUNITY)[0]
    assert after.place == "The library"
    assert (after.title, after.recurrence, after.first_day) == (
        before.title,
        before.recurrence,
        before.first_day,
    )
    assert (after.duration_minutes, after.type, after.purpose) == (60, "forum", before.purpose)


def test_a_series_in_the_trash_comes_back_by_undo(hall: Hall) -> None:
    series = hall.meetings.series(COMMUNITY)[0]
    hall.page.presenter.planning.edit_series(series)
    dialog = dialog_of(hall)
    assert isinstance(dialog, SeriesDialog)
    dialog.remove_wanted.emit()
    hall.settle()
    assert hall.meetings.series(COMMUNITY) == ()
    undo = hall.notices[-1].acted
    assert undo is not None
    undo()
    hall.settle()
    assert [each.id for each in hall.meetings.series(COMMUNITY)] == [series.id]


def test_looking_at_a_planned_day_makes_no_meeting(hall: Hall) -> None:
    planned = hall.page.rows.item(hall.page.rows.index(1))
    hall.page.listing.list.choose(planned.key)
    hall.settle()
    assert "Wed 26 Aug, 5:00 pm NT time" in hall.page.detail.planned._when.text()
    assert hall.row_of(date(2026, 8, 26)).id is None


def test_opening_a_planned_day_makes_the_meeting_and_goes_to_its_agenda(hall: Hall) -> None:
    planned = hall.page.rows.item(hall.page.rows.index(1))
    hall.page.listing.list.choose(planned.key)
    hall.settle()
    hall.page.detail.planned.open.click()
    hall.settle()
    assert hall.row_of(date(2026, 8, 26)).id is not None
    assert hall.page.detail.is_meeting_shown()
    assert hall.page.listing.list.current_key() == planned.key
    assert hall.page.detail.tabs.currentWidget() is hall.page.detail.agenda


def test_who_planned_a_meeting_goes_on_with_its_agenda(hall: Hall, qtbot: QtBot) -> None:
    hall.window.activateWindow()
    hall.window.registry.action("meetings.new").trigger()
    dialog = dialog_of(hall)
    dialog.form.set_values({"title": "Housing", "day": date(2026, 9, 2)})
    dialog.confirm()
    hall.settle()
    title = hall.page.detail.agenda.add.editor("title")
    hall.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is title)
