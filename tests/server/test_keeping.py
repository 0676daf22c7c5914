"""What the operator relies on: backups while others write, and a check that finds every damage."""

import sqlite3
import stat
import tarfile
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from sync.core.chunks import chunk_hash, joined
from sync.server.backup import back_up
from sync.server.checking import Report, check
from sync.server.errors import DamagedData, NewerData, StorageFull, StorageTrouble
from sync.server.site import DATABASE_FILE, Site, open_site
from sync.server.tables import metadata
from tests.server.conftest import COMMUNITY, Town
from tests.support.replica_model import ModelReplica, direct
from tests.support.server_records import change, delete, new, topic


def file_of(content: bytes) -> object:
    return new(
        "file_version",
        target=bytes(16),
        name="plan.md",
        media_type="text/markdown",
        size_bytes=len(content),
        content_hash=bytes(32),
        chunks=joined([chunk_hash(content)]),
    )


@pytest.fixture
def lived_in(town: Town) -> Town:
    """A town in which everything that a check looks at has happened."""
    ann, ben = town.join("Ann"), town.join("Ben")
    for number in range(4):
        ann.write(town.community, topic(f"Topic {number}"))
    ann.write(town.community, file_of(b"The plan"))  # type: ignore[arg-type]
    ann.write(town.community, file_of(b"Never sent"))  # type: ignore[arg-type]
    ann.sync_all(direct(town.site))
    town.site.chunk_folder.keep(chunk_hash(b"The plan"), b"The plan")
    anns = ann.written[town.community][0].ops[0].record  # type: ignore[union-attr]
    for make in (topic(), delete("topic", anns), topic()):
        ben.write(town.community, make)
    ben.sync_all(direct(town.site))
    assert list(ben.refused.values()) == ["not_creator"]
    return town


def test_a_sound_site_has_no_findings(lived_in: Town) -> None:
    report = check(lived_in.site)
    assert report.findings == []
    assert (report.spaces, report.chunks, report.absent_chunks) == (5, 1, 1)
    assert report.groups == 2 + 1 + 2 + 2 + 6 + 2


def found(site: Site) -> str:
    report: Report = check(site)
    return "\n".join(f"{finding.place}: {finding.what}" for finding in report.findings)


CORRUPTIONS = {
    "hash is wrong": (
        "UPDATE groups SET raw = CAST(raw || x'00' AS BLOB) WHERE seq = 2 AND replica = :ann"
    ),
    "size is wrong": "UPDATE groups SET size_bytes = 1 WHERE seq = 2 AND replica = :ann",
    "sum is wrong": "UPDATE groups SET sum = zeroblob(16) WHERE seq = 2 AND replica = :ann",
    "group cannot be read": "UPDATE groups SET raw = x'c1' WHERE seq = 2 AND replica = :ann",
    "seq differs from the group's": (
        "UPDATE groups SET seq = 99 WHERE seq = 6 AND replica = :ann AND space = :community"
    ),
    "author differs from the group's": (
        "UPDATE groups SET author = zeroblob(16) WHERE seq = 2 AND replica = :ann"
    ),
    "of its chain follows": (
        "DELETE FROM groups WHERE seq = 2 AND replica = :ann AND space = :community"
    ),
    "should be": "DELETE FROM groups WHERE seq = 6 AND replica = :ann AND space = :community",
    "head is": "UPDATE spaces SET head = head + 1 WHERE id = :community",
    "sum of the space is wrong": "UPDATE spaces SET sum = zeroblob(16) WHERE id = :community",
    "signature of number 6 does not hold": (
        "UPDATE groups SET signature = randomblob(64) WHERE seq = 6 AND replica = :ann"
    ),
    "nothing vouches for the end": (
        "UPDATE groups SET signature = x'' WHERE seq = 6 AND replica = :ann"
    ),
    "refused group 2 does not name its predecessor": "UPDATE refused SET prev = randomblob(32)",
    "does not name its predecessor": "UPDATE refused SET hash = randomblob(32), signature = x''",
    "hangs in the air": "UPDATE refused SET seq = 77",
    "is noted wrongly": "UPDATE records SET creator = zeroblob(16) WHERE space = :community",
    "record ": "DELETE FROM records WHERE space = :community",
    "reference to chunk": "DELETE FROM chunk_refs",
    "name of": "UPDATE names SET name = 'Anne' WHERE name = 'Ann'",
    "only in one of accounts and directory": "DELETE FROM members",
    "its replica is not certified": "DELETE FROM replicas WHERE id = :ann",
    "its replica is another member's": "UPDATE replicas SET member = randomblob(16)",
    "certificate of": "UPDATE replicas SET certificate = randomblob(64)",
    "computers: record": "DELETE FROM replicas",
    "is not what was written": "UPDATE memberships SET role = 'facilitator'",
    "memberships: ": "UPDATE memberships SET ended_ms = 5",
    "is without effect": "DELETE FROM memberships",
    "groups of a space that is not there": "DELETE FROM spaces WHERE id = :community",
    "refused of a space that is not there": "UPDATE refused SET space = randomblob(16)",
    "is missing": "DELETE FROM spaces WHERE kind = 'texts'",
    "is not what it should be": "UPDATE spaces SET kind = 'pair' WHERE kind = 'personal'",
    "should not be there": (
        "INSERT INTO spaces SELECT randomblob(16), kind, parent, owner, 0, zeroblob(16), 0, 0, 0"
        " FROM spaces WHERE kind = 'texts'"
    ),
    "clock of the space is behind": "UPDATE spaces SET clock = 1 WHERE id = :community",
}


