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
    assert pace.next_page_bytes(size, moved_bytes=size, took_s=0.1) == 16 * size
    slow = pace.next_page_bytes(size, moved_bytes=size, took_s=96.0)
    assert slow == pace.SMALLEST_PAGE_BYTES
    assert pace.next_page_bytes(size, moved_bytes=200, took_s=0.7) == size


@given(st.integers(0, 10**8), st.floats(0, 1000))
def test_pages_stay_between_their_bounds(moved: int, took_s: float) -> None:
    size = pace.next_page_bytes(pace.FIRST_PAGE_BYTES, moved, took_s)
    assert pace.SMALLEST_PAGE_BYTES <= size <= pace.LARGEST_PAGE_BYTES


def test_nobody_on_the_way_can_ask_for_silence_of_more_than_an_hour() -> None:
    assert pace.retry_delay_s(1, 0.0, asked_s=999_999.0) == 3600.0


def test_an_answer_is_waited_for_as_long_as_the_slowest_link_needs_to_carry_the_question() -> None:
    assert pace.silence_s(0) == 60.0
    assert pace.silence_s(128 * 1024) > 128 * 1024 / 250, "a chunk at 2 kbit/s"
    assert pace.silence_s(192 * 1024) < 1200, "and not for ever"


def test_a_page_that_was_cut_off_is_asked_for_smaller() -> None:
    size = pace.FIRST_PAGE_BYTES
    assert pace.page_bytes_after_cut(size, moved_bytes=40_000) == size // 2
    assert pace.page_bytes_after_cut(size, moved_bytes=500) == size, "that says nothing of the size"
    assert pace.page_bytes_after_cut(pace.SMALLEST_PAGE_BYTES, 9000) == pace.SMALLEST_PAGE_BYTES


def test_pushes_are_halved_and_grow_again_slowly() -> None:
    size = pace.smaller_push_bytes(pace.LARGEST_PUSH_BYTES)
    assert size == pace.LARGEST_PUSH_BYTES // 2
    grown = pace.next_push_bytes(size, was_refused=True)
    assert size < grown < size * 1.2
    for _ in range(20):
        size = pace.smaller_push_bytes(size)
    assert size == pace.SMALLEST_PUSH_BYTES
    for _ in range(100):
        size = pace.next_push_bytes(size, was_refused=True)
    assert size == pace.LARGEST_PUSH_BYTES
    size = pace.SMALLEST_PUSH_BYTES
    for _ in range(8):
        size = pace.next_push_bytes(size, was_refused=False)
    assert size == pace.LARGEST_PUSH_BYTES, "where nothing was refused, twice as much each time"


def test_a_waiting_request_is_held_longer_while_nothing_happens_and_not_for_what_broke_it() -> None:
    patience = pace.Patience()
    held = []
    for _ in range(5):
        held.append(patience.wait_s)
        patience.answered(patience.wait_s + 0.7)
    assert held == [50, 100, 200, 240, 240]
    patience.answered(3.0)
    assert patience.wait_s == 240, "news says nothing about patience"
    patience.broke(0.2)
    assert patience.wait_s == 240, "nor does a network that is not there"
    patience.broke(61.0)
    assert patience.wait_s == 120
    patience.broke(61.0)
    patience.answered(61.0)
    assert patience.wait_s == 60, "never again for as long as what broke"
    patience.broke(55.0)
    patience.answered(51.0)
    assert patience.wait_s == 50


def test_a_waiting_request_is_held_so_short_that_what_ends_quiet_ones_does_not_come_to_it() -> None:
    patience = pace.Patience()
    patience.broke(30.0)
    assert patience.wait_s == 50, "once may be chance"
    patience.broke(30.0)
    assert patience.wait_s == 25
    patience.answered(25.4)
    assert patience.wait_s == 25
    for _ in range(9):
        patience.broke(15.5)
    assert patience.wait_s == pace.SHORTEST_WAIT_S


def test_what_fails_is_put_off_ever_longer_and_a_success_forgets_it() -> None:
    now_s = 100.0
    put_off = pace.PutOff(lambda: now_s)
    assert put_off.is_over
    delays = []
    for _ in range(14):
        put_off.failed()
        delays.append(put_off.left_s)
    assert delays[:3] == [1.0, 2.0, 4.0]
    assert delays[-1] == pace.LONGEST_PUT_OFF_S
    now_s += 3_600.0
    assert put_off.is_over
    put_off.failed(asked_s=60.0, most_s=10.0)
    assert put_off.left_s == 60.0
    put_off.end()
    assert put_off.is_over
    put_off.worked()
    put_off.failed()
    assert put_off.left_s == 1.0
