"""Kill, full disk, several threads: what was said to be saved is there, and nothing is half."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from cop_desktop.store import Replica
from cop_desktop.store.database import Database, our_error, our_errors
from cop_desktop.store.errors import Busy, Damaged, DiskFull, ReadOnly
from cop_desktop.store.layout import Layout
from tests.support.ledgers import Ledger, settle
from tests.support.replicas import COMMUNITY, ManualClock, enrolled, opened, rows_of

ROOT = Path(__file__).parents[4]
KILLS = 20
WRITER = """
import itertools, sys
from pathlib import Path
from tests.support.replicas import COMMUNITY, ManualClock, opened
first = int(sys.argv[2])
with opened(Path(sys.argv[1]), ManualClock(seed=first)) as replica:
    print("ready", flush=True)
    for number in itertools.count(first):
        with replica.write() as action:
            topic = action.create("topic", COMMUNITY, {"title": f"Topic {number}"})
            for reply in range(3):
                action.create("post", COMMUNITY, {"topic": topic, "body": f"Reply {reply}"})
        print(number, flush=True)
"""


def written_until_killed(folder: Path, first: int, lines: int) -> list[int]:
    """The numbers that the child said were written before it was killed amid the next."""
    child = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), str(first)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert child.stdout is not None
    with child, child.stdout as out:
        said = [out.readline() for _ in range(lines + 1)]
        os.kill(child.pid, signal.SIGKILL)
        said += out.readlines()
    return [int(line) for line in said if line.strip().isdigit() and line.endswith("\n")]


def test_only_what_is_thrown_away_after_a_power_cut_waits_for_no_disk(tmp_path: Path) -> None:
    database = Database(tmp_path / "replica.db")
    try:
        for durable, synchronous in ((True, 2), (False, 0)):
            database.durable = durable
            with database.write() as connection:
                assert connection.scalar(text("PRAGMA synchronous")) == synchronous
    finally:
        database.close()


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill at once")
def test_what_was_said_to_be_saved_survives_being_killed(tmp_path: Path) -> None:
    enrolled(tmp_path).close()
    saved: set[int] = set()
    for kill in range(KILLS):
        saved.update(written_until_killed(tmp_path, (kill + 1) * 100_000, kill % 4))
        with opened(tmp_path) as replica:
            rows = rows_of(replica)
            titles = {str(row["title"]) for row in rows.get("topic", [])}
            assert {f"Topic {number}" for number in saved} <= titles
            assert len(rows.get("post", [])) == 3 * len(titles), "an action is there as a whole"
            assert replica.waiting().groups == len(titles)
            assert replica.needs_rename is None
    assert saved
    with opened(tmp_path) as replica:
        assert replica.check().problems == []
        before = rows_of(replica)
        replica.rebuild()
        assert rows_of(replica) == before
        assert settle(replica.sync_side, Ledger()).settled == len(before["topic"])


@pytest.fixture
def replica(tmp_path: Path) -> Iterator[Replica]:
    with enrolled(tmp_path, clock=ManualClock(step_ms=1)) as replica:
        yield replica


def limit_pages(replica: Replica, more: int) -> None:
    """Let the database grow by this many pages and no further, as on a full disk."""
    writer = replica._database.driver(replica._database._writer)
    count = writer.execute("PRAGMA page_count").fetchone()[0]
    writer.execute(f"PRAGMA max_page_count = {count + more}")


def fill(replica: Replica) -> None:
    for number in range(1_000):
        with replica.write() as action:
            action.create("topic", COMMUNITY, {"title": f"{number}", "body": "words " * 3_000})


def test_a_full_disk_is_told_and_leaves_everything_usable(replica: Replica) -> None:
    limit_pages(replica, 40)
    with pytest.raises(DiskFull):
        fill(replica)
    before = rows_of(replica)
    assert len(before["topic"]) == replica.waiting().groups > 0
    with pytest.raises(DiskFull):
        replica.local_drafts.set("topic:1", "long " * 100_000)
    assert rows_of(replica) == before
    assert replica.search("words")
    limit_pages(replica, 10_000)
    with replica.write() as action:
        action.create("topic", COMMUNITY, {"title": "There is room again"})
    assert len(rows_of(replica)["topic"]) == len(before["topic"]) + 1
    assert replica.check().problems == []


def test_a_disk_that_fills_while_receiving_loses_nothing(tmp_path: Path, replica: Replica) -> None:
    ledger = Ledger()
    with enrolled(tmp_path / "other", clock=ManualClock(seed=7)) as other:
        for number in range(20):
            with other.write() as action:
                fields = {"title": f"{number}", "body": f"{number} words " * 3_000}
                action.create("topic", COMMUNITY, fields)
        settle(other.sync_side, ledger)
    limit_pages(replica, 20)
    with pytest.raises(DiskFull):
        settle(replica.sync_side, ledger)
    assert rows_of(replica) == {}
    limit_pages(replica, 10_000)
    assert settle(replica.sync_side, ledger).agreed
    assert len(rows_of(replica)["topic"]) == 20


def test_readers_and_writers_in_several_threads_get_along(replica: Replica) -> None:
    done = threading.Event()

    def write(name: str) -> None:
        for number in range(15):
            with replica.write() as action:
                topic = action.create("topic", COMMUNITY, {"title": f"{name} {number}"})
                action.create("post", COMMUNITY, {"topic": topic, "body": "x"})

    def read() -> None:
        while not done.is_set():
            rows = rows_of(replica)
            assert len(rows.get("topic", [])) == len(rows.get("post", []))

    with ThreadPoolExecutor(4) as threads:
        readers = [threads.submit(read) for _ in range(2)]
        writers = [threads.submit(write, name) for name in ("one", "two")]
        try:
            for written in writers:
                written.result()
        finally:
            done.set()
        for seen in readers:
            seen.result()
    assert len(rows_of(replica)["topic"]) == 30
    assert [entry.group.seq for entry in replica.outbox()] == list(range(1, 31))


def test_a_reading_sees_one_moment_and_writes_nothing(replica: Replica) -> None:
    with replica.read() as rows:
        topics = replica.tables["topic"].select()
        assert rows.execute(topics).all() == []
        with replica.write() as action:
            action.create("topic", COMMUNITY, {"title": "Meanwhile"})
        assert rows.execute(topics).all() == []
    with pytest.raises(ReadOnly), replica.read() as rows:
        rows.execute(text("DELETE FROM log"))
    with replica.read() as rows:
        assert len(rows.execute(topics).all()) == 1


def test_a_checkpoint_brings_the_write_ahead_log_in(replica: Replica, tmp_path: Path) -> None:
    with replica.write() as action:
        action.create("topic", COMMUNITY, {"title": "Attendance"})
    beside = Layout(tmp_path).database.with_name("replica.sqlite-wal")
    assert beside.stat().st_size > 0
    replica._database.checkpoint()
    assert beside.stat().st_size == 0


def test_a_locked_database_is_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cop_desktop.store.database.BUSY_TIMEOUT_MS", 1)
    path = tmp_path / "x.sqlite"
    database = Database(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Busy), database.write():
        pass
    other.rollback()
    other.close()
    with database.write() as connection:
        connection.execute(text("CREATE TABLE t (x)"))
    database.close()


def test_errors_that_only_a_bug_can_cause_stay_what_they_are(tmp_path: Path) -> None:
    database = Database(tmp_path / "x.sqlite")
    with pytest.raises(Exception, match="no such table") as caught, database.read() as connection:
        connection.execute(text("SELECT * FROM nowhere"))
    assert not isinstance(caught.value, Damaged)
    database.close()
    with pytest.raises(sqlite3.OperationalError), our_errors():
        raise sqlite3.OperationalError("no such table")
    assert our_error(sqlite3.ProgrammingError("misuse")) is None
