"""What stays on this computer: settings, drafts, the correction of the clock."""

from pathlib import Path

import pytest

from cop_desktop.store.corrected import TOLERANCE_MS
from tests.support.ledgers import Ledger, exchange
from tests.support.replicas import COMMUNITY, NOON_MS, ManualClock, enrolled, opened, rows_of

YEAR_MS = 365 * 24 * 3600 * 1000


def test_settings_are_kept(tmp_path: Path) -> None:
    with opened(tmp_path) as replica:
        assert replica.settings.get("budget") is None
        assert replica.settings.get("budget", 500) == 500
        replica.settings.set("budget", {"mb": 20, "window": ["18:00", "07:00"]})
        replica.settings.set("greeting", "Ŋ\N{WAVING HAND SIGN}")
        replica.settings.set("greeting", "yo")
    with opened(tmp_path) as replica:
        assert replica.settings.get("budget") == {"mb": 20, "window": ["18:00", "07:00"]}
        assert replica.settings.get("greeting") == "yo"


def test_drafts_are_kept_until_they_are_thrown_away(tmp_path: Path) -> None:
    clock = ManualClock()
    with opened(tmp_path, clock) as replica:
        replica.local_drafts.set("reply:1", {"body": "half a sent", "state": b"\0\1"})
        clock.turn(seconds=2)
        replica.local_drafts.set("topic:2", {"title": "New"})
    with opened(tmp_path, clock) as replica:
        drafts = replica.local_drafts
        assert drafts.get("reply:1") == {"body": "half a sent", "state": b"\0\1"}
        assert drafts.get("reply:9") is None
        assert drafts.places() == [("topic:2", NOON_MS + 2000), ("reply:1", NOON_MS)]
        drafts.delete("topic:2")
        drafts.delete("never there")
        assert [place for place, _ in drafts.places()] == ["reply:1"]


@pytest.mark.parametrize("wrong_ms", [-10 * YEAR_MS, 10 * YEAR_MS])
def test_a_clock_that_is_years_wrong_is_corrected_by_the_server(
    tmp_path: Path, wrong_ms: int
) -> None:
    clock = ManualClock(now_ms=NOON_MS + wrong_ms)
    with enrolled(tmp_path, clock=clock) as replica:
        assert replica.last_contact_ms() is None
        exchange(replica.sync_side, Ledger(now_ms=NOON_MS))
        assert replica.last_contact_ms() == NOON_MS + wrong_ms
        assert replica.now_ms() == NOON_MS
    clock.turn(seconds=60)
    with opened(tmp_path, clock) as replica:
        assert replica.now_ms() == NOON_MS + 60_000
        with replica.write() as action:
            action.create("topic", COMMUNITY, {"title": "Now"})
        [row] = rows_of(replica)["topic"]
        assert row["created_ms"] == NOON_MS + 60_000


def test_the_time_that_an_answer_takes_is_no_wrong_clock(tmp_path: Path) -> None:
    with enrolled(tmp_path) as replica:
        exchange(replica.sync_side, Ledger(now_ms=NOON_MS - TOLERANCE_MS + 1))
        assert replica.now_ms() == NOON_MS


def test_writes_stay_in_order_when_the_clock_goes_backwards(tmp_path: Path) -> None:
    clock = ManualClock()
    with enrolled(tmp_path, clock=clock) as replica, replica.write() as action:
        topic = action.create("topic", COMMUNITY, {"title": "First"})
    clock.turn(days=-400)
    with opened(tmp_path, clock) as replica:
        with replica.write() as action:
            action.set("topic", topic, {"title": "Second"})
        assert rows_of(replica)["topic"][0]["title"] == "Second"
        first, second = (entry.group for entry in replica.history(topic))
        assert second.clock > first.clock
