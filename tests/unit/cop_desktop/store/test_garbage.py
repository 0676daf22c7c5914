"""Chunks that nothing refers to: which go, and when."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from cop_desktop.store import Replica, garbage
from cop_desktop.store.garbage import AGE_MS, LET_GO_AFTER_MS
from sync.core.chunks import Recipe
from sync.core.ids import Hash, Id
from tests.support.ledgers import Ledger, exchange, settle
from tests.support.replicas import BEN, COMMUNITY, ManualClock, enrolled, grow_old, new_id


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(seed=2)


@pytest.fixture
def ben(tmp_path: Path, clock: ManualClock) -> Iterator[Replica]:
    with enrolled(tmp_path / "ben", member=BEN, name="Ben", clock=clock) as replica:
        yield replica


def imported(replica: Replica, folder: Path, content: bytes) -> Recipe:
    path = folder / "some.bin"
    path.write_bytes(content)
    return replica.files.import_file(path)


def attach(replica: Replica, recipe: Recipe) -> Id:
    fields = {
        "target": new_id(4),
        "name": "kit.bin",
        "media_type": "application/octet-stream",
        "size_bytes": recipe.size_bytes,
        "content_hash": recipe.content_hash,
        "chunks": b"".join(recipe.chunks),
    }
    with replica.write() as action:
        return action.create("file_version", COMMUNITY, fields)


def test_garbage_is_what_nothing_refers_to_for_a_month(
    ben: Replica, tmp_path: Path, clock: ManualClock
) -> None:
    files = [attach(ben, imported(ben, tmp_path, words)) for words in (b"used", b"trashed")]
    with ben.write() as action:
        action.delete("file_version", files[1])
    loose = imported(ben, tmp_path, b"never attached")
    grow_old(ben, clock, AGE_MS - 1000)
    assert ben.garbage.collect() == 0, "too young"
    grow_old(ben, clock, AGE_MS + 1000)
    assert ben.garbage.collect() == 1
    assert ben.chunks.missing(loose.chunks) == list(loose.chunks)
    for file in files:
        ben.files.assemble(file, tmp_path / "out.bin")


def test_nothing_is_garbage_while_there_are_records_that_cannot_be_read(
    ben: Replica, tmp_path: Path, clock: ManualClock
) -> None:
    imported(ben, tmp_path, b"perhaps attached by a newer program")
    grow_old(ben, clock, AGE_MS + 1000)
    other = {"kind": 999, "id": b"i" * 16, "space": COMMUNITY, "rest": b"\x96\x80"}
    with ben._database.write() as connection:
        connection.execute(ben.tables.others.insert(), other)
    assert ben.garbage.collect() == 0


def test_while_garbage_is_looked_for_others_write_and_what_they_refer_to_stays(
    ben: Replica, tmp_path: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = (b"attached meanwhile", b"taken in meanwhile", b"one", b"two", b"three")
    attached, taken_in, *loose = [imported(ben, tmp_path, content) for content in words]
    grow_old(ben, clock, AGE_MS + 1000)
    older_than, batches = ben.chunks.older_than, []

    def looked_for(moment_ms: int) -> Iterator[Hash]:
        yield from older_than(moment_ms)
        attach(ben, attached)  # a write inside a write would raise
        imported(ben, tmp_path, words[1])

    def counted(found: object, chunks: Sequence[Hash]) -> int:
        batches.append(chunks)
        return delete(found, chunks)

    delete = ben.garbage._delete
    monkeypatch.setattr(ben.chunks, "older_than", looked_for)
    monkeypatch.setattr(ben.garbage, "_delete", counted)
    monkeypatch.setattr(garbage, "_BATCH", 2)
    assert ben.garbage.collect() == len(loose)
    assert [len(batch) for batch in batches] == [2, 2, 1]
    assert ben.chunks.missing([*attached.chunks, *taken_in.chunks]) == []


def test_what_is_let_go_of_while_garbage_is_deleted_is_not_forgotten(
    ben: Replica, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    older_than = ben.chunks.older_than

    def looked_for(moment_ms: int) -> Iterator[Hash]:
        yield from older_than(moment_ms)
        with ben._database.write() as connection:
            garbage.note_let_go(connection)

    with ben._database.write() as connection:
        garbage.note_let_go(connection)
    assert not ben.garbage.is_due()
    clock.turn(seconds=LET_GO_AFTER_MS / 1000 + 1)
    assert ben.garbage.is_due()
    with monkeypatch.context() as patch:
        patch.setattr(ben.chunks, "older_than", looked_for)
        ben.garbage.collect()
    assert not ben.garbage.is_due()
    clock.turn(seconds=LET_GO_AFTER_MS / 1000 + 1)
    assert ben.garbage.is_due()
    ben.garbage.collect()
    assert not ben.garbage.is_due()


def test_files_of_a_community_that_was_let_go_of_are_deleted_soon(
    ben: Replica, tmp_path: Path, clock: ManualClock
) -> None:
    ledger = Ledger()
    recipe = imported(ben, tmp_path, b"of others")
    with enrolled(tmp_path / "anna", clock=ManualClock(seed=1, step_ms=7)) as anna:
        theirs = attach(anna, recipe)
        settle(anna.sync_side, ledger)
    settle(ben.sync_side, ledger)
    ben.files.assemble(theirs, tmp_path / "out.bin")
    mine = attach(ben, imported(ben, tmp_path, b"my own"))
    grow_old(ben, clock, 60_000)
    ledger.lost = [COMMUNITY]
    exchange(ben.sync_side, ledger)
    assert not ben.garbage.is_due(), "something may just be being attached"
    assert ben.garbage.collect() == 0
    clock.turn(seconds=LET_GO_AFTER_MS / 1000 + 1)
    attached_now = imported(ben, tmp_path, b"not in a record yet")
    assert ben.garbage.is_due()
    assert ben.garbage.collect() == 1
    assert ben.chunks.missing(recipe.chunks) == list(recipe.chunks)
    assert ben.chunks.missing(attached_now.chunks) == []
    ben.files.assemble(mine, tmp_path / "out.bin")
    assert not ben.garbage.is_due()


def test_a_clock_put_back_starts_the_wait_anew(ben: Replica, clock: ManualClock) -> None:
    ledger = Ledger()
    ledger.lost = [COMMUNITY]
    settle(ben.sync_side, ledger)
    assert not ben.garbage.is_due()
    clock.now_ms -= 10 * AGE_MS
    assert not ben.garbage.is_due()
    clock.turn(seconds=LET_GO_AFTER_MS / 1000 + 1)
    assert ben.garbage.is_due()
