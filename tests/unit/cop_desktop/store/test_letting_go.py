"""What a replica forgets when its member was taken out of a community, and has again later."""

from pathlib import Path

import pytest

from cop_desktop.store import Replica
from sync.core.ids import Id
from tests.support.ledgers import Ledger, exchange, settle
from tests.support.replicas import BEN, COMMUNITY, ManualClock, enrolled, rows_of


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Ben's topic is at the server."""
    ledger = Ledger()
    clock = ManualClock(seed=2, step_ms=11)
    with enrolled(tmp_path / "ben", member=BEN, name="Ben", clock=clock) as ben:
        write_topic(ben, "Cattle yards")
        settle(ben.sync_side, ledger)
    return ledger


def write_topic(replica: Replica, title: str) -> Id:
    with replica.write() as action:
        return action.create("topic", COMMUNITY, {"title": title})


def titles(replica: Replica) -> set[object]:
    return {row["title"] for row in rows_of(replica)["topic"]}


def take_out(replica: Replica, ledger: Ledger) -> None:
    ledger.lost = [COMMUNITY]
    exchange(replica.sync_side, ledger)


def test_what_others_wrote_goes_and_what_was_written_here_stays(
    anna: Replica, ledger: Ledger
) -> None:
    write_topic(anna, "Roll call")
    settle(anna.sync_side, ledger)
    assert titles(anna) == {"Cattle yards", "Roll call"}
    take_out(anna, ledger)
    assert titles(anna) == {"Roll call"}
    assert anna.search("cattle") == []
    assert len(anna.search("roll")) == 1
    assert anna.check().problems == []


def test_what_the_member_wrote_on_another_computer_stays(
    anna: Replica, ledger: Ledger, tmp_path: Path
) -> None:
    with enrolled(tmp_path / "at home", clock=ManualClock(seed=3, step_ms=5)) as at_home:
        write_topic(at_home, "Written at home")
        settle(at_home.sync_side, ledger)
    settle(anna.sync_side, ledger)
    take_out(anna, ledger)
    assert titles(anna) == {"Written at home"}
    ledger.lost = []
    settle(anna.sync_side, ledger)
    assert titles(anna) == {"Written at home", "Cattle yards"}
    assert anna.check().problems == []


def test_what_was_not_sent_yet_still_waits(anna: Replica, ledger: Ledger) -> None:
    settle(anna.sync_side, ledger)
    ledger.lost = [COMMUNITY]
    page, reply = ledger.reply(
        anna.account.replica if anna.account else b"", anna.sync_side.intervals(), [], 2
    )
    write_topic(anna, "Roll call")
    anna.sync_side.absorb(page, reply, [])
    assert titles(anna) == {"Roll call"}
    assert anna.waiting().groups == 1


def test_whoever_is_let_in_again_has_everything_again(anna: Replica, ledger: Ledger) -> None:
    write_topic(anna, "Roll call")
    settle(anna.sync_side, ledger)
    take_out(anna, ledger)
    write_topic(anna, "Written outside")
    ledger.lost = []
    settle(anna.sync_side, ledger)
    assert titles(anna) == {"Cattle yards", "Roll call", "Written outside"}
    assert len(anna.search("cattle")) == 1
    assert anna.waiting().groups == 0
    assert anna.check().problems == []


def test_what_follows_a_lost_group_waits_until_one_is_let_in_again(
    anna: Replica, ledger: Ledger
) -> None:
    for number in range(5):
        write_topic(anna, f"Roll call {number}")
    settle(anna.sync_side, ledger)
    take_out(anna, ledger)
    ledger.groups[COMMUNITY] = ledger.groups[COMMUNITY][:1]
    ledger.chains = True
    write_topic(anna, "Written outside")
    for _ in range(3):
        exchange(anna.sync_side, ledger)
    assert (anna.waiting().groups, anna.waiting().refused) == (0, 1)
    ledger.lost = []
    settle(anna.sync_side, ledger)
    assert (anna.waiting().groups, anna.waiting().refused) == (0, 0)
    assert [group.seq for group in ledger.groups[COMMUNITY][1:]] == [1, 2, 3, 4, 5, 6]
