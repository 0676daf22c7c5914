"""What a hostile member can send, and that everybody's replica goes on all the same."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cop_desktop.store import Replica
from sync.catalogue import CATALOGUE
from sync.core.clock import MAX_CLOCK
from sync.core.group import FIRST_SEQ, Group, group_hash
from sync.core.ids import NO_HASH, Id, Maker, created_id
from sync.core.ops import EditText, Op, SetFields
from sync.core.packing import PageGroup
from tests.support.ledgers import Ledger, settle
from tests.support.replicas import COMMUNITY, NOON_MS, ManualClock, enrolled, new_id, opened

EVE = new_id(5)
TOPIC = CATALOGUE.by_name["topic"].number
NOTES = CATALOGUE.by_name["meeting_notes"].number
NOON = NOON_MS << 16
LISTS_IN_LISTS = b"\x01\x01\x07\x00\x08\x01\x04text\x01" + b"\x75\x01" * 200_000 + b"\x7e\x00"


class Hostile:
    """A replica that writes whatever it likes, straight into the server's log."""

    def __init__(self, ledger: Ledger, replica: Id = b"e" * 16) -> None:
        self._ledger = ledger
        self._replica = replica
        self._seq, self._prev = FIRST_SEQ, NO_HASH

    def made(self, clock: int) -> Id:
        """The record that the next group makes with its first operation."""
        return created_id(Maker(COMMUNITY, self._replica, self._seq, clock), 0)

    def write(self, *ops: Op, clock: int = NOON) -> None:
        place = (COMMUNITY, self._replica, self._seq)
        group = Group(*place, self._prev, EVE, clock, NOON_MS, 0, ops)
        self._seq, self._prev = self._seq + 1, group_hash(group.raw)
        self._ledger.keep(PageGroup(*place, group.raw))


@pytest.fixture
def eve(ledger: Ledger) -> Hostile:
    return Hostile(ledger)


def test_a_group_from_the_end_of_time_stops_nobody_from_writing(
    tmp_path: Path, ledger: Ledger, eve: Hostile
) -> None:
    eve.write(SetFields(TOPIC, eve.made(MAX_CLOCK), {1: "The end"}), clock=MAX_CLOCK)
    folder, clock = tmp_path / "anna", ManualClock(seed=1)
    with enrolled(folder, clock=clock) as anna:
        settle(anna.sync_side, ledger)
    with opened(folder, clock) as anna, anna.write() as action:
        action.create("topic", COMMUNITY, {"title": "Life goes on"})


def test_an_update_that_would_crash_the_reader_of_a_text_is_left_out(
    anna: Replica, ledger: Ledger, eve: Hostile
) -> None:
    with anna.write() as action:
        meeting = action.create("meeting", COMMUNITY, {"title": "Forum", "starts": NOON_MS})
        notes = action.create("meeting_notes", COMMUNITY, {"meeting": meeting, "text": "Roads"})
    settle(anna.sync_side, ledger)
    eve.write(EditText(NOTES, notes, 2, LISTS_IN_LISTS))
    settle(anna.sync_side, ledger)
    assert anna.text("meeting_notes", notes, "text").text == "Roads"


def test_groups_are_read_by_several_threads_at_once(anna: Replica) -> None:
    with anna.write() as action:
        topics = [
            action.create("topic", COMMUNITY, {"title": "Roads", "body": f"{n} wet " * 100 * n})
            for n in range(1, 40)
        ]
        action.new_groups()

    def read(turn: int) -> set[str]:
        return {
            entry.group.raw.hex()[:40]
            for n in range(300)
            for entry in anna.history(topics[(n * turn) % len(topics)])
        }

    with ThreadPoolExecutor(4) as pool:
        assert len(list(pool.map(read, (1, 2, 3, 5)))) == 4
