"""The replica's side of the exchange, against a server that is a list of groups."""

from pathlib import Path

from msgspec import structs

from cop_desktop.store import ItemState, NewSpace, Replica
from cop_desktop.store.receipts import FORK
from sync.catalogue.communities import texts_space
from sync.catalogue.declare import SpaceKind
from sync.core import digest
from sync.core.exchange import Outcome, Result, SpaceReply, SyncReply
from sync.core.group import group_hash
from sync.core.ids import Id
from sync.core.packing import PageGroup
from tests.support.ledgers import Ledger, exchange, settle
from tests.support.replicas import (
    BEN,
    COMMUNITY,
    DIRECTORY,
    EPOCH,
    NOON_MS,
    ManualClock,
    enrolled,
    opened,
    rows_of,
)

PERSONAL_KINDS = ("read_mark", "draft")


def post_many(replica: Replica, count: int) -> list[Id]:
    posts = []
    with replica.write() as action:
        topic = action.create("topic", COMMUNITY, {"title": "Attendance"})
    for number in range(count - 1):
        with replica.write() as action:
            fields = {"topic": topic, "body": f"Reply {number}"}
            posts.append(action.create("post", COMMUNITY, fields))
    return [topic, *posts]


def held(replica: Replica, space: Id = COMMUNITY) -> tuple[int, int, bool]:
    [row] = [row for row in replica.spaces() if row.space == space]
    return row.head, row.floor, row.agreed


def assert_equal(one: Replica, other: Replica) -> None:
    assert rows_of(one, without=PERSONAL_KINDS) == rows_of(other, without=PERSONAL_KINDS)
    shared = {row.space: row.digest for row in one.spaces()}
    assert all(row.digest == shared[row.space] for row in other.spaces() if row.kind != "personal")
    for replica in (one, other):
        assert replica.check().problems == []
        before = rows_of(replica)
        replica.rebuild()
        assert rows_of(replica) == before


def test_what_one_writes_the_other_gets(anna: Replica, ben: Replica, ledger: Ledger) -> None:
    records = post_many(anna, 5)
    assert set(anna.item_states(records).values()) == {ItemState.WAITING}
    done = settle(anna.sync_side, ledger)
    assert (done.settled, done.received, done.refused, done.agreed) == (5, 0, 0, True)
    assert set(records) <= done.changed.records
    assert {"topic", "post"} <= done.changed.kinds
    assert set(anna.item_states(records).values()) == {ItemState.SENT}
    got = settle(ben.sync_side, ledger)
    assert (got.received, got.changed.records) == (5, frozenset(records))
    assert held(ben) == (5, 0, True)
    assert_equal(anna, ben)


def test_the_newest_come_first_and_history_after(
    anna: Replica, ben: Replica, ledger: Ledger
) -> None:
    records = post_many(anna, 10)
    settle(anna.sync_side, ledger)
    exchange(ben.sync_side, ledger, most=3)
    assert held(ben) == (10, 7, False)
    assert {row["id"] for row in rows_of(ben)["post"]} == set(records[-3:])
    exchange(ben.sync_side, ledger, most=3)
    assert held(ben) == (10, 4, False)
    later = post_many(anna, 4)
    settle(anna.sync_side, ledger)
    exchange(ben.sync_side, ledger, most=6)
    assert held(ben)[:2] == (14, 2)
    settle(ben.sync_side, ledger, most=1)
    assert held(ben) == (14, 0, True)
    newest_first = [found.record for found in ben.search("reply")]
    assert newest_first == [*later[:0:-1], *records[:0:-1]]
    assert_equal(anna, ben)


def test_history_that_comes_late_is_not_taken_for_news(
    anna: Replica, ben: Replica, ledger: Ledger
) -> None:
    records = post_many(anna, 12)
    settle(anna.sync_side, ledger)
    settle(ben.sync_side, ledger, most=2)
    assert [found.record for found in ben.search("reply", limit=1)] == records[-1:]


