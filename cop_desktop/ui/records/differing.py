"""What differs between two texts, and one text that holds both. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_PIECE = re.compile(r"\s+|\w+|[^\w\s]")
_MOST_PIECES = 6_000
"""Comparing word by word takes time by the square; longer texts are compared by line."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a text. differs: it is not so in the other text."""

    text: str
    differs: bool


def differing(text: str, other: str) -> tuple[Stretch, ...]:
    """All of `text` in order, its words that are not in `other` marked."""
    mine, theirs = _pieces(text, other)
    stretches: list[Stretch] = []
    for tag, start, end, _, _ in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        words = "".join(mine[start:end])
        if words:
            stretches.append(Stretch(words, tag != "equal" and bool(words.strip())))
    return tuple(_joined(stretches))


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


def _pieces(text: str, other: str) -> tuple[list[str], list[str]]:
    by_word = _PIECE.findall(text), _PIECE.findall(other)
    if max(map(len, by_word)) <= _MOST_PIECES:
        return by_word
    return text.splitlines(keepends=True), other.splitlines(keepends=True)


def _joined(stretches: list[Stretch]) -> list[Stretch]:
    """Neighbours of one sort together; a blank between two marked words is marked with them."""
    made: list[Stretch] = []
    for place, stretch in enumerate(stretches):
        after = stretches[place + 1] if place + 1 < len(stretches) else None
        blank = not stretch.text.strip() and "\n" not in stretch.text
        between = bool(made and made[-1].differs and after is not None and after.differs)
        differs = stretch.differs or (blank and between)
        if made and made[-1].differs == differs:
            made[-1] = Stretch(made[-1].text + stretch.text, differs)
        else:
            made.append(Stretch(stretch.text, differs))
    return made
