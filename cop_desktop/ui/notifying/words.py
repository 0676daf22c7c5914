"""What a message of the system says: one thing by name, several as a count by sort."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication

from cop_desktop.services.home.views import Waiting, WaitingSort
from cop_desktop.services.news import Came
from cop_desktop.ui.records.care_words import care_words

_LONGEST = 120
_TURNING: Final = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_PLAIN: Final = str.maketrans({"<": "\u2039", ">": "\u203a", **dict.fromkeys(_TURNING, "")})
"""Some systems take what looks like markup in a message for that, and fetch its pictures; and what
turns the direction of writing would turn the words of the system beside it."""


def _tr(words: str) -> str:
    return QCoreApplication.translate("Notifying", words)


@dataclass(frozen=True, slots=True)
class Message:
    """title: short, strong. words: may be empty. opens: what a click leads to, None for Home."""

    title: str
    words: str
    opens: Waiting | None


def message_for(came: Came) -> Message:
    """One message for all that came."""
    if len(came.waiting) == 1 and not came.discreet:
        return _single(came.waiting[0])
    counts = _counts(came.waiting)
    opens = came.waiting[0] if len(came.waiting) == 1 else None
    title = _tr("Something waits for you") if opens else _tr("Some things wait for you")
    if came.discreet:
        return Message(title, "", opens)
    return Message(title, " · ".join(counts), opens)


def _single(one: Waiting) -> Message:
    who = _short(one.who)
    titles = {
        WaitingSort.MENTION: _tr("{0} mentioned you").format(who),
        WaitingSort.ACTION: _tr("An action was given to you"),
        WaitingSort.REVIEW: _tr("{0} asks you to review").format(who),
        WaitingSort.SENT_BACK: _tr("Your item came back to you"),
    }
    said = care_words() if one.care else one.title
    parts = (said, one.within) if one.sort is WaitingSort.MENTION else (one.title,)
    words = " · ".join(_short(part) for part in parts if part)
    return Message(titles[one.sort], words, one)


def _counts(waiting: Sequence[Waiting]) -> list[str]:
    of_sorts = (
        ({WaitingSort.MENTION}, _tr("1 mention"), _tr("{0} mentions")),
        ({WaitingSort.ACTION}, _tr("1 action"), _tr("{0} actions")),
        (
            {WaitingSort.REVIEW, WaitingSort.SENT_BACK},
            _tr("1 item of the library"),
            _tr("{0} items of the library"),
        ),
    )
    found = []
    for sorts, single, several in of_sorts:
        count = sum(one.sort in sorts for one in waiting)
        if count:
            found.append(single if count == 1 else several.format(count))
    return found


def _short(words: str) -> str:
    line = " ".join(words.translate(_PLAIN).split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rsplit(' ', 1)[0]}…"
