"""A chunk that does not get through: ever more rarely tried, and no other waits for it."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pytest

from cop_desktop.store import FileState, Replica
from sync.client import errors, pace
from sync.client.counting import Meter
from sync.client.exchanging import Exchanger
from sync.client.settling import Settling
from sync.core.chunk_calls import closed_answer, read_authorization
from sync.core.chunks import CHUNK_BYTES, chunk_hash, joined
from sync.core.ids import Id
from tests.support.ledgers import Ledger, settle
from tests.support.replicas import BEN, COMMUNITY, enrolled

FRAME_KEY = b"F" * 32
BAD, GOOD, OTHERS = b"Bad", b"Good", b"Ben's"


def _nobody(_method: str, _chunk: bytes) -> errors.SyncError | None:
    return None


@dataclass
class Courier:
    """A server that lacks what it did not get; what fails says a test.

    tried: how often each chunk was put or got.
    """

    fails: Callable[[str, bytes], errors.SyncError | None] = _nobody
    held: int = 0
    here: dict[bytes, bytes] = field(default_factory=dict)
    tried: Counter[tuple[str, bytes]] = field(default_factory=Counter)
    now_s: float = 1_000.0
    meter: Meter = field(default_factory=Meter)

    def chunk_call(self, method: str, path: str, authorization: str, body: bytes = b"") -> bytes:
        content = self._said(method, path.split("/")[3], body)
        return closed_answer(content, read_authorization(authorization).tag, FRAME_KEY)

    def _said(self, method: str, name: str, body: bytes) -> bytes:
        if name == "held":
            return msgspec.msgpack.encode(self.held)
        if name == "missing":
            asked = msgspec.msgpack.decode(body, type=list[bytes])
            return msgspec.msgpack.encode([chunk for chunk in asked if chunk not in self.here])
        chunk = bytes.fromhex(name)
        self.tried[method, chunk] += 1
        failure = self.fails(method, chunk)
        if failure is not None:
            raise failure
        if method == "GET":
            return self.here[chunk]
        self.here[chunk] = body
        return b""


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


@pytest.fixture
def courier() -> Courier:
    return Courier()


@pytest.fixture
def anna(tmp_path: Path) -> Iterator[Replica]:
    with enrolled(tmp_path / "anna") as replica:
        yield replica


@pytest.fixture
def talking(anna: Replica, courier: Courier) -> Exchanger[object]:
    return Exchanger(anna.sync_side, courier, os.urandom, lambda: courier.now_s)  # type: ignore[arg-type]


def attach(replica: Replica, path: Path, content: bytes) -> Id:
    path.write_bytes(content)
    recipe = replica.files.import_file(path)
    with replica.write() as action:
        item = action.create("library_item", COMMUNITY, {"title": "Guide"})
        fields = {
            "target": item,
            "name": path.name,
            "media_type": "text/plain",
            "size_bytes": recipe.size_bytes,
            "content_hash": recipe.content_hash,
            "chunks": joined(recipe.chunks),
        }
        return action.create("file_version", COMMUNITY, fields)


def lasting(seconds: float, talking: Exchanger[object], courier: Courier) -> None:
    """What the sync thread does in this time: it looks after failures, and when told to."""
    until_s = courier.now_s + seconds
    while courier.now_s < until_s:
        if not talking.pieces_wait():
            courier.now_s += talking.held_s() or seconds
            continue
        try:
            talking.move_piece()
        except errors.SyncError:
            courier.now_s += 1.0


def test_what_never_gets_through_is_sent_ever_more_rarely_and_after_all_others(
    anna: Replica, ledger: Ledger, talking: Exchanger[object], courier: Courier, tmp_path: Path
) -> None:
    bad = chunk_hash(BAD)
    for content in (BAD, *(bytes([number]) for number in range(9))):
        attach(anna, tmp_path / f"{len(content)}{content[0]}.txt", content)
    settle(anna.sync_side, ledger)
    courier.fails = lambda _, chunk: errors.TooBig("413") if chunk == bad else None
    lasting(5.0, talking, courier)
    assert len(courier.here) == 9, "all others, at once"
    lasting(24 * 3600.0, talking, courier)
    assert courier.tried["PUT", bad] < 40
    courier.fails = _nobody
    talking.begin_afresh()
    lasting(1.0, talking, courier)
    assert bad in courier.here


@pytest.mark.parametrize(
    "failure", [errors.TooBig, errors.BrokenAnswer, errors.NotHere, errors.ServerDown]
)
def test_files_come_while_none_can_be_sent(
    anna: Replica,
    ledger: Ledger,
    talking: Exchanger[object],
    courier: Courier,
    tmp_path: Path,
    failure: type[errors.SyncError],
) -> None:
    with enrolled(tmp_path / "ben", member=BEN, name="Ben") as ben:
        settle(ben.sync_side, ledger)
        wanted = attach(ben, tmp_path / "other.txt", OTHERS)
        settle(ben.sync_side, ledger)
    attach(anna, tmp_path / "bad.txt", BAD)
    settle(anna.sync_side, ledger)
    courier.here[chunk_hash(OTHERS)] = OTHERS
    anna.files.want(wanted)
    courier.fails = lambda method, _: failure("no") if method == "PUT" else None
    with pytest.raises(failure):
        talking.move_piece()
    talking.move_piece()
    assert anna.files.states([wanted])[wanted].state is FileState.HERE
    assert not talking.pieces_wait(), "the next try has its moment"
    courier.now_s += talking.held_s() or 0.0
    assert talking.pieces_wait()


def wanting(anna: Replica, ledger: Ledger, courier: Courier, folder: Path) -> list[Id]:
    """Two files of Ben's that Anna wants, the bad one first."""
    with enrolled(folder / "ben", member=BEN, name="Ben") as ben:
        settle(ben.sync_side, ledger)
        files = [attach(ben, folder / f"{part[0]}.txt", part) for part in (BAD, GOOD)]
        settle(ben.sync_side, ledger)
    settle(anna.sync_side, ledger)
    for part, file in zip((BAD, GOOD), files, strict=True):
        courier.here[chunk_hash(part)] = part
        anna.files.want(file)
    return files


