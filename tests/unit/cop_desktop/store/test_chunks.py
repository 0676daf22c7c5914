"""Chunks on disk."""

import errno
import os
from pathlib import Path

import pytest

from cop_desktop.store.chunks import ChunkStore
from cop_desktop.store.errors import Damaged, DiskFull, Missing, ReadOnly, Refused
from sync.core import chunks as core_chunks
from sync.core.chunks import Recipe, chunk_hash
from sync.core.limits import CHUNK_BYTES

CONTENT = bytes(range(256)) * 2_000  # three chunks and a part


@pytest.fixture
def store(tmp_path: Path) -> ChunkStore:
    return ChunkStore(tmp_path / "chunks")


def imported(store: ChunkStore, folder: Path, content: bytes = CONTENT) -> Recipe:
    path = folder / "file.bin"
    path.write_bytes(content)
    return store.import_file(path)


@pytest.mark.parametrize("content", [b"", b"x", b"y" * CHUNK_BYTES, CONTENT])
def test_a_file_comes_back_as_it_was(store: ChunkStore, tmp_path: Path, content: bytes) -> None:
    recipe = imported(store, tmp_path, content)
    assert recipe.size_bytes == len(content)
    target = tmp_path / "back.bin"
    target.write_bytes(b"what was there before")
    store.assemble(recipe, target)
    assert target.read_bytes() == content
    assert store.missing(recipe.chunks) == []
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == [
        "back.bin",
        "file.bin",
    ]


def test_chunks_lie_in_two_levels_of_folders(store: ChunkStore, tmp_path: Path) -> None:
    name = chunk_hash(b"x")
    store.put(name, b"x")
    text = name.hex()
    assert (tmp_path / "chunks" / text[:2] / text[2:4] / text).read_bytes() == b"x"
    store.put(name, b"x")
    assert store.read(name) == b"x"


def test_what_is_missing_is_named_once_in_order(store: ChunkStore, tmp_path: Path) -> None:
    recipe = imported(store, tmp_path)
    first, *_, last = recipe.chunks
    store.remove(first)
    store.remove(last)
    store.remove(last)
    assert store.missing([last, first, last, recipe.chunks[1]]) == [last, first]
    with pytest.raises(Missing):
        store.assemble(recipe, tmp_path / "back.bin")
    assert not (tmp_path / "back.bin").exists()


def test_content_that_is_not_what_its_name_says_is_not_kept(store: ChunkStore) -> None:
    name = chunk_hash(b"right")
    with pytest.raises(Damaged):
        store.put(name, b"wrong")
    assert not store.has(name)


def test_a_chunk_that_was_damaged_is_removed_to_be_had_again(
    store: ChunkStore, tmp_path: Path
) -> None:
    name = chunk_hash(b"right")
    store.put(name, b"right")
    text = name.hex()
    (tmp_path / "chunks" / text[:2] / text[2:4] / text).write_bytes(b"rigth")
    with pytest.raises(Damaged):
        store.read(name)
    assert not store.has(name)
    with pytest.raises(Missing):
        store.read(name)


def test_a_file_whose_reference_lies_is_not_handed_out(store: ChunkStore, tmp_path: Path) -> None:
    recipe = imported(store, tmp_path)
    lie = Recipe(recipe.size_bytes, b"h" * 32, recipe.chunks)
    with pytest.raises(Damaged):
        store.assemble(lie, tmp_path / "back.bin")
    assert not (tmp_path / "back.bin").exists()


def test_a_file_that_is_too_large_is_refused(
    store: ChunkStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(core_chunks, "MAX_ATTACHMENT_BYTES", CHUNK_BYTES)
    with pytest.raises(Refused):
        imported(store, tmp_path)


def test_a_full_disk_leaves_no_half_chunk(
    store: ChunkStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    name = chunk_hash(b"x")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        store.put(name, b"x")
    assert not store.has(name)


def test_a_file_that_may_not_be_read_says_so(
    store: ChunkStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_arguments: object, **_options: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", "file.bin")

    monkeypatch.setattr(Path, "open", forbidden)
    with pytest.raises(ReadOnly):
        store.import_file(tmp_path / "file.bin")


def test_a_file_that_is_gone_is_not_called_forbidden(store: ChunkStore, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        store.import_file(tmp_path / "never there.bin")


def test_bringing_a_file_in_again_makes_its_chunks_young(store: ChunkStore, tmp_path: Path) -> None:
    recipe = imported(store, tmp_path)
    for path in (tmp_path / "chunks").glob("??/??/*"):
        os.utime(path, (1_000, 1_000))
    (tmp_path / "chunks" / "aa" / "bb").mkdir(parents=True, exist_ok=True)
    (tmp_path / "chunks" / "aa" / "bb" / "half.new").touch()
    assert set(store.older_than(2_000_000)) == set(recipe.chunks)
    imported(store, tmp_path)
    assert list(store.older_than(2_000_000)) == []
