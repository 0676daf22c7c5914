"""What the fields and kinds of records are called on screen."""

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

from cop_desktop.ui.messages.message import QT_TRANSLATE_NOOP
from cop_desktop.ui.records.when import When

_noop = QT_TRANSLATE_NOOP

_NAMES = {
    "title": _noop("Fields", "Title"),
    "body": _noop("Fields", "Text"),
    "text": _noop("Fields", "Text"),
    "name": _noop("Fields", "Name"),
    "summary": _noop("Fields", "Summary"),
    "note": _noop("Fields", "Note"),
    "notes": _noop("Fields", "Notes"),
    "activity": _noop("Fields", "Kind of topic"),
    "tags": _noop("Fields", "Tags"),
    "pinned": _noop("Fields", "Pinned"),
    "locked": _noop("Fields", "Locked"),
    "answer": _noop("Fields", "Answer"),
    "needed_by": _noop("Fields", "Needed by"),
    "ended": _noop("Fields", "Ended"),
    "outcome": _noop("Fields", "What came of it"),
    "about": _noop("Fields", "About"),
    "identity": _noop("Fields", "Who I am as a leader"),
    "position": _noop("Fields", "Position"),
    "school": _noop("Fields", "School"),
    "expertise": _noop("Fields", "Knows about"),
    "offers": _noop("Fields", "Offers"),
    "asks": _noop("Fields", "Asks"),
    "career_stage": _noop("Fields", "Career stage"),
    "status": _noop("Fields", "Status"),
    "type": _noop("Fields", "Type"),
    "evidence": _noop("Fields", "Basis of evidence"),
    "strategies": _noop("Fields", "Strategies"),
    "reviewer": _noop("Fields", "Reviewer"),
    "review_by": _noop("Fields", "Review by"),
    "review_note": _noop("Fields", "Reviewer's answer"),
    "answer_by": _noop("Fields", "Reviewer answers by"),
    "authors": _noop("Fields", "Authors"),
    "year": _noop("Fields", "Year"),
    "used_on": _noop("Fields", "Used on"),
    "may_quote": _noop("Fields", "May be quoted"),
    "given": _noop("Fields", "Given"),
    "reading_minutes": _noop("Fields", "Minutes to read"),
    "credit": _noop("Fields", "Credit"),
    "starts": _noop("Fields", "Starts"),
    "ends": _noop("Fields", "Ends"),
    "place": _noop("Fields", "Place"),
    "owner": _noop("Fields", "Owner"),
    "due": _noop("Fields", "Due"),
    "done": _noop("Fields", "Done"),
    "purpose": _noop("Fields", "Purpose"),
    "domain": _noop("Fields", "Domain"),
    "practice": _noop("Fields", "Practice"),
    "commitments": _noop("Fields", "Commitments"),
    "stage": _noop("Fields", "Stage"),
    "region": _noop("Fields", "Region"),
    "first_day": _noop("Fields", "First day"),
    "local_time": _noop("Fields", "Time of day"),
    "time_zone": _noop("Fields", "Time zone"),
    "recurrence": _noop("Fields", "How often"),
    "series": _noop("Fields", "Series"),
    "duration_minutes": _noop("Fields", "Minutes"),
    "minutes": _noop("Fields", "Minutes"),
    "lead": _noop("Fields", "Who leads it"),
    "who": _noop("Fields", "Who"),
    "provocation": _noop("Fields", "Provocation"),
    "role": _noop("Fields", "Role"),
    "member": _noop("Fields", "Member"),
    "meeting": _noop("Fields", "Meeting"),
    "topic": _noop("Fields", "Topic"),
    "item": _noop("Fields", "Library item"),
    "adapted_from": _noop("Fields", "Adapted from"),
    "original_author": _noop("Fields", "First written by"),
    "original_moment": _noop("Fields", "First written"),
    "source": _noop("Fields", "Came from"),
    "level": _noop("Fields", "Follow"),
    "since": _noop("Fields", "Since"),
    "owner_name": _noop("Fields", "Owner"),
}

_NOUNS = {
    "community": _noop("Nouns", "community"),
    "membership": _noop("Nouns", "membership"),
    "care flag": _noop("Nouns", "care flag"),
    "topic": _noop("Nouns", "topic"),
    "reply": _noop("Nouns", "reply"),
    "reaction": _noop("Nouns", "reaction"),
    "library item": _noop("Nouns", "library item"),
    "file": _noop("Nouns", "file"),
    "text of a file": _noop("Nouns", "text of a file"),
    "report of use": _noop("Nouns", "report of use"),
    "series of meetings": _noop("Nouns", "series of meetings"),
    "meeting": _noop("Nouns", "meeting"),
    "agenda item": _noop("Nouns", "agenda item"),
    "meeting notes": _noop("Nouns", "meeting notes"),
    "attendance": _noop("Nouns", "attendance"),
    "decision": _noop("Nouns", "decision"),
    "action": _noop("Nouns", "action"),
    "feedback": _noop("Nouns", "feedback"),
    "member": _noop("Nouns", "member"),
    "school": _noop("Nouns", "school"),
    "computer": _noop("Nouns", "computer"),
    "read mark": _noop("Nouns", "read mark"),
    "draft": _noop("Nouns", "draft"),
    "choice to follow": _noop("Nouns", "choice to follow"),
}


def field_name(field: str) -> str:
    """A field of the catalogue as people call it."""
    known = _NAMES.get(field)
    if known is not None:
        return QCoreApplication.translate("Fields", known)
    return field.replace("_", " ").capitalize()


def noun_name(noun: str) -> str:
    """A kind's noun to begin a line with."""
    said = noun_words(noun)
    return said[:1].upper() + said[1:]


def noun_words(noun: str) -> str:
    """A kind's noun inside a line; one of a newer program as it came."""
    known = _NOUNS.get(noun)
    return noun if known is None else QCoreApplication.translate("Nouns", known)


def value_words(value: object, when: When) -> str:
    """A value of a revision as text; "" for none."""
    tr = QCoreApplication.translate
    match value:
        case None | () | "":
            return ""
        case bool():
            return tr("Fields", "yes") if value else tr("Fields", "no")
        case datetime():
            return when.full(value)
        case date():
            return when.day(value)
        case tuple():
            return ", ".join(map(str, value))
        case _:
            return str(value)
