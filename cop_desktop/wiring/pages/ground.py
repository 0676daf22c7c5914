"""What every page of a place is built on."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import SignalInstance

from cop_desktop.services.search import SearchHit
from cop_desktop.services.whereabouts import Destination
from cop_desktop.wiring.desk import Desk
from sync.core.ids import Id


@dataclass(frozen=True, slots=True)
class Ground:
    """The desk, the community that is shown now, and ways to other places.

    community_shown: a signal that tells of another community, or None. open_record: goes to what
    was found; open_link: to what a link in a text leads to.
    """

    desk: Desk
    community: Id | None
    community_shown: SignalInstance
    open_record: Callable[[SearchHit | Destination], None]
    open_link: Callable[[str], None]
