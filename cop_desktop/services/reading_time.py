"""How long a text takes to read."""

from typing import Final

WORDS_PER_MINUTE: Final = 220


def minutes_to_read(text: str) -> int:
    """Whole minutes for somebody who reads it through, at least 1."""
    return max(1, round(len(text.split()) / WORDS_PER_MINUTE))