def test_both_sides_write_at_once(anna: Replica, ben: Replica, ledger: Ledger) -> None:
    topic = post_many(anna, 2)[0]
    for side in (anna, ben):
        settle(side.sync_side, ledger)
    for side, title in ((anna, "Anna's"), (ben, "Ben's")):
        with side.write() as action:
            action.set("topic", topic, {"title": title})
    for side in (anna, ben, anna):
        settle(side.sync_side, ledger)
    assert anna.state("topic", topic).two_versions() == [1]
    assert_equal(anna, ben)


def test_a_lost_answer_does_no_harm(anna: Replica, ben: Replica, ledger: Ledger) -> None:
    """The server kept the groups; the replica never heard of it, and another came in between."""
    records = post_many(anna, 3)
    membership = anna.sync_side.membership()
    assert membership is not None
    sent = anna.sync_side.unsent(1_000_000)
    ledger.reply(membership.replica, anna.sync_side.intervals(), sent)
    assert anna.waiting().groups == 3
    post_many(ben, 2)
    settle(ben.sync_side, ledger)
    done = settle(anna.sync_side, ledger)
    assert done.agreed
    assert set(anna.item_states(records).values()) == {ItemState.SENT}
    assert held(anna) == (5, 0, True)
    assert_equal(anna, ben)


def test_own_groups_that_come_back_count_as_receipts(anna: Replica, ledger: Ledger) -> None:
    records = post_many(anna, 3)
    membership = anna.sync_side.membership()
    assert membership is not None
    ledger.reply(membership.replica, anna.sync_side.intervals(), anna.sync_side.unsent(10**6))
    page, reply = ledger.reply(membership.replica, anna.sync_side.intervals(), [])
    assert [group.raw for group in page] == [None] * 3
    done = anna.sync_side.absorb(page, reply, [])
    assert (done.settled, done.received, done.agreed) == (3, 0, True)
    assert set(anna.item_states(records).values()) == {ItemState.SENT}
    assert anna.history(records[0])[0][1:] == (ledger.groups[COMMUNITY][0].received_ms, 1)


def test_the_same_answer_twice_changes_nothing(anna: Replica, ben: Replica, ledger: Ledger) -> None:
    post_many(anna, 4)
    settle(anna.sync_side, ledger)
    membership = ben.sync_side.membership()
    assert membership is not None
    page, reply = ledger.reply(membership.replica, ben.sync_side.intervals(), [])
    assert ben.sync_side.absorb(page, reply, []).received == 4
    before = rows_of(ben)
    again = ben.sync_side.absorb(page, reply, [])
    assert (again.received, bool(again.changed)) == (0, False)
    assert rows_of(ben) == before
    assert held(ben) == (4, 0, True)


def test_receipts_without_the_page_leave_the_cursor(anna: Replica, ledger: Ledger) -> None:
    """A page may be too small for what was just pushed: positions are known, sums come later."""
    post_many(anna, 4)
    exchange(anna.sync_side, ledger, most=2)
    assert held(anna) == (4, 2, False)
    assert anna.waiting().groups == 0
    settle(anna.sync_side, ledger, most=1)
    assert held(anna) == (4, 0, True)
    assert anna.check().problems == []


def test_a_refused_group_is_parked_with_its_reason(
    anna: Replica, ben: Replica, ledger: Ledger
) -> None:
    first, second, third = post_many(anna, 3)
    unsent = anna.sync_side.unsent(10**6)
    ledger.refuse[group_hash(unsent[1].raw or b"")] = "not-a-member"
    done = settle(anna.sync_side, ledger)
    assert (done.settled, done.refused, done.agreed) == (2, 1, True)
    assert second in done.changed.records
    assert anna.item_states([first, second, third]) == {
        first: ItemState.SENT,
        second: ItemState.REFUSED,
        third: ItemState.SENT,
    }
    [parked] = anna.outbox()
    assert (parked.reason, parked.group.seq) == ("not-a-member", 2)
    assert anna.sync_side.unsent(10**6) == []
    assert (anna.waiting().groups, anna.waiting().refused) == (0, 1)
    ledger.refuse.clear()
    anna.send_refused_again()
    assert anna.item_state(second) is ItemState.WAITING
    assert settle(anna.sync_side, ledger).settled == 1
    settle(ben.sync_side, ledger)
    assert_equal(anna, ben)


