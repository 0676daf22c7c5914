"""Copied folders and older copies: this replica goes on under another id, and nothing is lost."""

import shutil
from pathlib import Path

from sqlalchemy import delete, select

from cop_desktop.store import ItemState, Replica
from cop_desktop.store.kept import FACTS, LOG, RENAMED_FROM
from cop_desktop.store.layout import Layout
from sync.core.exchange import Outcome, Result, SyncReply
from sync.core.group import Group, decode_group
from sync.core.ids import NO_HASH, Id
from sync.core.ops import SetFields
from sync.core.packing import PageGroup
from tests.support.ledgers import Ledger, exchange, settle
from tests.support.replicas import (
    ANNA,
    BEN,
    COMMUNITY,
    DIRECTORY,
    EPOCH,
    NOON_MS,
    SERVER,
    ManualClock,
    certified,
    enrolled,
    opened,
    rows_of,
)


def again(folder: Path, seed: int = 77) -> Replica:
    """The replica in that folder, some time later."""
    return opened(folder, ManualClock(seed=seed, now_ms=NOON_MS + seed * 60_000, step_ms=7))


def contact(replica: Replica, ledger: Ledger) -> None:
    """What the sync side does: take another name where it must, and exchange until all agree."""
    for _ in range(40):
        if replica.sync_side.new_name() is not None:
            replica.sync_side.take_name(certified(replica))
        if exchange(replica.sync_side, ledger).agreed:
            return
    raise AssertionError("no agreement")


def topic(replica: Replica, title: str) -> Id:
    with replica.write() as action:
        return action.create("topic", COMMUNITY, {"title": title, "tags": ["wet"]})


def name_of(replica: Replica) -> Id:
    assert replica.account is not None
    return replica.account.replica


def titles(replica: Replica) -> list[str]:
    return sorted(row["title"] for row in rows_of(replica)["topic"])


def copied(source: Path, target: Path) -> Path:
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("*.lock"))
    return target


def test_both_copies_of_a_folder_go_on_and_nothing_is_lost(
    tmp_path: Path, anna: Replica, ledger: Ledger
) -> None:
    topic(anna, "Together")
    settle(anna.sync_side, ledger)
    waits = topic(anna, "Waiting in both")
    anna.close()
    copied(tmp_path / "anna", tmp_path / "copy")
    with again(tmp_path / "anna", 5) as first, again(tmp_path / "copy", 6) as second:
        topic(first, "First")
        topic(second, "Second")
        old = name_of(first)
        contact(first, ledger)
        contact(second, ledger)
        contact(first, ledger)
        expected = ["First", "Second", "Together", "Waiting in both"]
        assert titles(first) == titles(second) == expected
        assert name_of(first) == old != name_of(second)
        for replica in (first, second):
            assert replica.needs_rename is None
            assert replica.check().problems == []
            assert replica.state("topic", waits).two_versions() == []
            before = rows_of(replica)
            replica.rebuild()
            assert rows_of(replica) == before


def test_what_it_shows_of_its_enrolment_names_the_id_before(
    tmp_path: Path, anna: Replica, ledger: Ledger
) -> None:
    shown = anna.sync_side.credentials()
    assert shown is not None
    assert (shown.renamed_from, shown.member_name) == (b"", "Anna")
    topic(anna, "Together")
    settle(anna.sync_side, ledger)
    anna.close()
    copied(tmp_path / "anna", tmp_path / "copy")
    with again(tmp_path / "anna", 5) as first, again(tmp_path / "copy", 6) as second:
        topic(first, "First")
        topic(second, "Second")
        old = name_of(first)
        contact(first, ledger)
        contact(second, ledger)
        ledger.keep(key_of(name_of(second), old))
        contact(second, ledger)
        for note in (True, False):
            if not note:
                forget_name_before(second)
            shown = second.sync_side.credentials()
            assert shown is not None
            assert (shown.renamed_from, shown.member_name) == (old, "")


