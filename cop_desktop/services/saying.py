"""How services that put sentences together have them said in another language, without Qt.

Who wants words hands over a `Say`; what services pass to it as `say("…")` is taken out for
translation in the context "Services". Files that others read, such as an export, are in English.
"""

from collections.abc import Callable

Say = Callable[[str], str]


def english(words: str) -> str:
    """The words as they stand."""
    return words
