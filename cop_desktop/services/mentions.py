"""How a mention of a member is recognised in what somebody wrote.

A mention is "@" and the member's whole name, as a composer writes it when a name is chosen: not
within a word, as in a mail address, and not in a line that quotes somebody. Case, accents and the
number of spaces do not matter. Of two names that fit the longer is meant: "@Ann Lee" is not Ann.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from sync.core.ids import Id

SIGN: Final = "@"
_QUOTED: Final = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
_SPACE: Final = re.compile(r"\s+")


class Mentions:
    """Knows the names of the members; finds who is mentioned in a text."""

    def __init__(self, names: Mapping[Id, str]) -> None:
        self._members: dict[str, set[Id]] = {}
        for member, name in names.items():
            self._members.setdefault(_folded(name), set()).add(member)
        self._members.pop("", None)
        longest_first = sorted(self._members, key=len, reverse=True)
        known = "|".join(map(re.escape, longest_first))
        self._pattern = re.compile(rf"(?<!\w){SIGN}({known})(?!\w)") if known else None

    def of(self, text: str | None) -> frozenset[Id]:
        """The members who are mentioned; of namesakes all."""
        if not text or SIGN not in text or self._pattern is None:
            return frozenset()
        said = _folded(_QUOTED.sub("", text))
        found = (self._members[name] for name in self._pattern.findall(said))
        return frozenset().union(*found)


def _folded(text: str) -> str:
    """Without case and accents, one space between words."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(character for character in apart if not unicodedata.combining(character))
    return _SPACE.sub(" ", plain).strip()