def key_of(replica: Id, before: Id) -> PageGroup:
    """What a server writes of a replica that was renamed, and of its member."""
    ops = (
        SetFields(3, b"k" * 16, {1: replica, 2: ANNA, 7: before}),
        SetFields(1, ANNA, {1: "Anna"}),
    )
    group = Group(DIRECTORY, b"R" * 16, 1, NO_HASH, SERVER, 1, 1, 0, ops)
    return PageGroup(DIRECTORY, b"R" * 16, 1, group.raw)


def forget_name_before(replica: Replica) -> None:
    with replica._database.write() as connection:
        connection.execute(delete(FACTS).where(FACTS.c.name == RENAMED_FROM))


def test_what_two_copies_write_at_the_very_same_moment_stays_two_things(
    tmp_path: Path, anna: Replica, ledger: Ledger
) -> None:
    topic(anna, "Together")
    settle(anna.sync_side, ledger)
    anna.close()
    copied(tmp_path / "anna", tmp_path / "copy")
    clocks = [ManualClock(seed=seed, now_ms=NOON_MS - 1_000_000) for seed in (5, 6)]
    with (
        opened(tmp_path / "anna", clocks[0]) as first,
        opened(tmp_path / "copy", clocks[1]) as second,
    ):
        made = {topic(first, "First"), topic(second, "Second")}
        assert len(made) == 2
        contact(first, ledger)
        contact(second, ledger)
        contact(first, ledger)
        for replica in (first, second):
            assert titles(replica) == ["First", "Second", "Together"]
            assert all(replica.state("topic", record).two_versions() == [] for record in made)


def test_an_older_copy_that_met_its_own_groups_goes_on(
    tmp_path: Path, anna: Replica, ledger: Ledger
) -> None:
    topic(anna, "Together")
    settle(anna.sync_side, ledger)
    anna.close()
    copied(tmp_path / "anna", tmp_path / "older")
    with again(tmp_path / "anna", 5) as newer:
        topic(newer, "Written after the copy was made")
        settle(newer.sync_side, ledger)
    with again(tmp_path / "older", 6) as older:
        assert older.needs_rename is None
        written = topic(older, "Written in the older copy")
        done = exchange(older.sync_side, ledger)
        assert (done.agreed, done.again) == (False, True)
        contact(older, ledger)
        assert older.item_state(written) is ItemState.SENT
        assert len(titles(older)) == 3
        assert older.check().problems == []
    with again(tmp_path / "older", 7) as older:
        assert older.needs_rename is None


def test_what_was_acknowledged_and_never_heard_of_is_not_there_twice(
    tmp_path: Path, anna: Replica, ledger: Ledger
) -> None:
    """The same writes under two names: names of versions and additions name both."""
    record = topic(anna, "One")
    anna.close()
    copied(tmp_path / "anna", tmp_path / "other")
    with again(tmp_path / "anna", 5) as first:
        settle(first.sync_side, ledger)
    with again(tmp_path / "other", 6) as other:
        with other.write() as action:
            action.set("topic", record, {"title": "Two", "tags": ["dry"]})
        with other.write() as action:
            action.delete("topic", record)
        Layout(tmp_path / "other").sidecar.unlink()
    with again(tmp_path / "other", 7) as other:
        assert other.needs_rename is not None
        contact(other, ledger)
        state = other.state("topic", record)
        assert state.two_versions() == []
        [row] = rows_of(other)["topic"]
        assert (row["title"], row["tags"], row["trashed"]) == ("Two", '["dry"]', True)
        assert not row["edited_since"]
        assert other.waiting().groups == 0


