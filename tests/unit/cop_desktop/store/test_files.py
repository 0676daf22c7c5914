"""Attachments: which are here, and which chunks have to move."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from cop_desktop.store import FileState, Replica, files
from cop_desktop.store.errors import Damaged, Missing
from cop_desktop.store.files import ASK_AGAIN_MS
from cop_desktop.store.garbage import AGE_MS
from cop_desktop.store.layout import Layout
from sync.core.chunks import Recipe, joined
from sync.core.handover import Piece
from sync.core.ids import Hash, Id
from sync.core.limits import CHUNK_BYTES
from sync.core.ops import Value
from tests.support.ledgers import Ledger, settle
from tests.support.replicas import BEN, COMMUNITY, ManualClock, enrolled, grow_old, new_id

CONTENT = b"".join(bytes([number]) * CHUNK_BYTES for number in range(3)) + b"end"


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(seed=2)


@pytest.fixture
def anna(tmp_path: Path) -> Iterator[Replica]:
    with enrolled(tmp_path / "anna") as replica:
        yield replica


@pytest.fixture
def ben(tmp_path: Path, clock: ManualClock) -> Iterator[Replica]:
    with enrolled(tmp_path / "ben", member=BEN, name="Ben", clock=clock) as replica:
        yield replica


def attach(replica: Replica, folder: Path, content: bytes = CONTENT) -> Id:
    path = folder / "kit.bin"
    path.write_bytes(content)
    return refer(replica, replica.files.import_file(path))


def refer(replica: Replica, recipe: Recipe, **more: Value) -> Id:
    fields = {
        "target": new_id(4),
        "name": "kit.bin",
        "media_type": "application/octet-stream",
        "size_bytes": recipe.size_bytes,
        "content_hash": recipe.content_hash,
        "chunks": joined(recipe.chunks),
        **more,
    }
    with replica.write() as action:
        return action.create("file_version", COMMUNITY, fields)


def state(replica: Replica, file: Id) -> FileState:
    return replica.files.states([file])[file].state


def move_all(sender: Replica, server: dict[Hash, bytes]) -> list[Hash]:
    """Ask and send, until nothing is unsure; what was sent, in order."""
    sent = []
    while asked := sender.sync_side.ask_missing():
        lacking = [chunk for chunk in asked if chunk not in server]
        for chunk in lacking:
            server[chunk] = sender.sync_side.read_chunk(chunk)
        sender.sync_side.note_present(asked)
        sent += lacking
    return sent


def test_what_is_attached_here_is_here_and_waits_to_be_sent(
    anna: Replica, tmp_path: Path, ledger: Ledger
) -> None:
    file = attach(anna, tmp_path)
    assert anna.files.states([file, new_id(1)])[file].missing_bytes == 0
    assert state(anna, file) is FileState.HERE
    assert anna.sync_side.ask_missing() == [], "the server does not know the reference yet"
    assert anna.waiting().up_bytes == 4 * CHUNK_BYTES
    settle(anna.sync_side, ledger)
    server: dict[Hash, bytes] = {}
    assert len(move_all(anna, server)) == 4
    assert b"".join(server.values()) == CONTENT
    assert anna.waiting().up_bytes == 0
    assert anna.sync_side.next_piece() is None


def test_the_server_is_asked_about_many_chunks_at_once_not_all(
    anna: Replica, tmp_path: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "ASK_AT_ONCE", 8)
    content = b"".join(number.to_bytes(2, "big") * (CHUNK_BYTES // 2) for number in range(12))
    attach(anna, tmp_path, content)
    settle(anna.sync_side, ledger)
    assert len(anna.sync_side.ask_missing()) == 8
    assert len(move_all(anna, {})) == 12


def test_a_file_in_the_trash_is_not_sent(anna: Replica, tmp_path: Path, ledger: Ledger) -> None:
    file = attach(anna, tmp_path)
    with anna.write() as action:
        action.delete("file_version", file)
    settle(anna.sync_side, ledger)
    assert anna.sync_side.ask_missing() == []
    with anna.write() as action:
        action.restore("file_version", file)
    settle(anna.sync_side, ledger)
    assert len(anna.sync_side.ask_missing()) == 4


def test_chunks_that_are_gone_from_the_disk_are_not_offered(
    anna: Replica, tmp_path: Path, ledger: Ledger
) -> None:
    attach(anna, tmp_path)
    settle(anna.sync_side, ledger)
    asked = anna.sync_side.ask_missing()
    for chunk in asked[:2]:
        anna.chunks.remove(chunk)
    assert anna.sync_side.ask_missing() == asked[2:]


def test_a_file_comes_when_it_is_wanted(
    anna: Replica, ben: Replica, tmp_path: Path, ledger: Ledger
) -> None:
    file = attach(anna, tmp_path)
    settle(anna.sync_side, ledger)
    settle(ben.sync_side, ledger)
    server: dict[Hash, bytes] = {}
    move_all(anna, server)
    standing = ben.files.states([file])[file]
    assert (standing.state, standing.wanted, standing.missing_bytes) == (
        FileState.NOT_HERE,
        False,
        len(CONTENT),
    )
    assert ben.sync_side.next_piece() is None
    changed = ben.files.want(file)
    assert {file, new_id(4)} == changed.records
    assert (changed.kinds, changed.spaces) == ({"file_version"}, {COMMUNITY})
    seen = []
    while (piece := ben.sync_side.next_piece()) is not None:
        assert isinstance(piece, Piece)
        assert not piece.upload
        standing = ben.files.states([file])[file]
        seen.append((standing.state, standing.wanted))
        assert file in ben.sync_side.keep_chunk(piece.chunk, server[piece.chunk]).records
    assert seen == [(FileState.NOT_HERE, True), *[(FileState.PARTIAL, True)] * 3]
    standing = ben.files.states([file])[file]
    assert (standing.state, standing.wanted, standing.missing_bytes) == (FileState.HERE, False, 0)
    ben.files.assemble(file, tmp_path / "out.bin")
    assert (tmp_path / "out.bin").read_bytes() == CONTENT
    assert ben.sync_side.ask_missing() == [], "it is not ours to send"


def test_a_file_whose_content_is_here_already_needs_nothing(
    anna: Replica, ben: Replica, tmp_path: Path, ledger: Ledger
) -> None:
    file = attach(anna, tmp_path)
    settle(anna.sync_side, ledger)
    settle(ben.sync_side, ledger)
    ben.files.import_file(tmp_path / "kit.bin")
    ben.files.want(file)
    assert state(ben, file) is FileState.HERE
    assert ben.sync_side.next_piece() is None


def test_a_chunk_that_nobody_has_is_asked_for_again_later_others_first(
    anna: Replica, ben: Replica, tmp_path: Path, ledger: Ledger, clock: ManualClock
) -> None:
    file = attach(anna, tmp_path)
    settle(anna.sync_side, ledger)
    settle(ben.sync_side, ledger)
    ben.files.want(file)
    first = ben.sync_side.next_piece()
    assert first is not None
    ben.sync_side.note_absent(first.chunk)
    assert state(ben, file) is FileState.NOBODY_HAS_IT
    second = ben.sync_side.next_piece()
    assert second is not None
    assert second != first
    for chunk in anna.sync_side.ask_missing():
        ben.sync_side.note_absent(chunk)
    assert ben.sync_side.next_piece() is None
    clock.turn(seconds=ASK_AGAIN_MS / 1000 + 1)
    assert ben.sync_side.next_piece() is not None


def test_what_is_wanted_first_comes_first_and_may_be_given_up(
    anna: Replica, ben: Replica, tmp_path: Path, ledger: Ledger, clock: ManualClock
) -> None:
    late, early = (attach(anna, tmp_path, bytes([number]) * 5) for number in (1, 2))
    settle(anna.sync_side, ledger)
    settle(ben.sync_side, ledger)
    for file in (early, late):
        ben.files.want(file)
        clock.turn(seconds=1)
    chunks = {
        file: Recipe(5, b"", tuple(anna.sync_side.ask_missing())).chunks for file in (early, late)
    }
    piece = ben.sync_side.next_piece()
    assert piece is not None
    assert anna.sync_side.read_chunk(piece.chunk) == b"\2" * 5
    assert ben.waiting().down_bytes == 2 * CHUNK_BYTES
    ben.files.unwant(early)
    piece = ben.sync_side.next_piece()
    assert piece is not None
    assert anna.sync_side.read_chunk(piece.chunk) == b"\1" * 5
    assert state(ben, early) is FileState.NOT_HERE
    assert len(chunks) == 2


def test_a_chunk_that_came_damaged_is_not_kept(
    anna: Replica, ben: Replica, tmp_path: Path, ledger: Ledger
) -> None:
    file = attach(anna, tmp_path)
    settle(anna.sync_side, ledger)
    settle(ben.sync_side, ledger)
    ben.files.want(file)
    piece = ben.sync_side.next_piece()
    assert piece is not None
    with pytest.raises(Damaged):
        ben.sync_side.keep_chunk(piece.chunk, b"something else")
    assert ben.sync_side.next_piece() == piece


def test_a_file_that_lost_a_chunk_can_be_wanted_again(anna: Replica, tmp_path: Path) -> None:
    file = attach(anna, tmp_path)
    lost = anna.files.import_file(tmp_path / "kit.bin").chunks[1]
    anna.chunks.remove(lost)
    with pytest.raises(Missing):
        anna.files.assemble(file, tmp_path / "out.bin")
    assert state(anna, file) is FileState.NOT_HERE
    anna.files.want(file)
    piece = anna.sync_side.next_piece()
    assert piece == Piece(lost, upload=False)


def test_a_file_of_which_no_record_is_here_cannot_be_wanted(anna: Replica, tmp_path: Path) -> None:
    with pytest.raises(Missing):
        anna.files.want(new_id(6))
    with pytest.raises(Missing):
        anna.files.assemble(new_id(6), tmp_path / "out.bin")


def test_a_reference_to_what_is_not_here_is_not_sent(anna: Replica, ledger: Ledger) -> None:
    file = refer(anna, Recipe(5, b"h" * 32, (b"c" * 16,)))
    settle(anna.sync_side, ledger)
    assert state(anna, file) is FileState.NOT_HERE
    assert anna.sync_side.ask_missing() == []


OLD = os.urandom(3 * CHUNK_BYTES)
NEW = OLD[:1000] + b"new words" + OLD[1000:]


@dataclass
class Versions:
    """Two versions at the writer, and all their chunks. fresh goes by a patch."""

    old: Id
    fresh: Id
    chunks: dict[Hash, bytes]
    patch: tuple[Hash, ...]


@pytest.fixture
def versions(anna: Replica, ben: Replica, tmp_path: Path, ledger: Ledger) -> Versions:
    """Of these Ben has the old one's content, and has heard of the new one."""
    old = attach(anna, tmp_path, OLD)
    (tmp_path / "kit.bin").write_bytes(NEW)
    recipe = anna.files.import_file(tmp_path / "kit.bin")
    patch = anna.files.patch(old, recipe)
    assert patch is not None
    fresh = refer(anna, recipe, patch_of=old, patch=joined(patch.chunks), patch_bytes=100)
    settle(anna.sync_side, ledger)
    settle(ben.sync_side, ledger)
    (tmp_path / "kit.bin").write_bytes(OLD)
    ben.files.import_file(tmp_path / "kit.bin")
    ben.files.want(old)
    names = [*recipe.chunks, *patch.chunks, *anna.sync_side.ask_missing()]
    chunks = {name: anna.sync_side.read_chunk(name) for name in names}
    return Versions(old, fresh, chunks, patch.chunks)


