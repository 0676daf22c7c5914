"""What does not get through on its way up holds up neither the rest nor what comes down."""

import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec import structs

from cop_desktop.store import Replica
from sync.client import errors, pace
from sync.client.counting import Meter
from sync.client.exchanging import Exchanger
from sync.client.settling import Settling
from sync.core import exchange, packing
from tests.support.ledgers import Ledger, settle
from tests.support.replicas import BEN, COMMUNITY, enrolled

FRAME_KEY = b"F" * 32
WIDE = 1 << 20


@dataclass
class Way:
    """A connection to a ledger that lets requests through up to a size; what becomes of others.

    pushed: how many groups each request tried to bring.
    """

    side: object
    ledger: Ledger
    most_bytes: int = WIDE
    failure: Callable[[], errors.SyncError] = lambda: errors.TooBig("413")
    pushed: list[int] = field(default_factory=list)
    now_s: float = 1_000.0
    meter: Meter = field(default_factory=Meter)

    def frames(self, frame: bytes) -> Iterator[bytes]:
        request = exchange.decode_request(frame, FRAME_KEY)
        sent = packing.unpack(request.page, self.side.acknowledged)  # type: ignore[attr-defined]
        self.pushed.append(len(sent))
        if len(frame) > self.most_bytes:
            raise self.failure()
        membership = self.side.membership()  # type: ignore[attr-defined]
        most = 1000 if request.budget_bytes else 0
        page, reply = self.ledger.reply(membership.replica, request.spaces, sent, most)
        page = packing.pack(page, self.side.known)  # type: ignore[attr-defined]
        said = structs.replace(reply, nonce=request.nonce, page=page)
        yield exchange.encode_reply(membership.server, said, FRAME_KEY)


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


@pytest.fixture
def anna(tmp_path: Path, ledger: Ledger) -> Iterator[Replica]:
    """Anna, who knows the community."""
    with enrolled(tmp_path / "anna") as replica:
        settle(replica.sync_side, ledger)
        yield replica


@pytest.fixture
def way(anna: Replica, ledger: Ledger) -> Way:
    return Way(anna.sync_side, ledger)


@pytest.fixture
def talking(anna: Replica, way: Way) -> Exchanger[object]:
    return Exchanger(anna.sync_side, way, os.urandom, lambda: way.now_s)  # type: ignore[arg-type]


