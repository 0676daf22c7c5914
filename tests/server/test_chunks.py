"""Chunks of attachments over HTTP: for those who read the space, whole, once."""

import io
import os
import random
import socket
import time
from urllib.parse import urlsplit

import msgspec
import pytest
import requests

from sync.core.chunk_calls import Authorization, ChunkCall, opened_answer
from sync.core.chunks import chunk_hash, cut, joined, recipe_of
from sync.core.ids import Hash
from sync.core.limits import CHUNK_BYTES
from sync.server import bodies
from sync.server.chunk_access import ChunkRequest
from sync.server.chunks import ChunkFolder
from sync.server.errors import Problem
from tests.server.conftest import Town, assert_problem, until
from tests.support.replica_model import ModelReplica, direct
from tests.support.server_records import new

Served = tuple[str, Town]


def file_version(content: bytes, recipe_chunks: tuple[Hash, ...]) -> object:
    return new(
        "file_version",
        target=bytes(16),
        name="plan.md",
        media_type="text/markdown",
        size_bytes=len(content),
        content_hash=bytes(32),
        chunks=joined(recipe_chunks),
    )


class ChunkClient:
    """Chunk requests of one replica."""

    def __init__(self, url: str, replica: ModelReplica) -> None:
        self.url = url
        self.replica = replica
        self.content = b""
        """Of the last answer."""

    def call(self, method: str, path: str, body: bytes = b"", **headers: str) -> requests.Response:
        key = self.replica.joined.frame_key
        authorization, tag = self.proof(method, path, b"" if method == "PUT" else body)
        sent = {"Authorization": authorization}
        if body:
            sent["Content-Type"] = "application/octet-stream"
        url = self.url + path
        response = requests.request(method, url, data=body, headers=sent | headers, timeout=20)
        if response.status_code == 200:
            self.content = opened_answer(response.content, tag, key)
        return response

    def proof(self, method: str, path: str, body: bytes = b"") -> tuple[str, bytes]:
        """The header that proves who asks, and its tag."""
        call = ChunkCall(method, path, random.randbytes(8), body)
        tag = call.tag(self.replica.joined.frame_key)
        return Authorization(self.replica.id, call.nonce, tag).header(), tag

    def held(self, chunk: Hash) -> object:
        """How much the server says that came."""
        assert self.call("POST", "/v1/chunks/held", chunk).status_code == 200
        return msgspec.msgpack.decode(self.content)

    def begun(self, chunk: Hash, content: bytes, sent_bytes: int) -> socket.socket:
        """A connection over which only so much of a chunk is sent."""
        path, where = f"/v1/chunks/{chunk.hex()}", urlsplit(self.url)
        connection = socket.create_connection((where.hostname, where.port), timeout=20)
        head = (
            f"PUT {path} HTTP/1.1\r\nHost: x\r\nAuthorization: {self.proof('PUT', path)[0]}\r\n"
            f"Content-Type: application/octet-stream\r\nContent-Length: {len(content)}\r\n\r\n"
        )
        connection.sendall(head.encode() + content[:sent_bytes])
        return connection

    def put(self, chunk: Hash, content: bytes) -> requests.Response:
        return self.call("PUT", f"/v1/chunks/{chunk.hex()}", content)

    def get(self, chunk: Hash) -> requests.Response:
        return self.call("GET", f"/v1/chunks/{chunk.hex()}")

    def missing(self, chunks: list[Hash]) -> list[Hash]:
        response = self.call("POST", "/v1/chunks/missing", msgspec.msgpack.encode(chunks))
        assert response.status_code == 200
        return list(msgspec.msgpack.decode(self.content, type=list[bytes]))


def attached(town: Town, replica: ModelReplica, content: bytes) -> list[tuple[Hash, bytes]]:
    """The chunks of a file of which the server has the reference."""
    pieces = list(cut(io.BytesIO(content)))
    recipe = recipe_of(pieces)
    replica.write(town.community, file_version(content, recipe.chunks))  # type: ignore[arg-type]
    replica.sync_all(direct(town.site))
    assert replica.refused == {}
    return list(zip(recipe.chunks, pieces, strict=True))


def test_chunks_go_up_and_come_down_by_whoever_reads_the_space(served: Served) -> None:
    url, town = served
    ann, ben = town.join("Ann"), town.join("Ben")
    content = random.Random(1).randbytes(2 * CHUNK_BYTES + 100)
    chunks = attached(town, ann, content)
    anns, bens = ChunkClient(url, ann), ChunkClient(url, ben)
    names = [name for name, _ in chunks]
    assert anns.missing(names) == names
    assert_problem(bens.get(names[0]), Problem.UNKNOWN_CHUNK)
    for name, piece in chunks:
        for _ in range(2):  # sending it twice is sending it once
            response = anns.put(name, piece)
            assert (response.status_code, anns.content) == (200, b"")
            assert response.headers["Content-Type"] == "application/octet-stream"
    assert bens.missing(names) == []
    got = []
    for name in names:
        assert bens.get(name).status_code == 200
        got.append(bens.content)
    assert b"".join(got) == content


