"""The fewest changes that make one text of another. Pure."""

from dataclasses import dataclass
from difflib import SequenceMatcher

_MOST_COMPARED = 4_000
"""Characters; comparing takes time by the square."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters start..end of the text before are replaced by words."""

    start: int
    end: int
    words: str


def edits(before: str, after: str) -> list[Edit]:
    """What to replace, last place first, so that places stay right while it is done."""
    start = _alike(before, after)
    end = _alike(before[start:][::-1], after[start:][::-1])
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    if not old and not new:
        return []
    if max(len(old), len(new)) > _MOST_COMPARED:
        return [Edit(start, start + len(old), new)]
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    found = [
        Edit(start + first, start + last, new[new_first:new_last])
        for tag, first, last, new_first, new_last in matcher.get_opcodes()
        if tag != "equal"
    ]
    return found[::-1]


def _alike(first: str, second: str) -> int:
    """How many characters both begin with."""
    length = min(len(first), len(second))
    for place in range(length):
        if first[place] != second[place]:
            return place
    return length


def units(text: str, characters: int) -> int:
    """The place in UTF-16, which Qt counts by."""
    return len(text[:characters].encode("utf-16-le", "surrogatepass")) // 2
