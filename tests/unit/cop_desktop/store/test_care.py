"""Checking, backing up, and going on after damage."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text, update

from cop_desktop.store import ItemState, Replica, recover, sidecar
from cop_desktop.store.backup import EVERY_MS, KEEP, MANY
from cop_desktop.store.errors import Damaged, ReplicaInUse
from cop_desktop.store.kept import IDENTITY, LOG, SPACES
from cop_desktop.store.layout import Layout
from sync.core.ids import Id
from tests.support.ledgers import Ledger, settle
from tests.support.replicas import (
    BEN,
    COMMUNITY,
    NOON_MS,
    ManualClock,
    enrolled,
    opened,
    rows_of,
)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Five groups of Ben's in the community."""
    ledger = Ledger()
    with enrolled(tmp_path / "ben", member=BEN, clock=ManualClock(seed=2)) as ben:
        for number in range(5):
            with ben.write() as action:
                action.create("topic", COMMUNITY, {"title": f"Ben {number}"})
        settle(ben.sync_side, ledger)
    return ledger


@pytest.fixture
def replica(tmp_path: Path, ledger: Ledger) -> Iterator[Replica]:
    """Holds Ben's groups, two acknowledged ones of her own, and one that waits."""
    with enrolled(tmp_path / "anna", clock=ManualClock(step_ms=1)) as replica:
        for title in ("Anna 0", "Anna 1"):
            new_topic(replica, title)
        settle(replica.sync_side, ledger)
        new_topic(replica, "Anna waits")
        yield replica


def new_topic(replica: Replica, title: str) -> Id:
    with replica.write() as action:
        return action.create("topic", COMMUNITY, {"title": title})


def titles(replica: Replica) -> set[str]:
    return {str(row["title"]) for row in rows_of(replica).get("topic", [])}


ALL = {"Anna 0", "Anna 1", "Anna waits", *(f"Ben {number}" for number in range(5))}


def test_a_replica_in_order_has_no_problems(replica: Replica) -> None:
    seen: list[tuple[int, int]] = []
    found = replica.check(lambda done, total: seen.append((done, total)))
    assert (found.groups, found.problems) == (8, [])
    assert seen == [(8, 8)]


def at(position: int) -> object:
    return (LOG.c.space == COMMUNITY) & (LOG.c.position == position)


def sql(statement: str) -> Callable[[Connection], object]:
    return lambda connection: connection.execute(text(statement))


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda c: c.execute(update(LOG).where(at(2)).values(raw=b"\xc1")), "cannot be read"),
        (
            lambda c: c.execute(update(LOG).where(at(2)).values(raw=b"\x28\xb5\x2f\xfd")),
            "cannot be read",
        ),
        (lambda c: c.execute(update(LOG).where(at(2)).values(hash=b"h" * 32)), "what its hash"),
        (lambda c: c.execute(update(LOG).where(at(2)).values(author=b"m" * 16)), "other columns"),
        (lambda c: c.execute(update(LOG).where(at(3)).values(prev=b"p" * 32)), "its predecessor"),
        (lambda c: c.execute(update(LOG).where(at(3)).values(sum=b"s" * 16)), "wrong sum at 3"),
        (lambda c: c.execute(update(LOG).where(at(3)).values(sum=None)), "no sum at 3"),
        (lambda c: c.execute(update(LOG).where(at(3)).values(position=None)), "lacks position 3"),
        (
            lambda c: c.execute(update(SPACES).where(SPACES.c.space == COMMUNITY).values(head=9)),
            "ends at 7, not at 9",
        ),
        (sql("UPDATE topic SET title = 'Other words'"), "search index"),
    ],
)
def test_a_check_finds_what_is_wrong(
    replica: Replica, spoil: Callable[[Connection], object], problem: str
) -> None:
    with replica._database.write() as connection:
        spoil(connection)
    assert any(problem in found for found in replica.check().problems)


def test_a_check_names_a_bounded_number_of_problems(replica: Replica) -> None:
    for number in range(100):
        new_topic(replica, f"More {number}")
    with replica._database.write() as connection:
        connection.execute(update(LOG).values(raw=b"\xc1"))
    assert len(replica.check().problems) == 100


def test_filling_the_tables_again_mends_them(replica: Replica) -> None:
    before = rows_of(replica)
    with replica._database.write() as connection:
        connection.execute(text("UPDATE topic SET title = 'Other words'"))
    replica.rebuild()
    assert rows_of(replica) == before
    assert replica.check().problems == []