def test_another_group_under_our_name_is_a_fork(tmp_path: Path, ledger: Ledger) -> None:
    """Two computers that were one: both write as number one."""
    with enrolled(tmp_path / "first", clock=ManualClock(seed=3)) as first:
        post_many(first, 1)
        settle(first.sync_side, ledger)
    with enrolled(tmp_path / "clone", clock=ManualClock(seed=3, now_ms=NOON_MS + 5)) as clone:
        [topic] = post_many(clone, 1)
        [sent] = clone.sync_side.unsent(10**6)
        reply = SyncReply(EPOCH, b"n" * 8, NOON_MS, [ledger.keep(sent)], [], [], b"", more=False)
        done = clone.sync_side.absorb([], reply, [sent])
        assert (done.settled, done.refused, done.agreed) == (0, 1, False)
        assert clone.needs_rename == FORK
        assert clone.item_state(topic) is ItemState.REFUSED
        clone.send_refused_again()
        assert clone.sync_side.unsent(10**6) == []
    with opened(tmp_path / "clone") as clone:
        assert clone.needs_rename == FORK


def test_a_group_whose_predecessor_the_server_lacks_waits(anna: Replica, ledger: Ledger) -> None:
    post_many(anna, 1)
    [sent] = anna.sync_side.unsent(10**6)
    gap = SyncReply(EPOCH, b"n" * 8, NOON_MS, [Result(Outcome.GAP)], [], [], b"", more=False)
    done = anna.sync_side.absorb([], gap, [sent])
    assert (done.settled, done.refused, done.agreed) == (0, 0, False)
    assert anna.sync_side.unsent(10**6) == [], "not at once"
    assert anna.waiting().groups == 1
    assert settle(anna.sync_side, ledger).settled == 1


def test_what_was_refused_goes_again_where_the_server_lacks_it(
    anna: Replica, ledger: Ledger
) -> None:
    """A server put back from a backup forgets what it refused; what came after it says so."""
    _, second = post_many(anna, 2)
    unsent = anna.sync_side.unsent(10**6)
    ledger.refuse[group_hash(unsent[1].raw or b"")] = "not-a-member"
    settle(anna.sync_side, ledger)
    assert anna.item_state(second) is ItemState.REFUSED
    post_many(anna, 1)
    [sent] = anna.sync_side.unsent(10**6)
    gap = SyncReply(EPOCH, b"n" * 8, NOON_MS, [Result(Outcome.GAP)], [], [], b"", more=False)
    anna.sync_side.absorb([], gap, [sent])
    assert anna.item_state(second) is ItemState.WAITING


