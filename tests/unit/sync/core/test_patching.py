"""Patches between two versions of a file: small, exact, and never more than they say."""

import random
import tracemalloc
from tempfile import TemporaryFile

import msgspec
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from sync.core import patching
from sync.core.chunks import pieces_of, recipe_of
from sync.core.contents import laid_out, recut
from sync.core.errors import Malformed, TooLarge
from sync.core.patching import applied_patch, made_patch, patched

DICE = random.Random(5)
OLD = DICE.randbytes(1_000_000)
PIECE = DICE.randbytes(10_000)
HALF = len(OLD) // 2
WORDS = " ".join(DICE.choice(["school", "lesson", "well", "group", "\n"]) for _ in range(40_000))

PAIRS = {
    "changed in the middle": (OLD, OLD[:HALF] + PIECE + OLD[HALF + len(PIECE) :]),
    "inserted": (OLD, OLD[:HALF] + PIECE + OLD[HALF:]),
    "changed at both ends": (OLD, PIECE[:5_000] + OLD[9_000:-9_000] + PIECE[5_000:]),
    "halves swapped": (OLD, OLD[HALF:] + PIECE + OLD[:HALF]),
}


@pytest.mark.parametrize(("old", "new"), PAIRS.values(), ids=PAIRS)
def test_a_patch_is_hardly_larger_than_what_is_new(old: bytes, new: bytes) -> None:
    patch = made_patch(old, new)
    assert patch is not None
    assert len(patch) < len(PIECE) + 100
    assert applied_patch(old, patch, len(new)) == new


def test_a_text_with_many_small_edits_takes_little() -> None:
    new = WORDS
    for number in range(40):
        place = number * len(new) // 41
        new = f"{new[:place]} edit {number} {new[place + 7 :]}"
    patch = made_patch(WORDS.encode(), new.encode())
    assert patch is not None
    assert len(patch) < 2_000
    assert applied_patch(WORDS.encode(), patch, len(new)) == new.encode()


def test_what_is_all_new_or_empty_has_no_patch() -> None:
    assert made_patch(OLD, DICE.randbytes(100_000)) is None
    assert made_patch(b"", OLD) is None
    assert made_patch(OLD, b"") is None


def test_contents_too_large_to_hold_have_no_patch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patching, "MAX_PATCHED_BYTES", len(OLD) - 1)
    assert made_patch(OLD, OLD) is None
    assert made_patch(OLD[:-1], OLD) is None
    assert made_patch(OLD[:-1], OLD[:-1]) is not None


pieces = st.binary(min_size=0, max_size=90)
contents = st.lists(pieces, max_size=12)


@given(contents, st.permutations(range(12)), st.lists(pieces, min_size=12, max_size=12))
def test_whatever_is_moved_about_comes_back_exactly(
    parts: list[bytes], order: list[int], extra: list[bytes]
) -> None:
    old = b"".join(parts) * 3
    new = b"".join((parts[at] * 2 if at < len(parts) else b"") + extra[at] for at in order)
    patch = made_patch(old, new)
    assert patch is None or applied_patch(old, patch, len(new)) == new


@given(st.binary(max_size=300))
def test_what_is_no_patch_is_said_to_be_none(patch: bytes) -> None:
    for start in (b"", b"\x01"):
        with pytest.raises(Malformed):
            applied_patch(OLD, start + patch, 1000)


def packed(steps: list[int], literals: bytes) -> bytes:
    plain = msgspec.msgpack.encode((steps, literals))
    return b"\x01" + zstandard.ZstdCompressor().compress(plain)


@pytest.mark.parametrize(
    ("steps", "literals"),
    [
        ([0, 0], b""),
        ([0, len(OLD), 1], b""),
        ([0, len(OLD) - 1, 2], b""),
        ([0, -1, 1], b""),
        ([-1, 0, 1], b"x"),
        ([0, 0, -5], b"x"),
        ([2, 0, 1], b"x"),
        ([0, 0, 99], b""),
        ([0, 0, 101], b""),
        ([0, 0, 60, 0, 0, 60], b""),
        ([], bytes(50_000_000)),
    ],
)
def test_a_patch_cannot_reach_outside_or_make_more_than_was_said(
    steps: list[int], literals: bytes
) -> None:
    with pytest.raises(Malformed):
        applied_patch(OLD, packed(steps, literals), 100)


def test_a_patch_for_another_content_makes_another_content() -> None:
    patch = made_patch(*PAIRS["inserted"])
    assert patch is not None
    new = PAIRS["inserted"][1]
    assert applied_patch(bytes(len(OLD)), patch, len(new)) != new


def test_joining_takes_little_memory_however_large_the_contents() -> None:
    size = 12 << 20
    base = DICE.randbytes(size)
    after = base[: size // 2] + DICE.randbytes(100_000) + base[size // 2 + 50_000 :]
    cut_up = [after[at : at + 100_000] for at in range(0, len(after), 100_000)]
    with (
        TemporaryFile() as one,
        TemporaryFile() as other,
        laid_out([base], one, size) as old,
        laid_out(cut_up, other, 2 * size) as new,
    ):
        tracemalloc.start()
        try:
            patch = made_patch(old, new)
            assert patch is not None
            assert len(patch) < 110_000
            assert recipe_of(recut(patched(old, patch, len(after)))) == recipe_of(pieces_of(after))
            assert tracemalloc.get_traced_memory()[1] < size, "of which the places known are most"
        finally:
            tracemalloc.stop()


def test_what_is_scattered_too_finely_goes_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    new = b"".join(OLD[at : at + 5_000] + b"-" for at in range(0, len(OLD), 5_000))
    assert made_patch(OLD, new) is not None
    monkeypatch.setattr(patching, "MAX_COPIES", 3)
    assert made_patch(OLD, new) is None


def test_a_patch_of_endless_steps_is_refused_before_they_take_memory() -> None:
    steps = [0] * (3 * patching.MAX_COPIES + 3)
    with pytest.raises(Malformed):
        applied_patch(OLD, packed(steps, b""), 1 << 20)


@pytest.mark.parametrize(
    ("pieces", "error"), [([b"x" * 60, b"y" * 60], TooLarge), ([b""], Malformed)]
)
def test_a_content_is_laid_out_only_as_far_as_it_may_be_long(
    pieces: list[bytes], error: type[Malformed]
) -> None:
    with TemporaryFile() as file, pytest.raises(error), laid_out(pieces, file, 100):
        pytest.fail("it is too long, or nothing")
