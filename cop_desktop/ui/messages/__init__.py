"""Errors in words for people: what happened, that their work is safe, what to do.

Words are looked up by the error's `cause` code, else by the name of its class or of a class
it comes from (screens may not import the classes of the store and of sync). An error with a
`why` first looks under "Class.why"; `{name}` in the words is the error's own attribute. To
add words, add an entry to the table of the module that fits.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from cop_desktop.ui.messages import of_computer, of_sync, of_wishes
from cop_desktop.ui.messages.message import UNKNOWN, Message

__all__ = ["TROUBLES", "Message", "Messages"]

TROUBLES: Mapping[str, Message] = {
    **of_sync.TROUBLES,
    **of_computer.TROUBLES,
    **of_wishes.TROUBLES,
}


class Messages:
    """Finds the words for an error or a cause, in the language of the window."""

    def __init__(self, troubles: Mapping[str, Message] | None = None) -> None:
        self._troubles = TROUBLES if troubles is None else troubles

    def for_error(self, error: BaseException) -> Message:
        """What to tell about `error`; never its own text, which is for the log."""
        for code in _codes(error):
            if code in self._troubles:
                return _translated(self._troubles[code], vars(error))
        return _translated(UNKNOWN, {})

    def knows(self, error: BaseException) -> bool:
        """Whether there are words for it; what there are none for is a mistake of ours."""
        return any(code in self._troubles for code in _codes(error))

    def for_cause(self, cause: str) -> Message:
        """What to tell about a cause that came as a code (in a SyncReport)."""
        return _translated(self._troubles.get(cause, UNKNOWN), {})


def _codes(error: BaseException) -> Iterator[str]:
    """Codes to look under, most exact first."""
    cause = getattr(error, "cause", None)
    if isinstance(cause, str):
        yield cause
    why = getattr(error, "why", None)
    for class_ in type(error).__mro__:
        if why is not None:
            yield f"{class_.__name__}.{why}"
        yield class_.__name__


class _Details(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return "…"


def _translated(message: Message, details: Mapping[str, Any]) -> Message:
    known = _Details(details)
    happened, safe, to_do = (
        QCoreApplication.translate("Messages", words).format_map(known) if words else ""
        for words in (message.happened, message.safe, message.to_do)
    )
    return Message(happened, safe, to_do, message.tone)
