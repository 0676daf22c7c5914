"""What the sentence and the place of sync are given."""

from collections.abc import Callable
from dataclasses import dataclass

from cop_desktop.services.records import Records
from cop_desktop.services.sync_status import SyncStatus
from cop_desktop.ui.records.window_tools import WindowTools


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncTools(WindowTools):
    """Services, and how to work with them from the window. sync_now: asks for an exchange.

    records: any service of records.
    """

    sync_status: SyncStatus
    records: Records
    sync_now: Callable[[], None]