def test_a_page_up_has_a_size_and_a_signature_at_the_end_of_each_run(anna: Replica) -> None:
    assert anna.account is not None
    post_many(anna, 6)
    with anna.write() as action:
        action.create("draft", anna.account.personal, {"place": "topic:1"})
    everything = anna.sync_side.unsent(10**6)
    assert [(group.seq, bool(group.signature)) for group in everything] == [
        (1, False),
        (2, False),
        (3, False),
        (4, False),
        (5, False),
        (6, True),
        (1, True),
    ]
    size = len(everything[0].raw or b"")
    some = anna.sync_side.unsent(size * 2 + size // 2)
    assert [(group.seq, bool(group.signature)) for group in some] == [(1, False), (2, True)]
    assert [group.seq for group in anna.sync_side.unsent(1)] == [1]


def test_an_interval_says_what_is_held(anna: Replica, ledger: Ledger) -> None:
    post_many(anna, 3)
    settle(anna.sync_side, ledger)
    intervals = {interval.space: interval for interval in anna.sync_side.intervals()}
    hashes = [group_hash(group.raw or b"") for group in ledger.groups[COMMUNITY]]
    ours = intervals[COMMUNITY]
    assert (ours.head, ours.floor) == (3, 0)
    assert ours.digest == digest.to_bytes(digest.digest_of(hashes))
    empty = intervals[DIRECTORY]
    assert (empty.head, empty.floor, empty.digest) == (0, 0, bytes(16))


def test_known_groups_are_told_from_acknowledged_ones(anna: Replica, ledger: Ledger) -> None:
    post_many(anna, 2)
    assert anna.account is not None
    side, ours = anna.sync_side, anna.account.replica
    first = side.unsent(1)[0]
    assert side.acknowledged(COMMUNITY, ours, 1) is None
    known = side.known(COMMUNITY, ours, 1)
    assert known == (group_hash(first.raw or b""), anna.account.member)
    assert side.known(COMMUNITY, ours, 3) is None
    settle(side, ledger)
    assert side.acknowledged(COMMUNITY, ours, 1) == known


def test_a_new_space_is_held_from_the_moment_the_server_tells_of_it(
    tmp_path: Path, ben: Replica, ledger: Ledger
) -> None:
    with enrolled(tmp_path / "anna", communities=()) as anna:
        assert COMMUNITY not in {row.space for row in anna.spaces()}
        post_many(ben, 3)
        settle(ben.sync_side, ledger)
        page = ledger.groups[COMMUNITY]
        told = SpaceReply(COMMUNITY, "community", 3, 3, 0, digest.to_bytes(0), b"")
        reply = SyncReply(EPOCH, b"n" * 8, NOON_MS, [], [told], [], b"", more=False)
        done = anna.sync_side.absorb(page, reply, [])
        assert done.received == 3
        assert held(anna) == (3, 0, False), "the server's digest is another"
        assert not done.agreed
        settle(anna.sync_side, ledger)
        assert held(anna) == (3, 0, True)


def test_a_later_frame_says_nothing_of_the_spaces_that_it_does_not_mention(
    anna: Replica, ben: Replica, ledger: Ledger
) -> None:
    post_many(ben, 9)
    settle(ben.sync_side, ledger)
    exchange(anna.sync_side, ledger, most=4)
    assert held(anna) == (9, 5, False)
    later = SyncReply(EPOCH, b"n" * 8, NOON_MS, [], [], [], b"", more=False, number=1)
    assert not anna.sync_side.absorb([], later, []).agreed
    assert held(anna) == (9, 5, False)
    gone = structs.replace(later, lost=[COMMUNITY])
    anna.sync_side.absorb([], gone, [])
    assert next(row for row in anna.spaces() if row.space == COMMUNITY).lost
    settle(anna.sync_side, ledger)
    assert held(anna) == (9, 0, True)


def test_an_answer_that_was_overtaken_does_not_say_that_all_is_up_to_date(
    anna: Replica, ben: Replica, ledger: Ledger
) -> None:
    post_many(ben, 1)
    settle(ben.sync_side, ledger)
    settle(anna.sync_side, ledger)
    nothing_new = SyncReply(EPOCH, b"n" * 8, NOON_MS, [], [], [], b"", more=False)
    post_many(ben, 9)
    settle(ben.sync_side, ledger)
    exchange(anna.sync_side, ledger, most=4)
    assert held(anna) == (5, 0, False)
    assert not anna.sync_side.absorb([], nothing_new, [], overtaken=True).agreed
    assert held(anna) == (5, 0, False)


def test_nor_does_one_that_an_own_push_overtook(
    anna: Replica, ben: Replica, ledger: Ledger
) -> None:
    post_many(ben, 1)
    settle(ben.sync_side, ledger)
    assert anna.account is not None
    page, reply = ledger.reply(anna.account.replica, anna.sync_side.intervals(), [])
    post_many(anna, 1)
    exchange(anna.sync_side, ledger, most=0)
    assert not anna.sync_side.absorb(page, reply, [], overtaken=True).agreed
    assert settle(anna.sync_side, ledger).agreed


def test_an_answer_that_was_overtaken_does_not_take_back_that_all_is_up_to_date(
    anna: Replica, ben: Replica, ledger: Ledger
) -> None:
    post_many(ben, 3)
    settle(ben.sync_side, ledger)
    assert anna.account is not None
    page, reply = ledger.reply(anna.account.replica, anna.sync_side.intervals(), [], 2)
    settle(anna.sync_side, ledger)
    assert held(anna) == (3, 0, True)
    anna.sync_side.absorb(page, reply, [], overtaken=True)
    assert held(anna) == (3, 0, True)


def test_a_space_that_may_no_longer_be_held_is_marked(anna: Replica, ledger: Ledger) -> None:
    [topic] = post_many(anna, 1)
    settle(anna.sync_side, ledger)
    ledger.lost = [COMMUNITY]
    done = exchange(anna.sync_side, ledger)
    [row] = [row for row in anna.spaces() if row.space == COMMUNITY]
    assert (row.lost, row.agreed, done.agreed) == (True, False, True)
    assert [found["id"] for found in rows_of(anna)["topic"]] == [topic]
    ledger.lost = []
    exchange(anna.sync_side, ledger)
    assert held(anna) == (1, 0, True)


def test_spaces_are_told_with_the_names_of_their_communities(anna: Replica, ledger: Ledger) -> None:
    with anna.write() as action:
        action.create("community", DIRECTORY, {"name": "Remote leaders"}, record=COMMUNITY)
    names = {row.space: (row.name, row.kind, row.parent) for row in anna.spaces()}
    assert names[COMMUNITY] == ("Remote leaders", "community", None)
    assert names[texts_space(COMMUNITY)] == ("Remote leaders", "texts", COMMUNITY)
    assert names[DIRECTORY] == ("", "directory", None)


def test_a_space_held_already_stays_as_it_is(anna: Replica, ledger: Ledger) -> None:
    assert anna.account is not None
    post_many(anna, 2)
    settle(anna.sync_side, ledger)
    anna.enrolled(anna.account, [NewSpace(COMMUNITY, SpaceKind.COMMUNITY)])
    assert held(anna) == (2, 0, True)


def test_the_servers_new_life_is_noted(anna: Replica, ledger: Ledger) -> None:
    ledger.epoch = b"second life 1234"
    exchange(anna.sync_side, ledger)
    membership = anna.sync_side.membership()
    assert membership is not None
    assert membership.epoch == b"second life 1234"


def test_what_is_written_after_reading_is_later_than_what_was_read(
    anna: Replica, tmp_path: Path, ledger: Ledger
) -> None:
    """Ben's clock is a day behind, yet his answer comes after Anna's words."""
    [topic] = post_many(anna, 1)
    settle(anna.sync_side, ledger)
    clock = ManualClock(seed=2, now_ms=NOON_MS - 86_400_000)
    ledger.now_ms = clock.now_ms
    with enrolled(tmp_path / "late", member=BEN, clock=clock) as ben:
        settle(ben.sync_side, ledger)
        with ben.write() as action:
            action.set("topic", topic, {"title": "Ben's"})
        settle(ben.sync_side, ledger)
    with opened(tmp_path / "late", clock) as ben:
        with ben.write() as action:
            action.set("topic", topic, {"activity": "visits"})
        settle(ben.sync_side, ledger)
    settle(anna.sync_side, ledger)
    [row] = rows_of(anna)["topic"]
    assert (row["title"], row["activity"], row["versions"]) == ("Ben's", "visits", 0)


def test_groups_travel_whole_through_the_log(anna: Replica, ben: Replica, ledger: Ledger) -> None:
    with anna.write() as action:
        topic = action.create("topic", COMMUNITY, {"title": "Long", "body": "word " * 2_000})
    [written] = anna.sync_side.unsent(1)
    settle(anna.sync_side, ledger)
    settle(ben.sync_side, ledger)
    assert ben.history(topic)[0].group.raw == written.raw
    assert isinstance(written, PageGroup)