def fetched(replica: Replica, chunks: dict[Hash, bytes]) -> list[Hash]:
    """Fetch all that is wanted and can be had from those; what came, in order."""
    came = []
    while (piece := replica.sync_side.next_piece()) is not None:
        if piece.chunk in chunks:
            replica.sync_side.keep_chunk(piece.chunk, chunks[piece.chunk])
            came.append(piece.chunk)
        else:
            replica.sync_side.note_absent(piece.chunk)
    return came


def test_who_has_the_old_version_fetches_the_patch_alone(
    ben: Replica, versions: Versions, tmp_path: Path
) -> None:
    standing = ben.files.states([versions.fresh])[versions.fresh]
    assert (standing.state, standing.missing_bytes) == (FileState.NOT_HERE, 100)
    ben.files.want(versions.fresh)
    standing = ben.files.states([versions.fresh])[versions.fresh]
    assert (standing.state, standing.missing_bytes) == (FileState.NOT_HERE, 100)
    assert fetched(ben, versions.chunks) == list(versions.patch)
    assert state(ben, versions.fresh) is FileState.HERE
    ben.files.assemble(versions.fresh, tmp_path / "out.bin")
    assert (tmp_path / "out.bin").read_bytes() == NEW


def test_a_patch_that_the_server_lacks_gives_way_to_the_whole(
    ben: Replica, versions: Versions
) -> None:
    ben.files.want(versions.fresh)
    del versions.chunks[versions.patch[0]]
    assert len(fetched(ben, versions.chunks)) >= 3
    assert state(ben, versions.fresh) is FileState.HERE


