"""What can be gone to, and which of it fits what was typed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from cop_desktop.ui.going_to.matching import fit
from cop_desktop.ui.widgets.rows import Row

MOST_NEAR: Final = 8
"""So many of what has a name here are shown; what the search finds comes after them."""


class Sort(IntEnum):
    """What an offer is; of two that fit alike the earlier one stands first."""

    PLACE = 0
    PERSON = 1
    COMMUNITY = 2
    RECENT = 3
    ACTION = 4
    SETTING = 5
    GUIDE = 6
    RECORD = 7


@dataclass(frozen=True, slots=True)
class Offer:
    """One line. go: called on the GUI thread. also: further words by which it is found.

    keys: that do the same. avatar: a name, in place of the icon.
    """

    key: str
    sort: Sort
    title: str
    detail: str
    go: Callable[[], None]
    icon: str = ""
    avatar: str = ""
    keys: str = ""
    also: str = ""

    def row(self) -> Row:
        """As the list shows it."""
        return Row(self.key, self.title, self.detail, self.keys, avatar=self.avatar, icon=self.icon)


def near(typed: str, offers: Iterable[Offer], most: int = MOST_NEAR) -> list[Offer]:
    """Those that fit, best first."""
    found = []
    for at, offer in enumerate(offers):
        by_name = fit(typed, offer.title)
        score = by_name or fit(typed, f"{offer.title} {offer.detail} {offer.also}") / 2
        if score:
            found.append((-score, offer.sort, at, offer))
    found.sort(key=_rank)
    return [offer for *_rank_of, offer in found[:most]]


def together(first: Sequence[Offer], then: Sequence[Offer]) -> list[Offer]:
    """Both, each thing once."""
    known = {offer.key for offer in first}
    return [*first, *(offer for offer in then if offer.key not in known)]


def _rank(found: tuple[float, Sort, int, Offer]) -> tuple[float, Sort, int]:
    return found[0], found[1], found[2]


def offer_key(offer: Offer) -> str:
    """Its key, for lists."""
    return offer.key


def offer_row(offer: Offer) -> Row:
    """Its row, for lists."""
    return offer.row()
