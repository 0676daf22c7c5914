"""What is done for a replica from time to time."""

from pathlib import Path

import pytest
from sqlalchemy import text

from cop_desktop.caring import LOOK_EVERY_S, Caring
from cop_desktop.store import Replica, room
from cop_desktop.store.backup import EVERY_MS
from cop_desktop.store.errors import Damaged
from cop_desktop.store.garbage import AGE_MS, LET_GO_AFTER_MS, note_let_go
from cop_desktop.store.layout import Layout
from cop_desktop.store.opening import Setting
from cop_desktop.store.room import Room
from tests.support.replicas import ManualClock, enrol, enrolled, grow_old

PLENTY = 1 << 40


def backups(folder: Path) -> list[Path]:
    return sorted(Layout(folder).backups.glob("*.sqlite"))


def never() -> bool:
    return False


def test_a_reserve_and_a_backup_are_made_at_the_first_look_and_then_daily(tmp_path: Path) -> None:
    clock = ManualClock()
    now_s = 0.0
    with enrolled(tmp_path, clock=clock) as replica:
        caring = Caring(replica, never, lambda: now_s, 0.0)
        for _ in range(2):
            assert caring.look() is Room.ENOUGH
        assert Layout(tmp_path).reserve.stat().st_size == room.RESERVE_BYTES
        assert len(backups(tmp_path)) == 1
        clock.turn(seconds=EVERY_MS / 1000)
        now_s = LOOK_EVERY_S
        caring.look()
        assert len(backups(tmp_path)) == 2


def test_a_start_is_not_slowed_by_a_backup(tmp_path: Path) -> None:
    now_s = 100.0
    with enrolled(tmp_path) as replica:
        caring = Caring(replica, never, lambda: now_s)
        caring.look()
        assert Layout(tmp_path).reserve.exists()
        assert backups(tmp_path) == []
        now_s += 60.0
        caring.look()
        assert len(backups(tmp_path)) == 1


def test_nobody_is_backed_up_before_they_joined(tmp_path: Path) -> None:
    clock = ManualClock().as_clock
    with Replica.open(tmp_path, clock) as replica:
        Caring(replica, never, later_s=0.0).look()
        assert backups(tmp_path) == []
        enrol(replica)
        Caring(replica, never, later_s=0.0).look()
        assert len(backups(tmp_path)) == 1


def test_a_backup_is_left_when_the_program_ends(tmp_path: Path) -> None:
    with enrolled(tmp_path) as replica:
        assert Caring(replica, lambda: True, later_s=0.0).look() is Room.ENOUGH
        assert list(Layout(tmp_path).backups.iterdir()) == []


def test_no_backup_and_no_reserve_are_made_where_room_is_short(tmp_path: Path) -> None:
    enrolled(tmp_path).close()
    free = room.RECEIVING_BYTES - 1
    setting = Setting(free=lambda _folder: free)
    with Replica.open(tmp_path, ManualClock().as_clock, setting) as replica:
        caring = Caring(replica, never, later_s=0.0)
        assert caring.look() is Room.RESERVE
        free = room.WRITING_BYTES - 1
        assert caring.look() is Room.NONE
        assert backups(tmp_path) == []
        assert not Layout(tmp_path).reserve.exists()
        free = PLENTY
        assert caring.look() is Room.ENOUGH
        assert Layout(tmp_path).reserve.exists()
        free = 0
        assert caring.look() is Room.LITTLE


def test_damage_that_a_backup_meets_is_told_once_and_costs_no_older_backup(
    tmp_path: Path,
) -> None:
    clock = ManualClock()
    now_s = 0.0
    with enrolled(tmp_path, clock=clock) as replica:
        with replica.write() as action:
            action.create("topic", b"C" * 16, {"title": "Attendance"})
        caring = Caring(replica, never, lambda: now_s, 0.0)
        caring.look()
        before = backups(tmp_path)
        with replica._database.write() as connection:
            connection.execute(text("UPDATE log SET hash = zeroblob(32)"))
        clock.turn(days=1)
        now_s += LOOK_EVERY_S
        with pytest.raises(Damaged):
            caring.look()
        assert caring.look() is Room.ENOUGH
        assert backups(tmp_path) == before
    with pytest.raises(Damaged):
        Replica.open(tmp_path, clock.as_clock)


def test_what_was_let_go_of_is_deleted_and_old_garbage_once_a_day(tmp_path: Path) -> None:
    clock = ManualClock()
    now_s = 0.0
    with enrolled(tmp_path / "anna", clock=clock) as replica:
        caring = Caring(replica, never, lambda: now_s)
        kept = loose_chunk(replica, tmp_path)
        grow_old(replica, clock, AGE_MS + 1000)
        caring.look()
        assert replica.chunks.has(kept), "a start is not slowed"
        now_s = 60.0
        caring.look()
        assert not replica.chunks.has(kept)
        kept = loose_chunk(replica, tmp_path)
        grow_old(replica, clock, AGE_MS + 1000)
        caring.look()
        assert replica.chunks.has(kept), "looked for a moment ago"
        with replica._database.write() as connection:
            note_let_go(connection)
        caring.look()
        clock.turn(seconds=LET_GO_AFTER_MS / 1000 + 1)
        caring.look()
        assert not replica.chunks.has(kept)


def loose_chunk(replica: Replica, folder: Path) -> bytes:
    path = folder / "loose.bin"
    path.write_bytes(b"never attached")
    return replica.files.import_file(path).chunks[0]
