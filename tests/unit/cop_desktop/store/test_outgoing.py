"""Which groups go up, in which order, and what is kept back without keeping back the rest."""

from pathlib import Path

import msgspec

from cop_desktop.store import Replica
from sync.catalogue.communities import texts_space
from sync.core.exchange import Outcome, Result
from sync.core.group import FIRST_SEQ, Group, decode_group, group_hash
from sync.core.ids import NO_HASH, Id
from sync.core.ops import SetFields
from sync.core.packing import PageGroup
from tests.support.ledgers import Ledger, exchange, settle
from tests.support.replicas import (
    ANNA,
    BEN,
    COMMUNITY,
    DIRECTORY,
    SERVER,
    SERVER_KEY,
    ManualClock,
)

MEMBER_KIND = 1


def post(replica: Replica, title: str) -> Id:
    with replica.write() as action:
        return action.create("topic", COMMUNITY, {"title": title})


def decided(ledger: Ledger, space: Id, clock: int) -> PageGroup:
    """Something that the server wrote, at the end of its log."""
    ops = (SetFields(MEMBER_KIND, ANNA, {1: "Anna"}),)
    group = Group(space, b"R" * 16, FIRST_SEQ, NO_HASH, SERVER, clock, 1, 0, ops)
    proof = SERVER_KEY.sign_group(group_hash(group.raw))
    item = PageGroup(space, b"R" * 16, FIRST_SEQ, group.raw, signature=proof)
    ledger.keep(item)
    return item


def refuse(replica: Replica, ledger: Ledger, reason: str) -> None:
    """Let the server refuse all that goes now."""
    for group in replica.sync_side.unsent(10**6):
        ledger.refuse[group_hash(group.raw or b"")] = reason
    exchange(replica.sync_side, ledger)
    ledger.refuse.clear()


def waiting(replica: Replica) -> list[tuple[Id, int]]:
    return [(group.space, group.seq) for group in replica.sync_side.unsent(10**6)]


def test_what_the_server_decided_goes_first_then_what_was_written_first(
    anna: Replica, ben: Replica, ledger: Ledger
) -> None:
    for turn in range(3):
        for replica in (anna, ben):
            post(replica, f"Turn {turn}")
            settle(replica.sync_side, ledger)
    latest = decode_group(ledger.groups[COMMUNITY][-1].raw or b"").clock
    decided(ledger, COMMUNITY, latest + 1)
    decided(ledger, DIRECTORY, latest + 2)
    settle(ben.sync_side, ledger)
    ledger.groups.clear()
    exchange(ben.sync_side, ledger)
    sent = [decode_group(group.raw or b"") for group in ben.sync_side.unsent(10**6)]
    assert [(group.author, group.space) for group in sent[:2]] == [
        (SERVER, DIRECTORY),
        (SERVER, COMMUNITY),
    ]
    assert [group.author for group in sent[2:]] == [ANNA, BEN] * 3
    clocks = [group.clock for group in sent[2:]]
    assert clocks == sorted(clocks)
    first = ben.sync_side.unsent(1)
    assert [group_hash(group.raw or b"") for group in first] == [group_hash(sent[0].raw)]


def test_what_is_written_goes_at_once_where_nothing_of_others_is_offered(
    anna: Replica, ben: Replica, ledger: Ledger
) -> None:
    post(anna, "Lost")
    settle(anna.sync_side, ledger)
    settle(ben.sync_side, ledger)
    ledger.groups.clear()
    exchange(ben.sync_side, ledger)
    assert ben.account is not None
    with ben.write() as action:
        action.create("draft", ben.account.personal, {"place": "topic:", "title": "Mine"})
    assert waiting(ben)[0] == (ben.account.personal, 1)


def test_texts_of_files_go_after_what_was_written_since(anna: Replica, ledger: Ledger) -> None:
    write_text(anna)
    post(anna, "Written since")
    assert [space for space, _ in waiting(anna)] == [COMMUNITY, texts_space(COMMUNITY)]
    settle(anna.sync_side, ledger)
    assert waiting(anna) == []


def test_texts_of_files_that_the_server_lost_go_after_all_else(
    anna: Replica, ben: Replica, ledger: Ledger
) -> None:
    write_text(ben)
    post(ben, "Lost")
    for replica in (ben, anna):
        settle(replica.sync_side, ledger)
    ledger.groups.clear()
    exchange(anna.sync_side, ledger)
    write_text(anna)
    post(anna, "Written since")
    texts = texts_space(COMMUNITY)
    assert [space for space, _ in waiting(anna)] == [COMMUNITY, COMMUNITY, texts, texts]


def write_text(replica: Replica) -> None:
    file = replica.account.replica if replica.account else b""
    with replica.write() as action:
        fields = {"file": file, "text": "Chlorine is checked on Mondays."}
        action.create("extracted_text", texts_space(COMMUNITY), fields)


def test_what_follows_a_group_that_has_no_place_at_the_server_waits_and_the_rest_goes(
    anna: Replica, ledger: Ledger
) -> None:
    post(anna, "Refused")
    refuse(anna, ledger, "bad_signature")
    post(anna, "Behind it")
    assert anna.account is not None
    with anna.write() as action:
        action.create("draft", anna.account.personal, {"place": "topic:", "title": "Mine"})
    assert waiting(anna) == [(anna.account.personal, 1)]
    assert (anna.waiting().groups, anna.waiting().refused) == (2, 1)
    done = exchange(anna.sync_side, ledger)
    assert (done.agreed, done.settled) == (False, 1)
    anna.send_refused_again()
    assert waiting(anna) == [(COMMUNITY, 1), (COMMUNITY, 2)]
    settle(anna.sync_side, ledger)