@pytest.mark.parametrize("what", CORRUPTIONS)
def test_the_check_finds_each_damage(lived_in: Town, what: str) -> None:
    assert found(lived_in.site) == ""
    members = {m.name: m.id for m in lived_in.site.accounts.members()}
    computers = {c.member_name: c.replica for c in lived_in.site.accounts.computers()}
    assert members.keys() == computers.keys()
    with sqlite3.connect(lived_in.site.folder / DATABASE_FILE) as damaging:
        bound = {"ann": computers["Ann"], "community": lived_in.community}
        changed = damaging.execute(CORRUPTIONS[what], bound).rowcount
    damaging.close()
    assert changed > 0
    assert what in found(lived_in.site)


@pytest.mark.parametrize("damage", ["change", "move"])
def test_the_check_finds_a_damaged_chunk(lived_in: Town, damage: str) -> None:
    (file,) = lived_in.site.chunk_folder.all_files()
    if damage == "change":
        file.write_bytes(b"The plam")
    else:
        wrong = file.parent.with_name("00" if file.parent.name != "00" else "01")
        wrong.mkdir()
        file.rename(wrong / file.name)
    assert "content is not what the name says" in found(lived_in.site)


def test_what_others_put_among_the_chunks_is_told_and_hinders_nothing(
    lived_in: Town, tmp_path: Path
) -> None:
    folder = lived_in.site.chunk_folder.folder
    (folder / ".DS_Store").write_bytes(b"x")
    (next(lived_in.site.chunk_folder.all_files()).parent / "folder").mkdir()
    assert found(lived_in.site).count("is no chunk") == 2
    assert back_up(lived_in.site, tmp_path / "backup.tar").chunks == 1


def test_the_check_finds_what_the_database_itself_finds(closed: Path) -> None:
    with (closed / DATABASE_FILE).open("r+b") as file:
        file.seek(36)  # how many pages are free, says the header of every SQLite file
        file.write((5).to_bytes(4, "big"))
    with open_site(closed) as site:
        assert "database: " in found(site)


def test_a_database_that_cannot_be_read_through_is_a_finding(closed: Path) -> None:
    with sqlite3.connect(closed / DATABASE_FILE) as database:
        (page_bytes,) = database.execute("PRAGMA page_size").fetchone()
        (root,) = database.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'groups'"
        ).fetchone()
    database.close()
    with (closed / DATABASE_FILE).open("r+b") as file:
        file.seek((root - 1) * page_bytes)
        file.write(b"\xff" * page_bytes)
    with open_site(closed) as site:
        assert "database: " in found(site)


