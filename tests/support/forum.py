"""A forum that meets every second Wednesday, and the moment at which its tests begin."""

from datetime import UTC, date, datetime, time

from cop_desktop.services.meetings import NewSeries
from cop_desktop.store import Replica
from sync.core.ids import Id
from tests.support.replicas import COMMUNITY, DIRECTORY

WEDNESDAY = date(2026, 8, 12)
NOON = datetime(2026, 8, 12, 2, 30, tzinfo=UTC)
"""Noon in Darwin on that Wednesday."""
FORUM = NewSeries(
    title="Forum",
    first_day=WEDNESDAY,
    local_time=time(17),
    recurrence="FREQ=WEEKLY;INTERVAL=2",
    duration_minutes=60,
    place="Online",
)


def add_school(replica: Replica, name: str) -> Id:
    with replica.write() as action:
        return action.create("school", DIRECTORY, {"name": name})


def add_member(
    replica: Replica, member: Id, name: str, *, school: Id | None = None, role: str = "member"
) -> Id:
    """Put into a replica what the server would send of a member of the community."""
    with replica.write() as action:
        action.create("member", DIRECTORY, {"name": name, "school": school}, record=member)
        action.create("membership", COMMUNITY, {"member": member, "role": role, "since": 0})
    return member
