"""Texts compared, moments in words, sizes in words: no window needed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cop_desktop.ui.records.differing import both, both_of, differing, folded
from cop_desktop.ui.records.fields import field_name, value_words
from cop_desktop.ui.records.when import When
from cop_desktop.ui.widgets.sizes import size_words

NOW = datetime(2026, 8, 12, 7, 30, tzinfo=UTC)  # 5:00 pm in Darwin, a Wednesday
lines = st.lists(st.sampled_from(["one", "two", "three", "four words in one", ""]), max_size=8)


def marked(text: str, other: str) -> list[str]:
    return [stretch.text for stretch in differing(text, other) if stretch.differs]


def test_the_words_that_differ_are_marked_whole() -> None:
    assert marked("We walk on Monday with Elders", "We walk on Tuesday with two Elders") == [
        "Monday"
    ]
    assert marked("We walk on Tuesday with two Elders", "We walk on Monday with Elders") == [
        "Tuesday",
        "two",
    ]
    assert marked("two new words", "") == ["two new words"]


def test_in_tables_words_are_marked_and_no_pipes() -> None:
    table = "| Day | Bus |\n|---|---|\n| Mon | 7:00 |"
    longer = "| Day | Bus |\n|-----|-----|\n| Mon | 7:15 |\n| Tue | none today |"
    assert marked(longer, table) == ["15", "Tue", "none today"]
    assert marked(table, longer) == ["00"]
    assert marked(table, "") == ["Day", "Bus", "Mon", "7:00"]


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("**Walk** it _now_", "Walk it now"),
        ("## Plan\n- walk\n- ride", "Plan\n* walk\n1. ride"),
        ("> Walk it", "Walk it"),
        ("| a | b |", "a b"),
        ("`Walk` ~~it~~", "Walk it"),
    ],
)
def test_marks_of_markdown_are_no_differences_by_themselves(text: str, other: str) -> None:
    assert marked(text, other) == []
    assert marked(other, text) == []


def test_words_between_marks_are_marked_without_them() -> None:
    assert marked("Walk it\n- with **two Elders**", "Walk it") == ["with **two Elders"]
    assert marked("- [x] Ring", "- [ ] Ring") == ["x"]
    assert marked("Yes - now!", "Yes - now.") == ["!"]


@given(st.text(max_size=60), st.text(max_size=60))
def test_marking_leaves_out_nothing(text: str, other: str) -> None:
    assert "".join(stretch.text for stretch in differing(text, other)) == text


def test_very_long_texts_are_compared_by_line() -> None:
    text = "\n".join(f"line {number} of a long text" for number in range(3_000))
    assert marked(text + "\nnew", text)[-1].endswith("new")


@given(lines, lines)
def test_both_holds_every_line_of_the_two(first: list[str], second: list[str]) -> None:
    made = both("\n".join(first), "\n".join(second)).split("\n")
    for line in {*first, *second}:
        assert made.count(line) >= max(first.count(line), second.count(line))


def test_titles_are_put_side_by_side_and_equal_ones_once() -> None:
    assert both("Roads", "Water", one_line=True) == "Roads / Water"
    assert both("Roads", "Roads", one_line=True) == "Roads"
    assert both_of(["a", "b", "c"]) == "a\n\nb\n\nc"


@pytest.mark.parametrize(
    ("ago", "short", "spoken"),
    [
        (timedelta(seconds=20), "just now", "just now"),
        (timedelta(seconds=-20), "just now", "just now"),
        (timedelta(minutes=12), "12 min", "12 min ago"),
        (timedelta(hours=3), "2:00 pm", "today, 2:00 pm"),
        (timedelta(hours=20), "Yesterday", "yesterday, 9:00 pm"),
        (timedelta(days=3), "Sun", "Sun 9 Aug, 5:00 pm"),
        (timedelta(days=30), "13 Jul", "Mon 13 Jul, 5:00 pm"),
        (timedelta(days=400), "8 Jul 2025", "Tue 8 Jul 2025, 5:00 pm"),
        (timedelta(days=-3), "15 Aug", "Sat 15 Aug, 5:00 pm"),
    ],
)
def test_a_moment_is_said_as_people_say_it(ago: timedelta, short: str, spoken: str) -> None:
    when = When(lambda: NOW)
    assert when.short(NOW - ago) == short
    assert when.spoken(NOW - ago) == spoken


def test_a_moment_is_said_in_full_in_nt_time() -> None:
    when = When(lambda: NOW)
    assert when.full(NOW) == "Wed 12 Aug, 5:00 pm NT time"
    assert when.clock(NOW + timedelta(hours=7)) == "12:00 am"


@pytest.mark.parametrize(
    ("size_bytes", "words"),
    [
        (1, "1 B"),
        (999, "999 B"),
        (1_000, "1 kB"),
        (126_400, "126 kB"),
        (999_499, "999 kB"),
        (999_500, "1.0 MB"),
        (4_400_000, "4.4 MB"),
        (9_960_000, "10 MB"),
        (96_000_000, "96 MB"),
        (1_234_000_000, "1,234 MB"),
    ],
)
def test_a_size_is_said_in_one_way_everywhere(size_bytes: int, words: str) -> None:
    assert size_words(size_bytes) == words


def test_values_and_fields_are_named_for_people() -> None:
    when = When(lambda: NOW)
    assert field_name("body") == "Text"
    assert field_name("something_newer") == "Something newer"
    values = [None, True, ("a", "b"), NOW, date(2026, 9, 20), 5]
    assert [value_words(value, when) for value in values] == [
        "",
        "yes",
        "a, b",
        "Wed 12 Aug, 5:00 pm NT time",
        "Sun 20 Sep",
        "5",
    ]


def test_words_are_found_in_texts_of_any_length_however_far_apart_they_changed() -> None:
    paragraphs = [f"Paragraph {n}. " + "The bus goes on as it did. " * 20 for n in range(60)]
    text = "\n\n".join(paragraphs)
    other = text.replace("Paragraph 3.", "Part 3.").replace("Paragraph 50.", "Section 50.")
    assert marked(text, other) == ["Paragraph", "Paragraph"]
    assert marked(other, text) == ["Part", "Section"]


def test_a_word_is_marked_where_any_of_several_versions_does_not_have_it() -> None:
    texts = ("We meet on Monday", "We meet on Tuesday", "All meet on Monday")
    found = [s.text for s in differing(*texts) if s.differs]
    assert found == ["We", "Monday"]


def test_what_is_long_and_alike_is_left_out_but_near_what_differs() -> None:
    text = "one two three four five. " * 200 + "Here it differs. " + "six seven. " * 200
    shown = folded(differing(text, text.replace("differs", "is alike")))
    assert [s.text for s in shown if s.differs] == ["differs"]
    assert sum(s.left_out for s in shown) > 1_000
    assert len("".join(s.text for s in shown)) < 400
    # Where the other says more, there is nothing to mark, and yet something to see.
    shorter = text.replace("Here it differs. ", "")
    assert "five. six" in "".join(s.text for s in folded(differing(shorter, text)))


def test_lines_broken_elsewhere_are_the_same_words() -> None:
    assert marked("one two\n\nthree", "one\ntwo three") == []
