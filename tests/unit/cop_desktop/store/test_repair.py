"""A server that was put back from a backup, or that differs: what is found, what goes up."""

from pathlib import Path

import msgspec

from cop_desktop.store import Replica
from sync.core.exchange import Outcome, Result
from sync.core.group import group_hash
from sync.core.ids import Id
from tests.support.ledgers import Ledger, exchange, settle
from tests.support.replicas import COMMUNITY, ManualClock, rows_of


def post(replica: Replica, count: int) -> list[Id]:
    made = []
    for number in range(count):
        with replica.write() as action:
            made.append(action.create("topic", COMMUNITY, {"title": f"Topic {number}"}))
    return made


def held(replica: Replica) -> tuple[int, int, bool]:
    [row] = [row for row in replica.spaces() if row.space == COMMUNITY]
    return row.head, row.floor, row.agreed


def hashes(ledger: Ledger) -> set[bytes]:
    return {group_hash(group.raw or b"") for group in ledger.groups[COMMUNITY]}


def put_back(ledger: Ledger, count: int) -> None:
    """The server is what it was when it had that many groups."""
    del ledger.groups[COMMUNITY][count:]


def lose(ledger: Ledger, index: int) -> None:
    """One group out of the middle is gone, and all above have other positions."""
    kept = ledger.groups[COMMUNITY]
    del kept[index]
    for place, group in enumerate(kept):
        kept[place] = msgspec.structs.replace(group, position=place + 1)


def rounds(replica: Replica, ledger: Ledger, most: int = 40) -> int:
    """Round trips until both agree."""
    for number in range(1, most):
        if exchange(replica.sync_side, ledger).agreed:
            return number
    raise AssertionError("no agreement")


def test_own_groups_that_the_server_lost_go_up_again(anna: Replica, ledger: Ledger) -> None:
    post(anna, 8)
    settle(anna.sync_side, ledger)
    before = hashes(ledger)
    put_back(ledger, 5)
    done = exchange(anna.sync_side, ledger)
    assert not done.agreed
    assert done.again
    assert held(anna) == (5, 0, True)
    assert anna.waiting().groups == 3
    assert settle(anna.sync_side, ledger).settled == 3
    assert hashes(ledger) == before
    assert rounds(anna, ledger) == 1
    assert anna.check().problems == []


def test_groups_of_others_that_the_server_lost_are_offered(
    anna: Replica, ben: Replica, ledger: Ledger
) -> None:
    topics = post(anna, 8)
    settle(anna.sync_side, ledger)
    settle(ben.sync_side, ledger)
    before = hashes(ledger)
    put_back(ledger, 5)
    assert not exchange(ben.sync_side, ledger).agreed
    assert ben.waiting().groups == 0
    assert set(ben.item_states(topics).values()) == {"sent"}
    offered = ben.sync_side.unsent(10**6)
    assert [group.seq for group in offered] == [6, 7, 8]
    assert [bool(group.signature) for group in offered] == [False, False, True]
    assert settle(ben.sync_side, ledger).settled == 0
    assert hashes(ledger) == before
    settle(anna.sync_side, ledger)
    assert rows_of(anna)["topic"] == rows_of(ben)["topic"]
    for replica in (anna, ben):
        assert replica.check().problems == []


def test_groups_that_nobody_proves_are_offered_last_and_let_go(
    anna: Replica, ben: Replica, ledger: Ledger
) -> None:
    post(anna, 8)
    settle(anna.sync_side, ledger)
    kept = ledger.groups[COMMUNITY]
    ledger.groups[COMMUNITY] = [msgspec.structs.replace(group, signature=b"") for group in kept[:7]]
    settle(ben.sync_side, ledger)
    put_back(ledger, 5)
    exchange(ben.sync_side, ledger)
    offered = ben.sync_side.unsent(10**6)
    assert [(group.seq, group.signature) for group in offered] == [(6, b""), (7, b"")]
    for group in offered:
        ledger.refuse[group_hash(group.raw or b"")] = "unproven"
    settle(ben.sync_side, ledger)
    assert ben.waiting().refused == 0
    assert ben.sync_side.unsent(1) == []
    assert len(rows_of(ben)["topic"]) == 7
    ledger.refuse.clear()
    settle(anna.sync_side, ledger)
    assert settle(ben.sync_side, ledger).received == 1
    assert held(ben) == (8, 0, True)


