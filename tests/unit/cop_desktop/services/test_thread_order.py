"""The order in which a thread is read."""

from hypothesis import given
from hypothesis import strategies as st

from cop_desktop.services.discussions.ordering import Placed, in_reading_order
from sync.core.ids import Id

A, B, C, D = (bytes([n]) * 16 for n in range(1, 5))
GONE = bytes(16)


def order(*posts: tuple[Id, Id | None]) -> list[tuple[Id, int]]:
    return [(placed.id, placed.depth) for placed in in_reading_order(posts)]


def test_a_reply_stands_after_what_it_answers() -> None:
    assert order((A, None), (B, None), (C, A), (D, C)) == [(A, 0), (C, 1), (D, 2), (B, 0)]


def test_a_reply_may_be_earlier_than_what_it_answers() -> None:
    assert order((C, A), (A, None)) == [(A, 0), (C, 1)]


def test_a_reply_to_something_not_here_stands_under_the_topic_and_says_so() -> None:
    assert in_reading_order([(A, GONE), (B, A)]) == [Placed(A, 0, True), Placed(B, 1, False)]


def test_replies_that_answer_each_other_are_all_shown() -> None:
    assert order((A, B), (B, A), (C, C), (D, B)) == [(A, 0), (B, 1), (D, 2), (C, 0)]


def test_a_very_deep_thread_is_no_problem() -> None:
    ids = [n.to_bytes(16, "big") for n in range(5000)]
    chain = list(zip(ids, [None, *ids[:-1]], strict=True))
    assert [placed.depth for placed in in_reading_order(chain)] == list(range(5000))


few = st.integers(0, 12).map(lambda n: bytes([n]) * 16)


@given(st.dictionaries(few, st.none() | few))
def test_every_reply_is_shown_exactly_once_whatever_answers_what(
    parents: dict[Id, Id | None],
) -> None:
    placed = in_reading_order(list(parents.items()))
    assert sorted(p.id for p in placed) == sorted(parents)
    assert all(p.parent_missing == (parents[p.id] not in {None, *parents}) for p in placed)
