"""Long text: nobody's words are lost, in whatever order edits come together."""

import contextlib
import os
from functools import reduce
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.core import text
from sync.core.errors import Malformed, TooLarge
from sync.core.limits import MAX_TEXT_UPDATE_BYTES

words = st.text(st.sampled_from("ab éü🙂\n.w"), max_size=30)


def edit(state: bytes, new: str) -> bytes:
    update = text.edited(state, new, os.urandom)
    return state if update is None else text.merged(state, update)


def all_of(state: bytes, updates: list[bytes]) -> bytes:
    return reduce(text.merged, updates, state)


@given(st.lists(words, max_size=5))
def test_the_text_reads_as_last_edited(versions: list[str]) -> None:
    state = text.EMPTY_TEXT
    for version in versions:
        state = edit(state, version)
        assert text.read_text(state) == version


@given(words, words, words)
def test_two_sides_end_with_the_same_text(start: str, left: str, right: str) -> None:
    base = edit(text.EMPTY_TEXT, start)
    one, two = text.edited(base, left, os.urandom), text.edited(base, right, os.urandom)
    made = [update for update in (one, two) if update is not None]
    assert text.read_text(all_of(base, made)) == text.read_text(all_of(base, made[::-1]))


def test_edits_of_different_paragraphs_both_stay() -> None:
    base = edit(text.EMPTY_TEXT, "Bore water was tested.\n\nThe bus is late.\n")
    one = text.edited(base, "Bore water was tested twice.\n\nThe bus is late.\n", os.urandom)
    two = text.edited(base, "Bore water was tested.\n\nThe bus is never late.\n", os.urandom)
    assert one is not None
    assert two is not None
    merged = text.merged(text.merged(base, one), two)
    assert text.read_text(merged) == "Bore water was tested twice.\n\nThe bus is never late.\n"


def test_updates_may_arrive_in_any_order_even_before_what_they_build_on() -> None:
    updates, state = [], text.EMPTY_TEXT
    for version in ("one", "one two", "zero one two", "one three"):
        update = text.edited(state, version, os.urandom)
        assert update is not None
        updates.append(update)
        state = text.merged(state, update)
    for order in permutations(updates):
        state = text.EMPTY_TEXT
        for update in order:
            state = text.merged(state, update)
        assert text.read_text(state) == "one three"


def test_characters_of_several_bytes_are_not_cut() -> None:
    state = edit(text.EMPTY_TEXT, "ünïcödé 🙂 end")
    assert text.read_text(edit(state, "ünïcödé 🙂🙂 END")) == "ünïcödé 🙂🙂 END"


def test_the_same_text_makes_no_update() -> None:
    assert text.edited(edit(b"", "same"), "same", os.urandom) is None
    assert text.edited(b"", "", os.urandom) is None


def test_a_small_edit_of_a_long_text_is_a_small_update() -> None:
    long = "\n\n".join(f"Paragraph {n} of the minutes." for n in range(300))
    state = edit(text.EMPTY_TEXT, long)
    update = text.edited(state, long.replace("Paragraph 150", "Clause 150"), os.urandom)
    assert update is not None
    assert len(update) < 100


def test_a_rewrite_of_a_very_long_text_ends() -> None:
    old, new = ("x y\n" * 30_000), ("y x\n" * 30_000)
    assert text.read_text(edit(edit(b"", old), new)) == new


@given(st.binary(min_size=1, max_size=60))
def test_any_bytes_are_an_update_or_refused(noise: bytes) -> None:
    good = edit(text.EMPTY_TEXT, "the minutes")
    with contextlib.suppress(Malformed):
        text.read_text(text.merged(good, noise))


def test_an_update_past_the_bound_is_refused() -> None:
    with pytest.raises(TooLarge):
        text.merged(b"", bytes(MAX_TEXT_UPDATE_BYTES + 1))
