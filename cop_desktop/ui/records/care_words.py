"""What is said of something that is to be looked at with care. No widgets."""

from PySide6.QtCore import QCoreApplication

from cop_desktop.services.care import CareView
from cop_desktop.ui.widgets.rows import Badge


def _tr(words: str) -> str:
    return QCoreApplication.translate("Care", words)


def care_badge(care: CareView | None) -> list[Badge]:
    """The mark in a list; none where nobody asked for care."""
    return [] if care is None else [Badge(_tr("With care"), "warn", "care")]


def care_words() -> str:
    """What somebody is told before they look."""
    return _tr("This may contain names, voices or images of people who have died.")


def asked_words(care: CareView) -> str:
    """Who asked for care, and what for."""
    if not care.note:
        return _tr("{0} asked for care with it.").format(care.by)
    return _tr("{0} asked for care with it: {1}").format(care.by, care.note)


def care_line(care: CareView | None) -> str:
    """Both on one line, as it stands on paper; empty where nobody asked for care."""
    return "" if care is None else f"{care_words()} {asked_words(care)}"
