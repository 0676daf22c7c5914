"""The bytes that crossed are counted by day and month; the plan decides what may cross."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from cop_desktop.store import Replica
from cop_desktop.store.data_use import INTERNET, DataUse, Moved
from cop_desktop.store.database import Database
from cop_desktop.store.kept import SPACES
from sync.core.budget import GB, CheapHours, DataPlan, Internet, Permits
from tests.support.replicas import opened

NOON = datetime(2026, 8, 12, 2, 30, tzinfo=UTC)  # in Darwin
PLAN = DataPlan(Internet.METERED, 20 * GB, renews_on=10, cheap=CheapHours(time(1), time(7)))


class Watch:
    """A clock that a test sets."""

    now = NOON

    def ms(self) -> int:
        return int(self.now.timestamp() * 1000)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def replica(tmp_path: Path) -> Iterator[Replica]:
    with opened(tmp_path / "replica") as made:
        yield made


@pytest.fixture
def use(replica: Replica, watch: Watch) -> DataUse:
    return DataUse(replica._database, replica.files, watch.ms)


def lack_older_parts(database: Database, groups: int) -> None:
    row = {
        "space": b"s" * 16,
        "kind": "community",
        "head": groups + 10,
        "floor": groups,
        "server_head": groups + 10,
        "agreed": 1,
        "lost": 0,
    }
    with database.write() as connection:
        connection.execute(SPACES.insert(), row)


def test_what_crosses_is_added_up_day_by_day(use: DataUse, watch: Watch) -> None:
    use.note(100, 1_000)
    use.note(1, 10)
    watch.now += timedelta(days=1)
    use.note(5, 50)
    assert use.moved(date(2026, 8, 12), date(2026, 8, 12)) == Moved(101, 1_010, 1_111)
    assert use.moved_this_month() == Moved(106, 1_060, 1_166)


def test_a_new_month_begins_at_nothing(use: DataUse, watch: Watch) -> None:
    use.set_plan(PLAN)
    watch.now = datetime(2026, 8, 9, 14, 29, tzinfo=UTC)  # the last minute of the 9th in Darwin
    use.note(0, 1_000)
    assert use.moved_this_month().counted == 1_000
    watch.now += timedelta(minutes=1)
    assert use.moved_this_month() == Moved()


def test_what_crosses_in_free_hours_is_told_but_not_counted(use: DataUse, watch: Watch) -> None:
    use.set_plan(PLAN)
    watch.now = datetime(2026, 8, 12, 17, 0, tzinfo=UTC)  # 2:30 am in Darwin
    use.note(100, 1_000)
    assert use.moved_this_month() == Moved(100, 1_000, 0)


def test_days_of_more_than_a_year_ago_are_forgotten(use: DataUse, watch: Watch) -> None:
    use.note(1, 1)
    watch.now += timedelta(days=402)
    use.note(2, 2)
    assert use.moved(date(2026, 1, 1), date(2030, 1, 1)) == Moved(2, 2, 4)


def test_counts_and_plan_are_there_after_a_restart(tmp_path: Path) -> None:
    with opened(tmp_path / "x") as first:
        first.data_use.set_plan(PLAN)
        first.data_use.note(3, 4)
    with opened(tmp_path / "x") as again:
        assert again.data_use.plan() == PLAN
        moved = again.data_use.moved_this_month()
        assert (moved.up, moved.down) == (3, 4)


@pytest.mark.parametrize("answer", list(Internet))
def test_the_answer_of_the_first_start_is_the_plan_until_one_is_made(
    replica: Replica, use: DataUse, answer: Internet
) -> None:
    replica.settings.set(INTERNET, answer)
    assert use.plan() == DataPlan(answer)


@pytest.mark.parametrize("kept", [20, "x", {"internet": "dial-up"}, {"cheap": 3}])
def test_a_plan_that_cannot_be_read_counts_as_none(
    replica: Replica, use: DataUse, kept: object
) -> None:
    replica.settings.set("data_plan", kept)
    assert use.plan() == DataPlan()


def test_older_parts_wait_for_the_cheap_hours_unless_the_person_lets_them_go(
    replica: Replica, use: DataUse, watch: Watch
) -> None:
    lack_older_parts(replica._database, 10_000)
    use.set_plan(PLAN)
    found = use.permits()
    assert not found.history
    assert found.until == datetime(2026, 8, 12, 15, 30, tzinfo=UTC)
    use.let_go(watch.now + timedelta(hours=4))
    assert use.permits() == Permits()
    watch.now += timedelta(hours=4)
    assert use.let_go_until() is None
    assert not use.permits().history
    use.let_go(watch.now + timedelta(hours=4))
    use.let_go(None)
    assert not use.permits().history


def test_the_speed_is_that_of_late_and_not_of_one_small_answer(use: DataUse) -> None:
    use.note(200, 300, took_s=2.0)
    assert use.speed_bytes_s() is None
    use.note(0, 128_000, took_s=2.0)
    assert use.speed_bytes_s() == 64_000
    use.note(0, 128_000, took_s=4.0)
    assert use.speed_bytes_s() == 54_400


def test_what_an_older_part_will_cost_is_told_by_what_such_parts_cost_here(
    use: DataUse, replica: Replica
) -> None:
    lack_older_parts(replica._database, 1_000)
    assert use.amounts().history == 185_000, "so much in the benchmark"
    use.note(0, 900, groups=1)
    use.note(0, 5_000_000)
    assert use.amounts().history == 185_000, "a single reply says nothing, nor does a file"
    use.note(500, 150_000, groups=500)
    assert use.group_bytes() == (185 + 300) / 2
    for _ in range(80):
        use.note(500, 150_000, groups=500)
    assert 290 < use.group_bytes() < 300
    for _ in range(80):
        use.note(500, 50_000, groups=500)
    assert 100 < use.group_bytes() < 150, "it follows what is written lately"


def test_a_measurement_that_cannot_be_read_is_none(use: DataUse, replica: Replica) -> None:
    replica.settings.set("data_groups", ["many", None])
    assert use.group_bytes() == 185
    use.note(0, 92_500, groups=500)
    assert use.group_bytes() == 185


def test_each_computer_of_a_member_counts_its_own(tmp_path: Path) -> None:
    with opened(tmp_path / "one") as one, opened(tmp_path / "two") as two:
        one.data_use.note(10, 10)
        assert two.data_use.moved_this_month() == Moved()
