"""Moving chunks: only the server's own word is a receipt, and nothing bad blocks the rest."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import msgspec
import pytest

from cop_desktop.store import FileState, Replica
from sync.client import errors
from sync.client.counting import Meter
from sync.client.exchanging import Exchanger
from sync.core import chunk_calls
from sync.core.chunk_calls import closed_answer, read_authorization
from sync.core.chunks import joined
from sync.core.ids import Id
from tests.support.ledgers import Ledger, exchange, settle
from tests.support.replicas import BEN, COMMUNITY, enrolled

FRAME_KEY = b"F" * 32
NOTHING = msgspec.msgpack.encode([])


@dataclass
class Courier:
    """A connection whose other end says what a test wants; proven: as the server would say it."""

    say: Callable[[str, bytes], bytes]
    proven: bool = True
    asked: list[str] = field(default_factory=list)
    meter: Meter = field(default_factory=Meter)

    def chunk_call(self, method: str, path: str, authorization: str, body: bytes = b"") -> bytes:
        self.asked.append(f"{method} {path.rpartition('/')[2][:8]}")
        content = self.say(method, body)
        tag = read_authorization(authorization).tag
        return closed_answer(content, tag, FRAME_KEY) if self.proven else content


def moving(
    replica: Replica, courier: Courier, monotonic_s: Callable[[], float] | None = None
) -> Exchanger[object]:
    """monotonic_s: None for one by which every look is hours after the one before."""
    hours = count(0.0, 10_000.0).__next__
    side = replica.sync_side
    return Exchanger(side, courier, os.urandom, monotonic_s or hours)  # type: ignore[arg-type]


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


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


@pytest.fixture
def anna(tmp_path: Path, ledger: Ledger) -> Iterator[Replica]:
    """Anna, with one file whose chunk waits to go up."""
    with enrolled(tmp_path / "anna") as replica:
        attach(replica, tmp_path / "plan.txt", b"The plan")
        settle(replica.sync_side, ledger)
        yield replica


@pytest.mark.parametrize("said", [b"", NOTHING])
def test_what_a_proxy_makes_up_is_no_receipt(anna: Replica, said: bytes) -> None:
    waiting = anna.sync_side.ask_missing()
    with pytest.raises(errors.BrokenAnswer):
        moving(anna, Courier(lambda _method, _body: said, proven=False)).move_piece()
    assert anna.sync_side.ask_missing() == waiting


def test_a_chunk_is_done_with_when_the_server_says_so(anna: Replica) -> None:
    courier = Courier(lambda method, body: body if method == "POST" else b"")
    moving(anna, courier).move_piece()
    assert [asked.partition(" ")[0] for asked in courier.asked] == ["POST", "PUT"]
    assert not moving(anna, courier).pieces_wait()


def test_only_what_was_asked_about_is_sent(anna: Replica) -> None:
    courier = Courier(lambda _method, _body: msgspec.msgpack.encode([bytes(32)]))
    moving(anna, courier).move_piece()
    assert courier.asked == ["POST missing"]


def test_chunks_wait_while_their_space_is_out_of_reach(anna: Replica, ledger: Ledger) -> None:
    ledger.lost = [COMMUNITY]
    exchange(anna.sync_side, ledger)
    assert anna.sync_side.ask_missing() == []
    ledger.lost = []
    exchange(anna.sync_side, ledger)
    assert len(anna.sync_side.ask_missing()) == 1


def test_a_chunk_that_the_server_has_damaged_does_not_block_the_others(
    tmp_path: Path, anna: Replica, ledger: Ledger
) -> None:
    other = attach(anna, tmp_path / "map.txt", b"The map")
    settle(anna.sync_side, ledger)
    with anna.read() as rows:
        table = anna.tables["file_version"]
        files = [row.id for row in rows.execute(table.select())]
    with enrolled(tmp_path / "ben", member=BEN, name="Ben") as ben:
        settle(ben.sync_side, ledger)
        for file in sorted(files, key=other.__eq__):
            ben.files.want(file)
        contents = iter([b"The plam", b"The map"])
        exchanger = moving(ben, Courier(lambda _method, _body: next(contents)))
        while exchanger.pieces_wait():
            exchanger.move_piece()
        assert ben.files.states([other])[other].state is FileState.HERE


def test_what_is_small_can_go_between_any_two_chunks(
    anna: Replica, ledger: Ledger, tmp_path: Path
) -> None:
    for number in range(3):
        attach(anna, tmp_path / f"{number}.txt", bytes([number]))
    settle(anna.sync_side, ledger)
    courier = Courier(lambda method, body: body if method == "POST" else b"")
    exchanger = moving(anna, courier)
    sent = []
    while exchanger.pieces_wait():
        before = len(courier.asked)
        exchanger.move_piece()
        sent.append([asked.partition(" ")[0] for asked in courier.asked[before:]])
    assert sent == [["POST", "PUT"], ["PUT"], ["PUT"], ["PUT"]]


def test_a_chunk_whose_receipt_was_lost_is_sent_again_and_none_is_asked_about_twice(
    anna: Replica,
) -> None:
    answers = iter([None, errors.ServerDown("cut"), None])
    courier = Courier(lambda method, body: body if method == "POST" else b"")

    def say(method: str, body: bytes) -> bytes:
        answer = next(answers)
        if answer is not None:
            raise answer
        return body if method == "POST" else b""

    courier.say = say
    exchanger = moving(anna, courier)
    with pytest.raises(errors.ServerDown):
        exchanger.move_piece()
    assert exchanger.pieces_wait()
    exchanger.move_piece()
    assert [asked.partition(" ")[0] for asked in courier.asked] == ["POST", "PUT", "PUT"]
    assert not exchanger.pieces_wait()


def test_after_a_cut_the_rest_goes_however_often_nobody_answered_in_between(
    anna: Replica,
) -> None:
    courier = Courier(lambda method, body: body)
    answers = iter([None, errors.CutOff("cut"), errors.ServerDown("refused"), 5, b""])

    def say(_method: str, body: bytes) -> bytes:
        answer = next(answers)
        if isinstance(answer, errors.SyncError):
            raise answer
        return body if answer is None else msgspec.msgpack.encode(answer) if answer else b""

    courier.say = say
    exchanger = moving(anna, courier)
    for cause in (errors.CutOff, errors.ServerDown):
        with pytest.raises(cause):
            exchanger.move_piece()
    exchanger.move_piece()
    assert [asked.partition(" ")[0] for asked in courier.asked] == [
        *("POST", "PUT", "POST", "POST", "PUT")
    ]
    assert courier.asked[-1] == "PUT 5"
    assert not exchanger.pieces_wait()


def test_a_chunk_whose_receipt_was_cut_off_is_not_sent_again(anna: Replica) -> None:
    def say(method: str, body: bytes) -> bytes:
        match courier.asked[-1].partition(" ")[2], method:
            case "held", _:
                return msgspec.msgpack.encode(None)
            case _, "PUT":
                raise errors.CutOff("after all of it")
        return body

    courier = Courier(say)
    exchanger = moving(anna, courier)
    with pytest.raises(errors.CutOff):
        exchanger.move_piece()
    exchanger.move_piece()
    assert [asked.partition(" ")[0] for asked in courier.asked] == ["POST", "PUT", "POST"]
    assert courier.asked[-1] == "POST held"
    assert not exchanger.pieces_wait()


@pytest.mark.parametrize("broke", [errors.CutOff, errors.Silence])
def test_what_came_of_a_chunk_is_not_fetched_again(
    tmp_path: Path,
    anna: Replica,
    ledger: Ledger,
    broke: type[errors.CutOff] | type[errors.Silence],
) -> None:
    content = b"The plan of the garden, and of the well"
    file = attach(anna, tmp_path / "garden.txt", content)
    settle(anna.sync_side, ledger)

    def say(_method: str, _body: bytes) -> bytes:
        if len(courier.asked) > 1:
            return content[8:]
        error = broke("half way")
        error.came = content[: 8 + chunk_calls.TAG_BYTES]
        raise error

    courier = Courier(say)
    with enrolled(tmp_path / "ben", member=BEN, name="Ben") as ben:
        settle(ben.sync_side, ledger)
        ben.files.want(file)
        exchanger = moving(ben, courier)
        with pytest.raises(broke):
            exchanger.move_piece()
        exchanger.move_piece()
        assert courier.asked[-1] == "GET 8"
        assert ben.files.states([file])[file].state is FileState.HERE
