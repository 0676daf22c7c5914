"""Answers to the questions of a form as one text with headings, and back. No widgets.

Everybody reads and edits that text; the questions are only a way to begin it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_MARK: Final = "### "
"""Of a heading: smaller than the topic's title, larger than the text."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What stands in the fields. given: one for each heading, "" for none; rest: beside them."""

    given: tuple[str, ...]
    rest: str = ""


def composed(headings: Sequence[str], answers: Answers, rest_heading: str) -> str:
    """The text: each answer under its heading; questions without an answer are left out."""
    parts = [
        f"{_MARK}{heading}\n\n{text.strip()}"
        for heading, text in zip(headings, answers.given, strict=True)
        if text.strip()
    ]
    rest = answers.rest.strip("\n").rstrip()
    if rest:
        parts.append(f"{_MARK}{rest_heading}\n\n{rest}" if parts else rest)
    return "\n\n".join(parts)


def parted(headings: Sequence[str], text: str, rest_heading: str) -> Answers:
    """The answers in a text that `composed` made, each once; all else of it is the rest."""
    places = {f"{_MARK}{heading}": place for place, heading in enumerate(headings)}
    given: dict[int, list[str]] = {}
    rest: list[str] = []
    lines = rest
    for line in text.split("\n"):
        place = places.get(line.rstrip())
        if place is not None and place not in given:
            lines = given.setdefault(place, [])
        elif line.rstrip() == f"{_MARK}{rest_heading}" and given:
            lines = rest
        else:
            lines.append(line)
    found = tuple("\n".join(given.get(place, ())).strip("\n") for place in range(len(headings)))
    return Answers(found, "\n".join(rest).strip("\n"))


def carried(answers: Answers, before: Sequence[str], count: int) -> Answers:
    """The answers in a form of `count` other questions: nothing that was written goes.

    before: the headings that they stood under. What finds no field is put before the rest.
    """
    written = [
        (heading, text) for heading, text in zip(before, answers.given, strict=True) if text.strip()
    ]
    given = [text for _, text in written[:count]]
    left = [f"{_MARK}{heading}\n\n{text.strip()}" for heading, text in written[count:]]
    rest = "\n\n".join([*left, *([answers.rest] if answers.rest.strip() else [])])
    return Answers((*given, *([""] * (count - len(given)))), rest)
