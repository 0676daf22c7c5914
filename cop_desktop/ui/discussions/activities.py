"""The nine activities: what each is for, what its form asks and how it ends, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import shorten
from typing import Final

from PySide6.QtCore import QCoreApplication

from cop_desktop.ui.messages.message import QT_TRANSLATE_NOOP

_noop = QT_TRANSLATE_NOOP
_MOST_CHARS: Final = 40
"""Of the name of a kind that only a newer program knows."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question of a form. heading: stands over the answer in the text; hint: in the field."""

    heading: str
    hint: str


@dataclass(frozen=True, slots=True)
class Ending:
    """How a topic ends. verb: what one does; question: what one tells; result: over what was told.

    badge: what is true afterwards.
    """

    verb: str
    question: str
    result: str
    badge: str


@dataclass(frozen=True, slots=True)
class Activity:
    """What a topic is for. key: as in the catalogue. day: what its day means, "" if it has none."""

    key: str
    name: str
    sentence: str
    prompts: tuple[Prompt, ...]
    ending: Ending
    day: str = ""


ACTIVITIES: tuple[Activity, ...] = (
    Activity(
        "request for information",
        _noop("Activities", "Request for information"),
        _noop("Activities", "Ask for a fact, a form or a contact that somebody here has."),
        (
            Prompt(
                _noop("Activities", "What do you need to know?"),
                _noop("Activities", "A fact, a form, a name…"),
            ),
            Prompt(
                _noop("Activities", "What is it for?"),
                _noop("Activities", "Then others know what would help as well"),
            ),
        ),
        Ending(
            _noop("Activities", "End this request"),
            _noop("Activities", "What helped?"),
            _noop("Activities", "What helped"),
            _noop("Activities", "Settled"),
        ),
        day=_noop("Activities", "Needed by"),
    ),
    Activity(
        "problem-solving",
        _noop("Activities", "Problem-solving"),
        _noop("Activities", "Lay out what has you stuck and work through it together."),
        (
            Prompt(
                _noop("Activities", "What is happening?"),
                _noop("Activities", "What somebody would see who stood beside you"),
            ),
            Prompt(
                _noop("Activities", "What have you tried?"),
                _noop("Activities", "Also what did not work"),
            ),
            Prompt(
                _noop("Activities", "What would be better?"),
                _noop("Activities", "How you would know that it is solved"),
            ),
        ),
        Ending(
            _noop("Activities", "Close this problem"),
            _noop("Activities", "What solved it, or what do you know now?"),
            _noop("Activities", "What came of it"),
            _noop("Activities", "Worked through"),
        ),
        day=_noop("Activities", "Needed by"),
    ),
    Activity(
        "seeking experience",
        _noop("Activities", "Seeking experience"),
        _noop("Activities", "Hear from people who have been through the same thing."),
        (
            Prompt(
                _noop("Activities", "What are you facing?"),
                _noop("Activities", "Your school, in a few sentences"),
            ),
            Prompt(
                _noop("Activities", "Whose story would help you?"),
                _noop("Activities", "Somebody who has…"),
            ),
        ),
        Ending(
            _noop("Activities", "Thank the tellers and end"),
            _noop("Activities", "What do you take from the stories?"),
            _noop("Activities", "What was taken from the stories"),
            _noop("Activities", "Stories gathered"),
        ),
        day=_noop("Activities", "Needed by"),
    ),
    Activity(
        "sharing assets",
        _noop("Activities", "Sharing assets"),
        _noop("Activities", "Pass on something that worked, for others to use or adapt."),
        (
            Prompt(
                _noop("Activities", "What is it?"),
                _noop("Activities", "Attach it below, or say where it is"),
            ),
            Prompt(
                _noop("Activities", "Where has it worked?"),
                _noop("Activities", "School, year level, how long"),
            ),
            Prompt(
                _noop("Activities", "What should one know first?"),
                _noop("Activities", "What it takes, what to change, whom to ask"),
            ),
        ),
        Ending(
            _noop("Activities", "Wrap up this sharing"),
            _noop("Activities", "Who used it, and what did they change?"),
            _noop("Activities", "How it was used"),
            _noop("Activities", "Passed on"),
        ),
    ),
    Activity(
        "coordinating strategy",
        _noop("Activities", "Coordinating strategy"),
        _noop("Activities", "Agree who does what and when, so that schools pull together."),
        (
            Prompt(
                _noop("Activities", "What do we want to bring about?"),
                _noop("Activities", "For whom, and by when"),
            ),
            Prompt(
                _noop("Activities", "Who could do which part?"),
                _noop("Activities", "Begin with what you can do yourself"),
            ),
            Prompt(
                _noop("Activities", "What is still to be decided?"),
                _noop("Activities", "One question a line"),
            ),
        ),
        Ending(
            _noop("Activities", "Close with what was agreed"),
            _noop("Activities", "What was agreed: who does what by when?"),
            _noop("Activities", "What was agreed"),
            _noop("Activities", "Agreed"),
        ),
        day=_noop("Activities", "To be agreed by"),
    ),
    Activity(
        "developing confidence",
        _noop("Activities", "Developing confidence"),
        _noop("Activities", "Try an idea out on people who wish you well before you act."),
        (
            Prompt(
                _noop("Activities", "What are you about to do?"),
                _noop("Activities", "A conversation, a change, a first time"),
            ),
            Prompt(
                _noop("Activities", "What are you unsure of?"),
                _noop("Activities", "What could go wrong, or feels too big"),
            ),
            Prompt(
                _noop("Activities", "What would you like from us?"),
                _noop("Activities", "Questions, encouragement, somebody to rehearse with…"),
            ),
        ),
        Ending(
            _noop("Activities", "Tell how it went"),
            _noop("Activities", "How did it go?"),
            _noop("Activities", "How it went"),
            _noop("Activities", "Done"),
        ),
        day=_noop("Activities", "Planned for"),
    ),
    Activity(
        "discussing developments",
        _noop("Activities", "Discussing developments"),
        _noop("Activities", "Talk over something new: a policy, a result, some research."),
        (
            Prompt(
                _noop("Activities", "What is new?"),
                _noop("Activities", "With a link or a file, if there is one"),
            ),
            Prompt(
                _noop("Activities", "What might it mean for our schools?"),
                _noop("Activities", "Your first thought is enough"),
            ),
        ),
        Ending(
            _noop("Activities", "Sum up this discussion"),
            _noop("Activities", "What do we make of it?"),
            _noop("Activities", "What we make of it"),
            _noop("Activities", "Summed up"),
        ),
    ),
    Activity(
        "mapping knowledge",
        _noop("Activities", "Mapping knowledge"),
        _noop("Activities", "Find out who knows what, and what nobody here knows yet."),
        (
            Prompt(
                _noop("Activities", "What do we want to know about each other?"),
                _noop("Activities", "One field: phonics, housing, new staff…"),
            ),
            Prompt(
                _noop("Activities", "What do you know about it yourself?"),
                _noop("Activities", "Others go on from there"),
            ),
            Prompt(
                _noop("Activities", "What would you like to learn?"),
                _noop("Activities", "What you would ask if somebody here knew"),
            ),
        ),
        Ending(
            _noop("Activities", "Draw up this map"),
            _noop("Activities", "Who knows what, and what does nobody here know yet?"),
            _noop("Activities", "Who knows what"),
            _noop("Activities", "Mapped"),
        ),
    ),
    Activity(
        "visits",
        _noop("Activities", "Visits"),
        _noop("Activities", "Arrange to see another school at work, or tell what you saw."),
        (
            Prompt(
                _noop("Activities", "Where, and when?"),
                _noop("Activities", "School, days, how to get there"),
            ),
            Prompt(
                _noop("Activities", "What is it for?"),
                _noop("Activities", "What you would like to see or show"),
            ),
            Prompt(
                _noop("Activities", "Who could come along?"),
                _noop("Activities", "How many, and where they could stay"),
            ),
        ),
        Ending(
            _noop("Activities", "Tell what we saw"),
            _noop("Activities", "What did we see, and what do we take home?"),
            _noop("Activities", "What we saw"),
            _noop("Activities", "Visited"),
        ),
        day=_noop("Activities", "Answer by"),
    ),
)
_BY_KEY: Mapping[str, Activity] = {activity.key: activity for activity in ACTIVITIES}
_NO_ACTIVITY = Ending(
    _noop("Activities", "End this topic"),
    _noop("Activities", "What came of it?"),
    _noop("Activities", "What came of it"),
    _noop("Activities", "Ended"),
)


def activity(key: str | None) -> Activity | None:
    """The activity with this key, None for none or one that is not known here."""
    return _BY_KEY.get(key or "")


def ending(key: str | None) -> Ending:
    """How a topic of this activity ends, in the language of the window."""
    known = activity(key)
    words = _NO_ACTIVITY if known is None else known.ending
    return Ending(
        translated(words.verb),
        translated(words.question),
        translated(words.result),
        translated(words.badge),
    )


def day_name(key: str | None) -> str:
    """What the day of a topic of this activity means, to be followed by the day."""
    known = activity(key)
    words = known.day if known is not None and known.day else _noop("Activities", "Needed by")
    return translated(words)


def activity_name(key: str | None) -> str:
    """As people read it; "" for none. One that this version does not know reads as it is."""
    if not key:
        return ""
    known = _BY_KEY.get(key)
    return _as_it_came(key) if known is None else translated(known.name)


def _as_it_came(key: str) -> str:
    words = " ".join(key.split())
    return shorten(words[:1].upper() + words[1:], _MOST_CHARS, placeholder="…")


def translated(words: str) -> str:
    """Words of an Activity in the language of the window."""
    return QCoreApplication.translate("Activities", words)
