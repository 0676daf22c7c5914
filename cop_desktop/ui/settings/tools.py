"""What the place of settings is given."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from cop_desktop.services.spelling import Spelling
from cop_desktop.services.storage import Storage
from cop_desktop.ui.jobs import Jobs
from cop_desktop.ui.shell.appearance import AppearanceActions
from cop_desktop.ui.shell.preferences import Preferences
from cop_desktop.ui.syncing.tools import SyncTools


class LoginStart(Protocol):
    """Whether the system starts the program when its person signs in. May touch the disk."""

    def is_on(self) -> bool:
        """Whether it does."""
        ...

    def set_on(self, on: bool) -> None:
        """Let it, or let it no longer. Raises OSError."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsTools(SyncTools):
    """preferences: of the window. appearance: look and text size of it. storage: on slow_jobs.

    login: None where the system has no such thing. kept, keep: a setting of the replica by name;
    on the store thread. spelling: None where there is no speller.
    """

    preferences: Preferences
    appearance: AppearanceActions
    storage: Storage
    slow_jobs: Jobs
    login: LoginStart | None
    kept: Callable[[str], Any]
    keep: Callable[[str, Any], None]
    spelling: Spelling | None = None
