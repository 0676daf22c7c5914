"""What there is in a community to show, asked of the services."""

from datetime import UTC, datetime, timedelta

from cop_desktop.services.discussions import TopicRow
from cop_desktop.services.library import ItemRow
from cop_desktop.services.meetings import MeetingRow
from cop_desktop.wiring.desk import Desk
from sync.core.ids import Id

_AROUND = timedelta(days=60)


def topic_rows(desk: Desk, community: Id) -> tuple[TopicRow, ...]:
    """The topics, as listed."""
    return tuple(desk.services.discussions.topics(community))


def item_rows(desk: Desk, community: Id) -> tuple[ItemRow, ...]:
    """The items of the library, as listed."""
    return desk.services.library.items(community)


def meeting_rows(desk: Desk, community: Id) -> tuple[MeetingRow, ...]:
    """The meetings of some weeks that are more than planned days, the earliest first."""
    now = datetime.now(UTC)
    rows = desk.services.meetings.meetings(community, now - _AROUND, now + _AROUND)
    return tuple(row for row in rows if row.id is not None)
