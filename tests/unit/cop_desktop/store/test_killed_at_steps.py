"""Ended at every step of what changes files: start again, and everything is there."""

import contextlib
import shutil
import sqlite3
from pathlib import Path

import pytest

from cop_desktop.store import Replica, Setting, recover
from cop_desktop.store.backup import EVERY_MS, KEEP
from cop_desktop.store.database import Database
from cop_desktop.store.errors import Damaged
from cop_desktop.store.layout import Layout
from cop_desktop.store.opening import quick_check
from cop_desktop.store.recovering import Tools
from tests.support.ledgers import Ledger, settle
from tests.support.replicas import (
    BEN,
    COMMUNITY,
    NOON_MS,
    ManualClock,
    certified,
    enrolled,
    opened,
    rows_of,
)
from tests.support.step_killer import StepKiller, killed_at_each_step

MINE = {"Before the backup", "Sent", "Waits"}
ALL = {*MINE, "Ben"}


def titles(replica: Replica) -> set[str]:
    return {str(row["title"]) for row in rows_of(replica)["topic"]}


def write(replica: Replica, title: str) -> None:
    with replica.write() as action:
        action.create("topic", COMMUNITY, {"title": title})


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    ledger = Ledger()
    with enrolled(tmp_path / "ben", member=BEN, clock=ManualClock(seed=2)) as ben:
        write(ben, "Ben")
        settle(ben.sync_side, ledger)
    return ledger


@pytest.fixture
def anna(tmp_path: Path, ledger: Ledger) -> Path:
    """The folder of a replica that was ended without notice."""
    with enrolled(tmp_path / "live", clock=ManualClock(step_ms=1)) as replica:
        write(replica, "Before the backup")
        replica.back_up()
        write(replica, "Sent")
        settle(replica.sync_side, ledger)
        write(replica, "Waits")
        shutil.copytree(
            tmp_path / "live", tmp_path / "anna", ignore=shutil.ignore_patterns("*.lock", "*-shm")
        )
    return tmp_path / "anna"


def all_is_there(folder: Path) -> None:
    with mended(folder) as replica:
        assert titles(replica) == ALL
        assert replica.waiting().groups == 1
        assert replica.account is not None
        assert replica.needs_rename is None
        assert replica.check().problems == []


def mended(folder: Path) -> Replica:
    try:
        return opened(folder)
    except Damaged:
        recover(folder, ManualClock(now_ms=NOON_MS + 9).as_clock)
        return opened(folder)


def open_it(folder: Path, killer: StepKiller) -> None:
    setting = Setting(connect=killer.connect)
    Replica.open(folder, ManualClock().as_clock, setting).close()


def test_opening(anna: Path) -> None:
    assert killed_at_each_step(anna, open_it, all_is_there) >= 1


def test_bringing_an_older_database_to_the_new_form(tmp_path: Path) -> None:
    saved = Path(__file__).with_name("saved") / "0001.sql"
    folder = tmp_path / "old"
    folder.mkdir()
    with contextlib.closing(sqlite3.connect(Layout(folder).database)) as connection:
        connection.executescript(saved.read_text(encoding="utf-8"))
    with opened(shutil.copytree(folder, tmp_path / "right")) as replica:
        expected, waiting = rows_of(replica), replica.waiting()

    def look(place: Path) -> None:
        with opened(place) as replica:
            assert rows_of(replica) == expected
            assert replica.waiting() == waiting
            assert replica.check().problems == []

    assert killed_at_each_step(folder, open_it, look) > 2


@pytest.mark.parametrize("place", ["head", "gone"])
def test_putting_a_damaged_database_together_again(anna: Path, place: str) -> None:
    path = Layout(anna).database
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("SELECT count(*) FROM log").fetchone()  # folds the log in at its end
    if place == "gone":
        path.unlink()
    else:
        with path.open("r+b") as file:
            file.write(b"\0" * 100)

    def run(folder: Path, killer: StepKiller) -> None:
        clock = ManualClock(now_ms=NOON_MS + 5).as_clock
        recover(folder, clock, Tools(clock, killer.connect))

    def look(folder: Path) -> None:
        with mended(folder) as replica:
            found = titles(replica)
            assert found >= {"Before the backup"}
            assert place != "head" or found >= MINE
            assert replica.account is not None
            assert replica.check().problems == []
        kept = [aside for aside in folder.glob("damaged-*") if (aside / path.name).exists()]
        assert bool(kept) == (place != "gone"), "what was damaged is never deleted"

    assert killed_at_each_step(anna, run, look) > 10


def test_a_backup(anna: Path) -> None:
    clock = ManualClock(now_ms=NOON_MS + 10 * EVERY_MS)
    with opened(anna, clock) as replica:
        for _ in range(KEEP):
            clock.turn(days=1)
            replica.back_up()
    before = len(list(Layout(anna).backups.iterdir()))

    def run(folder: Path, killer: StepKiller) -> None:
        with Replica.open(folder, clock.as_clock, Setting(connect=killer.connect)) as replica:
            clock.turn(days=1)
            replica.back_up()

    def look(folder: Path) -> None:
        all_is_there(folder)
        kept = list(Layout(folder).backups.glob("*.sqlite"))
        assert before <= len(kept) <= before + 1
        for path in kept:
            database = Database(path)
            quick_check(database)
            database.close()
        with opened(folder, ManualClock(now_ms=NOON_MS + 99 * EVERY_MS)) as replica:
            replica.back_up()
        assert len(list(Layout(folder).backups.iterdir())) == KEEP, "nothing is left lying about"

    assert killed_at_each_step(anna, run, look) > 3


def test_the_reserve(anna: Path) -> None:
    def run(folder: Path, killer: StepKiller) -> None:
        with Replica.open(folder, ManualClock().as_clock) as replica:
            replica.reserve.restore()
            replica.reserve.give_up()

    def look(folder: Path) -> None:
        all_is_there(folder)
        with opened(folder) as replica:
            assert replica.reserve.restore()
        assert not list(folder.glob("replica.reserve.new"))

    assert killed_at_each_step(anna, run, look) >= 3


def test_taking_another_name(anna: Path, ledger: Ledger) -> None:
    def run(folder: Path, killer: StepKiller) -> None:
        clock = ManualClock(seed=5, now_ms=NOON_MS + 60_000)
        with Replica.open(folder, clock.as_clock, Setting(connect=killer.connect)) as replica:
            replica.sync_side.new_name()
            replica.sync_side.take_name(certified(replica))

    def look(folder: Path) -> None:
        with opened(folder, ManualClock(seed=6, now_ms=NOON_MS + 120_000)) as replica:
            assert titles(replica) == ALL
            if replica.sync_side.new_name() is not None:
                replica.sync_side.take_name(certified(replica))
            assert replica.waiting().groups == 1
            assert replica.needs_rename is None
            assert titles(replica) == ALL
            assert replica.check().problems == []

    Layout(anna).sidecar.unlink()  # a copy
    assert killed_at_each_step(anna, run, look) > 3
