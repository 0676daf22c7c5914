"""What the person prefers in this window: asked for at once, kept with the window's sizes."""

import json
from contextlib import suppress
from typing import Any, Final

from PySide6.QtCore import QObject, Signal

from cop_desktop.ui.shell.window_memory import WindowMemory

NOTIFY: Final = "notify"
MENTIONS: Final = "notify_mentions"
GIVEN: Final = "notify_given"
QUIET: Final = "quiet"
QUIET_FROM: Final = "quiet_from"
QUIET_UNTIL: Final = "quiet_until"
QUIET_WEEKEND: Final = "quiet_weekend"
STAY: Final = "stay_in_tray"
RETURN: Final = "return_to_place"
DATES: Final = "date_language"
DATES_OF_PROGRAM, DATES_OF_COMPUTER = "program", "computer"

USUAL: Final[dict[str, Any]] = {
    NOTIFY: True,
    MENTIONS: True,
    GIVEN: True,
    QUIET: True,
    QUIET_FROM: "18:00",
    QUIET_UNTIL: "07:00",
    QUIET_WEEKEND: True,
    STAY: False,
    RETURN: True,
    DATES: DATES_OF_PROGRAM,
}
"""Every preference, as it is until somebody chooses otherwise. Times are NT time."""

OF_NEWS: Final = frozenset((NOTIFY, MENTIONS, GIVEN, QUIET, QUIET_FROM, QUIET_UNTIL, QUIET_WEEKEND))
"""Those that say what is told of, and when."""

_NAME: Final = "preference."


class Preferences(QObject):
    """By name; GUI thread. `changed` carries the name of what was chosen."""

    changed = Signal(str)

    def __init__(self, memory: WindowMemory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._memory = memory

    def get(self, name: str) -> Any:
        """What was chosen, else what is usual; raises KeyError for an unknown name."""
        usual = USUAL[name]
        kept = self._memory.get(_NAME + name)
        with suppress(ValueError, UnicodeDecodeError):
            value = json.loads((kept or b"").decode("utf-8"))
            if type(value) is type(usual):
                return value
        return usual

    def put(self, name: str, value: Any) -> None:
        """Keeps what was chosen."""
        if self.get(name) != value:
            self._memory.put(_NAME + name, json.dumps(value).encode("utf-8"))
            self.changed.emit(name)
