"""How well a name fits what was typed: by words, in any order, forgiving one slip."""

import os
import re
import unicodedata
from functools import lru_cache
from typing import Final

_WORDS: Final = re.compile(r"\w+")
_LEAST_FOR_SLIPS: Final = 4
"""Characters; in less than that a slip could be anything."""
_WHOLE, _BEGINS, _INSIDE, _SLIP = 1.0, 0.9, 0.5, 0.4
_IN_FRONT: Final = 0.1
"""More, where the name begins with the first word typed."""


def fit(typed: str, name: str) -> float:
    """0 where some word typed is not in the name; otherwise the more, the better it fits.

    Accents and capitals do not matter. The initials of a name fit too ("te" for "Tom Evans").
    """
    parts, words = words_of(typed), words_of(name)
    if not parts or not words:
        return 0.0
    if len(parts) == 1 and len(parts[0]) > 1 and _initials(words).startswith(parts[0]):
        return _BEGINS
    fits = [max(_fit_word(part, word) for word in words) for part in parts]
    if not all(fits):
        return 0.0
    in_front = _IN_FRONT if words[0].startswith(parts[0]) else 0.0
    # Of two that fit alike, the one with less besides.
    return sum(fits) / len(fits) + in_front - min(len(words), 20) / 1_000


@lru_cache(maxsize=4_096)
def words_of(text: str) -> tuple[str, ...]:
    """The words in it, folded."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return tuple(_WORDS.findall("".join(one for one in plain if not unicodedata.combining(one))))


def _initials(words: tuple[str, ...]) -> str:
    return "".join(word[0] for word in words)


def _fit_word(part: str, word: str) -> float:
    if word == part:
        return _WHOLE
    if word.startswith(part):
        return _BEGINS
    if len(part) > 1 and part in word:
        return _INSIDE
    if len(part) >= _LEAST_FOR_SLIPS and _one_slip(part, word):
        return _SLIP
    return 0.0


def _one_slip(part: str, word: str) -> bool:
    """Whether the word begins so, but for a letter that is wrong, missing, too many or swapped."""
    start = len(os.path.commonprefix((part, word)))
    if not 0 < start < len(part):  # the first letter is right, as a rule
        return False
    rest, other = part[start:], word[start:]
    swapped = rest[:2][::-1] == other[:2] and other[2:].startswith(rest[2:])
    wrong = other[1:].startswith(rest[1:])
    missing = other[1:].startswith(rest)
    too_many = other.startswith(rest[1:])
    return swapped or wrong or missing or too_many