def test_chunks_of_a_space_are_for_those_who_read_it(served: Served) -> None:
    url, town = served
    ann = town.join("Ann")
    town.site.accounts.create_community("Elsewhere")
    eve = town.join("Eve", None, "Elsewhere")
    ((name, piece),) = attached(town, ann, b"The plan")
    eves = ChunkClient(url, eve)
    assert_problem(eves.put(name, piece), Problem.UNKNOWN_CHUNK)
    ChunkClient(url, ann).put(name, piece)
    assert_problem(eves.get(name), Problem.UNKNOWN_CHUNK)
    assert eves.missing([name]) == [name]
    town.site.accounts.end_membership(ann.member, town.community)
    assert_problem(ChunkClient(url, ann).get(name), Problem.UNKNOWN_CHUNK)


def test_a_chunk_that_no_attachment_names_is_not_taken(served: Served) -> None:
    url, town = served
    anns = ChunkClient(url, town.join("Ann"))
    assert_problem(anns.put(chunk_hash(b"x"), b"x"), Problem.UNKNOWN_CHUNK)


def test_a_chunk_is_what_its_name_says(served: Served) -> None:
    url, town = served
    ann = town.join("Ann")
    ((name, piece),) = attached(town, ann, b"The plan")
    anns = ChunkClient(url, ann)
    assert_problem(anns.put(name, piece + b"!"), Problem.WRONG_HASH)
    assert_problem(anns.put(name, bytes(CHUNK_BYTES + 1)), Problem.TOO_LARGE)
    assert anns.missing([name]) == [name]
    assert list(town.site.chunk_folder.all_files()) == []


def test_a_chunk_that_was_damaged_on_the_disk_is_not_given_and_can_be_sent_again(
    served: Served,
) -> None:
    url, town = served
    ann = town.join("Ann")
    ((name, piece),) = attached(town, ann, b"The plan")
    anns = ChunkClient(url, ann)
    anns.put(name, piece)
    town.site.chunk_folder.place_of(name).write_bytes(b"The plam")
    assert_problem(anns.get(name), Problem.UNKNOWN_CHUNK)
    assert anns.missing([name]) == [name]
    assert anns.put(name, piece).status_code == 200
    assert anns.get(name).status_code == 200
    assert anns.content == piece


def test_chunk_requests_prove_who_asks(served: Served) -> None:
    url, town = served
    ann = town.join("Ann")
    ((name, piece),) = attached(town, ann, b"The plan")
    anns = ChunkClient(url, ann)
    anns.put(name, piece)
    path = f"/v1/chunks/{name.hex()}"
    assert_problem(requests.get(url + path, timeout=20), Problem.NOT_AUTHENTIC)
    for header in ("", "Bearer abc", f"CoP {ann.id.hex()}:{'0' * 16}:{'0' * 32}", "CoP x:y"):
        assert_problem(anns.call("GET", path, Authorization=header), Problem.NOT_AUTHENTIC)
    of_another_request = anns.call("GET", path).request.headers["Authorization"]
    response = anns.call("PUT", path, piece, Authorization=of_another_request)
    assert_problem(response, Problem.NOT_AUTHENTIC)
    town.site.accounts.revoke(ann.id)
    assert_problem(anns.get(name), Problem.REVOKED)


def test_lists_of_chunks_that_are_none_are_rejected(served: Served) -> None:
    url, town = served
    anns = ChunkClient(url, town.join("Ann"))
    for body in (b"\xc1", msgspec.msgpack.encode(["text"]), msgspec.msgpack.encode([b"short"])):
        assert_problem(anns.call("POST", "/v1/chunks/missing", body), Problem.MALFORMED)
    many = msgspec.msgpack.encode([b""] * 6000)
    assert_problem(anns.call("POST", "/v1/chunks/missing", many), Problem.TOO_LARGE)


