"""Where something that was written is now, as a mark beside it."""

from PySide6.QtCore import QCoreApplication

from cop_desktop.ui.widgets.rows import Badge


def state_words(state: str) -> str:
    """Says "On this computer" until it has left, "not accepted", else nothing.

    state: an `ItemState` of the services.
    """
    tr = QCoreApplication.translate
    return {
        "waiting": tr("States", "On this computer"),
        "refused": tr("States", "Not accepted"),
    }.get(state, "")


def state_badge(state: str) -> list[Badge]:
    """The mark for a state; none for what has been sent, as nearly everything has."""
    words = state_words(state)
    if not words:
        return []
    return [Badge(words, "bad", "warning") if state == "refused" else Badge(words, "soft", "clock")]
