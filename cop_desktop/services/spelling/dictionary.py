"""The dictionary of Australian English, read by Hunspell: the only user of that library.

Two settings files stand over one list of words: `en_AU` proposes what was meant by rules, in about
a fiftieth of a second; `en_AU_far`, by likeness to all words, in a sixth. The second is asked
only where the first has nothing to propose.
"""

import logging
import os
from pathlib import Path
from typing import Any, Protocol

log = logging.getLogger(__name__)

_NEAR, _FAR = "en_AU", "en_AU_far"
_LOCAL_WORDS = "nt_words.txt"
_WINDOWS_UTF8 = "\\\\?\\"


class Dictionary(Protocol):
    """Knows words, and proposes others."""

    def spell(self, word: str) -> bool:
        """Whether it is a word."""
        ...

    def suggest(self, word: str) -> tuple[str, ...]:
        """What may have been meant, the likeliest first."""
        ...


class NoDictionary(Exception):
    """There is none that can be read on this computer; writing goes on without."""


def read_dictionary(folder: Path) -> Dictionary:
    """The dictionary of a folder, in about a twelfth of a second and 6 MB.

    Raises NoDictionary.
    """
    near = _hunspell(folder, _NEAR)
    if not near.spell("colour"):
        raise NoDictionary(f"{folder} holds no words")
    return _TwoReaches(near, folder)


class _TwoReaches:
    """A `Dictionary`. The far one is read when the near one first has nothing to propose."""

    def __init__(self, near: Dictionary, folder: Path) -> None:
        self._near = near
        self._folder = folder
        self._far: Dictionary | None = None

    def spell(self, word: str) -> bool:
        return bool(self._near.spell(word))

    def suggest(self, word: str) -> tuple[str, ...]:
        found = self._near.suggest(word)
        if found:
            return tuple(found)
        self._far = self._far or self._read_far()
        return tuple(self._far.suggest(word))

    def _read_far(self) -> Dictionary:
        far = _hunspell(self._folder, _FAR)
        words = str(self._folder / f"{_NEAR}.dic")
        far.add_dic(f"{_WINDOWS_UTF8}{words}" if os.name == "nt" else words)
        made: Dictionary = far
        return made


def _hunspell(folder: Path, name: str) -> Any:
    """A `Dictionary`, to which lists of words can be added. Raises NoDictionary."""
    try:
        from hunspell import Hunspell, HunspellFilePathError
    except ImportError as error:
        raise NoDictionary("Hunspell cannot be loaded") from error
    try:
        # UTF-8 on Windows too, where the folder of a person may have any name.
        return Hunspell(name, hunspell_data_dir=str(folder), system_encoding="UTF-8")
    except HunspellFilePathError as error:
        raise NoDictionary(str(folder)) from error


def local_words(folder: Path) -> frozenset[str]:
    """Words of this region that the dictionary lacks, as they are written."""
    try:
        lines = (folder / _LOCAL_WORDS).read_text(encoding="utf-8").splitlines()
    except OSError as error:
        log.warning("the list of local words cannot be read: %s", error)
        return frozenset()
    return frozenset(line.strip() for line in lines if line.strip() and line[0] != "#")