def test_what_others_wrote_to_the_restored_server_takes_the_old_positions(
    anna: Replica, ben: Replica, ledger: Ledger
) -> None:
    post(anna, 12)
    settle(anna.sync_side, ledger)
    put_back(ledger, 6)
    post(ben, 9)
    settle(ben.sync_side, ledger)
    assert rounds(anna, ledger) <= 8
    settle(ben.sync_side, ledger)
    assert len(ledger.groups[COMMUNITY]) == 21
    assert rows_of(anna)["topic"] == rows_of(ben)["topic"]
    assert len(rows_of(anna)["topic"]) == 21
    for replica in (anna, ben):
        assert replica.check().problems == []


def test_where_both_part_is_found_in_few_round_trips(anna: Replica, ledger: Ledger) -> None:
    post(anna, 64)
    settle(anna.sync_side, ledger)
    lose(ledger, 40)
    questions = 0
    while not exchange(anna.sync_side, ledger).agreed:
        questions += anna.sync_side.searching()
    assert 0 < questions <= 7
    assert len(ledger.groups[COMMUNITY]) == 64
    assert anna.check().problems == []


def test_a_replica_that_has_nothing_in_common_begins_anew(
    anna: Replica, ben: Replica, ledger: Ledger
) -> None:
    post(anna, 5)
    settle(anna.sync_side, ledger)
    put_back(ledger, 0)
    post(ben, 3)
    settle(ben.sync_side, ledger)
    settle(anna.sync_side, ledger)
    settle(ben.sync_side, ledger)
    assert len(ledger.groups[COMMUNITY]) == 8
    assert rows_of(anna)["topic"] == rows_of(ben)["topic"]


def test_a_receipt_for_what_the_server_lost_is_noticed_above_the_head(
    anna: Replica, ben: Replica, ledger: Ledger
) -> None:
    """Anna's group has position 4, of which she holds up to 2 when the server goes back to 3."""
    post(ben, 2)
    settle(ben.sync_side, ledger)
    settle(anna.sync_side, ledger)
    post(ben, 1)
    settle(ben.sync_side, ledger)
    post(anna, 1)
    [sent] = anna.sync_side.unsent(10**6)
    membership = anna.sync_side.membership()
    assert membership is not None
    page, reply = ledger.reply(membership.replica, anna.sync_side.intervals(), [sent], most=0)
    anna.sync_side.absorb(page, reply, [sent])
    put_back(ledger, 3)
    post(ben, 1)
    settle(ben.sync_side, ledger)
    settle(anna.sync_side, ledger)
    assert len(ledger.groups[COMMUNITY]) == 5
    assert anna.check().problems == []


def test_what_lacks_its_predecessor_waits_and_does_not_go_round_and_round(
    anna: Replica, ben: Replica, ledger: Ledger
) -> None:
    post(anna, 8)
    settle(anna.sync_side, ledger)
    settle(ben.sync_side, ledger)
    put_back(ledger, 5)
    exchange(ben.sync_side, ledger)
    sent = ben.sync_side.unsent(10**6)
    gaps = [Result(Outcome.GAP) for _ in sent]
    membership = ben.sync_side.membership()
    assert membership is not None
    page, reply = ledger.reply(membership.replica, ben.sync_side.intervals(), [])
    reply = msgspec.structs.replace(reply, results=gaps)
    done = ben.sync_side.absorb(page, reply, sent)
    assert (done.agreed, done.again) == (True, False), "this replica has done what it can"
    assert ben.sync_side.unsent(1) == []
    assert ben.waiting().stranded == 3
    settle(anna.sync_side, ledger)
    settle(ben.sync_side, ledger)
    assert ben.waiting().stranded == 0
    assert held(ben) == (8, 0, True)


def test_a_search_begins_anew_after_a_restart(
    tmp_path: Path, anna: Replica, ledger: Ledger
) -> None:
    post(anna, 16)
    settle(anna.sync_side, ledger)
    lose(ledger, 9)
    exchange(anna.sync_side, ledger)
    assert anna.sync_side.searching()
    anna.close()
    with Replica.open(tmp_path / "anna", ManualClock(seed=5).as_clock) as again:
        assert not again.sync_side.searching()
        settle(again.sync_side, ledger)
        assert again.check().problems == []


def test_a_server_that_contradicts_itself_is_not_asked_for_ever(
    anna: Replica, ledger: Ledger
) -> None:
    post(anna, 4)
    settle(anna.sync_side, ledger)
    ledger.lies = True
    agains = 0
    for _ in range(100):
        done = exchange(anna.sync_side, ledger)
        assert not done.agreed
        agains += done.again
    assert agains < 50
    ledger.lies = False
    settle(anna.sync_side, ledger)
    assert anna.check().problems == []
