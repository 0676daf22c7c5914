"""From columns to what people read, and from what people enter to columns."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cop_desktop.services.checks import checked, checked_set
from cop_desktop.services.errors import Empty, TooLong
from cop_desktop.services.reading import (
    SNIPPET_CHARACTERS,
    Names,
    elements,
    milliseconds,
    moment,
    one_line,
    snippet,
)
from sync.catalogue.declare import LINE


def test_a_moment_survives_the_way_to_the_column_and_back() -> None:
    when = datetime(2026, 8, 12, 7, 30, tzinfo=UTC)
    assert moment(milliseconds(when)) == when
    with pytest.raises(ValueError, match="zone"):
        milliseconds(datetime(2026, 8, 12))  # noqa: DTZ001 - that is the point


@given(st.integers(-(2**63), 2**63 - 1))
def test_any_number_is_some_moment(number: int) -> None:
    assert moment(number).tzinfo is UTC


def test_a_snippet_is_the_beginning_on_one_line_without_marks() -> None:
    markdown = "# Roads\n\n> **Closed**, see [the map](http://x.example)\n- `one`\n* two"
    assert snippet(markdown) == "Roads Closed, see the map one two"
    assert snippet(None) == ""
    assert snippet("2 * 3 * 4 and snake_case_name") == "2 * 3 * 4 and snake_case_name"


@given(st.text())
def test_a_snippet_is_short_whatever_the_text(text: str) -> None:
    short = snippet(text * 10)
    assert len(short) <= SNIPPET_CHARACTERS + 1
    assert "\n" not in short


def test_a_long_snippet_ends_between_words() -> None:
    short = snippet("word " * 100)
    assert short.endswith("word…")


def test_somebody_unknown_has_a_name_too() -> None:
    names = Names({b"a": "Anna"})
    assert names.of(b"a") == "Anna"
    assert names.of(b"b") == names.of(None) == "Somebody whose profile is on its way"


def test_elements_of_other_sorts_are_left_out() -> None:
    assert elements('["a",1,"b"]') == ("a", "b")
    assert elements(None) == ()


def test_what_is_entered_is_tidied_as_its_field_asks() -> None:
    assert checked("topic", "title", " two\n lines ") == "two lines"
    assert checked("topic", "body", "\n\n  indented\r\nmore  \n") == "  indented\nmore"
    assert checked("topic", "body", "") == ""
    with pytest.raises(Empty):
        checked("topic", "title", "\t")


def test_elements_are_kept_once_whatever_their_case() -> None:
    assert checked_set("topic", "tags", ["Wet ", "wet", "", " dry  season"]) == (
        "Wet",
        "dry season",
    )
    with pytest.raises(TooLong):
        checked_set("topic", "tags", ["x" * (LINE + 1)])


def test_a_name_stays_on_its_line_and_turns_no_other_words_round() -> None:
    assert one_line(None) == ""
    assert one_line("Anna\r\nMarsh \u202e(Dr)\u2028 \x07") == "Anna Marsh (Dr)"
    assert one_line("Z" + "\u0301" * 60 + "oë Nguyễn") == "Z" + "\u0301" * 6 + "oë Nguyễn"
    hebrew = "\u05e9\u05dc\u05d5\u05dd \u200f!"  # its own marks stay
    assert one_line(hebrew) == hebrew
