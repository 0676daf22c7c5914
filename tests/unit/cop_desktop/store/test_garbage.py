"""Chunks that nothing refers to: which go, and when."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cop_desktop.store import Replica
from cop_desktop.store.garbage import AGE_MS, LET_GO_AFTER_MS
from sync.core.chunks import Recipe
from sync.core.ids import Id
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
