"""What the person is told and can set of the data budget."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from cop_desktop.services.data_budget import LET_GO, DataBudget, HeldPart
from cop_desktop.services.errors import NotAChoice
from cop_desktop.services.library import Library, NewItem
from cop_desktop.services.sync_status import SyncStatus
from cop_desktop.store import Replica
from sync.core.budget import GB, Ask, CheapHours, DataPlan, Go, Internet, Lane, WaitUntil
from tests.support.replicas import COMMUNITY, ManualClock, enrolled

NOON = datetime(2026, 8, 12, 2, 30, tzinfo=UTC)  # in Darwin
AT_ONE = datetime(2026, 8, 12, 15, 30, tzinfo=UTC)
PLAN = DataPlan(Internet.METERED, 20 * GB, renews_on=10, cheap=CheapHours(time(1), time(7)))


@pytest.fixture
def clock() -> ManualClock:
    made = ManualClock()
    made.now_ms = int(NOON.timestamp() * 1000)
    return made


@pytest.fixture
def replica(tmp_path: Path, clock: ManualClock) -> Iterator[Replica]:
    with enrolled(tmp_path / "anna", clock=clock) as made:
        yield made


@pytest.fixture
def found(replica: Replica) -> DataBudget:
    return DataBudget(replica)


def attach(replica: Replica, folder: Path, size: int) -> None:
    library = Library(replica)
    path = folder / "film.mp4"
    path.write_bytes(bytes(range(250)) * (size // 250))
    library.attach(library.add_item(COMMUNITY, NewItem("Film")).id, path)


def test_the_month_is_told_with_what_is_left(replica: Replica, found: DataBudget) -> None:
    found.set_plan(PLAN)
    replica.data_use.note(0, GB)
    standing = SyncStatus(replica).budget.standing()
    assert (standing.used_bytes, standing.left_bytes) == (GB, 19 * GB)
    assert (standing.since, standing.renews) == (date(2026, 8, 10), date(2026, 9, 10))
    assert standing.cheap_until is None
    assert standing.held == ()


def test_free_hours_are_told_apart(replica: Replica, found: DataBudget, clock: ManualClock) -> None:
    found.set_plan(PLAN)
    clock.turn(seconds=14 * 3600)
    replica.data_use.note(1_000, 9_000)
    standing = found.standing()
    assert (standing.used_bytes, standing.free_bytes) == (0, 10_000)
    assert standing.cheap_until == datetime(2026, 8, 12, 21, 30, tzinfo=UTC)


def test_a_large_file_waits_until_the_person_lets_it_go_and_again_after(
    replica: Replica, found: DataBudget, tmp_path: Path, clock: ManualClock
) -> None:
    found.set_plan(PLAN)
    attach(replica, tmp_path, 700_000)
    held = found.standing().holds(Lane.SEND)
    assert held is not None
    assert held.until == AT_ONE
    assert found.fetch_anyway() == NOON + LET_GO
    assert found.standing().held == ()
    assert found.standing().let_go_until == NOON + LET_GO
    found.wait_again()
    assert found.standing().held == (held,)
    found.fetch_anyway()
    clock.turn(seconds=LET_GO.total_seconds())
    assert found.standing().held == (held,)


def test_what_only_the_person_lets_go_has_no_time(
    replica: Replica, found: DataBudget, tmp_path: Path
) -> None:
    found.set_plan(DataPlan(Internet.METERED))
    attach(replica, tmp_path, 700_000)
    (part,) = found.standing().held
    assert part == HeldPart(Lane.SEND, part.size_bytes, None)


def test_a_cost_is_told_in_time_and_in_a_share_of_what_is_left(
    replica: Replica, found: DataBudget
) -> None:
    found.set_plan(replace(PLAN, allowance_bytes=GB))
    assert found.cost(86_000_000).seconds is None
    replica.data_use.note(0, 500_000_000, took_s=5_000)
    cost = found.cost(50_000_000)
    assert (cost.seconds, cost.share) == (500, 0.1)
    assert cost.verdict == WaitUntil(AT_ONE)
    assert not cost.goes
    found.fetch_anyway()
    assert found.cost(50_000_000).goes


def test_in_free_hours_nothing_is_taken_from_the_allowance(
    found: DataBudget, clock: ManualClock
) -> None:
    found.set_plan(PLAN)
    clock.turn(seconds=14 * 3600)
    cost = found.cost(50_000_000)
    assert (cost.share, cost.verdict) == (None, Go())


def test_on_a_metered_connection_a_large_fetch_is_asked_about(found: DataBudget) -> None:
    found.set_plan(DataPlan(Internet.METERED))
    assert found.cost(50_000_000).verdict == Ask()


def test_setting_a_plan_gives_the_one_before_for_an_undo(found: DataBudget) -> None:
    before = found.plan()
    assert found.set_plan(PLAN) == before
    assert found.plan() == PLAN
    assert found.set_plan(before) == PLAN
    assert found.plan() == before


@pytest.mark.parametrize(
    "plan",
    [replace(PLAN, renews_on=0), replace(PLAN, renews_on=32), replace(PLAN, allowance_bytes=-1)],
)
def test_a_plan_that_cannot_be_is_not_taken(found: DataBudget, plan: DataPlan) -> None:
    with pytest.raises(NotAChoice):
        found.set_plan(plan)
    assert found.plan() == DataPlan()
