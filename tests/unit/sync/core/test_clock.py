"""The hybrid clock: causality holds whatever the computer's clock does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.core.clock import (
    MAX_CLOCK,
    HybridClock,
    Stamp,
    check_clock,
    clock_of,
    wall_ms_of,
)
from sync.core.errors import Malformed

walls = st.integers(-(10**13), 10**14)
honest = st.integers(0, MAX_CLOCK - (1 << 48))


@given(st.lists(st.tuples(walls, honest), max_size=20))
def test_every_tick_is_above_all_that_was_issued_or_seen(moments: list[tuple[int, int]]) -> None:
    wall = iter([moment[0] for moment in moments])
    clock = HybridClock(lambda: next(wall))
    highest = 0
    for _, seen in moments:
        clock.observe(seen)
        issued = clock.tick()
        assert issued > max(highest, seen)
        highest = issued


def test_a_clock_shows_real_time_when_nobody_is_ahead() -> None:
    clock = HybridClock(lambda: 1_700_000_000_123)
    assert wall_ms_of(clock.tick()) == 1_700_000_000_123
    assert clock.tick() == clock_of(1_700_000_000_124), "one that is used again is a moment later"


def test_a_clock_goes_on_from_where_it_was_kept() -> None:
    clock = HybridClock(lambda: 5, last=clock_of(10**12))
    assert clock.tick() == clock_of(10**12 + 1)
    assert clock.last == clock_of(10**12 + 1)


@given(st.lists(st.tuples(walls, honest), min_size=1, max_size=20))
def test_clocks_of_one_replica_opened_twice_never_issue_the_same(
    moments: list[tuple[int, int]],
) -> None:
    """As of two copies of a folder: the same past, the same moments, even the same peers."""
    wall = [0]
    one, other = (HybridClock(lambda: wall[0], salt=salt) for salt in (5, 0xFFFF))
    issued: list[int] = []
    for now_ms, seen in moments:
        wall[0] = now_ms
        for clock in (one, other):
            clock.observe(seen)
            issued += (clock.tick(), clock.tick())
    assert len(set(issued)) == len(issued)


@pytest.mark.parametrize("hostile", [-1, MAX_CLOCK + 1])
def test_a_value_past_the_year_4000_is_refused(hostile: int) -> None:
    with pytest.raises(Malformed):
        check_clock(hostile)
    with pytest.raises(Malformed):
        HybridClock(lambda: 0).observe(hostile)


def test_a_peer_at_the_end_of_time_does_not_take_everybody_there() -> None:
    clock = HybridClock(lambda: 5)
    clock.observe(MAX_CLOCK)
    for _ in range(1000):
        check_clock(clock.tick())


def test_what_honest_peers_issue_after_that_is_followed_still() -> None:
    ann, ben = HybridClock(lambda: 5), HybridClock(lambda: 5)
    for clock in (ann, ben):
        clock.observe(MAX_CLOCK)
    for _ in range(1000):
        seen = ann.tick()
    ben.observe(MAX_CLOCK)
    ben.observe(seen)
    assert ben.tick() > seen


def test_a_computer_that_lives_past_the_year_4000_can_write_on() -> None:
    clock = HybridClock(lambda: 10**15)
    for _ in range(3):
        check_clock(clock.tick())


def test_stamps_order_by_clock_then_replica() -> None:
    assert Stamp(1, b"b") < Stamp(2, b"a") < Stamp(2, b"b")
