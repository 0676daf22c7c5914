"""Room on the disk: what the server gives again may go, and nothing else."""

import os
from pathlib import Path

import pytest

from cop_desktop.services.library import Library
from cop_desktop.services.storage import Storage
from cop_desktop.store import FileState, Replica
from cop_desktop.store.rechecking import begin
from sync.core.ids import Id, id_text
from sync.core.limits import CHUNK_BYTES
from tests.support.fetched_files import age, attached, fetch
from tests.support.village import Village

SAME = b"s" * CHUNK_BYTES
"""A chunk that two files may have in common."""


def state(replica: Replica, file: Id) -> FileState:
    return replica.files.states([file])[file].state


@pytest.fixture
def storage(village: Village, tmp_path: Path) -> Storage:
    return Storage(village.ben, tmp_path / "opened")


def test_what_was_fetched_goes_and_can_be_fetched_again(
    village: Village, storage: Storage, tmp_path: Path
) -> None:
    anna, ben = village.anna, village.ben
    large = attached(anna, tmp_path, "large.pdf", b"a" * 90_000 + SAME)
    small = attached(anna, tmp_path, "small.pdf", b"b" * 5_000)
    village.meet()
    fetch(ben, anna, large, small)
    age(ben)
    assert [(one.name, one.within) for one in storage.fetched()] == [
        ("large.pdf", "About large.pdf"),
        ("small.pdf", "About small.pdf"),
    ]
    before = storage.use()
    assert before.fetched_files == 2
    made = storage.remove([large])
    assert (made.files, made.size_bytes) == (1, 90_000 + CHUNK_BYTES)
    assert large in made.changed.records
    assert state(ben, large) is FileState.NOT_HERE
    assert state(ben, small) is FileState.HERE
    assert storage.use().files_bytes == before.files_bytes - made.size_bytes == 5_000
    fetch(ben, anna, large)
    assert state(ben, large) is FileState.HERE


def test_what_one_attached_oneself_is_never_offered(
    village: Village, storage: Storage, tmp_path: Path
) -> None:
    mine = attached(village.ben, tmp_path, "mine.pdf", b"m" * 9_000)
    village.meet()
    village.ben.files.note_present(village.ben.files.next_to_ask())  # and the server has it
    age(village.ben)
    assert storage.fetched() == ()
    assert storage.remove([mine]).files == 0
    assert state(village.ben, mine) is FileState.HERE


def test_a_file_of_which_something_waits_to_go_stays(
    village: Village, storage: Storage, tmp_path: Path
) -> None:
    file = attached(village.anna, tmp_path, "plan.pdf", b"p" * 9_000)
    village.meet()
    fetch(village.ben, village.anna, file)
    age(village.ben)
    assert [one.id for one in storage.fetched()] == [file]
    with village.ben.write() as action:
        action.set("file_version", file, {"note": "Mine to add"})
    assert storage.fetched() == ()
    assert storage.remove([file]).files == 0


def test_a_chunk_that_another_file_needs_stays(
    village: Village, storage: Storage, tmp_path: Path
) -> None:
    anna, ben = village.anna, village.ben
    first = attached(anna, tmp_path, "first.pdf", SAME + b"1" * 500)
    second = attached(anna, tmp_path, "second.pdf", SAME + b"2" * 700)
    village.meet()
    fetch(ben, anna, first, second)
    age(ben)
    assert storage.remove([first]).size_bytes == 500
    out = Library(ben).export_copy(second, tmp_path / "again.pdf")
    assert out.read_bytes() == SAME + b"2" * 700


def test_what_is_being_attached_at_this_moment_loses_nothing(
    village: Village, storage: Storage, tmp_path: Path
) -> None:
    anna, ben = village.anna, village.ben
    file = attached(anna, tmp_path, "plan.pdf", b"p" * 9_000)
    village.meet()
    fetch(ben, anna, file)
    age(ben)
    now_s = ben.now_ms() / 1000
    recipe = ben.files.import_file(tmp_path / "plan.pdf")  # the same content, not attached yet
    for path in ben.layout.chunks.rglob("*"):
        if path.is_file():
            os.utime(path, (now_s, now_s))
    assert storage.remove([file]).size_bytes == 0
    assert ben.chunks.missing(recipe.chunks) == []


def test_what_a_restored_server_may_lack_stays_until_it_was_asked_about(
    village: Village, storage: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cop_desktop.store.rechecking._FILES_AT_ONCE", 1)
    anna, ben = village.anna, village.ben
    files = sorted(attached(anna, tmp_path, f"{n}.pdf", bytes([n]) * 9_000) for n in range(2))
    village.meet()
    fetch(ben, anna, *files)
    age(ben)
    with ben._database.write() as connection:
        begin(connection)
    assert storage.fetched() == ()
    assert storage.remove(files).files == 0
    ben.files.rechecking.note_lacking(ben.files.rechecking.next_to_ask(), ())
    assert [one.id for one in storage.fetched()] == files[:1]
    assert storage.remove(files).files == 1
    ben.files.rechecking.note_lacking(ben.files.rechecking.next_to_ask(), ())
    assert ben.files.rechecking.next_to_ask() == []
    assert storage.remove(files).files == 1


def test_what_is_to_be_kept_stays_until_it_may_go(
    village: Village, storage: Storage, tmp_path: Path
) -> None:
    file = attached(village.anna, tmp_path, "plan.pdf", b"p" * 9_000)
    village.meet()
    fetch(village.ben, village.anna, file)
    age(village.ben)
    storage.keep([file])
    assert [one.kept for one in storage.fetched()] == [True]
    assert storage.remove([file]).files == 0
    storage.keep([])
    assert storage.remove([file]).files == 1


def test_copies_that_other_programs_opened_can_go(
    village: Village, storage: Storage, tmp_path: Path
) -> None:
    file = attached(village.ben, tmp_path, "mine.pdf", b"m" * 9_000)
    library = Library(village.ben, cache_dir=tmp_path / "opened")
    copy = library.local_path(file)
    assert storage.use().copies_bytes == 9_000
    assert storage.remove_copies() == 9_000
    assert not copy.exists()
    assert storage.use().copies_bytes == 0
    assert library.local_path(file).exists()


def test_copies_of_files_that_are_here_no_more_go_by_themselves(
    village: Village, storage: Storage, tmp_path: Path
) -> None:
    mine = attached(village.ben, tmp_path, "mine.pdf", b"m" * 900)
    copies = tmp_path / "opened"
    kept = Library(village.ben, cache_dir=copies).local_path(mine)
    gone = copies / id_text(b"g" * 16) / "of others.pdf"
    gone.parent.mkdir(parents=True)
    gone.write_bytes(b"o" * 70)
    gone.chmod(0o400)
    assert storage.remove_stale_copies() == 70
    assert kept.exists()
    assert not gone.exists()


def test_everything_on_the_disk_is_counted(village: Village, storage: Storage) -> None:
    village.ben.back_up()
    use = storage.use()
    assert use.words_bytes > 0
    assert use.backups == 1
    assert use.backups_bytes > 0
    assert use.free_bytes > 0
    assert use.all_bytes >= use.words_bytes + use.backups_bytes
