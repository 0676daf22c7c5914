"""A new version that comes as a patch: the server makes the whole, or asks for it."""

import random
from dataclasses import dataclass

import msgspec
import pytest

from sync.core.chunks import Recipe, chunk_hash, joined, pieces_of, recipe_of
from sync.core.ids import Hash, Id
from sync.core.limits import CHUNK_BYTES
from sync.core.patching import made_patch
from sync.server.errors import Problem
from tests.server.conftest import Town, assert_problem
from tests.server.test_chunks import ChunkClient
from tests.support.replica_model import ModelReplica, direct
from tests.support.server_records import new

Served = tuple[str, Town]
DICE = random.Random(3)
OLD = DICE.randbytes(4 * CHUNK_BYTES + 77)
NEW = OLD[:200_000] + DICE.randbytes(5_000) + OLD[200_000:]


@dataclass
class Sent:
    """A version that the server knows of. pieces: of its content and patch, by name."""

    id: Id
    recipe: Recipe
    patch: tuple[Hash, ...]
    pieces: dict[Hash, bytes]


def version(
    town: Town, replica: ModelReplica, content: bytes, of: Id | None = None, patch: bytes = b""
) -> Sent:
    pieces, of_patch = list(pieces_of(content)), list(pieces_of(patch))
    recipe = recipe_of(pieces)
    names = tuple(map(chunk_hash, of_patch))
    more = {} if of is None else {"patch_of": of, "patch": joined(names), "patch_bytes": len(patch)}
    op = new(
        "file_version",
        target=bytes(16),
        name="plan.bin",
        media_type="application/octet-stream",
        size_bytes=recipe.size_bytes,
        content_hash=recipe.content_hash,
        chunks=joined(recipe.chunks),
        **more,
    )
    group = replica.write(town.community, op)
    replica.sync_all(direct(town.site))
    assert replica.refused == {}
    known = dict(zip((*recipe.chunks, *names), (*pieces, *of_patch), strict=True))
    return Sent(next(iter(group.known_ops())).record, recipe, names, known)


class Uploader(ChunkClient):
    def lacking(self, town: Town, sent: Sent) -> list[Hash]:
        body = town.community + sent.id
        assert self.call("POST", "/v1/chunks/patched", body).status_code == 200
        return list(msgspec.msgpack.decode(self.content, type=list[bytes]))

    def send(self, sent: Sent, names: list[Hash]) -> None:
        for name in names:
            assert self.put(name, sent.pieces[name]).status_code == 200


@pytest.fixture
def ann(served: Served) -> ModelReplica:
    return served[1].join("Ann")


@pytest.fixture
def anns(served: Served, ann: ModelReplica) -> Uploader:
    return Uploader(served[0], ann)


@pytest.fixture
def old(served: Served, ann: ModelReplica, anns: Uploader) -> Sent:
    """The old version, its content at the server."""
    sent = version(served[1], ann, OLD)
    anns.send(sent, list(sent.recipe.chunks))
    return sent


def patch() -> bytes:
    made = made_patch(OLD, NEW)
    assert made is not None
    return made


def test_the_patch_alone_gives_both_to_others(
    served: Served, ann: ModelReplica, anns: Uploader, old: Sent
) -> None:
    _, town = served
    fresh = version(town, ann, NEW, old.id, patch())
    assert anns.lacking(town, fresh) == list(fresh.patch)
    anns.send(fresh, list(fresh.patch))
    for _ in range(2):
        assert anns.lacking(town, fresh) == []
    bens = Uploader(served[0], town.join("Ben"))
    got = {}
    for name in (*fresh.recipe.chunks, *fresh.patch):
        assert bens.get(name).status_code == 200
        got[name] = bens.content
    assert b"".join(got[name] for name in fresh.recipe.chunks) == NEW
    assert b"".join(got[name] for name in fresh.patch) == patch()


def test_a_server_that_lacks_some_of_the_old_content_asks_for_the_whole(
    served: Served, ann: ModelReplica, anns: Uploader, old: Sent
) -> None:
    _, town = served
    fresh = version(town, ann, NEW, old.id, patch())
    town.site.chunk_folder.place_of(old.recipe.chunks[2]).unlink()
    lacking = anns.lacking(town, fresh)
    assert set(lacking) <= set(fresh.recipe.chunks)
    anns.send(fresh, lacking)
    assert anns.lacking(town, fresh) == []
    assert anns.get(fresh.recipe.chunks[0]).status_code == 200


def test_an_old_chunk_found_damaged_makes_the_server_ask_for_the_whole(
    served: Served, ann: ModelReplica, anns: Uploader, old: Sent
) -> None:
    _, town = served
    fresh = version(town, ann, NEW, old.id, patch())
    anns.send(fresh, list(fresh.patch))
    town.site.chunk_folder.place_of(old.recipe.chunks[2]).write_bytes(b"rust")
    lacking = anns.lacking(town, fresh)
    assert lacking
    assert set(lacking) <= set(fresh.recipe.chunks)


@pytest.mark.parametrize("wrong", [made_patch(OLD, OLD + b"other"), b"\x01no patch"])
def test_a_patch_that_makes_something_else_is_not_believed(
    served: Served, ann: ModelReplica, anns: Uploader, old: Sent, wrong: bytes
) -> None:
    _, town = served
    fresh = version(town, ann, NEW, old.id, wrong)
    anns.send(fresh, list(fresh.patch))
    before = len(list(town.site.chunk_folder.all_files()))
    assert set(anns.lacking(town, fresh)) <= set(fresh.recipe.chunks)
    assert anns.lacking(town, fresh) != []
    assert len(list(town.site.chunk_folder.all_files())) == before


def test_a_patch_of_an_unknown_version_is_not_used(
    served: Served, ann: ModelReplica, anns: Uploader
) -> None:
    _, town = served
    fresh = version(town, ann, NEW, bytes(16), patch())
    assert anns.lacking(town, fresh) == list(fresh.recipe.chunks)


def test_the_lacking_chunks_are_told_to_readers_of_the_space_only(
    served: Served, ann: ModelReplica, anns: Uploader, old: Sent
) -> None:
    url, town = served
    town.site.accounts.create_community("Elsewhere")
    eves = Uploader(url, town.join("Eve", None, "Elsewhere"))
    body = town.community + old.id
    assert_problem(eves.call("POST", "/v1/chunks/patched", body), Problem.UNKNOWN_CHUNK)
    unknown = town.community + bytes(16)
    assert_problem(anns.call("POST", "/v1/chunks/patched", unknown), Problem.UNKNOWN_CHUNK)
    assert_problem(anns.call("POST", "/v1/chunks/patched", b"short"), Problem.MALFORMED)
