"""The list of meetings: coming, past, searched, and what is only planned."""

from datetime import date

from pytestqt.qtbot import QtBot

from cop_desktop.services.meetings import MeetingEdit, SeriesEdit
from cop_desktop.ui.meetings.listing.model import MOST_PLANNED, EntryRows
from cop_desktop.ui.records.history import HistoryDialog
from cop_desktop.ui.records.versions_dialog import VersionsDialog
from sync.core.ids import Id
from tests.support.meeting_hall import Hall
from tests.support.replicas import COMMUNITY


def badges(hall: Hall, place: int) -> list[str]:
    row = hall.page.rows.data(hall.page.rows.index(place), 257)
    return [badge.text for badge in row.badges]


def test_what_is_coming_stands_in_order_and_planned_days_are_marked(hall: Hall) -> None:
    titles = hall.titles()
    assert titles[:3] == [
        "Leaders' forum",
        "Leaders' forum",
        "Strategic plan: what comes after 2026?",
    ]
    assert len(titles) == 2 + MOST_PLANNED
    assert "Not opened yet" not in badges(hall, 0)
    assert badges(hall, 1) == ["Not opened yet"]


def test_the_next_meeting_is_shown_at_once(hall: Hall, tonight: Id) -> None:
    assert hall.page.presenter.detail.meeting == tonight


def test_past_meetings_are_one_click_away_latest_first(hall: Hall, qtbot: QtBot) -> None:
    hall.page.listing.filter._past.click()
    hall.settle()
    days = [hall.page.rows.item(hall.page.rows.index(p)).row.day for p in range(2)]
    assert days == [date(2026, 7, 29), date(2026, 7, 15)]
    assert "Held" in badges(hall, 0)
    assert badges(hall, 1) == ["Not opened yet"]


def test_a_meeting_that_was_held_before_its_hour_is_among_the_past_ones(
    hall: Hall, tonight: Id
) -> None:
    hall.hub.post_change(hall.meetings.edit_meeting(tonight, MeetingEdit(status="held")))
    hall.settle()
    rows = hall.page.rows
    coming = {rows.item(rows.index(place)).row.id for place in range(rows.rowCount())}
    assert tonight not in coming
    hall.page.listing.filter._past.click()
    hall.settle()
    assert rows.item(rows.index(0)).row.id == tonight


def test_words_in_notes_are_found_on_both_sides_of_now(hall: Hall, qtbot: QtBot) -> None:
    hall.page.listing.filter.search.setText("breakfast")
    qtbot.waitUntil(lambda: len(hall.titles()) == 2)
    days = [hall.page.rows.item(hall.page.rows.index(p)).row.day for p in range(2)]
    assert days == [date(2026, 8, 12), date(2026, 7, 29)]
    hall.page.listing.filter.search.setText("nobody wrote this")
    qtbot.waitUntil(lambda: not hall.titles())
    hall.page.listing._empty._button.click()
    qtbot.waitUntil(lambda: len(hall.titles()) == 2 + MOST_PLANNED)


def test_one_series_can_be_chosen_and_says_when_it_meets(hall: Hall) -> None:
    listing = hall.page.listing
    series = hall.meetings.series(COMMUNITY)[0]
    listing.filter._series.set_value(series.id.hex())
    listing.filter._tell()
    hall.settle()
    assert set(hall.titles()) == {"Leaders' forum"}
    assert listing._rhythm.text() == "Every second Wednesday, 5:00 pm NT time"


def test_a_meeting_keeps_being_chosen_when_another_one_changes(hall: Hall, tonight: Id) -> None:
    hall.hub.post_change(hall.meetings.edit_meeting(tonight, MeetingEdit(title="Forum tonight")))
    hall.settle()
    assert hall.titles()[0] == "Forum tonight"
    assert hall.page.listing.list.current_key() == tonight.hex()


def test_a_day_that_somebody_else_opened_becomes_the_meeting(hall: Hall) -> None:
    planned = hall.page.rows.item(hall.page.rows.index(1))
    hall.page.listing.list.choose(planned.key)
    hall.settle()
    assert not hall.page.detail.is_meeting_shown()
    added = hall.meetings.open_occurrence(planned.row.series, planned.row.day)
    hall.hub.post_change(added.changed)
    hall.settle()
    assert hall.page.detail.is_meeting_shown()
    assert hall.page.presenter.detail.meeting == added.id


def test_an_empty_community_says_what_meetings_are_for(empty_hall: Hall) -> None:
    listing = empty_hall.page.listing
    assert listing._empty._headline.text() == "No meeting is planned"
    listing._empty._button.click()
    dialog = empty_hall.page.presenter.planning.dialog
    assert dialog is not None
    assert dialog.windowTitle() == "New meeting"
    dialog.done(0)


def test_what_is_not_downloaded_is_not_called_none(empty_hall: Hall) -> None:
    empty_hall.on_its_way = True
    empty_hall.page.presenter.listing.read()
    empty_hall.settle()
    assert empty_hall.page.listing._empty._headline.text() == "Not downloaded yet"


def test_without_a_community_nothing_can_be_planned(empty_hall: Hall) -> None:
    empty_hall.page.show_community(None)
    assert not empty_hall.page.listing._new.isEnabled()
    empty_hall.window.registry.action("meetings.new").trigger()
    assert empty_hall.page.presenter.planning.dialog is None


def test_a_cancelled_meeting_says_so(hall: Hall, tonight: Id) -> None:
    hall.hub.post_change(hall.meetings.edit_meeting(tonight, MeetingEdit(status="cancelled")))
    hall.settle()
    assert badges(hall, 0)[0] == "Cancelled"
    entry = hall.page.rows.item(hall.page.rows.index(0))
    assert isinstance(hall.page.rows._to_row.__self__, EntryRows)
    assert entry.row.status == "cancelled"


def test_a_series_with_two_versions_is_compared_where_its_rhythm_stands(hall: Hall) -> None:
    (series,) = hall.meetings.series(COMMUNITY)
    seen = hall.meetings.seen(series.id)
    hall.meetings.edit_series(series.id, SeriesEdit(place="The hall"), seen)
    hall.hub.post_change(hall.meetings.edit_series(series.id, SeriesEdit(place="School"), seen))
    hall.settle()
    listing = hall.page.listing
    assert not listing.series_versions.isVisible()
    listing.filter._series.set_value(series.id.hex())
    listing.filter._series.chosen.emit(series.id.hex())
    hall.settle()
    assert listing.series_versions.isVisible()
    listing.series_versions.click()
    hall.settle()
    (dialog,) = hall.window.findChildren(VersionsDialog)
    assert [section.field for section in dialog.sections] == ["place"]
    dialog.reject()
    listing.series_history_wanted.emit()
    hall.settle()
    (history,) = hall.window.findChildren(HistoryDialog)
    assert history._what_it_is.text() == "Series of meetings: Leaders' forum"
    history.reject()