def test_backups_are_made_daily_and_the_oldest_go(tmp_path: Path) -> None:
    clock = ManualClock()
    with enrolled(tmp_path, clock=clock) as replica:
        assert replica.is_backup_due()
        made = []
        pages: list[tuple[int, int]] = []
        for _ in range(KEEP + 2):
            made.append(replica.back_up(lambda done, total: pages.append((done, total))))
            assert not replica.is_backup_due()
            clock.turn(seconds=EVERY_MS / 1000)
            assert replica.is_backup_due()
        folder = Layout(tmp_path).backups
        assert sorted(folder.iterdir()) == made[-KEEP:]
        assert pages[-1][0] == pages[-1][1] > 0
        clock.now_ms = NOON_MS - EVERY_MS
        assert replica.is_backup_due(), "the clock was set back"


@pytest.mark.parametrize("days", [-16 * 365, 30, 10 * 365], ids="{} days".format)
def test_a_clock_that_is_set_costs_one_backup_and_keeps_the_newest(
    tmp_path: Path, days: int
) -> None:
    clock = ManualClock()
    with enrolled(tmp_path, clock=clock) as replica:
        made = [replica.back_up() for _ in range(KEEP)]
        for moment_ms in (NOON_MS + days * EVERY_MS, NOON_MS):
            clock.now_ms = moment_ms
            assert replica.is_backup_due()
            made.append(replica.back_up())
            assert not replica.is_backup_due()
            assert sorted(Layout(tmp_path).backups.iterdir()) == made[-KEEP:]
    spoil_file(tmp_path, "all of it")
    assert recover(tmp_path, clock.as_clock).backup == made[-1]


def test_much_that_is_written_makes_a_backup_due_where_the_clock_is_dead(tmp_path: Path) -> None:
    clock = ManualClock()
    with enrolled(tmp_path, clock=clock) as replica:
        replica.back_up()
        for more in (MANY - 1, 1):
            assert not replica.is_backup_due()
            with replica._database.write() as connection:
                connection.execute(update(IDENTITY).values(written=IDENTITY.c.written + more))
        assert replica.is_backup_due()
        replica.back_up()
        assert not replica.is_backup_due()


def test_files_of_other_names_are_no_backups(tmp_path: Path) -> None:
    with enrolled(tmp_path) as replica:
        folder = Layout(tmp_path).backups
        folder.mkdir()
        (folder / "replica-of mine.sqlite").touch()
        assert replica.is_backup_due()
        for _ in range(KEEP + 1):
            replica.back_up()
        assert len(list(folder.iterdir())) == KEEP + 1