def test_while_the_server_has_neither_both_are_asked_for_again_later_the_patch_first(
    ben: Replica, versions: Versions, clock: ManualClock
) -> None:
    ben.files.want(versions.fresh)
    assert fetched(ben, {}) == []
    assert state(ben, versions.fresh) is FileState.NOBODY_HAS_IT
    clock.turn(seconds=ASK_AGAIN_MS / 1000 + 1)
    assert fetched(ben, versions.chunks) == list(versions.patch)
    assert state(ben, versions.fresh) is FileState.HERE


def test_a_patch_that_does_not_apply_gives_way_to_the_whole(
    ben: Replica, versions: Versions, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ben.files.want(versions.fresh)
    with ben.read() as rows:
        table = ben.tables["file_version"]
        old = rows.scalar(select(table.c.chunks).where(table.c.id == versions.old))
    rotten = Layout(tmp_path / "ben").chunks / old[:1].hex() / old[1:2].hex() / old[:16].hex()
    rotten.write_bytes(b"rust")
    came = fetched(ben, versions.chunks)
    assert came[0] == versions.patch[0]
    assert len(came) > 1
    assert state(ben, versions.fresh) is FileState.HERE
    assert "does not apply" in caplog.text


def test_a_file_whose_patch_came_before_a_crash_is_made_when_its_chunk_comes_again(
    ben: Replica, versions: Versions, monkeypatch: pytest.MonkeyPatch
) -> None:
    ben.files.want(versions.fresh)
    with monkeypatch.context() as patch:
        patch.setattr(type(ben.files), "_made", crash)
        with pytest.raises(RuntimeError):
            fetched(ben, versions.chunks)
    assert state(ben, versions.fresh) is FileState.NOT_HERE
    assert fetched(ben, versions.chunks) == list(versions.patch)
    assert state(ben, versions.fresh) is FileState.HERE


def crash(*_: object) -> bool:
    raise RuntimeError


def test_an_own_version_goes_by_its_patch_once_the_old_one_has_gone(
    anna: Replica, versions: Versions
) -> None:
    assert anna.sync_side.next_patched() is None
    assert anna.waiting().up_bytes == 3 * CHUNK_BYTES + 100
    assert len(move_all(anna, {})) == 3
    patched = anna.sync_side.next_patched()
    assert patched is not None
    assert (patched.space, patched.file, patched.chunks) == (
        COMMUNITY,
        versions.fresh,
        versions.patch,
    )
    anna.sync_side.note_made(versions.fresh)
    assert anna.sync_side.next_patched() is None
    assert anna.waiting().up_bytes == 0


def test_an_own_version_that_the_server_cannot_make_goes_whole(
    anna: Replica, versions: Versions
) -> None:
    server: dict[Hash, bytes] = {}
    move_all(anna, server)
    anna.sync_side.send_whole(versions.fresh)
    assert anna.sync_side.next_patched() is None
    assert move_all(anna, server)
    assert set(versions.chunks) - set(versions.patch) <= set(server)


def test_patches_are_no_garbage(
    anna: Replica, versions: Versions, tmp_path: Path, clock: ManualClock
) -> None:
    grow_old(anna, clock, AGE_MS + 1000)
    anna.garbage.collect()
    assert anna.chunks.missing(versions.patch) == []


def test_what_is_wanted_at_once_comes_first_whatever_it_costs(
    anna: Replica, ben: Replica, tmp_path: Path, ledger: Ledger, clock: ManualClock
) -> None:
    patient, urgent = (attach(anna, tmp_path, bytes([number]) * 5) for number in (1, 2))
    settle(anna.sync_side, ledger)
    settle(ben.sync_side, ledger)
    ben.files.want(patient)
    assert ben.sync_side.next_piece(cheap=False) is None
    clock.turn(seconds=1)
    ben.files.want(urgent, at_once=True)
    assert [s.at_once for s in ben.files.states([patient, urgent]).values()] == [False, True]
    piece = ben.sync_side.next_piece()
    assert piece is not None
    assert piece == ben.sync_side.next_piece(cheap=False)
    assert anna.sync_side.read_chunk(piece.chunk) == b"\2" * 5
    ben.files.want(urgent)
    assert ben.sync_side.next_piece(cheap=False) is None
