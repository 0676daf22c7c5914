"""Bounds on foreign Markdown, before Qt sees it."""

from hypothesis import given
from hypothesis import strategies as st

from cop_desktop.ui.widgets.markdown_limits import (
    LINE_END,
    MOST_NESTING,
    MOST_TABLE_ROWS,
    SHOWN_CHARS,
    limit_markdown,
)

TABLE = "| a | b |\n|---|---|\n"


def test_an_ordinary_text_only_gains_its_line_ends() -> None:
    text = "# Title\n\nfirst line\nsecond line\n\n- one\n- two"
    limited = limit_markdown(text)
    assert limited.text.replace(LINE_END, "") == text
    assert f"first line{LINE_END}\nsecond line" in limited.text
    assert not limited.is_cut


def test_headings_rules_tables_and_code_keep_their_line_ends() -> None:
    text = "Title\n===\n\n# A\nb\n---\nc\n***\n\n```\nx = 1\ny = 2\n```\n" + TABLE + "| 1 | 2 |"
    limited = limit_markdown(text)
    assert LINE_END not in limited.text


def test_rows_over_the_bound_are_left_out_and_counted() -> None:
    limited = limit_markdown(TABLE + "| x | y |\n" * 4_000, whole=True)
    assert limited.text.count("| x | y |") == MOST_TABLE_ROWS
    assert limited.rows_left_out == 4_000 - MOST_TABLE_ROWS


def test_many_tables_have_a_bound_together() -> None:
    limited = limit_markdown((TABLE + "| x | y |\n" * 90 + "\n") * 9, whole=True)
    assert limited.text.count("| x | y |") == 400


def test_rows_inside_a_code_block_are_no_table() -> None:
    text = "```\n" + TABLE + "| x | y |\n" * 500 + "```"
    assert limit_markdown(text).text == text


def test_a_table_of_too_many_columns_is_shown_as_typed() -> None:
    text = "|a" * 60 + "|\n" + "|-" * 60 + "|\n" + "|x" * 60 + "|"
    assert "|\\-|" in limit_markdown(text).text


def test_a_long_text_is_cut_at_a_line_until_all_is_asked_for() -> None:
    text = "a line of words\n" * 2_000
    limited = limit_markdown(text)
    assert limited.is_cut
    assert len(limited.text.replace(LINE_END, "")) <= SHOWN_CHARS
    assert limited.text.endswith("words")
    assert not limit_markdown(text, whole=True).is_cut


def test_deep_nesting_is_flattened_without_losing_the_words() -> None:
    limited = limit_markdown(">" * 500 + " deep words")
    assert limited.text.count(">") == MOST_NESTING
    assert limited.text.endswith("deep words")


def test_signs_beyond_the_bound_are_shown_as_typed() -> None:
    limited = limit_markdown("[" * 600)
    assert limited.text.count("\\[") == 200


@given(st.text(alphabet="ab |-`>*#\n[]()~=1.", max_size=400))
def test_no_text_loses_a_letter(text: str) -> None:
    limited = limit_markdown(text, whole=True)
    kept = [sign for sign in limited.text if sign in "ab"]
    assert limited.rows_left_out == 0
    assert kept == [sign for sign in text if sign in "ab"]
