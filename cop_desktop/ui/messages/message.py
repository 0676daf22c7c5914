"""What one message holds, and the sentences that many share."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from PySide6 import QtCore

# Qt's own type says that it may return anything; lupdate looks for this very name.
QT_TRANSLATE_NOOP = cast(Callable[[str, str], str], QtCore.QT_TRANSLATE_NOOP)


@dataclass(frozen=True, slots=True)
class Message:
    """What to tell. safe: what is true of the person's work now. tone: warn or bad."""

    happened: str
    safe: str
    to_do: str
    tone: str = "warn"

    def sentence(self) -> str:
        """All of it in one paragraph."""
        return " ".join(part for part in (self.happened, self.safe, self.to_do) if part)


SAFE_HERE = QT_TRANSLATE_NOOP("Messages", "Everything you wrote is safe on this computer.")
SAFE_WAITS = QT_TRANSLATE_NOOP(
    "Messages", "Everything you wrote is safe on this computer and goes by itself later."
)
SAFE_TEXT = QT_TRANSLATE_NOOP("Messages", "Your text is still here.")
SAFE_AS_IT_WAS = QT_TRANSLATE_NOOP("Messages", "Nothing was changed.")
TRY_AGAIN = QT_TRANSLATE_NOOP("Messages", "Please try again in a moment.")

UNKNOWN = Message(
    QT_TRANSLATE_NOOP("Messages", "Something went wrong that the program did not expect."),
    SAFE_HERE,
    QT_TRANSLATE_NOOP(
        "Messages", "If it happens again, tell your facilitator what you were doing."
    ),
    "bad",
)
