"""The marks that every part of a meeting may have."""

from PySide6.QtCore import QCoreApplication

from cop_desktop.ui.records.states import state_badge
from cop_desktop.ui.widgets.rows import Badge


def part_badges(state: str, *, two_versions: bool) -> tuple[Badge, ...]:
    """Two versions, and where it is if it has not left this computer."""
    badges = state_badge(state)
    if two_versions:
        words = QCoreApplication.translate("Meetings", "Two versions")
        badges.insert(0, Badge(words, "warn", "versions"))
    return tuple(badges)
