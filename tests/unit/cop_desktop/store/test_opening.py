"""Opening a replica: whose it is, whether it is in order, in which form."""

import errno
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from cop_desktop.store import Replica, sidecar
from cop_desktop.store.errors import Damaged, NewerDatabase, ReadOnly, ReplicaInUse
from cop_desktop.store.layout import Layout
from cop_desktop.store.opening import Setting
from cop_desktop.store.sidecar import Count
from sync.catalogue import CATALOGUE
from sync.catalogue.declare import Catalogue, Field, Kind, SpaceKind, Type
from tests.support.replicas import ANNA, COMMUNITY, ManualClock, enrolled, opened, rows_of


def with_a_topic(folder: Path) -> bytes:
    with enrolled(folder) as replica, replica.write() as action:
        return action.create("topic", COMMUNITY, {"title": "Attendance"})


def test_a_new_replica_is_nobodys(tmp_path: Path) -> None:
    with opened(tmp_path / "deep" / "folder") as replica:
        assert replica.account is None
        assert replica.spaces() == []
        assert replica.needs_rename is None
        assert replica.sync_side.membership() is None


def test_what_was_written_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    topic = with_a_topic(tmp_path)
    with opened(tmp_path) as replica:
        assert replica.account is not None
        assert (replica.account.member, replica.account.member_name) == (ANNA, "Anna")
        assert [row["id"] for row in rows_of(replica)["topic"]] == [topic]
        assert replica.needs_rename is None
        assert not any(secret in repr(replica.account) for secret in ("seed=", "frame_key="))


def test_an_identity_is_made_once(tmp_path: Path) -> None:
    with opened(tmp_path) as replica:
        first = replica.new_identity()
        assert replica.new_identity() == first
        assert len(first.public_key) == 32
    with opened(tmp_path, ManualClock(seed=99)) as replica:
        assert replica.new_identity() == first


def test_a_replica_is_opened_by_one_at_a_time(tmp_path: Path) -> None:
    with opened(tmp_path), pytest.raises(ReplicaInUse):
        opened(tmp_path)
    opened(tmp_path).close()


def test_a_replica_is_refused_to_a_second_process(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from tests.support.replicas import opened\n"
        "from cop_desktop.store.errors import ReplicaInUse\n"
        "try: opened(Path(sys.argv[1])).close()\n"
        "except ReplicaInUse: print('in use')\n"
    )

    def in_another_process() -> str:
        done = subprocess.run(
            [sys.executable, "-c", program, str(tmp_path)],
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).parents[4],
        )
        return done.stdout.strip()

    with opened(tmp_path):
        assert in_another_process() == "in use"
    assert in_another_process() == ""


def test_after_an_unclean_exit_the_database_is_checked(tmp_path: Path) -> None:
    with_a_topic(tmp_path)
    layout = Layout(tmp_path)
    assert not layout.open_marker.exists()
    layout.open_marker.touch()
    with opened(tmp_path) as replica:
        assert len(rows_of(replica)["topic"]) == 1
    with layout.database.open("r+b") as file:
        file.seek(3 * 4096)
        file.write(b"\xff" * 8192)
    layout.open_marker.touch()
    with pytest.raises(Damaged):
        opened(tmp_path)


def test_a_file_that_is_no_database_is_damaged(tmp_path: Path) -> None:
    Layout(tmp_path).database.write_bytes(b"once upon a time " * 400)
    with pytest.raises(Damaged):
        opened(tmp_path)
    with pytest.raises(Damaged):  # and the lock was let go
        opened(tmp_path)


def test_a_database_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    with_a_topic(tmp_path)
    path = Layout(tmp_path).database
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(NewerDatabase):
        opened(tmp_path)


def test_a_database_in_the_place_of_a_folder_cannot_be_opened(tmp_path: Path) -> None:
    Layout(tmp_path).database.mkdir()
    with pytest.raises(ReadOnly):
        opened(tmp_path)


def test_a_new_kind_gets_its_table_filled_from_what_was_kept(tmp_path: Path) -> None:
    """A newer program wrote a kind that this one then learns."""
    song = Kind(
        number=777,
        name="song",
        noun="song",
        space=SpaceKind.COMMUNITY,
        fields=(Field(1, "words", Type.TEXT, required=True),),
    )
    newer = Catalogue([*CATALOGUE, song])
    enrolled(tmp_path).close()
    clock = ManualClock()
    with Replica.open(tmp_path, clock.as_clock, Setting(newer)) as replica, replica.write() as act:
        record = act.create("song", COMMUNITY, {"words": "la"})
    with opened(tmp_path) as replica:
        assert [row["id"] for row in rows_of(replica)["others"]] == [record]
        assert "song" not in replica.tables
        assert len(replica.history(record)) == 1
    seen: list[tuple[int, int]] = []
    with Replica.open(
        tmp_path,
        clock.as_clock,
        Setting(newer, lambda done, total: seen.append((done, total))),
    ) as replica:
        assert [row["words"] for row in rows_of(replica)["song"]] == ["la"]
        assert "others" not in rows_of(replica)
    assert seen == [(1, 1)]


