"""What the sentence and the place of sync are given."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from cop_desktop.services.sync_status import SyncStatus
from cop_desktop.ui.hub import Hub
from cop_desktop.ui.jobs import Jobs
from cop_desktop.ui.messages import Messages
from cop_desktop.ui.records.when import When
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.notice_bar import Notice


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


@dataclass(frozen=True, slots=True)
class SyncTools:
    """Services, and how to work with them from the window. sync_now: asks for an exchange."""

    theme: Theme
    jobs: Jobs
    hub: Hub
    messages: Messages
    when: When
    sync_status: SyncStatus
    show_notice: Callable[[Notice], None]
    sync_now: Callable[[], None]