def test_a_group_refused_with_a_place_in_its_chain_holds_up_nothing(
    anna: Replica, ledger: Ledger
) -> None:
    post(anna, "Refused")
    refuse(anna, ledger, "no_access")
    post(anna, "After it")
    assert waiting(anna) == [(COMMUNITY, 2)]


def test_what_is_too_big_for_the_way_is_kept_back_until_the_replica_is_opened_again(
    tmp_path: Path, anna: Replica, ledger: Ledger
) -> None:
    post(anna, "Too big")
    anna.sync_side.keep_back(anna.sync_side.unsent(10**6))
    assert anna.sync_side.unsent(10**6) == []
    assert [item.reason for item in anna.outbox()] == ["too_big"]
    decided(ledger, DIRECTORY, 1 << 40)
    assert exchange(anna.sync_side, ledger).received == 1, "receiving goes on"
    assert anna.sync_side.unsent(10**6) == [], "the size is no matter of who may what"
    anna.close()
    with Replica.open(tmp_path / "anna", ManualClock(seed=5).as_clock) as again:
        assert len(again.sync_side.unsent(10**6)) == 1
        settle(again.sync_side, ledger)


def test_what_is_too_big_of_others_is_kept_back_and_counted(
    anna: Replica, ben: Replica, ledger: Ledger
) -> None:
    post(anna, "Lost, and too big")
    settle(anna.sync_side, ledger)
    settle(ben.sync_side, ledger)
    ledger.groups.clear()
    exchange(ben.sync_side, ledger)
    ben.sync_side.keep_back(ben.sync_side.unsent(10**6))
    assert ben.sync_side.unsent(10**6) == []
    assert (ben.waiting().stranded, ben.waiting().refused) == (1, 0)


def test_refused_groups_go_again_when_the_server_decides_something_about_their_space(
    anna: Replica, ledger: Ledger
) -> None:
    post(anna, "Before the membership came back")
    refuse(anna, ledger, "no_access")
    assert anna.sync_side.unsent(1) == []
    decided(ledger, COMMUNITY, 1 << 40)
    exchange(anna.sync_side, ledger)
    assert waiting(anna) == [(COMMUNITY, 1)]


def test_they_go_again_too_when_what_it_decided_comes_back_by_somebody_else(
    anna: Replica, ledger: Ledger
) -> None:
    decided(ledger, COMMUNITY, 1 << 40)
    settle(anna.sync_side, ledger)
    lost = list(ledger.groups[COMMUNITY])
    ledger.groups.clear()
    exchange(anna.sync_side, ledger)
    post(anna, "While the membership was gone")
    refuse(anna, ledger, "no_access")
    ledger.groups[COMMUNITY] = lost
    for _ in range(3):
        exchange(anna.sync_side, ledger)
    assert anna.waiting().refused == 0


def test_groups_of_a_space_that_the_server_knows_again_go_again(
    anna: Replica, ben: Replica, ledger: Ledger
) -> None:
    post(anna, "While the space was gone")
    refuse(anna, ledger, "unknown_space")
    assert waiting(anna) == []
    post(ben, "It is back")
    settle(ben.sync_side, ledger)
    exchange(anna.sync_side, ledger)
    assert waiting(anna) == [(COMMUNITY, 1)]


def gap(replica: Replica, ledger: Ledger) -> bool:
    """One exchange with a server that can take nothing yet; whether anything was sent."""
    sent = replica.sync_side.unsent(10**6)
    membership = replica.sync_side.membership()
    assert membership is not None
    page, reply = ledger.reply(membership.replica, replica.sync_side.intervals(), [])
    gaps = [Result(Outcome.GAP) for _ in sent]
    assert not replica.sync_side.absorb(
        page, msgspec.structs.replace(reply, results=gaps), sent
    ).agreed
    return bool(sent)


def test_what_the_server_cannot_take_yet_is_sent_more_and_more_rarely_until_something_moves(
    anna: Replica, ben: Replica, ledger: Ledger
) -> None:
    post(anna, "Builds on what is gone")
    sent = [gap(anna, ledger) for _ in range(16)]
    assert [place for place, went in enumerate(sent) if went] == [0, 2, 5, 10]
    assert anna.waiting().groups == 1
    post(ben, "Somebody brings something")
    settle(ben.sync_side, ledger)
    assert not gap(anna, ledger)
    assert gap(anna, ledger), "it may have been that"
    settle(anna.sync_side, ledger)


def test_each_group_goes_with_its_own_proof_where_the_server_could_not_take_them(
    anna: Replica, ledger: Ledger
) -> None:
    post(anna, "Refused by the server that it was sent to")
    post(anna, "Kept by it, and gone with its disk")
    assert [bool(group.signature) for group in anna.sync_side.unsent(10**6)] == [False, True]
    gap(anna, ledger)
    gap(anna, ledger)  # nothing goes
    assert [bool(group.signature) for group in anna.sync_side.unsent(10**6)] == [True, True]
