"""Who offers what somebody looks for, by the words that both use. Pure; a hint, never a verdict."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from cop_desktop.services.people.rows import MemberRow

_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LEAST_LETTERS: Final = 4
_STEM_LETTERS: Final = 4
_ENDINGS: Final = ("ings", "ing", "ies", "ers", "ed", "es", "er", "s")
_COMMON: Final = (
    "about after also another anybody anyone anything because been before being best both can",
    "come could does done each else even ever every from give given good great happy have",
    "having help here into just keep kind know like look looking made make many more most",
    "much need needs other others ours over people please really school schools share shared",
    "some somebody someone something such take talk than thank thanks that their them then",
    "there these they thing things this those through time together under very want wanted",
    "well were what when where which while will with within without work worked working works",
    "would year years your yours leader leaders leading teacher teachers student students",
    "children child",
)
_TOO_COMMON: Final = frozenset(word for line in _COMMON for word in line.split())


@dataclass(frozen=True, slots=True)
class Match:
    """A member, and the words that speak for asking them, as they write them."""

    member: MemberRow
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matches:
    """helpers: who offers or knows what I look for. seekers: who looks for what I offer or know."""

    helpers: tuple[Match, ...] = ()
    seekers: tuple[Match, ...] = ()


def matches_for(me: MemberRow, members: Iterable[MemberRow]) -> Matches:
    """In the order of the members given; nobody is ranked."""
    others = [each for each in members if not each.is_me and each.care is None]
    helpers = ((each, _shared(_given(each), me.asks)) for each in others)
    seekers = ((each, _shared(each.asks, _given(me))) for each in others)
    return Matches(
        tuple(Match(each, words) for each, words in helpers if words),
        tuple(Match(each, words) for each, words in seekers if words),
    )


def _given(member: MemberRow) -> str:
    return "\n".join((member.offers, *member.expertise))


def _shared(said: str, wanted: str) -> tuple[str, ...]:
    """The words of `said` that are in `wanted` too, each once, as they are written there."""
    stems = {_stem(word) for word in _words(wanted)}
    found = {_stem(word): word for word in reversed(_words(said)) if _stem(word) in stems}
    return tuple(reversed(found.values()))


def _words(text: str) -> list[str]:
    every = (word.casefold() for word in _WORD.findall(text))
    return [word for word in every if len(word) >= _LEAST_LETTERS and word not in _TOO_COMMON]


def _stem(word: str) -> str:
    """Near enough for "mentor" to find "mentoring": the word without a usual ending."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM_LETTERS:
            return word.removesuffix(ending)
    return word
