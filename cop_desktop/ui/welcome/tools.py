"""What the first start is given."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from cop_desktop.ui.hub import Hub
from cop_desktop.ui.jobs import Jobs
from cop_desktop.ui.messages import Messages
from cop_desktop.ui.theme.theme import Theme


class JoinedAs(Protocol):
    """What joining answers (`cop_desktop.joining.Joined`)."""

    @property
    def member_name(self) -> str: ...
    @property
    def server_name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class WelcomeTools:
    """How the first start reaches the rest of the program.

    network: a thread for joining, so that the store stays free. join: server address and code;
    takes a round trip. joined: begins to sync. open_sample: False if it did not start. kept, keep:
    a setting of this replica by name; on the thread of `jobs`. finished: shows their community.
    try_post: does so with a topic to write.
    """

    theme: Theme
    jobs: Jobs
    network: Jobs
    hub: Hub
    messages: Messages
    check_code: Callable[[str], bool]
    join: Callable[[str, str], JoinedAs]
    joined: Callable[[], None]
    open_sample: Callable[[], bool]
    kept: Callable[[str], Any]
    keep: Callable[[str, Any], None]
    finished: Callable[[], None]
    try_post: Callable[[], None]
