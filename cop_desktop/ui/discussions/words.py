"""The nine activities and the reactions, in the words that people choose by."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from cop_desktop.ui.messages.message import QT_TRANSLATE_NOOP

_noop = QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class Activity:
    """What a topic is for. key: as in the catalogue; hint: what to begin writing with."""

    key: str
    name: str
    sentence: str
    hint: str


ACTIVITIES: tuple[Activity, ...] = (
    Activity(
        "request for information",
        _noop("Activities", "Request for information"),
        _noop("Activities", "Ask for a fact, a form or a contact that somebody here has."),
        _noop("Activities", "What do you need to know, what for, and by when?"),
    ),
    Activity(
        "problem-solving",
        _noop("Activities", "Problem-solving"),
        _noop("Activities", "Lay out what has you stuck and work through it together."),
        _noop("Activities", "What is happening? What have you tried? What would be better?"),
    ),
    Activity(
        "seeking experience",
        _noop("Activities", "Seeking experience"),
        _noop("Activities", "Hear from people who have been through the same thing."),
        _noop("Activities", "What are you facing, and whose story would help you?"),
    ),
    Activity(
        "sharing assets",
        _noop("Activities", "Sharing assets"),
        _noop("Activities", "Pass on something that worked, for others to use or adapt."),
        _noop("Activities", "What is it, where has it worked, and what should one know first?"),
    ),
    Activity(
        "coordinating strategy",
        _noop("Activities", "Coordinating strategy"),
        _noop("Activities", "Agree who does what and when, so that schools pull together."),
        _noop("Activities", "What do we want to bring about, and who could do which part?"),
    ),
    Activity(
        "developing confidence",
        _noop("Activities", "Developing confidence"),
        _noop("Activities", "Try an idea out on people who wish you well before you act."),
        _noop("Activities", "What are you about to do, and what are you unsure of?"),
    ),
    Activity(
        "discussing developments",
        _noop("Activities", "Discussing developments"),
        _noop("Activities", "Talk over something new: a policy, a result, some research."),
        _noop("Activities", "What is new, and what might it mean for our schools?"),
    ),
    Activity(
        "mapping knowledge",
        _noop("Activities", "Mapping knowledge"),
        _noop("Activities", "Find out who knows what, and what nobody here knows yet."),
        _noop("Activities", "What do we want to know about each other? Begin with yourself."),
    ),
    Activity(
        "visits",
        _noop("Activities", "Visits"),
        _noop("Activities", "Arrange to see another school at work, or tell what you saw."),
        _noop("Activities", "Where, when and what for? Or: what did you see and take home?"),
    ),
)
_BY_KEY: Mapping[str, Activity] = {activity.key: activity for activity in ACTIVITIES}


def activity_name(key: str | None) -> str:
    """As people read it; "" for none. One that this version does not know reads as it is."""
    if not key:
        return ""
    known = _BY_KEY.get(key)
    return key if known is None else translated(known.name)


def translated(words: str) -> str:
    """Words of an Activity in the language of the window."""
    return QCoreApplication.translate("Activities", words)


def activity(key: str | None) -> Activity | None:
    """The activity with this key, None for none or one that is not known here."""
    return _BY_KEY.get(key or "")


def names_in_words(names: tuple[str, ...], most: int = 8) -> str:
    """As in "Ana, Ben and Cass"; with "and 4 others" when there are more than `most`."""
    tr = QCoreApplication.translate
    if len(names) > most:
        first = ", ".join(names[:most])
        return tr("Discussions", "{0} and {1} others").format(first, len(names) - most)
    if len(names) < 2:
        return names[0] if names else ""
    return tr("Discussions", "{0} and {1}").format(", ".join(names[:-1]), names[-1])


def reaction_name(sort: str) -> str:
    """A reaction as people read it."""
    tr = QCoreApplication.translate
    names = {"thanks": tr("Reactions", "Thanks"), "useful": tr("Reactions", "I used this")}
    return names.get(sort, sort)
