"""Judges single words, in memory alone: quick enough to be asked while somebody types."""

from collections.abc import Iterable
from typing import Final

from cop_desktop.services.spelling.dictionary import Dictionary

MOST_PROPOSED: Final = 6
_MOST_REMEMBERED: Final = 20_000


class Checker:
    """A dictionary, and words beside it in any case. For one thread, whichever."""

    def __init__(self, dictionary: Dictionary, also: Iterable[str]) -> None:
        """also: words and names that are right; "Galiwin'ku" makes "Galiwin'ku's" right too."""
        self._dictionary = dictionary
        self._also = {_plain(word).casefold() for word in also}
        self._judged: dict[str, bool] = {}

    def knows(self, word: str) -> bool:
        """Whether the word is spelled as a dictionary has it."""
        known = self._judged.get(word)
        if known is None:
            if len(self._judged) >= _MOST_REMEMBERED:
                self._judged.clear()
            known = self._judged[word] = self._look_up(_plain(word))
        return known

    def suggestions(self, word: str) -> tuple[str, ...]:
        """What may have been meant, the likeliest first."""
        found = self._dictionary.suggest(_plain(word))
        return tuple(dict.fromkeys(found))[:MOST_PROPOSED]

    def learn(self, word: str) -> None:
        """The word is right from now on."""
        self._also.add(_plain(word).casefold())
        self._judged.clear()

    def _look_up(self, word: str) -> bool:
        small = word.casefold()
        return small in self._also or small.removesuffix("'s") in self._also or self._spells(word)

    def _spells(self, word: str) -> bool:
        return bool(self._dictionary.spell(word))


def _plain(word: str) -> str:
    return word.replace("\u2019", "'")