def test_a_full_disk_while_keeping_a_chunk_leaves_nothing_half_written(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, town = served
    ann = town.join("Ann")
    ((name, piece),) = attached(town, ann, b"The plan")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("sync.server.chunks.os.fsync", full)
        assert_problem(ChunkClient(url, ann).put(name, piece), Problem.STORAGE_FULL)
    assert list((town.site.folder / "chunks" / "incoming").iterdir()) == []
    assert ChunkClient(url, ann).put(name, piece).status_code == 200


def test_what_a_crash_left_half_written_is_removed_after_a_day(served: Served) -> None:
    _, town = served
    folder = town.site.folder / "chunks"
    old, new_ = folder / "incoming" / "old", folder / "incoming" / "new"
    for file in (old, new_):
        file.write_bytes(b"half")
    os.utime(old, (time.time() - 90_000,) * 2)
    assert isinstance(ChunkFolder(folder), ChunkFolder)
    assert (old.exists(), new_.exists()) == (False, True)
    assert list(town.site.chunk_folder.all_files()) == []


def test_the_rest_of_a_chunk_is_enough_after_a_cut(served: Served) -> None:
    url, town = served
    ann, ben = town.join("Ann"), town.join("Ben")
    content = random.Random(2).randbytes(CHUNK_BYTES)
    ((name, piece),) = attached(town, ann, content)
    anns, bens = ChunkClient(url, ann), ChunkClient(url, ben)
    ben.sync_all(direct(town.site))
    assert anns.held(name) == 0
    town.site.chunk_folder.hold(ann.id, name, piece[:1000])
    assert (anns.held(name), bens.held(name)) == (1000, 0)
    path = f"/v1/chunks/{name.hex()}"
    assert_problem(bens.call("PUT", f"{path}/1000", piece[1000:]), Problem.WRONG_HASH)
    assert anns.call("PUT", f"{path}/1000", piece[1000:]).status_code == 200
    assert anns.held(name) is None, "it is kept"
    for start in (0, 700, CHUNK_BYTES, CHUNK_BYTES + 5):
        assert bens.call("GET", f"{path}/{start}").status_code == 200
        assert bens.content == piece[start:]


def test_a_part_that_is_wrong_is_forgotten(served: Served) -> None:
    url, town = served
    ann = town.join("Ann")
    ((name, piece),) = attached(town, ann, b"The plan of the garden")
    anns = ChunkClient(url, ann)
    town.site.chunk_folder.hold(ann.id, name, b"What")
    path = f"/v1/chunks/{name.hex()}"
    assert_problem(anns.call("PUT", f"{path}/4", piece[4:]), Problem.WRONG_HASH)
    assert town.site.chunk_folder.held(ann.id, name) == b""
    assert anns.call("PUT", path, piece).status_code == 200


def test_what_came_of_a_chunk_before_its_sender_fell_silent_is_held(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, town = served
    monkeypatch.setattr(bodies, "LONGEST_SILENCE_S", 0.05)
    ann = town.join("Ann")
    ((name, piece),) = attached(town, ann, random.Random(3).randbytes(CHUNK_BYTES))
    anns = ChunkClient(url, ann)
    with anns.begun(name, piece, 5_000) as connection:
        assert connection.recv(4096).startswith(b"HTTP/1.1 408 ")
    assert anns.held(name) == 5_000
    assert anns.call("PUT", f"/v1/chunks/{name.hex()}/5000", piece[5_000:]).status_code == 200


def test_who_is_back_while_the_old_request_still_hangs_goes_on_from_there(served: Served) -> None:
    url, town = served
    ann, ben = town.join("Ann"), town.join("Ben")
    ((name, piece),) = attached(town, ann, random.Random(4).randbytes(CHUNK_BYTES))
    ben.sync_all(direct(town.site))
    anns, bens = ChunkClient(url, ann), ChunkClient(url, ben)
    with anns.begun(name, piece, 5_000):
        until(lambda: anns.held(name) == 5_000)
        assert bens.held(name) == 0
        assert anns.call("PUT", f"/v1/chunks/{name.hex()}/5000", piece[5_000:]).status_code == 200
        assert anns.held(name) is None
    assert list(town.site.chunk_folder.scratch.iterdir()) == []


def test_of_what_is_kept_meanwhile_no_part_is_held(served: Served) -> None:
    url, town = served
    ann = town.join("Ann")
    ((name, piece),) = attached(town, ann, b"The plan of the garden")
    anns = ChunkClient(url, ann)
    path = f"/v1/chunks/{name.hex()}"
    late = ChunkRequest("PUT", path, anns.proof("PUT", path)[0])
    town.site.chunk_access.hold(late, name, 0, piece[:4])
    assert town.site.chunk_folder.held(ann.id, name) == piece[:4]
    assert anns.put(name, piece).status_code == 200
    town.site.chunk_access.hold(late, name, 0, piece[:4])
    assert town.site.chunk_folder.held(ann.id, name) == b""


def test_what_came_of_a_chunk_is_forgotten_after_a_day(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, town = served
    ann = town.join("Ann")
    chunks = attached(town, ann, random.Random(5).randbytes(2 * CHUNK_BYTES))
    (old, piece), (other, _) = chunks
    folder, anns = town.site.chunk_folder, ChunkClient(url, ann)
    folder.hold(ann.id, old, piece[:1000])
    (part,) = folder.scratch.iterdir()
    os.utime(part, (time.time() - 90_000,) * 2)
    assert anns.held(old) == 0
    folder.hold(ann.id, other, b"part")
    assert part.exists(), "it is looked for at most every hour"
    monkeypatch.setattr("sync.server.chunks._SWEPT_EVERY_S", -1)
    folder.hold(ann.id, other, b"parts")
    assert not part.exists()
    assert anns.held(other) == 5
