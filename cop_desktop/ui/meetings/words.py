"""What the choices of the catalogue are called on screen."""

from PySide6.QtCore import QCoreApplication

from cop_desktop.ui.messages.message import QT_TRANSLATE_NOOP
from cop_desktop.ui.widgets.form.fields import Choice
from sync.catalogue.meetings import ATTENDANCES, MEETING_STATUSES, MEETING_TYPES

_noop = QT_TRANSLATE_NOOP

_NAMES = {
    "planned": _noop("Meetings", "Planned"),
    "held": _noop("Meetings", "Held"),
    "cancelled": _noop("Meetings", "Cancelled"),
    "forum": _noop("Meetings", "Forum"),
    "hui": _noop("Meetings", "Hui"),
    "strategic": _noop("Meetings", "Strategic meeting"),
    "face to face": _noop("Meetings", "Face to face"),
    "present": _noop("Meetings", "Present"),
    "apology": _noop("Meetings", "Apology"),
    "absent": _noop("Meetings", "Absent"),
}


def choice_name(key: str) -> str:
    """A choice in words; one of a newer version of the program as it stands."""
    known = _NAMES.get(key)
    return QCoreApplication.translate("Meetings", known) if known else key.capitalize()


def statuses() -> tuple[Choice, ...]:
    """What a meeting can be."""
    return _choices(MEETING_STATUSES)


def types() -> tuple[Choice, ...]:
    """The sorts of meetings that a series can be of."""
    return _choices(MEETING_TYPES)


def attendances() -> tuple[Choice, ...]:
    """What can be noted of somebody."""
    return _choices(ATTENDANCES)


def noted_words(key: str, count: int) -> str:
    """What so many people were noted as: "3 apologies" without the number."""
    if key == "apology" and count > 1:
        return QCoreApplication.translate("Meetings", "apologies")
    return choice_name(key).casefold()


def _choices(keys: tuple[str, ...]) -> tuple[Choice, ...]:
    return tuple(Choice(key, choice_name(key)) for key in keys)
