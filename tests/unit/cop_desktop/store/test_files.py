"""Attachments: which are here, and which chunks have to move."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from cop_desktop.store import FileState, Replica, files
from cop_desktop.store.errors import Damaged, Missing
from cop_desktop.store.files import ASK_AGAIN_MS, GARBAGE_AGE_MS
from cop_desktop.store.layout import Layout
from sync.core.chunks import Recipe, joined
from sync.core.handover import Piece
from sync.core.ids import Hash, Id
from sync.core.limits import CHUNK_BYTES
from tests.support.ledgers import Ledger, settle
from tests.support.replicas import BEN, COMMUNITY, ManualClock, enrolled, new_id

CONTENT = b"".join(bytes([number]) * CHUNK_BYTES for number in range(3)) + b"end"


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(seed=2)


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


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


def refer(replica: Replica, recipe: Recipe) -> Id:
    fields = {
        "target": new_id(4),
        "name": "kit.bin",
        "media_type": "application/octet-stream",
        "size_bytes": recipe.size_bytes,
        "content_hash": recipe.content_hash,
        "chunks": joined(recipe.chunks),
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


def make_old(replica_folder: Path, clock: ManualClock) -> None:
    old_s = (clock.now_ms - GARBAGE_AGE_MS - 1000) / 1000
    for path in Layout(replica_folder).chunks.glob("??/??/*"):
        os.utime(path, (old_s, old_s))


def test_garbage_is_what_nothing_refers_to_for_a_month(
    ben: Replica, tmp_path: Path, clock: ManualClock
) -> None:
    file = attach(ben, tmp_path)
    trashed = attach(ben, tmp_path, b"trashed")
    with ben.write() as action:
        action.delete("file_version", trashed)
    loose = tmp_path / "loose.bin"
    loose.write_bytes(b"never attached")
    in_draft = tmp_path / "draft.bin"
    in_draft.write_bytes(b"in a draft")
    [garbage] = ben.files.import_file(loose).chunks
    kept = ben.files.import_file(in_draft).chunks
    assert ben.files.collect_garbage(kept) == 0, "too young"
    make_old(tmp_path / "ben", clock)
    assert ben.files.collect_garbage(kept) == 1
    assert not ben.chunks.has(garbage)
    assert ben.chunks.missing(kept) == []
    for one in (file, trashed):
        ben.files.assemble(one, tmp_path / "out.bin")


def test_nothing_is_garbage_while_there_are_records_that_cannot_be_read(
    ben: Replica, tmp_path: Path, clock: ManualClock
) -> None:
    loose = tmp_path / "loose.bin"
    loose.write_bytes(b"perhaps attached by a newer program")
    ben.files.import_file(loose)
    make_old(tmp_path / "ben", clock)
    other = {"kind": 999, "id": b"i" * 16, "space": COMMUNITY, "rest": b"\x96\x80"}
    with ben._database.write() as connection:
        connection.execute(ben.tables.others.insert(), other)
    assert ben.files.collect_garbage() == 0
