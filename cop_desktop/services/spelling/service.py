"""Whether spelling is looked at, and the words that this computer and this community know."""

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import select

from cop_desktop.services.spelling.checker import Checker
from cop_desktop.services.spelling.dictionary import (
    Dictionary,
    NoDictionary,
    local_words,
    read_dictionary,
)
from cop_desktop.services.spelling.words import words_of_name
from cop_desktop.store import Replica

log = logging.getLogger(__name__)

IS_ON: Final = "spelling.on"
"""Setting of this replica: whether unknown words are marked; they are unless it says False."""
MY_WORDS: Final = "spelling.words"
"""Setting of this replica: a list of words that are right."""
_NAMED: Final = ("member", "school", "community")


@dataclass(frozen=True, slots=True)
class SpellingState:
    """What there is to check with. checker: None while it is off, or cannot be had here."""

    is_on: bool
    checker: Checker | None


class Spelling:
    """Settings and words of this computer; nothing of it is synced."""

    def __init__(self, replica: Replica, folder: Path) -> None:
        """folder: of the dictionary."""
        self._replica = replica
        self._folder = folder
        self._dictionary: Dictionary | None = None

    def is_on(self) -> bool:
        """Whether unknown words are marked."""
        return bool(self._replica.settings.get(IS_ON, True))

    def turn(self, *, on: bool) -> None:
        """Mark unknown words, or leave them alone."""
        self._replica.settings.set(IS_ON, on)

    def my_words(self) -> tuple[str, ...]:
        """The words that somebody added here, in order of the alphabet."""
        kept = self._replica.settings.get(MY_WORDS, [])
        words = {word for word in kept if isinstance(word, str)}
        return tuple(sorted(words, key=lambda word: (word.casefold(), word)))

    def add_word(self, word: str) -> None:
        """The word is right from now on."""
        self._replica.settings.set(MY_WORDS, sorted({*self.my_words(), word}))

    def forget_word(self, word: str) -> None:
        """The dictionary alone judges the word again."""
        self._replica.settings.set(MY_WORDS, sorted({*self.my_words()} - {word}))

    def names(self) -> frozenset[str]:
        """All words in the names of members, schools and communities."""
        found: set[str] = set()
        with self._replica.read() as rows:
            for kind in _NAMED:
                table = self._replica.tables[kind]
                for name in rows.scalars(select(table.c.name)):
                    found.update(words_of_name(name or ""))
        return frozenset(found)

    def state(self) -> SpellingState:
        """What there is to check with now; the dictionary is read the first time it is needed."""
        if not self.is_on():
            return SpellingState(is_on=False, checker=None)
        try:
            self._dictionary = self._dictionary or read_dictionary(self._folder)
        except NoDictionary as error:
            log.warning("spelling is not checked: %s", error)
            return SpellingState(is_on=True, checker=None)
        known = {*self.my_words(), *self.names(), *local_words(self._folder)}
        return SpellingState(is_on=True, checker=Checker(self._dictionary, known))
