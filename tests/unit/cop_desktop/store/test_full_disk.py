"""Real disks that are full, write-protected or fail: writing goes on first and last."""

import errno
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cop_desktop.store import Replica, Setting, room, sidecar
from cop_desktop.store.backup import EVERY_MS
from cop_desktop.store.database import our_error
from cop_desktop.store.errors import (
    DiskFull,
    DiskTrouble,
    LittleRoom,
    ReadOnly,
    StoreError,
    UnsafeFolder,
)
from cop_desktop.store.files_on_disk import file_errors
from cop_desktop.store.layout import Layout
from cop_desktop.store.room import MIB, Reserve, Room
from cop_desktop.store.sidecar import Count
from sync.core.ids import Id
from tests.support.disks import Filler, small_disk, write_protected
from tests.support.ledgers import Ledger, settle
from tests.support.replicas import BEN, COMMUNITY, ManualClock, enrolled, opened, rows_of

SIZE = 40 * MIB
RECEIVING = 12 * MIB
RESERVE = 4 * MIB


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A disk on which everything is five times as small as in life."""
    monkeypatch.setattr(room, "RECEIVING_BYTES", RECEIVING)
    monkeypatch.setattr(room, "RESERVE_BYTES", RESERVE)
    monkeypatch.setattr(room, "WRITING_BYTES", MIB)
    with small_disk(tmp_path / "disk", SIZE) as folder:
        yield folder


@pytest.fixture
def filler(disk: Path) -> Filler:
    return Filler(disk)


@pytest.fixture
def replica(disk: Path) -> Iterator[Replica]:
    with enrolled(disk / "anna", clock=ManualClock(step_ms=1)) as replica:
        assert replica.reserve.restore()
        yield replica


def new_topic(replica: Replica, title: str, body: str = "") -> Id:
    with replica.write() as action:
        return action.create("topic", COMMUNITY, {"title": title, "body": body or None})


def test_the_note_of_the_id_is_kept_while_the_reserve_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is written beside its place first, at any moment, by a thread of its own."""
    layout, real = Layout(tmp_path), os.fsync
    sidecar.write(layout.sidecar, Count(b"i" * 16, 6))

    def noted_meanwhile(descriptor: int) -> None:
        sidecar.write(layout.sidecar, Count(b"i" * 16, 7))
        real(descriptor)

    monkeypatch.setattr(room, "RESERVE_BYTES", MIB)
    with monkeypatch.context() as patch:
        patch.setattr("cop_desktop.store.room.os.fsync", noted_meanwhile)
        assert Reserve(layout.reserve).restore()
    assert sidecar.read(layout.sidecar) == Count(b"i" * 16, 7)
    assert layout.reserve.stat().st_size == MIB


def titles(replica: Replica) -> list[str]:
    return [str(row["title"]) for row in rows_of(replica).get("topic", [])]


def written_until_full(replica: Replica) -> int:
    """How many topics could be written."""
    for number in range(10_000):
        try:
            new_topic(replica, f"Topic {number}", f"{number} words " * 3_000)
        except DiskFull:
            return number
    raise AssertionError("the disk does not get full")


def reserve_of(replica: Replica) -> Path:
    return Layout(replica._opened.layout.folder).reserve


def test_a_full_disk_takes_the_reserve_and_writing_goes_on(
    replica: Replica, filler: Filler
) -> None:
    assert reserve_of(replica).stat().st_size == RESERVE
    filler.leave(0)
    assert replica.reserve.room() is Room.LITTLE
    for number in range(20):
        new_topic(replica, f"Topic {number}", "words " * 500)
    assert not reserve_of(replica).exists()
    assert replica.reserve.room() is Room.RESERVE
    assert len(titles(replica)) == 20
    assert replica.waiting().groups == 20


def test_the_reserve_comes_back_with_the_room(replica: Replica, filler: Filler) -> None:
    filler.leave(0)
    new_topic(replica, "On the reserve")
    assert not replica.reserve.restore()
    filler.leave(RECEIVING)
    assert not replica.reserve.restore(), "it must not take the room that receiving needs"
    filler.leave_all()
    assert replica.reserve.restore()
    assert replica.reserve.room() is Room.ENOUGH
    assert [path.name for path in reserve_of(replica).parent.glob("*.new")] == []


