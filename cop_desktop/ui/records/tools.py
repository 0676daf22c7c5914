"""What the dialogs about a record need."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, Self

from cop_desktop.services.records import Records
from cop_desktop.ui.hub import Hub
from cop_desktop.ui.jobs import Jobs
from cop_desktop.ui.messages import Messages
from cop_desktop.ui.records.when import When
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.notice_bar import Notice

Id = bytes


class PlaceTools(Protocol):
    """What the tools of every place have."""

    @property
    def theme(self) -> Theme: ...
    @property
    def jobs(self) -> Jobs: ...
    @property
    def hub(self) -> Hub: ...
    @property
    def messages(self) -> Messages: ...
    @property
    def when(self) -> When: ...
    @property
    def show_notice(self) -> Callable[[Notice], None]: ...


@dataclass(frozen=True, slots=True)
class RecordTools:
    """records: any service of records; every one can do this for all kinds."""

    theme: Theme
    jobs: Jobs
    hub: Hub
    messages: Messages
    when: When
    show_notice: Callable[[Notice], None]
    records: Records

    @classmethod
    def of(cls, tools: PlaceTools, records: Records) -> Self:
        """From the tools of a place."""
        return cls(
            tools.theme,
            tools.jobs,
            tools.hub,
            tools.messages,
            tools.when,
            tools.show_notice,
            records,
        )
