"""Words without an end: where they may go on in the next line. Pure."""

import re
from typing import Final

LONGEST_WORD: Final = 40
"""Characters of a word that stays in one piece."""
_UNBROKEN: Final = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
_PIECE: Final = 20
_BREAK: Final = "\u200b"


def breakable(text: str) -> str:
    """The text with places, unseen, at which very long words go on in the next line.

    Without them such a word goes past the edge; and Qt takes time by the square of its length.
    """
    return _UNBROKEN.sub(_in_pieces, text)


def _in_pieces(word: re.Match[str]) -> str:
    whole = word.group()
    return _BREAK.join(whole[start : start + _PIECE] for start in range(0, len(whole), _PIECE))
