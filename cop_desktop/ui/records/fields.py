"""What the fields and kinds of records are called on screen."""

from datetime import datetime

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
}


def field_name(field: str) -> str:
    """A field of the catalogue as people call it."""
    known = _NAMES.get(field)
    if known is not None:
        return QCoreApplication.translate("Fields", known)
    return field.replace("_", " ").capitalize()


def noun_name(noun: str) -> str:
    """A kind's noun to begin a line with."""
    return noun[:1].upper() + noun[1:]


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
        case tuple():
            return ", ".join(map(str, value))
        case _:
            return str(value)