def test_filling_the_tables_again_changes_nothing_and_may_be_given_up(tmp_path: Path) -> None:
    with_a_topic(tmp_path)
    with opened(tmp_path) as replica:
        before = rows_of(replica)
        replica.rebuild()
        assert rows_of(replica) == before

        def give_up(_done: int, _total: int) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            replica.rebuild(give_up)
        assert rows_of(replica) == before
        assert [found.record for found in replica.search("attend")] == [before["topic"][0]["id"]]


def test_a_database_put_back_from_an_older_copy_is_noticed(tmp_path: Path) -> None:
    with_a_topic(tmp_path)
    layout = Layout(tmp_path)
    older = layout.database.read_bytes()
    with opened(tmp_path) as replica, replica.write() as action:
        action.create("topic", COMMUNITY, {"title": "Later"})
    layout.database.write_bytes(older)
    with opened(tmp_path) as replica:
        assert replica.needs_rename == sidecar.OLDER
    with opened(tmp_path) as replica:
        assert replica.needs_rename == sidecar.OLDER


def test_a_database_carried_to_another_folder_is_noticed(tmp_path: Path) -> None:
    with_a_topic(tmp_path / "first")
    for name in ("second", "third"):
        (tmp_path / name).mkdir()
        copy = Layout(tmp_path / name).database
        copy.write_bytes(Layout(tmp_path / "first").database.read_bytes())
    with opened(tmp_path / "second") as replica:
        assert replica.needs_rename == sidecar.COPIED
    sidecar.write(Layout(tmp_path / "third").sidecar, Count(b"x" * 16, 1))
    with opened(tmp_path / "third") as replica:
        assert replica.needs_rename == sidecar.COPIED


def test_a_sidecar_that_was_left_behind_by_a_power_cut_is_no_copy(tmp_path: Path) -> None:
    with_a_topic(tmp_path)
    path = Layout(tmp_path).sidecar
    count = sidecar.read(path)
    assert count is not None
    assert count.written == 1
    sidecar.write(path, Count(count.replica, 0))
    with opened(tmp_path) as replica:
        assert replica.needs_rename is None


def test_what_was_written_stays_written_when_the_sidecar_cannot_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object, **_options: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with enrolled(tmp_path) as replica:
        with monkeypatch.context() as patch:
            patch.setattr(Path, "write_text", full)
            with replica.write() as action:
                action.create("topic", COMMUNITY, {"title": "Attendance"})
        assert len(rows_of(replica)["topic"]) == 1
    with opened(tmp_path) as replica:
        assert replica.needs_rename is None


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"replica": "zz", "written": 1}', "\udcff"])
def test_a_sidecar_that_tells_nothing_is_no_sign_of_a_copy_and_is_written_anew(
    tmp_path: Path, content: str
) -> None:
    with_a_topic(tmp_path)
    path = Layout(tmp_path).sidecar
    before = sidecar.read(path)
    path.write_text(content, errors="surrogateescape")
    with pytest.raises(sidecar.Unreadable):
        sidecar.read(path)
    with opened(tmp_path) as replica:
        assert replica.needs_rename is None
    assert sidecar.read(path) == before


@pytest.mark.parametrize(("times", "waits"), [(1, 1), (3, 3), (99, 3)])
def test_a_sidecar_that_is_held_for_a_moment_is_read_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int, waits: int
) -> None:
    with_a_topic(tmp_path)
    real, tried, waited = Path.read_bytes, [], list[float]()

    def held(path: Path) -> bytes:
        if path == Layout(tmp_path).sidecar:
            tried.append(path)
            if len(tried) <= times:
                raise PermissionError(errno.EACCES, "The process cannot access the file")
        return real(path)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", held)
        if times == 99:
            with pytest.raises(sidecar.Unreadable):
                sidecar.read(Layout(tmp_path).sidecar, waited.append)
        else:
            found = sidecar.read(Layout(tmp_path).sidecar, waited.append)
            assert found is not None
            assert found.written == 1
    assert len(waited) == waits


def test_a_sidecar_is_never_gone_after_a_power_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the first one waits for the disk: from then on there always is one."""
    waited: list[int] = []
    monkeypatch.setattr("cop_desktop.store.files_on_disk.os.fsync", waited.append)
    path = tmp_path / "replica.json"
    sidecar.write(path, Count(b"i" * 16, 0))
    first = len(waited)
    assert first > 0
    sidecar.write(path, Count(b"i" * 16, 1))
    assert len(waited) == first
