"""The corrected clock when the computer's own is wrong, set, or asleep; table in docs/store.md."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cop_desktop.store import Replica
from tests.support.ledgers import Ledger, exchange
from tests.support.replicas import COMMUNITY, NOON_MS, ManualClock, enrolled, opened, rows_of

HOUR_MS = 3600 * 1000
DAY_MS = 24 * HOUR_MS
YEAR_MS = 365 * DAY_MS
SHORT_MS = 30_000
"""Less than what is corrected."""


class Laptop:
    """One computer with its clock, which the server's noon finds wrong by so much."""

    def __init__(self, folder: Path, wrong_ms: int) -> None:
        self._folder = folder
        self.clock = ManualClock(now_ms=NOON_MS + wrong_ms)
        self.replica = enrolled(folder, clock=self.clock)
        self.true_ms = NOON_MS
        exchange(self.replica.sync_side, Ledger(now_ms=NOON_MS))

    def passes(self, time_ms: int) -> None:
        """Time that both clocks count."""
        self.clock.turn(seconds=time_ms / 1000)
        self.true_ms += time_ms

    def sleeps(self, time_ms: int) -> None:
        """Time that only the wall clock counts, as on Linux and macOS."""
        self.clock.now_ms += time_ms
        self.true_ms += time_ms

    def shows(self, wrong_ms: int) -> None:
        """Somebody sets the clock so that it is wrong by so much."""
        self.clock.now_ms = self.true_ms + wrong_ms

    def starts_again(self) -> None:
        """The program ends and begins."""
        self.replica.close()
        self.replica = opened(self._folder, self.clock)

    def error_ms(self) -> int:
        """How far off is what people would see."""
        return self.replica.now_ms() - self.true_ms


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[list[Laptop]]:
    made: list[Laptop] = []
    yield made
    for laptop in made:
        laptop.replica.close()


@pytest.fixture
def laptop(request: pytest.FixtureRequest, tmp_path: Path, laptops: list[Laptop]) -> Laptop:
    """Parameter: how wrong its clock is at the contact."""
    laptops.append(Laptop(tmp_path, request.param))
    return laptops[0]


def wrong_by(*errors_ms: int) -> pytest.MarkDecorator:
    ids = [f"{error_ms / DAY_MS:g} days" for error_ms in errors_ms]
    return pytest.mark.parametrize("laptop", errors_ms, indirect=True, ids=ids)


@wrong_by(-17 * YEAR_MS, -3 * DAY_MS, -7 * HOUR_MS, 0, 7 * HOUR_MS, 10 * YEAR_MS)
def test_a_clock_that_is_left_alone_stays_corrected(laptop: Laptop) -> None:
    for _ in range(3):
        laptop.passes(7 * HOUR_MS)
        assert laptop.error_ms() == 0
        laptop.sleeps(9 * HOUR_MS)
        assert laptop.error_ms() == 0, "it only slept"
    laptop.starts_again()
    assert laptop.error_ms() == 0


@wrong_by(-17 * YEAR_MS, -3 * DAY_MS, -7 * HOUR_MS, 7 * HOUR_MS, 10 * YEAR_MS)
def test_a_clock_that_is_set_right_is_believed_at_once(laptop: Laptop) -> None:
    laptop.passes(HOUR_MS)
    laptop.shows(SHORT_MS)
    assert laptop.error_ms() == SHORT_MS
    laptop.sleeps(9 * HOUR_MS)
    laptop.passes(HOUR_MS)
    assert laptop.error_ms() == SHORT_MS


@wrong_by(-17 * YEAR_MS, 7 * HOUR_MS, 10 * YEAR_MS)
def test_a_clock_that_is_set_right_between_two_runs_is_believed(laptop: Laptop) -> None:
    laptop.passes(HOUR_MS)
    laptop.shows(0)
    laptop.starts_again()
    assert laptop.error_ms() == 0