def restored(archive: Path, folder: Path) -> Site:
    folder.mkdir()
    with tarfile.open(archive) as tar:
        # Python 3.11.2, which Debian 12 has, knows no filters yet; newer ones want to be told.
        if hasattr(tarfile, "data_filter"):
            tar.extractall(folder, filter="data")
        else:
            tar.extractall(folder)
    return open_site(folder)


def test_a_backup_unpacked_is_the_same_server(lived_in: Town, tmp_path: Path) -> None:
    made = back_up(lived_in.site, tmp_path / "backup.tar")
    assert made.chunks == 1
    assert made.size_bytes == made.file.stat().st_size
    with restored(made.file, tmp_path / "restored") as again:
        assert again.identity.server == lived_in.site.identity.server
        assert check(again).findings == []
        assert check(again).groups == check(lived_in.site).groups
        assert again.chunk_folder.read(chunk_hash(b"The plan")) == b"The plan"
        ann = ModelReplica()
        assert problem_free(again, ann)


def problem_free(site: Site, replica: ModelReplica) -> bool:
    """Whether somebody new can join there and get everything."""
    from sync.server.invites import Guest
    from tests.support.replica_model import enrol_direct

    replica.enrol(site.invites.invite(Guest("New", (COMMUNITY,))).code, enrol_direct(site))
    return replica.sync_all(direct(site)) == 1


def test_only_the_owner_can_read_a_backup(lived_in: Town, tmp_path: Path) -> None:
    made = back_up(lived_in.site, tmp_path / "backup.tar")
    assert stat.S_IMODE(made.file.stat().st_mode) == 0o600


def test_backups_made_while_others_write_are_whole(lived_in: Town, tmp_path: Path) -> None:
    site = lived_in.site
    writers = [lived_in.join(f"Writer {n}") for n in range(3)]
    stop = threading.Event()
    kept = [0, 0, 0]

    def keep_writing(number: int) -> None:
        writer = writers[number]
        while not stop.is_set():
            writer.write(lived_in.community, topic("Meanwhile", "x" * 2000))
            writer.sync(direct(site), budget_bytes=0)
            kept[number] += 1

    threads = [threading.Thread(target=keep_writing, args=(n,)) for n in range(3)]
    for thread in threads:
        thread.start()
    try:
        for number in range(3):
            before = sum(kept)
            made = back_up(site, tmp_path / f"backup-{number}.tar")
            with restored(made.file, tmp_path / f"restored-{number}") as again:
                report = check(again)
                assert report.findings == []
                assert report.groups >= before
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert check(site).findings == []