def post(replica: Replica, title: str, size: int = 0) -> None:
    """With so many bytes that do not pack."""
    body = random.Random(title).randbytes(size // 2).hex()
    with replica.write() as action:
        action.create("topic", COMMUNITY, {"title": title, "body": body})


def reasons(replica: Replica) -> list[str | None]:
    return [item.reason for item in replica.outbox()]


def kept_back(anna: Replica, way: Way, talking: Exchanger[object]) -> None:
    """Something large of Anna's is kept back for its size, and all else is done."""
    post(anna, "Long", 9_000)
    way.most_bytes = 3_000
    while talking.round().more:
        pass
    assert reasons(anna) == ["too_big"]
    assert not talking.round().absorbed.agreed, "it waits, and is not called sent"


def test_what_is_too_big_for_a_network_goes_once_it_may_be_another_one(
    anna: Replica, way: Way, talking: Exchanger[object]
) -> None:
    kept_back(anna, way, talking)
    way.most_bytes = WIDE
    assert talking.round().sent == 0
    talking.begin_afresh()
    assert talking.round().absorbed.agreed
    assert reasons(anna) == []


def test_what_is_too_big_for_a_network_is_tried_every_hour(
    anna: Replica, way: Way, talking: Exchanger[object]
) -> None:
    kept_back(anna, way, talking)
    assert talking.held_s() == pace.KEPT_BACK_S
    for _ in range(3):
        tried = len(way.pushed)
        way.now_s += pace.KEPT_BACK_S - 1.0
        talking.round()
        assert way.pushed[tried:] == [0]
        way.now_s += 1.0
        talking.round()
        assert way.pushed[tried + 1 :] == [1, 0], "once, and then the rest of the round goes on"
    way.most_bytes = WIDE
    way.now_s += pace.KEPT_BACK_S
    assert talking.round().absorbed.agreed


def test_what_is_too_big_goes_once_something_as_large_got_through(
    anna: Replica, way: Way, talking: Exchanger[object]
) -> None:
    kept_back(anna, way, talking)
    way.most_bytes = WIDE
    assert anna.account is not None
    large = random.Random(1).randbytes(5_000).hex()
    with anna.write() as action:
        action.create("draft", anna.account.personal, {"place": "topic:", "body": large})
    assert talking.round().more, "and at once"
    assert talking.round().absorbed.agreed
    assert reasons(anna) == []


def broken(anna: Replica, way: Way, talking: Exchanger[object], count: int) -> None:
    """So many pushes that broke off, one after the other."""
    post(anna, "Long", 40_000)
    way.most_bytes, way.failure = 3_000, lambda: errors.CutOff("cut")
    for _ in range(count):
        with pytest.raises(errors.CutOff):
            talking.round()


def test_what_breaks_off_on_its_way_up_again_and_again_does_not_keep_news_from_coming(
    anna: Replica, way: Way, talking: Exchanger[object], tmp_path: Path
) -> None:
    broken(anna, way, talking, pace.CUTS_BEFORE_PULLING)
    with enrolled(tmp_path / "ben", member=BEN, name="Ben") as ben:
        settle(ben.sync_side, way.ledger)
        post(ben, "News")
        settle(ben.sync_side, way.ledger)
    done = talking.round()
    assert (done.absorbed.received, done.sent, done.more) == (1, 0, False)
    assert way.pushed == [1, 1, 0]


def test_pushing_and_pulling_take_turns_ever_more_slowly_until_a_push_gets_through(
    anna: Replica, way: Way, talking: Exchanger[object]
) -> None:
    broken(anna, way, talking, pace.CUTS_BEFORE_PULLING)
    pauses = []
    for _ in range(12):
        talking.round()
        pauses.append(talking.held_s() or 0.0)
        assert talking.round().sent == 0, "not before its time"
        way.now_s += pauses[-1]
        with pytest.raises(errors.CutOff):
            talking.round()
    assert all(one <= other for one, other in pairwise(pauses))
    assert (pauses[0], pauses[-1]) == (1.0, pace.MAX_DELAY_S)
    way.most_bytes = WIDE
    talking.round()
    talking.begin_afresh()
    assert talking.round().absorbed.agreed
    assert talking.held_s() is None


def test_a_person_who_asks_has_it_pushed_at_once_however_often_it_broke_off(
    anna: Replica, way: Way, talking: Exchanger[object]
) -> None:
    broken(anna, way, talking, pace.CUTS_BEFORE_PULLING)
    way.most_bytes = WIDE
    talking.begin_afresh()
    assert talking.round().absorbed.agreed


def test_after_cuts_the_least_possible_goes_up_at_once(
    anna: Replica, way: Way, talking: Exchanger[object]
) -> None:
    for number in range(30):
        post(anna, f"Topic {number}", 400)
    way.most_bytes, way.failure = 3_000, lambda: errors.Silence("nothing")
    for _ in range(pace.CUTS_BEFORE_PULLING):
        with pytest.raises(errors.Silence):
            talking.round()
    talking.round()
    way.now_s += 1.0
    assert 0 < talking.round().sent < 4
    assert talking.round().sent > 0, "and it goes on"


def test_a_command_whose_push_breaks_off_still_fetches(
    anna: Replica, way: Way, talking: Exchanger[object], tmp_path: Path
) -> None:
    with enrolled(tmp_path / "ben", member=BEN, name="Ben") as ben:
        settle(ben.sync_side, way.ledger)
        post(ben, "News")
        settle(ben.sync_side, way.ledger)
    post(anna, "Long", 40_000)
    way.most_bytes, way.failure = 3_000, lambda: errors.CutOff("cut")
    run = Settling(talking)
    with pytest.raises(errors.CutOff):
        run.run()
    assert run.so_far().received == 1
    assert talking.pushes
