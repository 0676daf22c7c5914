"""The data budget: months that turn, hours over midnight, and what may go when."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.core import budget
from sync.core.budget import (
    GB,
    SMALL_BYTES,
    Amounts,
    Ask,
    CheapHours,
    DataPlan,
    Go,
    Internet,
    Lane,
    Transfer,
    WaitUntil,
)

NIGHT = CheapHours(time(1), time(7))
OVER_MIDNIGHT = CheapHours(time(22), time(6))
BIG = 40_000_000
ZONES = ["Australia/Darwin", "Australia/Sydney", "Asia/Kathmandu", "America/New_York", "UTC"]
MOMENTS = st.integers(1_577_836_800, 2_051_222_400).map(lambda s: datetime.fromtimestamp(s, UTC))
TIMES = st.times().map(lambda found: found.replace(second=0, microsecond=0))
PLANS = st.builds(
    DataPlan,
    internet=st.sampled_from(Internet),
    allowance_bytes=st.none() | st.integers(0, 50 * GB),
    renews_on=st.integers(1, 31),
    cheap=st.none() | st.builds(CheapHours, TIMES, TIMES, st.booleans()),
    zone=st.sampled_from(ZONES),
)


def darwin(day: int, hour: int, minute: int = 0, month: int = 8) -> datetime:
    zone = ZoneInfo("Australia/Darwin")
    return datetime(2026, month, day, hour, minute, tzinfo=zone).astimezone(UTC)


def verdict(
    plan: DataPlan, now: datetime, used: int = 0, size: int = BIG, lane: Lane = Lane.FETCH
) -> budget.Verdict:
    return budget.decide(plan, now, used, Transfer(lane, size))


@given(MOMENTS, PLANS)
def test_every_moment_lies_in_the_month_that_is_found_for_it(now: datetime, plan: DataPlan) -> None:
    month = budget.month_of(plan, now)
    assert month.first <= budget.day_of(plan, now) < month.renews
    assert 28 <= (month.renews - month.first).days <= 31
    assert budget.month_of(plan, budget.renews_at(plan, now)).first == month.renews
    before = budget.renews_at(plan, now) - timedelta(seconds=1)
    assert budget.month_of(plan, before) == month


@pytest.mark.parametrize(
    ("today", "first", "renews"),
    [
        (darwin(14, 12), date(2026, 7, 31), date(2026, 8, 31)),
        (darwin(28, 0, month=2), date(2026, 2, 28), date(2026, 3, 31)),
        (darwin(27, 23, 59, month=2), date(2026, 1, 31), date(2026, 2, 28)),
    ],
)
def test_a_month_that_turns_on_the_31st_turns_on_the_last_day_of_shorter_ones(
    today: datetime, first: date, renews: date
) -> None:
    assert budget.month_of(DataPlan(renews_on=31), today) == budget.Month(first, renews)


def test_the_month_turns_at_midnight_in_the_territory_not_in_greenwich() -> None:
    plan = DataPlan(renews_on=15)
    assert budget.month_of(plan, darwin(14, 23, 59)).renews == date(2026, 8, 15)
    assert budget.month_of(plan, darwin(15, 0)).first == date(2026, 8, 15)


@pytest.mark.parametrize(
    ("hours", "hour", "minute", "cheap"),
    [
        (NIGHT, 0, 59, False),
        (NIGHT, 1, 0, True),
        (NIGHT, 6, 59, True),
        (NIGHT, 7, 0, False),
        (OVER_MIDNIGHT, 21, 59, False),
        (OVER_MIDNIGHT, 22, 0, True),
        (OVER_MIDNIGHT, 0, 0, True),
        (OVER_MIDNIGHT, 5, 59, True),
        (OVER_MIDNIGHT, 6, 0, False),
        (CheapHours(time(3), time(3)), 2, 0, True),
    ],
)
def test_cheap_hours_begin_and_end_to_the_minute(
    hours: CheapHours, hour: int, minute: int, *, cheap: bool
) -> None:
    assert budget.is_cheap(DataPlan(cheap=hours), darwin(12, hour, minute)) is cheap


@given(MOMENTS, PLANS)
def test_cheap_hours_come_when_it_is_said_that_they_come(now: datetime, plan: DataPlan) -> None:
    comes = budget.next_cheap(plan, now)
    if plan.cheap is None:
        assert comes is None
        assert not budget.is_cheap(plan, now)
        return
    assert comes is not None
    assert timedelta() < comes - now <= timedelta(hours=49)
    a_minute = timedelta(minutes=1)
    gone = plan.cheap.begins <= plan.cheap.ends <= time(5)  # may fall into the hour left out
    assert gone or budget.is_cheap(plan, comes)
    if budget.is_cheap(plan, now):
        ends = budget.cheap_ends(plan, now)
        assert ends is not None
        assert ends > now
        assert budget.is_cheap(plan, ends - a_minute)
    else:
        assert budget.cheap_ends(plan, now) is None


def test_hours_that_summer_time_shortens_or_lengthens_keep_their_local_times() -> None:
    plan = DataPlan(cheap=NIGHT, zone="Australia/Sydney")
    zone = ZoneInfo(plan.zone)
    for day, hours in (
        (datetime(2026, 10, 4, tzinfo=zone), 5),
        (datetime(2026, 4, 5, tzinfo=zone), 7),
    ):
        begins = budget.next_cheap(plan, day.astimezone(UTC))
        assert begins is not None
        ends = budget.cheap_ends(plan, begins)
        assert ends is not None
        assert ends - begins == timedelta(hours=hours)


@given(MOMENTS, PLANS, st.integers(0, 60 * GB), st.integers(0, 60 * GB))
def test_what_is_small_goes_whatever_the_budget_says(
    now: datetime, plan: DataPlan, used: int, size: int
) -> None:
    assert verdict(plan, now, used, size, Lane.SMALL) == Go()


@given(MOMENTS, PLANS, st.integers(0, 60 * GB), st.integers(0, 60 * GB))
def test_what_waits_has_a_moment_to_wait_for_at_which_more_is_allowed(
    now: datetime, plan: DataPlan, used: int, size: int
) -> None:
    said = verdict(plan, now, used, size)
    if isinstance(said, WaitUntil):
        assert now < said.moment <= now + timedelta(days=32)
        assert said.moment.utcoffset() == timedelta()
    left = budget.left_bytes(plan, used)
    if said == Go() and left is not None and budget.counts(plan, now):
        assert size <= left


@given(MOMENTS, st.integers(1, 60 * GB))
def test_a_plain_good_connection_is_never_held_up(now: datetime, size: int) -> None:
    assert verdict(DataPlan(), now, size=size) == Go()
    assert budget.permits(DataPlan(), now, Amounts(size, size, size, size)) == budget.Permits()


def test_large_things_wait_for_the_free_hours_and_go_in_them() -> None:
    plan = DataPlan(Internet.METERED, 20 * GB, cheap=NIGHT)
    assert verdict(plan, darwin(12, 15)) == WaitUntil(darwin(13, 1))
    assert verdict(plan, darwin(13, 1)) == Go()
    assert verdict(plan, darwin(13, 1), used=30 * GB) == Go()
    assert verdict(plan, darwin(12, 15), size=SMALL_BYTES) == Go()


def test_hours_that_are_cheap_but_counted_need_room_in_the_allowance() -> None:
    plan = DataPlan(allowance_bytes=GB, cheap=CheapHours(time(1), time(7), free=False))
    assert verdict(plan, darwin(13, 2), used=0) == Go()
    assert verdict(plan, darwin(13, 2), used=GB) == WaitUntil(darwin(1, 0, month=9))


def test_without_cheap_hours_a_tenth_of_what_is_left_goes_and_more_is_asked_about() -> None:
    plan = DataPlan(Internet.METERED, allowance_bytes=GB)
    assert verdict(plan, darwin(12, 15), size=GB // 10) == Go()
    assert verdict(plan, darwin(12, 15), size=GB // 10 + 1) == Ask()
    assert verdict(plan, darwin(12, 15), used=GB - BIG + 1) == WaitUntil(darwin(1, 0, month=9))


def test_a_metered_connection_of_which_nothing_else_is_known_asks_before_large_things() -> None:
    plan = DataPlan(Internet.METERED)
    assert verdict(plan, darwin(12, 15)) == Ask()
    assert verdict(plan, darwin(12, 15), size=SMALL_BYTES) == Go()


def test_each_lane_is_judged_by_its_own_size_and_the_next_change_is_told() -> None:
    plan = DataPlan(Internet.METERED, 20 * GB, cheap=NIGHT)
    found = budget.permits(plan, darwin(12, 15), Amounts(0, history=BIG, fetch=0, send=1_000))
    assert (found.history, found.send) == (False, True)
    assert found.held
    assert found.until == darwin(13, 1)


def test_what_only_the_person_can_let_go_is_held_without_a_moment() -> None:
    found = budget.permits(DataPlan(Internet.METERED), darwin(12, 15), Amounts(send=BIG))
    assert found.held
    assert found.until is None


def test_a_request_waits_for_news_where_bytes_are_not_counted() -> None:
    noon = datetime(2026, 6, 3, 3, 30, tzinfo=UTC)  # in Darwin
    night = CheapHours(time(1), time(7))
    at_night = datetime(2026, 6, 2, 18, 0, tzinfo=UTC)

    def listens(plan: DataPlan, now: datetime) -> bool:
        return budget.permits(plan, now, Amounts()).listen

    assert listens(DataPlan(), noon)
    assert listens(DataPlan(Internet.SOMETIMES), noon)
    assert not listens(DataPlan(Internet.METERED), noon)
    assert not listens(DataPlan(allowance_bytes=GB), noon)
    metered = DataPlan(Internet.METERED, GB, cheap=night)
    assert not listens(metered, noon)
    assert listens(metered, at_night), "free hours"
    assert not listens(
        DataPlan(Internet.METERED, cheap=CheapHours(time(1), time(7), False)), at_night
    )
