"""Pace: patient but not for ever, pages as large as the link carries in seconds."""

from hypothesis import given
from hypothesis import strategies as st

from sync.client import pace


@given(st.integers(1, 1000), st.floats(0, 1))
def test_delays_stay_between_their_bounds(failures: int, luck: float) -> None:
    assert pace.FIRST_DELAY_S / 2 <= pace.retry_delay_s(failures, luck) <= pace.MAX_DELAY_S


def test_delays_double_and_spread() -> None:
    assert [pace.retry_delay_s(n, 1.0) for n in (1, 2, 3)] == [2.0, 4.0, 8.0]
    assert pace.retry_delay_s(3, 0.0) == 4.0
    assert pace.retry_delay_s(1, 0.0, asked_s=60.0) == 60.0


def test_pages_grow_on_a_fast_link_and_shrink_on_a_slow_one() -> None:
    size = pace.FIRST_PAGE_BYTES
    assert pace.next_page_bytes(size, moved_bytes=size, took_s=0.1) == 2 * size
    slow = pace.next_page_bytes(size, moved_bytes=size, took_s=48.0)
    assert slow == pace.SMALLEST_PAGE_BYTES
    assert pace.next_page_bytes(size, moved_bytes=200, took_s=0.7) == size


@given(st.integers(0, 10**8), st.floats(0, 1000))
def test_pages_stay_between_their_bounds(moved: int, took_s: float) -> None:
    size = pace.next_page_bytes(pace.FIRST_PAGE_BYTES, moved, took_s)
    assert pace.SMALLEST_PAGE_BYTES <= size <= pace.LARGEST_PAGE_BYTES
