"""Transactions: one writer at a time, errors as ours, nothing kept of what failed."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from sync.server import database as databases
from sync.server.database import Database
from sync.server.errors import Busy, DamagedData, StorageFull


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "test.sqlite3")
    with opened.write() as connection:
        connection.execute(text("CREATE TABLE words (word TEXT UNIQUE)"))
    yield opened
    opened.close()


def words(database: Database) -> list[str]:
    with database.read() as connection:
        return list(connection.scalars(text("SELECT word FROM words ORDER BY word")))


def add(database: Database, word: str) -> None:
    with database.write() as connection:
        connection.execute(text("INSERT INTO words VALUES (:word)"), {"word": word})


def test_what_a_failed_block_wrote_is_gone(database: Database) -> None:
    def fail() -> None:
        with database.write() as connection:
            connection.execute(text("INSERT INTO words VALUES ('lost')"))
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert words(database) == []


def test_a_reader_sees_one_state_while_others_write(database: Database) -> None:
    add(database, "first")
    with database.read() as connection:
        seen = text("SELECT count(*) FROM words")
        assert connection.scalar(seen) == 1
        add(database, "second")
        assert connection.scalar(seen) == 1
    assert words(database) == ["first", "second"]


def test_durable_means_written_ahead_and_synced(database: Database) -> None:
    with database.read() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(text("PRAGMA synchronous")) == 2
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1


def test_what_is_thrown_away_after_a_power_cut_waits_for_no_disk(database: Database) -> None:
    database.wait_for_no_disk()
    for transaction in (database.read, database.write):
        with transaction() as connection:
            assert connection.scalar(text("PRAGMA synchronous")) == 0


def test_a_writer_that_waits_too_long_is_told_so(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(databases, "BUSY_S", 0.05)
    said: list[type[BaseException]] = []

    def wait() -> None:
        try:
            add(database, "second")
        except Busy as error:
            said.append(type(error))

    with database.write():
        thread = threading.Thread(target=wait)
        thread.start()
        thread.join()
    assert said == [Busy]
    add(database, "third")
    assert words(database) == ["third"]


def test_another_process_that_writes_for_too_long_makes_us_busy(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    holding = (
        "import sys; from pathlib import Path; from sync.server.database import Database\n"
        "with Database(Path(sys.argv[1])).write(): print('held', flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", holding, str(database.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdout.readline()
    with monkeypatch.context() as patch:
        patch.setattr(databases, "BUSY_S", 0.05)
        with pytest.raises(Busy):
            add(database, "second")
    process.stdin.close()
    assert process.wait() == 0
    process.stdout.close()
    add(database, "third")
    assert words(database) == ["third"]


def test_a_program_that_ignores_our_lock_makes_us_busy(tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(databases, "BUSY_S", 0.05)
        database = Database(tmp_path / "test.sqlite3")
        with database.write() as connection:  # the connection that is used again
            connection.execute(text("CREATE TABLE words (word TEXT)"))
    other = sqlite3.connect(database.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Busy):
        add(database, "second")
    other.close()
    add(database, "third")
    database.close()


def test_a_full_disk_is_told_as_such(database: Database) -> None:
    def fill() -> None:
        with database.write() as connection:
            connection.execute(text("PRAGMA max_page_count = 1"))
            for number in range(1000):
                connection.execute(text("INSERT INTO words VALUES (:w)"), {"w": f"{number}" * 99})

    with pytest.raises(StorageFull):
        fill()
    assert words(database) == []


def test_what_is_no_database_is_told_as_damaged(tmp_path: Path) -> None:
    path = tmp_path / "test.sqlite3"
    path.write_bytes(b"This is no database. " * 500)
    database = Database(path)
    with pytest.raises(DamagedData), database.read():
        pass
    database.close()


def test_our_own_bugs_are_not_dressed_up(database: Database) -> None:
    add(database, "once")
    with pytest.raises(IntegrityError):
        add(database, "once")
    with pytest.raises(Exception, match="syntax error") as caught, database.read() as connection:
        connection.execute(text("SELEC"))
    assert not isinstance(caught.value, (Busy, DamagedData, ProgrammingError))


def test_words_of_people_do_not_get_into_error_texts(database: Database) -> None:
    add(database, "a confidential matter")
    with pytest.raises(IntegrityError) as caught:
        add(database, "a confidential matter")
    assert "confidential" not in str(caught.value)
