"""Content that the server should have: asked about again when it may have lost it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from cop_desktop.store import FileState, Replica
from cop_desktop.store.kept import FACTS
from cop_desktop.store.rechecking import EVERY_MS, begin
from sync.core.chunks import Recipe, joined
from sync.core.ids import Hash, Id
from sync.core.limits import CHUNK_BYTES
from tests.support.ledgers import Ledger, exchange, settle
from tests.support.replicas import BEN, COMMUNITY, ManualClock, enrolled, new_id


@dataclass
class Attached:
    """A file on a replica, whose content the server acknowledged."""

    id: Id
    recipe: Recipe


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(seed=1, step_ms=7)


@pytest.fixture
def anna(tmp_path: Path, clock: ManualClock) -> Iterator[Replica]:
    with enrolled(tmp_path / "anna", clock=clock) as replica:
        yield replica


@pytest.fixture
def file(anna: Replica, ledger: Ledger, tmp_path: Path) -> Attached:
    attached = attach(anna, tmp_path / "map.bin", bytes(CHUNK_BYTES) + b"end")
    settle(anna.sync_side, ledger)
    acknowledge(anna)
    return attached


def attach(replica: Replica, path: Path, content: bytes) -> Attached:
    path.write_bytes(content)
    recipe = replica.files.import_file(path)
    fields = {
        "target": new_id(4),
        "name": path.name,
        "media_type": "application/octet-stream",
        "size_bytes": recipe.size_bytes,
        "content_hash": recipe.content_hash,
        "chunks": joined(recipe.chunks),
    }
    with replica.write() as action:
        return Attached(action.create("file_version", COMMUNITY, fields), recipe)


def acknowledge(replica: Replica) -> None:
    """The server has all that it is asked about."""
    while asked := replica.sync_side.ask_missing():
        replica.sync_side.note_lacking(asked, ())
        replica.sync_side.note_present(asked)


def note_due(replica: Replica) -> None:
    with replica._database.write() as connection:
        begin(connection)


def asked_and_lacking(replica: Replica, lacking: list[Hash]) -> None:
    asked = replica.sync_side.ask_missing()
    replica.sync_side.note_lacking(asked, lacking)
    replica.sync_side.note_present([chunk for chunk in asked if chunk not in lacking])


def test_nothing_is_asked_about_twice_without_a_reason(anna: Replica, file: Attached) -> None:
    assert anna.sync_side.ask_missing() == []


def test_a_server_in_another_life_is_asked_about_all_that_is_here(
    anna: Replica, ledger: Ledger, file: Attached
) -> None:
    ledger.epoch = b"another epoch..."
    exchange(anna.sync_side, ledger)
    assert set(anna.sync_side.ask_missing()) == set(file.recipe.chunks)


def test_a_server_that_lost_groups_is_asked_too(
    anna: Replica, ledger: Ledger, file: Attached
) -> None:
    ledger.groups.clear()
    settle(anna.sync_side, ledger)
    assert set(anna.sync_side.ask_missing()) == set(file.recipe.chunks)


def test_what_it_lacks_waits_to_go_until_it_is_there(anna: Replica, file: Attached) -> None:
    note_due(anna)
    last = file.recipe.chunks[-1]
    asked_and_lacking(anna, [last])
    assert anna.waiting().up_bytes == CHUNK_BYTES
    assert anna.sync_side.ask_missing() == [last]
    acknowledge(anna)
    assert anna.waiting().up_bytes == 0
    assert anna.sync_side.ask_missing() == []


def test_it_goes_on_where_it_was_after_a_start(
    anna: Replica, file: Attached, tmp_path: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cop_desktop.store.rechecking._FILES_AT_ONCE", 1)
    other = attach(anna, tmp_path / "list.bin", b"another file")
    settle(anna.sync_side, ledger)
    acknowledge(anna)
    first, second = sorted((file, other), key=lambda one: one.id)
    note_due(anna)
    asked_and_lacking(anna, [])
    anna.files.rechecking._asked = None  # as after a start
    assert anna.sync_side.ask_missing() == list(dict.fromkeys(second.recipe.chunks))
    acknowledge(anna)
    with anna.read() as rows:
        assert "recheck_after" not in rows.scalars(FACTS.select()).all()
    assert first.id != second.id


def test_files_of_others_are_asked_about_where_they_are_here(
    anna: Replica, file: Attached, ledger: Ledger, tmp_path: Path
) -> None:
    with enrolled(tmp_path / "ben", member=BEN, name="Ben", clock=ManualClock(seed=2)) as ben:
        settle(ben.sync_side, ledger)
        note_due(ben)
        assert ben.sync_side.ask_missing() == [], "it is not here"
        ben.files.want(file.id)
        for chunk in file.recipe.chunks:
            ben.sync_side.keep_chunk(chunk, anna.sync_side.read_chunk(chunk))
        note_due(ben)
        asked_and_lacking(ben, list(file.recipe.chunks))
        assert set(ben.sync_side.ask_missing()) == set(file.recipe.chunks)


def test_everything_is_asked_about_once_a_month(
    anna: Replica, file: Attached, clock: ManualClock
) -> None:
    anna.files.rechecking.begin_if_due()
    assert anna.sync_side.ask_missing() == [], "from the first time on"
    clock.turn(seconds=EVERY_MS / 1000 + 1)
    anna.files.rechecking.begin_if_due()
    assert anna.sync_side.ask_missing() != []


def test_what_is_gone_before_it_was_sent_is_wanted_and_not_called_sent(
    anna: Replica, ledger: Ledger, tmp_path: Path
) -> None:
    attached = attach(anna, tmp_path / "photo.bin", b"only here")
    settle(anna.sync_side, ledger)
    [chunk] = attached.recipe.chunks
    anna.chunks.remove(chunk)
    assert anna.sync_side.ask_missing() == []
    waiting = anna.waiting()
    assert (waiting.up_bytes, waiting.down_bytes) == (0, CHUNK_BYTES)
    standing = anna.files.states([attached.id])[attached.id]
    assert (standing.state, standing.wanted) == (FileState.NOT_HERE, True)
    piece = anna.sync_side.next_piece()
    assert piece is not None
    assert piece.chunk == chunk
