"""Spelling: which words of a text are in the dictionary, and what was meant instead."""

from cop_desktop.services.spelling.checker import Checker
from cop_desktop.services.spelling.service import IS_ON, MY_WORDS, Spelling, SpellingState
from cop_desktop.services.spelling.words import Word, words_in

__all__ = [
    "IS_ON",
    "MY_WORDS",
    "Checker",
    "Spelling",
    "SpellingState",
    "Word",
    "words_in",
]
