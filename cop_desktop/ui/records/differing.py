"""What differs between texts, and one text that holds them all. Pure.

Compared by line first, what is not alike by sentence, and only what is still not alike by word:
whole texts word by word would take time by the square.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate, pairwise
from typing import Final

_LEVELS: Final = (
    re.compile(r"[^\n]*\n\s*|[^\n]+"),
    re.compile(r"\S.*?(?:[.!?:;]\s+|\Z)|\s+", re.DOTALL),
    re.compile(r"[^\W_]+(?:['\u2019_][^\W_]+)*\s*|[^\w\s]\s*|_\s*|\s+"),
)
"""A line, a sentence, a word; each with the blank after it."""

_MOST_PAIRS: Final = 1_000_000
"""Of alike pieces in one comparison, which is what it takes time by; more are marked whole."""

_LAYOUT: Final = re.compile(
    r"^[ \t]*(?:>[ \t]*)*"
    r"(?:\|?[ \t]*:?-{2,}[-:| \t]*$|\#{1,6}[ \t]+|(?:[-*+]|\d{1,3}[.)])[ \t]+)?|\|",
    re.MULTILINE,
)
"""Of Markdown: marks that a line begins with, the line under the head of a table, its pipes."""

_EMPHASIS: Final = "*_~` \t\r\n"

_LONG: Final = 700
_KEPT: Final = 160
"""Characters: of a passage that is alike and may be left out, and what is shown at its ends."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a text. differs: it is not so in the other text.

    left_out: number of words that are alike and not shown; `text` is empty then.
    """

    text: str
    differs: bool
    left_out: int = 0


def differing(text: str, *others: str) -> tuple[Stretch, ...]:
    """All of `text` in order, its words that are not in every one of the others marked.

    Marks of Markdown around words are none of them. Where another one says more, a stretch ends,
    so that the place is not left out by `folded`.
    """
    mask, gaps = bytearray(len(text)), {len(text)}
    for other in others:
        _compare(text, other, _Place(mask, gaps))
    _keep_to_words(text, mask)
    _join_marks(text, mask)
    edges = (n for n in range(1, len(text)) if mask[n] != mask[n - 1] or n in gaps)
    places = pairwise((0, *edges, len(text)))
    return tuple(Stretch(text[a:b], bool(mask[a])) for a, b in places if a < b)


def folded(stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """The same, long passages that do not differ left out but for their ends."""
    made: list[Stretch] = []
    for number, stretch in enumerate(stretches):
        if stretch.differs or len(stretch.text) <= _LONG:
            made.append(stretch)
            continue
        head = "" if number == 0 else _whole_words(stretch.text[:_KEPT])
        last = number == len(stretches) - 1
        tail = "" if last else stretch.text[-_KEPT:].partition(" ")[2]
        between = stretch.text[len(head) : len(stretch.text) - len(tail)]
        parts = (
            Stretch(head, False),
            Stretch("", False, len(between.split())),
            Stretch(tail, False),
        )
        made += [part for part in parts if part.text or part.left_out]
    return tuple(made)


def _whole_words(start: str) -> str:
    """Without a word that is cut; of blanks alone, all."""
    found = start.rsplit(None, 1)
    return found[0] if found else start


def both(first: str, second: str, *, one_line: bool = False) -> str:
    """One text with every word of the two: what they share once, then the first's, the second's.

    Paragraph by paragraph, so that neither reads as a mixture.
    """
    if one_line:
        return first if first == second else f"{first} / {second}"
    mine, theirs = first.split("\n"), second.split("\n")
    made: list[str] = []
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        made += mine[start:end]
        if tag != "equal":
            if made and made[-1].strip() and other_end > other_start and end > start:
                made.append("")
            made += theirs[other_start:other_end]
    return "\n".join(made)


def both_of(texts: Sequence[str], *, one_line: bool = False) -> str:
    """`both` for any number of texts, earliest first."""
    made = texts[0]
    for text in texts[1:]:
        made = both(made, text, one_line=one_line)
    return made


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the mask marks go, and how finely is compared. gaps: where another says more."""

    mask: bytearray
    gaps: set[int]
    at: int = 0
    level: int = 0

    def finer(self, at: int) -> "_Place":
        return _Place(self.mask, self.gaps, self.at + at, self.level + 1)

    def mark(self, start: int, text: str) -> None:
        """Mark the text that begins there, not the blank that follows it."""
        begin, length = self.at + start, len(text.rstrip())
        self.mask[begin : begin + length] = b"\1" * length


def _compare(text: str, other: str, place: _Place) -> None:
    pattern = _LEVELS[place.level]
    mine, theirs = pattern.findall(text), pattern.findall(other)
    starts = [0, *accumulate(map(len, mine))]
    my_keys, their_keys = [_key(piece) for piece in mine], [_key(piece) for piece in theirs]
    head = _alike_from_the_start(my_keys, their_keys)
    tail = _alike_from_the_start(my_keys[head:][::-1], their_keys[head:][::-1])
    my_end, their_end = len(mine) - tail, len(theirs) - tail
    my_keys, their_keys = my_keys[head:my_end], their_keys[head:their_end]
    if _pairs(my_keys, their_keys) > _MOST_PAIRS:
        place.mark(starts[head], "".join(mine[head:my_end]))
        return
    matcher = SequenceMatcher(None, my_keys, their_keys, autojunk=False)
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        part = "".join(mine[head + start : head + end])
        if tag == "insert":
            place.gaps.add(place.at + starts[head + start])
        elif tag == "replace" and place.level + 1 < len(_LEVELS):
            rest = "".join(theirs[head + other_start : head + other_end])
            _compare(part, rest, place.finer(starts[head + start]))
        elif tag in ("replace", "delete"):
            place.mark(starts[head + start], part)


def _key(piece: str) -> str:
    return " ".join(piece.split())


def _alike_from_the_start(mine: Sequence[str], theirs: Sequence[str]) -> int:
    pairs = enumerate(zip(mine, theirs, strict=False))
    return next((n for n, (my, their) in pairs if my != their), min(len(mine), len(theirs)))


def _pairs(mine: Sequence[str], theirs: Sequence[str]) -> int:
    counted = Counter(theirs)
    return sum(counted[key] for key in mine)


def _keep_to_words(text: str, mask: bytearray) -> None:
    """No table, list or emphasis is marked, only what they are of."""
    if not any(mask):
        return
    for layout in _LAYOUT.finditer(text):
        mask[layout.start() : layout.end()] = bytes(layout.end() - layout.start())
    for run in re.finditer(rb"\x01+", bytes(mask)):
        words = text[run.start() : run.end()]
        begin = run.start() + len(words) - len(words.lstrip(_EMPHASIS))
        end = run.start() + len(words.rstrip(_EMPHASIS))
        mask[run.start() : run.end()] = bytes(run.end() - run.start())
        mask[begin:end] = b"\1" * (end - begin)


def _join_marks(text: str, mask: bytearray) -> None:
    """A blank between two marked words is marked with them."""
    for blank in re.finditer(r"[^\S\n]+", text):
        before, after = blank.start() - 1, blank.end()
        if before >= 0 and after < len(text) and mask[before] and mask[after]:
            mask[blank.start() : after] = b"\1" * (after - blank.start())