def test_a_backup_that_is_given_up_leaves_nothing(tmp_path: Path) -> None:
    def give_up(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with enrolled(tmp_path) as replica:
        with pytest.raises(KeyboardInterrupt):
            replica.back_up(give_up)
        assert list(Layout(tmp_path).backups.iterdir()) == []
        assert replica.is_backup_due()


def spoil_file(folder: Path, how: str) -> None:
    path = Layout(folder).database
    if how == "all of it":
        path.write_bytes(b"not a database any more " * 1_000)
        return
    with path.open("r+b") as file:
        if how == "its first page":
            file.write(b"\0" * 100)
        else:
            file.truncate(path.stat().st_size // 2)
    Layout(folder).open_marker.touch()


@pytest.mark.parametrize("how", ["all of it", "its first page", "its second half"])
def test_a_replica_goes_on_from_its_backup(
    tmp_path: Path, replica: Replica, ledger: Ledger, how: str
) -> None:
    backup = replica.back_up()
    replica.close()
    folder = tmp_path / "anna"
    spoil_file(folder, how)
    damaged = Layout(folder).database.read_bytes()
    with pytest.raises(Damaged):
        opened(folder)
    recovered = recover(folder, ManualClock(now_ms=NOON_MS + 9).as_clock)
    assert recovered.backup == backup
    assert (recovered.aside / "replica.sqlite").read_bytes() == damaged
    with opened(folder) as again:
        assert titles(again) == ALL
        assert again.needs_rename is None
        assert again.waiting().groups == 1
        assert again.check().problems == []
        assert settle(again.sync_side, ledger).settled == 1


def spoil_table(folder: Path, table: str) -> None:
    """Spoil the page that a table begins in."""
    path = Layout(folder).database
    with opened(folder) as replica, replica.read() as connection:
        statement = "SELECT rootpage FROM sqlite_master WHERE name = :name"
        page = connection.execute(text(statement), {"name": table}).scalar() or 0
        size = connection.exec_driver_sql("PRAGMA page_size").scalar() or 0
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    Layout(folder).open_marker.touch()


KEPT_TABLE = "chunks_to_fetch"
"""One that holds no words of anybody, but is not derived."""


@pytest.mark.parametrize("table", ["topic", "search_data", "touches"])
def test_where_only_what_is_derived_was_damaged_nothing_is_lost_nor_fetched(
    tmp_path: Path, replica: Replica, ledger: Ledger, table: str
) -> None:
    replica.local_drafts.set("reply:1", {"body": "half a sent"})
    before = rows_of(replica)
    waiting, account = replica.waiting(), replica.account
    replica.close()
    folder = tmp_path / "anna"
    spoil_table(folder, table)
    with pytest.raises(Damaged):
        opened(folder)
    recovered = recover(folder, ManualClock(now_ms=NOON_MS + 9).as_clock)
    assert (recovered.whole, recovered.backup) == (True, None)
    with opened(folder) as again:
        assert rows_of(again) == before
        assert (again.waiting(), again.account) == (waiting, account)
        assert again.local_drafts.get("reply:1") == {"body": "half a sent"}
        assert again.needs_rename is None
        assert again.check().problems == []
        assert settle(again.sync_side, ledger).settled == 1


def test_what_was_written_since_the_backup_is_salvaged(
    tmp_path: Path, replica: Replica, ledger: Ledger
) -> None:
    replica.settings.set("budget", 20)
    replica.back_up()
    later = new_topic(replica, "After the backup")
    settle(replica.sync_side, ledger)
    last = new_topic(replica, "Not sent yet")
    replica.local_drafts.set("reply:1", {"body": "half a sent"})
    replica.settings.set("budget", 30)
    replica.close()
    folder = tmp_path / "anna"
    spoil_table(folder, KEPT_TABLE)
    with pytest.raises(Damaged):
        opened(folder)
    recovered = recover(folder, ManualClock(now_ms=NOON_MS + 9).as_clock)
    assert (recovered.groups, recovered.waiting) == (2, 1)
    with opened(folder) as again:
        assert titles(again) == {*ALL, "After the backup", "Not sent yet"}
        assert again.item_states([later, last]) == {
            later: ItemState.SENT,
            last: ItemState.WAITING,
        }
        assert again.waiting().groups == 1
        assert again.settings.get("budget") == 30
        assert again.local_drafts.get("reply:1") == {"body": "half a sent"}
        assert again.needs_rename is None
        assert settle(again.sync_side, ledger).agreed
        assert again.check().problems == []


def test_without_a_backup_everything_of_others_comes_again(
    tmp_path: Path, replica: Replica, ledger: Ledger
) -> None:
    assert replica.account is not None
    replica.close()
    folder = tmp_path / "anna"
    spoil_table(folder, KEPT_TABLE)
    recovered = recover(folder, ManualClock(now_ms=NOON_MS + 9).as_clock)
    assert (recovered.backup, recovered.groups, recovered.waiting) == (None, 3, 1)
    with opened(folder) as again:
        assert again.account == replica.account
        assert titles(again) == {"Anna 0", "Anna 1", "Anna waits"}
        assert again.needs_rename is None
        assert settle(again.sync_side, ledger).agreed
        assert titles(again) == ALL
        assert again.check().problems == []


def test_a_replica_that_lost_groups_of_its_own_is_known_as_an_older_copy(
    tmp_path: Path, replica: Replica
) -> None:
    replica.back_up()
    new_topic(replica, "Lost")
    replica.close()
    folder = tmp_path / "anna"
    spoil_file(folder, "all of it")
    recovered = recover(folder, ManualClock(now_ms=NOON_MS + 9).as_clock)
    assert recovered.groups == 0
    with opened(folder) as again:
        assert again.needs_rename == sidecar.OLDER
        assert titles(again) == ALL


def test_a_backup_that_is_of_no_use_is_passed_over(tmp_path: Path, replica: Replica) -> None:
    clock = ManualClock()
    older = replica.back_up()
    newest = older.with_name(f"replica-{clock.now_ms + EVERY_MS:015d}.sqlite")
    newest.write_bytes(b"no backup at all " * 500)
    replica.close()
    folder = tmp_path / "anna"
    spoil_file(folder, "all of it")
    recovered = recover(folder, clock.as_clock)
    assert recovered.backup == older
    assert newest.exists()
    spoil_file(folder, "all of it")
    again = recover(folder, clock.as_clock)
    assert again.aside != recovered.aside


def test_a_replica_that_is_open_is_not_recovered(tmp_path: Path, replica: Replica) -> None:
    with pytest.raises(ReplicaInUse):
        recover(tmp_path / "anna", ManualClock().as_clock)
    assert titles(replica) == ALL


def test_groups_are_salvaged_also_when_the_outbox_cannot_be_read(
    tmp_path: Path, replica: Replica
) -> None:
    with replica._database.write() as connection:
        connection.execute(text("ALTER TABLE outbox RENAME TO gone"))
        connection.execute(update(LOG).where(at(2)).values(raw=b"\xc1"))
    replica.close()
    folder = tmp_path / "anna"
    recovered = recover(folder, ManualClock(now_ms=NOON_MS + 9).as_clock)
    assert (recovered.groups, recovered.waiting) == (3, 1)
