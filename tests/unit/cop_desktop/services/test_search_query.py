"""What somebody types into the search field."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cop_desktop.services.search.query import Query, parse


def test_plain_words_are_words() -> None:
    assert parse("  wet season  roads ") == Query(words=("wet", "season", "roads"))


def test_nothing_asks_for_nothing() -> None:
    assert parse("").is_empty
    assert parse(' "" - :: ').is_empty
    assert parse("-roads").is_empty


def test_operators_are_understood_in_any_case_and_order() -> None:
    query = parse('From:ann roads IN:"Top End" tag:transport type:guide is:unread has:file')
    assert query == Query(
        words=("roads",),
        authors=("ann",),
        places=("Top End",),
        types=("guide",),
        tags=("transport",),
        unread=True,
        has_file=True,
    )


def test_quoted_words_stand_together_and_a_missing_closing_quote_is_forgiven() -> None:
    assert parse('"on country" x').phrases == ("on country",)
    assert parse('x "on country').phrases == ("on country",)
    assert parse("“on country”").phrases == ("on country",)


def test_a_minus_leaves_words_and_phrases_out() -> None:
    assert parse('roads -closed -"dry season"') == Query(
        words=("roads",), without=("closed", "dry season")
    )


def test_a_hyphen_inside_a_word_is_no_minus() -> None:
    assert parse("follow-up").words == ("follow-up",)


def test_days_begin_at_midnight_in_the_northern_territory() -> None:
    query = parse("after:2026-08-12 before:2027")
    assert query.after == datetime(2026, 8, 11, 14, 30, tzinfo=UTC)
    assert query.before == datetime(2026, 12, 31, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "typed", ["before:Friday", "after:2026-13", "is:here", "has:cake", "http://x", "note:this"]
)
def test_what_only_looks_like_an_operator_is_plain_words(typed: str) -> None:
    assert parse(typed) == Query(words=(typed,))


@given(st.text())
def test_nothing_that_can_be_typed_is_an_error(typed: str) -> None:
    parse(typed)
