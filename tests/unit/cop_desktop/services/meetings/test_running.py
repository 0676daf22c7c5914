"""How far a meeting has come: what is counted, what is not, what survives a restart."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cop_desktop.services.meetings import Course, Running, begun
from sync.core.ids import Id
from tests.support.replicas import ManualClock, enrolled, opened

FIVE = datetime(2026, 8, 12, 7, 30, tzinfo=UTC)
WELCOME, BREAKFAST = b"w" * 16, b"b" * 16


def after(minutes: float) -> datetime:
    return FIVE + timedelta(minutes=minutes)


def run_two_items() -> Course:
    return begun(FIVE, WELCOME).on(BREAKFAST, after(5)).paused(after(8)).resumed(after(18))


def test_time_goes_to_the_item_that_is_talked_about_and_none_while_it_is_paused() -> None:
    course = run_two_items().at(after(20))
    assert course.used(WELCOME) == 5 * 60
    assert course.used(BREAKFAST) == 5 * 60
    assert course.total_s == 10 * 60


def test_after_the_last_item_nothing_is_counted() -> None:
    assert run_two_items().on(None, after(19)).at(after(29)).total_s == 9 * 60


def test_a_clock_that_was_put_back_takes_no_minute_away() -> None:
    course = begun(FIVE, WELCOME).at(after(5)).at(after(-60)).at(after(-59))
    assert course.used(WELCOME) == 6 * 60


def test_a_program_shut_over_night_pauses_the_meeting_where_it_was() -> None:
    course = begun(FIVE, WELCOME).at(after(5)).at(after(14 * 60))
    assert (course.used(WELCOME), course.ticking, course.interrupted) == (5 * 60, False, True)
    assert not course.resumed(after(14 * 60)).interrupted


def test_a_restart_goes_on_where_the_meeting_was(tmp_path: Path) -> None:
    clock = ManualClock()
    meeting: Id = b"m" * 16
    with enrolled(tmp_path / "anna", clock=clock) as replica:
        assert Running(replica).course(meeting) is None
        Running(replica).keep(meeting, run_two_items())
    with opened(tmp_path / "anna", clock) as replica:
        kept = Running(replica).course(meeting)
    assert kept == run_two_items()
    assert kept.at(after(20)).used(BREAKFAST) == 5 * 60


def test_a_meeting_that_is_over_keeps_its_minutes(tmp_path: Path) -> None:
    closed = run_two_items().closed(after(20))
    assert closed.ended
    assert closed.at(after(60)).total_s == 10 * 60