def test_a_backup_that_fails_leaves_the_older_one(
    lived_in: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "backups" / "backup.tar"
    target.parent.mkdir()
    back_up(lived_in.site, target)
    before = target.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sync.server.backup.os.fsync", full)
    with pytest.raises(StorageFull):
        back_up(lived_in.site, target)
    assert target.read_bytes() == before
    assert list(target.parent.iterdir()) == [target]


def test_a_backup_into_a_folder_that_is_not_there_says_so(lived_in: Town, tmp_path: Path) -> None:
    with pytest.raises(StorageTrouble, match="nowhere"):
        back_up(lived_in.site, tmp_path / "nowhere" / "backup.tar")


def test_a_site_is_the_same_each_time_it_is_opened(tmp_path: Path) -> None:
    with open_site(tmp_path / "server", "Top End") as site:
        first = site.identity
    with open_site(tmp_path / "server", "Another name") as site:
        again = site.identity
    assert (again.server, again.name, again.epoch) == (first.server, "Top End", first.epoch)
    assert (again.directory, again.key.public) == (first.directory, first.key.public)


def test_two_that_open_a_new_folder_at_once_make_one_server(tmp_path: Path) -> None:
    start = threading.Barrier(4)
    found_: list[bytes] = []

    def open_it() -> None:
        start.wait()
        with open_site(tmp_path / "server") as site:
            found_.append(site.identity.server)

    threads = [threading.Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found_) == 4
    assert len(set(found_)) == 1


def test_only_the_owner_can_read_the_secrets(tmp_path: Path) -> None:
    with open_site(tmp_path / "server"):
        assert stat.S_IMODE((tmp_path / "server").stat().st_mode) == 0o700
        secrets = tmp_path / "server" / "secrets.json"
        assert stat.S_IMODE(secrets.stat().st_mode) == 0o600


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """The folder of a server that is not open."""
    with open_site(tmp_path / "server") as site:
        site.accounts.create_community(COMMUNITY)
    return tmp_path / "server"


def spoil_secrets(folder: Path) -> None:
    (folder / "secrets.json").write_text("{")


def lose_secrets(folder: Path) -> None:
    (folder / "secrets.json").unlink()


def swap_secrets(folder: Path) -> None:
    with open_site(folder.with_name("other")):
        pass
    (folder.with_name("other") / "secrets.json").replace(folder / "secrets.json")


def spoil_database(folder: Path) -> None:
    (folder / DATABASE_FILE).write_bytes(b"This is no database. " * 500)


@pytest.mark.parametrize("harm", [spoil_secrets, lose_secrets, swap_secrets, spoil_database])
def test_damage_is_told_and_never_repaired_by_beginning_anew(
    closed: Path, harm: Callable[[Path], None]
) -> None:
    harm(closed)
    before = sorted(file.name for file in closed.iterdir())
    with pytest.raises(DamagedData):
        open_site(closed)
    assert sorted(file.name for file in closed.iterdir()) == before


def test_data_of_a_newer_program_are_left_alone(closed: Path) -> None:
    with sqlite3.connect(closed / DATABASE_FILE) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    with pytest.raises(NewerData):
        open_site(closed)


def test_the_migrations_make_the_tables_that_the_program_means(closed: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with open_site(closed) as site, site.database.read() as connection:
        context = MigrationContext.configure(connection)
        differences = compare_metadata(context, metadata)
    assert differences == []


def test_the_newest_migration_is_the_one_that_the_program_expects() -> None:
    from alembic.script import ScriptDirectory

    import sync.server.upgrade as upgrading

    folder = Path(upgrading.__file__).with_name("migrations")
    assert ScriptDirectory(str(folder)).get_current_head() == upgrading.REVISION


def test_a_newer_reading_of_the_log_makes_the_derived_tables_again(
    lived_in: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = lived_in.site.folder
    with sqlite3.connect(folder / DATABASE_FILE) as database:
        for table in ("records", "chunk_refs", "names"):
            database.execute(f"DELETE FROM {table}")
    database.close()
    assert check(lived_in.site).findings != []
    with open_site(folder) as unchanged:
        assert check(unchanged).findings != []
    monkeypatch.setattr("sync.server.rebuilding._PROJECTION", 99)
    with open_site(folder) as site:
        assert check(site).findings == []


def test_a_log_that_cannot_be_read_is_not_read_anew(
    lived_in: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite3.connect(lived_in.site.folder / DATABASE_FILE) as database:
        database.execute("UPDATE groups SET raw = x'c1' WHERE position = 3")
    database.close()
    monkeypatch.setattr("sync.server.rebuilding._PROJECTION", 99)
    with pytest.raises(DamagedData):
        open_site(lived_in.site.folder)


def test_records_of_a_kind_learned_later_get_their_owner(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sync.catalogue import CATALOGUE
    from sync.server import records

    reaction = CATALOGUE.by_name["reaction"]
    ann, ben = town.join("Ann"), town.join("Ben")
    target = bytes(16)
    record = reaction.id_for(town.community, target, ann.member, "thanks")
    values = {"target": target, "member": ann.member, "sort": "thanks", "given": True}
    with monkeypatch.context() as patch:  # the server as it was before it knew reactions
        older = {n: kind for n, kind in CATALOGUE.by_number.items() if kind is not reaction}
        patch.setattr(records.CATALOGUE, "by_number", older)
        ann.write(town.community, change("reaction", record, **values))
        ann.sync_all(direct(town.site))
    monkeypatch.setattr("sync.server.rebuilding._PROJECTION", 99)
    with open_site(town.site.folder) as site:
        ann.write(town.community, change("reaction", record, given=False))
        ann.sync_all(direct(site))
        ben.write(town.community, change("reaction", record, given=False))
        ben.sync_all(direct(site))
    assert ann.refused == {}
    assert list(ben.refused.values()) == ["not_owner"]