@wrong_by(-17 * YEAR_MS, -30 * DAY_MS)
def test_a_clock_that_is_set_right_after_a_restart_is_believed(laptop: Laptop) -> None:
    """Nothing that was written then is years ahead for ever."""
    laptop.starts_again()
    laptop.passes(HOUR_MS)
    assert laptop.error_ms() == 0
    laptop.shows(0)
    assert laptop.error_ms() == 0
    with laptop.replica.write() as action:
        action.create("topic", COMMUNITY, {"title": "Now"})
    [row] = rows_of(laptop.replica)["topic"]
    assert row["created_ms"] == laptop.true_ms


@wrong_by(-20 * HOUR_MS)
def test_after_a_restart_less_than_a_day_stays_corrected_until_the_next_contact(
    laptop: Laptop,
) -> None:
    laptop.shows(0)
    laptop.starts_again()
    assert laptop.error_ms() == 20 * HOUR_MS
    exchange(laptop.replica.sync_side, Ledger(now_ms=laptop.true_ms))
    assert laptop.error_ms() == 0


@pytest.mark.parametrize(
    ("laptop", "set_to_ms"),
    [
        (0, -17 * YEAR_MS),
        (0, -HOUR_MS),
        (0, 10 * YEAR_MS),
        (-3 * DAY_MS, -17 * YEAR_MS),
        (-3 * DAY_MS, 10 * YEAR_MS),
        (10 * YEAR_MS, -17 * YEAR_MS),
        (10 * YEAR_MS, 9 * YEAR_MS),
    ],
    indirect=["laptop"],
)
def test_a_clock_that_is_set_wrong_after_the_contact_is_not_believed(
    laptop: Laptop, set_to_ms: int
) -> None:
    laptop.passes(HOUR_MS)
    laptop.shows(set_to_ms)
    assert laptop.error_ms() == 0
    laptop.passes(HOUR_MS)
    assert laptop.error_ms() == 0


@wrong_by(0, -17 * YEAR_MS)
def test_with_a_dead_battery_time_goes_on_from_the_last_contact(laptop: Laptop) -> None:
    away_ms = 15 * HOUR_MS
    laptop.passes(HOUR_MS)
    laptop.true_ms += away_ms + HOUR_MS
    laptop.clock.now_ms = NOON_MS - 20 * YEAR_MS  # as at every start
    laptop.starts_again()
    assert laptop.replica.now_ms() == NOON_MS
    laptop.passes(HOUR_MS)
    assert laptop.replica.now_ms() == NOON_MS + HOUR_MS
    laptop.shows(0)
    assert laptop.error_ms() == 0, "set right by the network"


def test_without_any_contact_the_clock_is_believed(tmp_path: Path) -> None:
    clock = ManualClock()
    with opened(tmp_path, clock) as replica:
        for moment_ms in (NOON_MS - 17 * YEAR_MS, NOON_MS + YEAR_MS, NOON_MS):
            clock.now_ms = moment_ms
            assert replica.now_ms() == moment_ms


@wrong_by(-5 * 60_000)
def test_a_clock_that_drifts_is_corrected_by_what_it_was_at_the_contact(laptop: Laptop) -> None:
    for _ in range(5):
        laptop.passes(HOUR_MS)
        laptop.clock.now_ms -= 2_000
        assert abs(laptop.error_ms()) <= 10_000
    exchange(laptop.replica.sync_side, Ledger(now_ms=laptop.true_ms))
    assert laptop.error_ms() == 0


def test_what_was_learned_in_this_run_stays_when_the_account_is_read_again(
    tmp_path: Path, laptops: list[Laptop]
) -> None:
    laptop = Laptop(tmp_path, -7 * HOUR_MS)
    laptops.append(laptop)
    laptop.passes(HOUR_MS)
    laptop.shows(0)
    replica: Replica = laptop.replica
    replica._renamed()
    assert laptop.error_ms() == 0