def test_when_the_reserve_is_gone_too_it_is_told_and_nothing_is_half(
    replica: Replica, filler: Filler
) -> None:
    filler.leave(0)
    saved = written_until_full(replica)
    assert saved > 0
    assert len(titles(replica)) == replica.waiting().groups == saved
    with pytest.raises(DiskFull) as caught:
        replica.local_drafts.set("reply:1", {"body": "words " * 500_000})
    assert not caught.value.room_made, "nothing is left to give up"
    filler.leave_all()
    new_topic(replica, "There is room again")
    assert replica.check().problems == []


def test_what_is_written_on_a_full_disk_goes_out_while_nothing_is_received(
    tmp_path: Path, replica: Replica, filler: Filler
) -> None:
    ledger = Ledger()
    filler.leave(RECEIVING // 2)
    new_topic(replica, "Anna")
    with enrolled(tmp_path / "ben", member=BEN, clock=ManualClock(seed=2)) as ben:
        new_topic(ben, "Ben")
        settle(ben.sync_side, ledger)
        with pytest.raises(LittleRoom):
            settle(replica.sync_side, ledger)
        assert titles(replica) == ["Anna"]
        assert settle(ben.sync_side, ledger).received == 1, "it went up with the request"
    filler.leave_all()
    assert settle(replica.sync_side, ledger).agreed
    assert sorted(titles(replica)) == ["Anna", "Ben"]


def test_files_are_not_taken_in_where_only_writing_has_room(
    tmp_path: Path, replica: Replica, filler: Filler
) -> None:
    (tmp_path / "film.bin").write_bytes(b"film" * MIB)
    filler.leave(RECEIVING + 2 * MIB)
    with pytest.raises(LittleRoom):
        replica.files.import_file(tmp_path / "film.bin")
    chunks = Layout(reserve_of(replica).parent).chunks
    assert not list(chunks.rglob("*"))
    filler.leave_all()
    assert replica.files.import_file(tmp_path / "film.bin").size_bytes == 4 * MIB


def test_half_a_chunk_is_not_left_on_a_full_disk(
    tmp_path: Path, replica: Replica, filler: Filler, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "RECEIVING_BYTES", 0)  # as when it fills up meanwhile
    (tmp_path / "film.bin").write_bytes(bytes(range(256)) * 4096)
    filler.leave(MIB // 2)
    with pytest.raises(DiskFull):
        replica.files.import_file(tmp_path / "film.bin")
    chunks = Layout(reserve_of(replica).parent).chunks
    assert not list(chunks.rglob("*.new"))


def test_backups_do_not_fill_the_disk(
    disk: Path, filler: Filler, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = ManualClock()
    with enrolled(disk / "anna", clock=clock) as replica:
        new_topic(replica, "Attendance")
        made = []
        for _ in range(3):
            made.append(replica.back_up())
            clock.turn(seconds=EVERY_MS / 1000)
        filler.leave(RECEIVING - 2 * MIB)
        with pytest.raises(LittleRoom):
            replica.back_up()
        assert list(made[0].parent.iterdir()) == [made[-1]], "one stays, whatever happens"
        filler.leave_all()
        monkeypatch.setattr(room, "RECEIVING_BYTES", 0)
        filler.leave(made[-1].stat().st_size // 2)
        with pytest.raises(DiskFull):
            replica.back_up()
        assert list(made[0].parent.iterdir()) == [made[-1]]


def test_a_full_disk_at_the_start_is_no_damage(disk: Path, filler: Filler) -> None:
    with enrolled(disk / "anna") as replica:
        new_topic(replica, "Attendance")
        replica.reserve.restore()
    filler.leave(0)
    with opened(disk / "anna") as replica:
        new_topic(replica, "On the reserve")
    assert not Layout(disk / "anna").reserve.exists()
    filler.leave(0)
    with pytest.raises(DiskFull):
        opened(disk / "anna")
    with Replica.open_to_read(disk / "anna", ManualClock().as_clock) as replica:
        assert sorted(titles(replica)) == ["Attendance", "On the reserve"]
    filler.leave_all()
    with opened(disk / "anna") as replica:
        assert sorted(titles(replica)) == ["Attendance", "On the reserve"]
        assert replica.check().problems == []
    assert not list((disk / "anna").glob("damaged-*"))


def test_a_write_protected_folder_is_told_and_can_be_read(tmp_path: Path) -> None:
    with enrolled(tmp_path / "anna") as replica:
        new_topic(replica, "Attendance")
    with write_protected(tmp_path / "anna"):
        with pytest.raises(ReadOnly):
            opened(tmp_path / "anna")
        with Replica.open_to_read(tmp_path / "anna", ManualClock().as_clock) as replica:
            assert replica.is_only_read
            assert titles(replica) == ["Attendance"]
            assert [found.title for found in replica.search("attend")] == ["Attendance"]
            with pytest.raises(ReadOnly):
                new_topic(replica, "Nothing can be written")
            with pytest.raises(ReadOnly):
                replica.local_drafts.set("reply:1", {"body": "nor kept"})
    with opened(tmp_path / "anna") as replica:
        assert titles(replica) == ["Attendance"]


def test_what_a_killed_process_left_is_read_from_a_write_protected_folder(tmp_path: Path) -> None:
    folder = tmp_path / "anna"
    with enrolled(tmp_path / "live") as replica:
        new_topic(replica, "In the write-ahead log")
        folder.mkdir()
        for name in ("replica.sqlite", "replica.sqlite-wal", "replica.json", "replica.open"):
            (folder / name).write_bytes((tmp_path / "live" / name).read_bytes())
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with (
        write_protected(folder),
        Replica.open_to_read(folder, ManualClock().as_clock) as replica,
    ):
        assert titles(replica) == ["In the write-ahead log"]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_folder_that_becomes_write_protected_is_told_when_something_is_written(
    tmp_path: Path,
) -> None:
    with enrolled(tmp_path / "anna") as replica:
        new_topic(replica, "Attendance")
        with replica.read() as rows:
            driver = replica._database.driver(rows)
            assert driver.execute("SELECT count(*) FROM log").fetchone() == (1,)
        replica._database.driver(replica._database._writer).execute("PRAGMA query_only = ON")
        with pytest.raises(ReadOnly):
            new_topic(replica, "Not saved")
        assert titles(replica) == ["Attendance"]


class _Failing(sqlite3.Connection):
    """A connection to a disk that does not read or write any more, from some moment on."""

    fails = False

    def cursor(self, *arguments: Any, **options: Any) -> Any:
        if type(self).fails:
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR
            raise error
        return super().cursor(*arguments, **options)


def _failing(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, check_same_thread=False, isolation_level=None, factory=_Failing)


def test_an_error_of_the_disk_is_no_damage_and_nothing_is_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with enrolled(tmp_path) as replica:
        new_topic(replica, "Attendance")
    setting = Setting(connect=_failing)
    with Replica.open(tmp_path, ManualClock().as_clock, setting) as replica:
        monkeypatch.setattr(_Failing, "fails", True)
        with pytest.raises(DiskTrouble):
            new_topic(replica, "Not saved")
        with pytest.raises(DiskTrouble):
            titles(replica)
        monkeypatch.setattr(_Failing, "fails", False)
        assert titles(replica) == ["Attendance"]
    monkeypatch.setattr(_Failing, "fails", True)
    with pytest.raises(DiskTrouble):
        Replica.open(tmp_path, ManualClock().as_clock, setting)
    assert not list(tmp_path.glob("damaged-*"))
    with opened(tmp_path) as replica:
        assert titles(replica) == ["Attendance"]


@pytest.mark.parametrize(
    ("number", "ours"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EDQUOT, DiskFull),
        (errno.EFBIG, DiskFull),
        (errno.EROFS, ReadOnly),
        (errno.EIO, DiskTrouble),
    ],
)
def test_errors_of_files_are_told_apart(number: int, ours: type[StoreError]) -> None:
    with pytest.raises(ours), file_errors():
        raise OSError(number, "trouble", "file")


def test_no_room_for_what_lies_beside_the_database_is_a_full_disk() -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR | (19 << 8)
    assert isinstance(our_error(error), DiskFull)


def test_a_folder_that_cannot_be_locked_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fcntl = pytest.importorskip("fcntl", reason="locks are made otherwise on this system")

    def no_locks(*_arguments: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", no_locks)
    with pytest.raises(UnsafeFolder):
        opened(tmp_path)
    assert not Layout(tmp_path).database.exists()


def test_the_real_reserve_is_noise_of_the_stated_size(tmp_path: Path) -> None:
    with enrolled(tmp_path) as replica:
        replica.reserve.restore()
        content = reserve_of(replica).read_bytes()
    assert len(content) == room.RESERVE_BYTES
    assert len(set(content[:4096])) > 200
