"""The ledger: once each, gapless, and honest about what it did not take."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Connection

from sync.core.clock import MAX_CLOCK
from sync.core.errors import Malformed
from sync.core.exchange import Outcome, Result
from sync.core.group import decode_group
from sync.core.ids import random_id
from sync.core.packing import PageGroup
from sync.server import devices, ledger
from sync.server.checking import check
from sync.server.pushed import Pushed
from sync.server.reasons import Reason
from sync.server.site import Site
from tests.server.conftest import Town
from tests.support.replica_model import ModelReplica, direct, hash_of
from tests.support.server_records import change, delete, exactly, new, topic


def appended(site: Site, pushed: list[PageGroup]) -> list[Result]:
    with site.database.write() as connection:
        return ledger.append(connection, site.identity, from_its_writer(connection, pushed))


def from_its_writer(connection: Connection, pushed: list[PageGroup]) -> Pushed:
    """As if the replica of the first group sent it all."""
    sender = devices.found(connection, pushed[0].replica)
    assert sender is not None
    return Pushed(sender, pushed, received_ms=1)


def outcomes(results: list[Result]) -> list[Outcome]:
    return [result.outcome for result in results]


def test_groups_get_the_next_positions_of_their_space_in_order(town: Town) -> None:
    ann = town.join("Ann")
    groups = [ann.write(town.community, topic(f"Topic {n}")) for n in range(5)]
    results = ann.push(groups, direct(town.site))
    assert outcomes(results) == [Outcome.KEPT] * 5
    # Position 1 is Ann's membership, which the server wrote.
    assert [result.position for result in results] == [2, 3, 4, 5, 6]


def test_positions_stay_gapless_and_unique_under_eight_writers(town: Town) -> None:
    replicas = [town.join(f"Member {n}") for n in range(8)]
    start = threading.Barrier(len(replicas))

    def push_all(replica: ModelReplica) -> list[int]:
        start.wait()
        positions = []
        for _ in range(6):
            groups = [replica.write(town.community, topic()) for _ in range(3)]
            results = replica.push(groups, direct(town.site))
            assert outcomes(results) == [Outcome.KEPT] * 3
            replica.acknowledged[town.community] = groups[-1].seq
            positions += [result.position for result in results]
        return positions

    with ThreadPoolExecutor(len(replicas)) as pool:
        positions = [p for found in pool.map(push_all, replicas) for p in found]
    assert sorted(positions) == list(range(9, 9 + 8 * 6 * 3))
    assert check(town.site).findings == []


def test_the_same_push_again_is_answered_with_the_same_positions(town: Town) -> None:
    ann = town.join("Ann")
    groups = [ann.write(town.community, topic()) for _ in range(3)]
    first = ann.push(groups, direct(town.site))
    again = ann.push(groups, direct(town.site))
    assert outcomes(again) == [Outcome.ALREADY_HAD] * 3
    assert [r.position for r in again] == [r.position for r in first]


def test_two_requests_with_the_same_groups_at_once_keep_them_once(town: Town) -> None:
    ann = town.join("Ann")
    groups = [ann.write(town.community, topic()) for _ in range(20)]
    start = threading.Barrier(4)

    def push() -> list[Result]:
        start.wait()
        return ann.push(groups, direct(town.site))

    with ThreadPoolExecutor(4) as pool:
        all_results = [future.result() for future in [pool.submit(push) for _ in range(4)]]
    assert sum(result.outcome is Outcome.KEPT for found in all_results for result in found) == 20
    assert len({tuple(r.position for r in found) for found in all_results}) == 1


def test_a_push_that_overlaps_an_earlier_one_is_kept_from_where_that_ended(town: Town) -> None:
    ann = town.join("Ann")
    groups = [ann.write(town.community, topic()) for _ in range(6)]
    ann.push(groups[:4], direct(town.site))
    results = ann.push(groups[2:], direct(town.site))
    assert outcomes(results) == [Outcome.ALREADY_HAD] * 2 + [Outcome.KEPT] * 2


def test_another_group_in_a_place_that_is_taken_is_a_fork_and_what_follows_it_too(
    town: Town,
) -> None:
    ann = town.join("Ann")
    kept = [ann.write(town.community, topic("First")), ann.write(town.community, topic("Second"))]
    ann.push(kept, direct(town.site))
    ann.written[town.community] = kept[:1]  # the laptop's disk was restored from yesterday
    other = [ann.write(town.community, topic("Another")), ann.write(town.community, topic("More"))]
    assert outcomes(ann.push(other, direct(town.site))) == [Outcome.FORK, Outcome.FORK]
    assert outcomes(ann.push(other[1:], direct(town.site))) == [Outcome.FORK]


def test_a_group_without_its_predecessor_is_a_gap_and_is_taken_once_that_is_there(
    town: Town,
) -> None:
    ann = town.join("Ann")
    groups = [ann.write(town.community, topic()) for _ in range(3)]
    assert outcomes(ann.push(groups[1:], direct(town.site))) == [Outcome.GAP] * 2
    assert outcomes(ann.push(groups[:1], direct(town.site))) == [Outcome.KEPT]
    assert outcomes(ann.push(groups[1:], direct(town.site))) == [Outcome.KEPT] * 2


def test_a_refused_group_stays_refused_and_those_after_it_are_taken(town: Town) -> None:
    ann, ben = town.join("Ann"), town.join("Ben")
    theirs = ben.write(town.community, topic("Ben's"))
    ben.push([theirs], direct(town.site))
    record = theirs.ops[0].record  # type: ignore[union-attr]
    groups = [
        ann.write(town.community, topic()),
        ann.write(town.community, delete("topic", record)),
        ann.write(town.community, topic()),
    ]
    results = ann.push(groups, direct(town.site))
    assert outcomes(results) == [Outcome.KEPT, Outcome.REFUSED, Outcome.KEPT]
    assert results[1].reason == Reason.NOT_CREATOR
    assert ann.push(groups[1:2], direct(town.site)) == [results[1]]

    later = [ann.write(town.community, topic())]
    assert outcomes(ann.push(later, direct(town.site))) == [Outcome.KEPT]
    assert check(town.site).findings == []


def test_a_chain_may_begin_and_end_with_refused_groups(town: Town) -> None:
    ann = town.join("Ann")
    unknown = delete("topic", random_id(random.randbytes))
    groups = [ann.write(town.community, make) for make in (unknown, topic(), unknown)]
    results = ann.push(groups, direct(town.site))
    assert outcomes(results) == [Outcome.REFUSED, Outcome.KEPT, Outcome.REFUSED]
    assert check(town.site).findings == []
    forked = ann.write(town.community, topic(), seq=3, prev=hash_of(groups[1]))
    assert outcomes(ann.push([forked], direct(town.site))) == [Outcome.FORK]


def test_what_nobody_signed_is_refused_and_may_come_again_signed(town: Town) -> None:
    ann, eve = town.join("Ann"), town.join("Eve")
    group = ann.write(town.community, topic())
    unsigned = PageGroup(group.space, group.replica, group.seq, group.raw)
    forged = PageGroup(
        group.space,
        group.replica,
        group.seq,
        group.raw,
        signature=eve.key.sign_group(hash_of(group)),
    )
    unproven, wrong = (
        Result(Outcome.REFUSED, reason=reason) for reason in (Reason.UNPROVEN, Reason.BAD_SIGNATURE)
    )
    assert appended(town.site, [unsigned]) == [unproven]
    assert appended(town.site, [forged]) == [wrong]
    assert outcomes(ann.push([group], direct(town.site))) == [Outcome.KEPT]


def test_a_wrong_signature_in_the_middle_of_a_run_is_not_kept(town: Town) -> None:
    ann = town.join("Ann")
    groups = [ann.write(town.community, topic()) for _ in range(3)]
    items = ann.page_groups(groups)
    wrong = PageGroup(
        items[0].space, items[0].replica, 1, items[0].raw, signature=items[2].signature
    )
    results = appended(town.site, [wrong, *items[1:]])
    assert {result.reason for result in results} == {Reason.BAD_SIGNATURE}


def test_a_courier_may_bring_what_another_replica_signed(town: Town) -> None:
    ann, ben = town.join("Ann"), town.join("Ben")
    groups = [ann.write(town.community, topic()) for _ in range(2)]
    reply = ben.ask(ben.request(ann.page_groups(groups)), direct(town.site))
    assert outcomes(reply.results) == [Outcome.KEPT] * 2


def test_a_courier_cannot_write_in_anothers_name(town: Town) -> None:
    ann, ben = town.join("Ann"), town.join("Ben")
    group = ben.write(town.community, topic(), author=ann.member)
    (result,) = ben.push([group], direct(town.site))
    assert (result.outcome, result.reason) == (Outcome.REFUSED, Reason.WRONG_AUTHOR)


def test_nothing_is_taken_from_replicas_that_are_unknown_or_revoked(town: Town) -> None:
    ann, ben = town.join("Ann"), town.join("Ben")
    stranger = ModelReplica()
    stranger.account = ann.account
    groups = [stranger.write(town.community, topic()), ann.write(town.community, topic())]
    town.site.accounts.revoke(ann.id)
    pushed = stranger.page_groups(groups[:1]) + ann.page_groups(groups[1:])
    results = ben.ask(ben.request(pushed), direct(town.site)).results
    assert {result.reason for result in results} == {Reason.UNKNOWN_REPLICA}


def test_who_does_not_read_a_space_does_not_learn_who_writes_there(town: Town) -> None:
    town.site.accounts.create_community("Elsewhere")
    ann, eve = town.join("Ann"), town.join("Eve", None, "Elsewhere")
    for space in (town.community, ann.joined.personal):
        held = [ann.write(space, topic()) for _ in range(2)]
        ann.push(held, direct(town.site))
        ann.written[space] = []
        probes = [ann.write(space, topic()) for _ in range(2)]
        said = eve.ask(eve.request(ann.page_groups(probes)), direct(town.site)).results
        assert said == [Result(Outcome.REFUSED, reason=Reason.UNKNOWN_SPACE)] * 2


def test_a_space_that_does_not_exist_is_refused_without_a_trace(town: Town) -> None:
    ann = town.join("Ann")
    nowhere = random_id(random.randbytes)
    groups = [ann.write(nowhere, topic()), ann.write(town.community, topic())]
    results = ann.push(groups, direct(town.site))
    assert results[0] == Result(Outcome.REFUSED, reason=Reason.UNKNOWN_SPACE)
    assert results[1].outcome is Outcome.KEPT
    assert check(town.site).findings == []


def test_groups_of_several_spaces_in_one_page_are_answered_in_its_order(town: Town) -> None:
    ann = town.join("Ann")
    own = ann.joined.personal
    mark = exactly()
    groups = []
    for _ in range(3):
        groups += [ann.write(town.community, topic()), ann.write(own, mark)]
    results = ann.push(groups, direct(town.site))
    assert outcomes(results) == [Outcome.KEPT] * 6
    assert [r.position for r in results] == [2, 1, 3, 2, 4, 3]


def test_a_page_that_names_another_group_than_it_carries_changes_nothing(town: Town) -> None:
    ann = town.join("Ann")
    good, other = ann.write(town.community, topic()), ann.write(town.community, topic())
    items = ann.page_groups([good, other])
    lying = PageGroup(other.space, other.replica, 7, other.raw, signature=items[1].signature)
    with pytest.raises(Malformed):
        appended(town.site, [items[0], lying])
    with pytest.raises(Malformed):
        appended(town.site, [PageGroup(good.space, good.replica, good.seq, None)])
    assert outcomes(ann.push([good], direct(town.site))) == [Outcome.KEPT]


def test_what_is_raised_while_appending_leaves_nothing_behind(town: Town) -> None:
    ann = town.join("Ann")
    groups = [ann.write(town.community, topic()) for _ in range(2)]

    def append_and_fail() -> None:
        with town.site.database.write() as connection:
            pushed = from_its_writer(connection, ann.page_groups(groups))
            ledger.append(connection, town.site.identity, pushed)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        append_and_fail()
    assert check(town.site).findings == []
    results = ann.push(groups, direct(town.site))
    assert outcomes(results) == [Outcome.KEPT] * 2


def test_changing_a_record_made_earlier_in_the_same_page_is_understood(town: Town) -> None:
    ann = town.join("Ann")
    first = ann.write(town.community, topic())
    record = first.ops[0].record  # type: ignore[union-attr]
    second = ann.write(town.community, change("topic", record, title="Dry season roads"))
    assert outcomes(ann.push([first, second], direct(town.site))) == [Outcome.KEPT] * 2


def test_a_member_at_the_end_of_time_does_not_take_the_server_there(town: Town) -> None:
    ann = town.join("Ann")
    ann.write(ann.joined.directory, new("school", name="Yirrkala"), clock=MAX_CLOCK)
    ann.write(town.community, topic(), clock=MAX_CLOCK)
    ann.sync(direct(town.site))
    ben = town.join("Ben")
    ben.sync_all(direct(town.site))
    for holding in ben.spaces.values():
        for _replica, _seq, raw in holding.groups.values():
            decode_group(raw)
