"""What the formatting buttons make of a text: no widget needed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cop_desktop.ui.widgets.composer import formatting
from cop_desktop.ui.widgets.composer.formatting import Replacement, Stretch


def at(marked: str) -> Stretch:
    """A text with its selection between two bars; one bar is a bare cursor."""
    start = marked.index("|")
    bare = marked.replace("|", "")
    end = marked.rindex("|") - 1 if marked.count("|") == 2 else start
    return Stretch(bare, start, end)


def after(before: Stretch, wanted: Replacement) -> str:
    """The text after a replacement, with its selection between bars."""
    text = before.text[: wanted.start] + wanted.words + before.text[wanted.end :]
    start, end = wanted.select_start, wanted.select_end
    if start == end:
        return f"{text[:start]}|{text[start:]}"
    return f"{text[:start]}|{text[start:end]}|{text[end:]}"


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("say |this| now", "say **|this|** now"),
        ("say **|this|** now", "say |this| now"),
        ("say |**this**| now", "say |this| now"),
        ("say | this |now", "say  **|this|** now"),
        ("say |", "say **|**"),
    ],
)
def test_bold_is_put_on_and_taken_off(before: str, expected: str) -> None:
    chosen = at(before)
    assert after(chosen, formatting.toggle_wrap(chosen, "**")) == expected


@given(st.text(alphabet="ab c", min_size=1, max_size=20), st.data())
def test_bold_twice_changes_nothing(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    chosen = Stretch(text, start, end)
    once = formatting.toggle_wrap(chosen, "**")
    made = text[: once.start] + once.words + text[once.end :]
    again = Stretch(made, once.select_start, once.select_end)
    twice = formatting.toggle_wrap(again, "**")
    assert made[: twice.start] + twice.words + made[twice.end :] == text


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("|one\ntwo|", "|- one\n- two|"),
        ("|- one\n- two|", "|one\ntwo|"),
        ("|1. one\n2. two|", "|- one\n- two|"),
        ("on|e", "- one|"),
        ("|", "- |"),
    ],
)
def test_a_list_is_made_and_unmade(before: str, expected: str) -> None:
    chosen = at(before)
    assert after(chosen, formatting.toggle_bullets(chosen)) == expected


def test_numbers_count_from_one() -> None:
    chosen = at("|a\nb\nc|")
    assert after(chosen, formatting.toggle_numbers(chosen)) == "|1. a\n2. b\n3. c|"


def test_only_the_touched_lines_become_a_quote() -> None:
    chosen = at("first\nsec|ond\nthi|rd\nfourth")
    assert after(chosen, formatting.toggle_quote(chosen)) == "first\n|> second\n> third|\nfourth"


def test_a_heading_grows_smaller_and_goes() -> None:
    texts = ["Title|"]
    for _ in range(3):
        chosen = at(texts[-1])
        texts.append(after(chosen, formatting.cycle_heading(chosen)))
    assert texts == ["Title|", "# Title|", "## Title|", "Title|"]


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("see |the page|", "see [the page](|https://|)"),
        ("see |https://a.example|", "see [|](https://a.example)"),
        ("see |", "see [|](https://)"),
    ],
)
def test_a_link_waits_for_what_is_missing(before: str, expected: str) -> None:
    chosen = at(before)
    assert after(chosen, formatting.insert_link(chosen)) == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("- one|", "- one\n- |"),
        ("9. nine|", "9. nine\n10. |"),
        ("> said|", "> said\n> |"),
        ("- one\n- |", "- one\n|"),
        ("  - deep|", "  - deep\n  - |"),
    ],
)
def test_enter_goes_on_with_a_list_and_ends_it(before: str, expected: str) -> None:
    chosen = at(before)
    wanted = formatting.continue_item(chosen)
    assert wanted is not None
    assert after(chosen, wanted) == expected


@pytest.mark.parametrize("before", ["plain|", "|- one|", "2026 was|"])
def test_enter_elsewhere_is_only_a_new_line(before: str) -> None:
    assert formatting.continue_item(at(before)) is None
