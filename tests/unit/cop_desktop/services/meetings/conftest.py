"""A community that meets: one replica, its clock at noon of the first Wednesday."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cop_desktop.services.meetings import Meetings
from cop_desktop.store import Replica
from sync.core.ids import Id
from tests.support.forum import FORUM, NOON, WEDNESDAY
from tests.support.replicas import COMMUNITY, ManualClock, enrolled


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(now_ms=round(NOON.timestamp() * 1000))


@pytest.fixture
def replica(tmp_path: Path, clock: ManualClock) -> Iterator[Replica]:
    with enrolled(tmp_path / "anna", clock=clock) as replica:
        yield replica


@pytest.fixture
def meetings(replica: Replica) -> Meetings:
    return Meetings(replica)


@pytest.fixture
def series(meetings: Meetings) -> Id:
    return meetings.add_series(COMMUNITY, FORUM).id


@pytest.fixture
def meeting(meetings: Meetings, series: Id) -> Id:
    return meetings.open_occurrence(series, WEDNESDAY).id
