"""Which parts of a line of Markdown are words that can be spelled wrong. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_LONGEST: Final = 40
_HIDDEN: Final = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)|\]\([^)\s]*\)|<[^>\s]*>|^\s*>.*$")
_TOKEN: Final = re.compile(r"\S+")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_NO_WORDS: Final = re.compile(
    r"[@\d\\]|[^\W_]_[^\W_]|://|^\W*www\.|\.\w{2,4}\W*$|^\W*cop:|^\W*/|/.*/"
)
_OTHER_LETTERS: Final = re.compile(r"[^A-Za-z'\u2019]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands in its line, in characters."""

    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def words_in(line: str) -> Iterator[Word]:
    """The words of a line that a dictionary of English can judge.

    Not code, quotations of others, addresses, links, file names, @names, what holds digits,
    abbreviations in capitals, and words of languages with letters that English lacks.
    """
    shown = _HIDDEN.sub(_blanks, line)
    for token in _TOKEN.finditer(shown):
        if _NO_WORDS.search(token.group()):
            continue
        for found in _WORD.finditer(token.group()):
            if _is_judged(found.group()):
                yield Word(token.start() + found.start(), found.group())


def words_of_name(name: str) -> list[str]:
    """The words that a name is made of."""
    return _WORD.findall(name)


def _blanks(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _is_judged(word: str) -> bool:
    if not 1 < len(word) <= _LONGEST or _OTHER_LETTERS.search(word):
        return False
    return not (word.isupper() or word.removesuffix("s").isupper())