def test_groups_written_anew_keep_their_moments_and_ids(
    tmp_path: Path, anna: Replica, ledger: Ledger
) -> None:
    record = topic(anna, "One")
    with anna.read() as rows:
        before = [decode_group(raw) for raw in rows.scalars(select(LOG.c.raw))]
    anna.close()
    Layout(tmp_path / "anna").sidecar.unlink()
    with again(tmp_path / "anna") as replica:
        old = name_of(replica)
        new = replica.sync_side.new_name()
        assert new is not None
        assert replica.sync_side.new_name() == new
        replica.sync_side.take_name(certified(replica))
        assert name_of(replica) == new.replica != old
        assert replica.sync_side.new_name() is None
        [item] = replica.outbox()
        [was] = before
        assert (item.group.clock, item.group.written_ms) == (was.clock, was.written_ms)
        assert (item.group.replica, item.group.seq) == (new.replica, 1)
        assert rows_of(replica)["topic"][0]["id"] == record
        membership = replica.sync_side.membership()
        assert membership is not None
        assert membership.frame_key == b"N" * 32
        topic(replica, "And on")
        assert [item.group.seq for item in replica.outbox()] == [1, 2]
        contact(replica, ledger)


def test_an_answer_that_was_lost_is_asked_for_again_with_the_same(
    tmp_path: Path, anna: Replica, ledger: Ledger
) -> None:
    topic(anna, "One")
    anna.close()
    Layout(tmp_path / "anna").sidecar.unlink()
    with again(tmp_path / "anna", 5) as replica:
        new = replica.sync_side.new_name()
    with again(tmp_path / "anna", 6) as replica:
        assert replica.sync_side.new_name() == new
        replica.sync_side.take_name(certified(replica))
        replica.sync_side.take_name(certified(replica))
        contact(replica, ledger)
        assert titles(replica) == ["One"]


def test_an_end_before_the_count_beside_was_written_is_no_second_copy(
    tmp_path: Path, anna: Replica, ledger: Ledger
) -> None:
    topic(anna, "One")
    anna.close()
    path = Layout(tmp_path / "anna").sidecar
    before = path.read_bytes()
    path.unlink()
    with again(tmp_path / "anna", 5) as replica:
        contact(replica, ledger)
    path.write_bytes(before)
    with again(tmp_path / "anna", 6) as replica:
        assert replica.needs_rename is None


def test_never_up_to_date_while_another_name_is_needed(
    tmp_path: Path, anna: Replica, ledger: Ledger
) -> None:
    settle(anna.sync_side, ledger)
    anna.close()
    Layout(tmp_path / "anna").sidecar.unlink(missing_ok=True)
    with again(tmp_path / "anna", 5) as replica:
        topic(replica, "One")
        settle(replica.sync_side, ledger)
    Layout(tmp_path / "anna").sidecar.unlink()
    with again(tmp_path / "anna", 6) as replica:
        assert not exchange(replica.sync_side, ledger).agreed
        contact(replica, ledger)


def test_acknowledged_groups_of_the_old_name_are_offered_if_the_server_loses_them(
    tmp_path: Path, anna: Replica, ledger: Ledger
) -> None:
    for number in range(4):
        topic(anna, str(number))
    settle(anna.sync_side, ledger)
    anna.close()
    Layout(tmp_path / "anna").sidecar.unlink()
    with again(tmp_path / "anna", 5) as replica:
        contact(replica, ledger)
        del ledger.groups[COMMUNITY][2:]
        contact(replica, ledger)
        assert len(ledger.groups[COMMUNITY]) == 4
        assert titles(replica) == ["0", "1", "2", "3"]
        assert replica.check().problems == []


def test_a_server_that_leads_to_names_without_end_is_not_followed(
    tmp_path: Path, anna: Replica, ledger: Ledger
) -> None:
    settle(anna.sync_side, ledger)
    renames = 0
    with enrolled(tmp_path / "ben", member=BEN, name="Ben", clock=ManualClock(seed=9)) as ben:
        topic(ben, "x")
        settle(ben.sync_side, ledger)
        for _ in range(10):
            with ben.write() as action:
                action.create("topic", COMMUNITY, {"title": "y"})
            [*_, sent] = ben.sync_side.unsent(10**6)
            membership = ben.sync_side.membership()
            assert membership is not None
            reply = SyncReply(
                EPOCH, b"n" * 8, NOON_MS, [Result(Outcome.FORK)], [], [], b"", more=False
            )
            ben.sync_side.absorb([], reply, [sent])
            if ben.sync_side.new_name() is not None:
                ben.sync_side.take_name(certified(ben))
                renames += 1
    assert renames == 3