def test_a_chunk_that_a_filter_keeps_back_does_not_keep_other_files_from_coming(
    anna: Replica, ledger: Ledger, talking: Exchanger[object], courier: Courier, tmp_path: Path
) -> None:
    _, good = wanting(anna, ledger, courier, tmp_path)
    bad = chunk_hash(BAD)
    courier.fails = lambda _, chunk: errors.NetworkInTheWay("403") if chunk == bad else None
    lasting(60.0, talking, courier)
    assert anna.files.states([good])[good].state is FileState.HERE
    lasting(24 * 3600.0, talking, courier)
    assert courier.tried["GET", bad] < 40


def test_the_command_moves_what_can_be_moved_before_it_tells_what_could_not(
    anna: Replica, ledger: Ledger, talking: Exchanger[object], courier: Courier, tmp_path: Path
) -> None:
    _, good = wanting(anna, ledger, courier, tmp_path)
    attach(anna, tmp_path / "mine.txt", b"Mine")
    settle(anna.sync_side, ledger)
    courier.fails = lambda method, _: errors.TooBig("413") if method == "PUT" else None
    with pytest.raises(errors.TooBig):
        Settling(talking)._move()
    assert anna.files.states([good])[good].state is FileState.HERE


def test_a_full_server_gets_no_chunks_until_the_moment_that_it_named_and_then_ever_more_rarely(
    anna: Replica, ledger: Ledger, talking: Exchanger[object], courier: Courier, tmp_path: Path
) -> None:
    attach(anna, tmp_path / "bad.txt", BAD)
    settle(anna.sync_side, ledger)
    courier.fails = lambda _method, _chunk: errors.ServerFull("507", 60.0)
    with pytest.raises(errors.ServerFull):
        talking.move_piece()
    assert talking.held_s() == 60.0
    lasting(24 * 3600.0, talking, courier)
    assert courier.tried["PUT", chunk_hash(BAD)] < 40


def test_a_line_that_breaks_is_tried_again_soon_as_long_as_each_try_gets_further(
    anna: Replica, ledger: Ledger, talking: Exchanger[object], courier: Courier, tmp_path: Path
) -> None:
    attach(anna, tmp_path / "large.bin", os.urandom(CHUNK_BYTES))
    settle(anna.sync_side, ledger)
    courier.fails = lambda _method, _chunk: errors.CutOff("cut")
    pauses = []
    for further in (True,) * 6 + (False,) * 12:
        with pytest.raises(errors.CutOff):
            talking.move_piece()
        pauses.append(talking.held_s())
        courier.held += 1_000 * further
        courier.now_s += pauses[-1] or 0.0
    assert pauses[:6] == [1.0] * 6
    assert pauses[-1] == pace.MAX_DELAY_S
