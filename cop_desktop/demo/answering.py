"""Which of the second member's sentences suits what somebody wrote."""

import re
from collections.abc import Collection, Sequence
from typing import Final

from cop_desktop.demo.content import Answer

_ANY: Final = "any"
# Looked for in this order; who writes of a worry wants to be heard before being answered.
_SIGNS: Final = (
    ("worry", r"\bworr|\bstruggl|\bexhaust|\btired\b|\balone\b|\bafraid|\bawake\b|\bgive up\b"),
    ("question", r"\?"),
    ("offer", r"\battached\b|\b(?:can|could|will) (?:share|send|lend|bring|help)|\bhappy to\b"),
    ("story", r"\bwe (?:tried|did|started|stopped)\b|\b(?:yesterday|last week|this morning)\b"),
)


def sort_of(words: str) -> str:
    """What sort of post it is: worry, question, offer, story or any."""
    for sort, sign in _SIGNS:
        if re.search(sign, words, re.IGNORECASE):
            return sort
    return _ANY


def answer_to(words: str, answers: Sequence[Answer], said: Collection[str]) -> Answer:
    """The answer that suits, if there is one that was not said yet; else one that always fits.

    said: the texts of earlier answers, the latest last; when all have been said, the one longest
    ago.
    """
    sort = sort_of(words)
    fitting = [each for each in answers if each.suits == sort]
    fitting += [each for each in answers if each.suits == _ANY and sort != _ANY]
    fresh = [each for each in fitting if each.body not in said]
    if fresh:
        return fresh[0]
    latest = list(said)
    return min(fitting, key=lambda each: len(latest) - latest[::-1].index(each.body))
