"""Text comes out the same whatever program wrote it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cop_desktop.intake.text import capped, decode, looks_like_text, one_line, tidy


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_text_is_decoded_from_every_usual_encoding(encoding: str) -> None:
    text = "The café near Saltbush opens at 7 – “always”, says Zoë.\n"  # noqa: RUF001
    assert decode(text.encode(encoding)).lstrip("\ufeff") == text


def test_text_in_another_alphabet_is_told_from_western_text() -> None:
    text = "Школы и учителя в каждом районе страны. " * 20
    assert decode(text.encode("cp1251")) == text


def test_a_character_cut_in_two_at_a_limit_does_not_spoil_the_rest() -> None:
    assert decode("naïve café".encode()[:-1]) == "naïve caf"


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\r\nb\rc\x0bd\x0ce\u2028f", "a\nb\nc\nd\ne\nf"),
        ("nul\x00 bell\x07 c1\x9b", "nul bell c1"),
        ("inter\xadnational zero\u200bwidth", "international zerowidth"),
        ("e\u0301cole", "école"),
        ("\uf0b7 item \uf0b7", "• item •"),
        ("a  \t\n\n\n\n\nb\n\n", "a\n\nb"),
        ("lone \ud800surrogate", "lone surrogate"),
        ("    code stays indented", "    code stays indented"),
        ("\ufeffmark", "mark"),
    ],
)
def test_tidy_removes_what_gets_in_the_way(raw: str, clean: str) -> None:
    assert tidy(raw) == clean


@given(st.text())
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once
    assert "\x00" not in once
    once.encode("utf-8")


@given(st.text(alphabet=st.characters(codec="utf-8", categories=["L", "N"]), min_size=1))
def test_tidying_keeps_every_letter(word: str) -> None:
    assert len(tidy(word)) > 0


@given(st.binary(max_size=3000))
def test_any_bytes_decode_to_something(data: bytes) -> None:
    assert isinstance(tidy(decode(data)), str)
    assert looks_like_text(data) in (True, False)


def test_a_cap_falls_between_words() -> None:
    text = "word " * 100
    cut = capped(text, 52)
    assert cut == ("word " * 10).strip()
    assert capped("short", 52) == "short"
    assert len(capped("x" * 100, 52)) == 52


def test_one_line_has_no_line_ends_and_single_spaces() -> None:
    assert one_line(" a \n\n b\t\xa0c ") == "a b c"
