"""What the sentence and the place of sync are given."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from cop_desktop.services.records import Records
from cop_desktop.services.sync_status import SyncStatus
from cop_desktop.ui.records.window_tools import WindowTools


class Report(Protocol):
    """What `hub.status_changed` carries (`cop_desktop.background.SyncReport`)."""

    @property
    def busy(self) -> bool: ...
    @property
    def agreed(self) -> bool: ...
    @property
    def cause(self) -> str: ...
    @property
    def up_bytes(self) -> int: ...
    @property
    def down_bytes(self) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncTools(WindowTools):
    """Services, and how to work with them from the window. sync_now: asks for an exchange.

    records: any service of records.
    """

    sync_status: SyncStatus
    records: Records
    sync_now: Callable[[], None]
