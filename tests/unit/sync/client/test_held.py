"""What waits for the data budget: the engine rests until it may go, the exchanger leaves it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from cop_desktop.store import Replica
from sync.client import engine
from sync.client.counting import Meter
from sync.client.engine import (
    IDLE_CHECK_S,
    EngineState,
    Event,
    Exchange,
    MovePiece,
    Now,
    PieceDone,
    RoundDone,
    Started,
    WakeAt,
)
from sync.client.exchanging import Exchanger
from sync.core import exchange
from sync.core.budget import Permits
from sync.core.chunks import joined
from tests.support.ledgers import Ledger, settle
from tests.support.replicas import COMMUNITY, enrolled

NOW = Now(moment_s=100.0, luck=0.5)


def after(*events: Event) -> tuple[engine.Effect, ...]:
    state, effects = EngineState(), ()
    for event in events:
        state, effects = engine.step(state, event, NOW)
    return effects


def round_done(*, more: bool = False, held_s: float | None = None) -> RoundDone:
    return RoundDone(more=more, pieces=False, agreed=False, held_s=held_s)


def test_it_wakes_when_what_is_held_may_go() -> None:
    assert WakeAt(160.0) in after(Started(), round_done(held_s=60.0))


def test_it_looks_as_often_as_ever_while_cheap_hours_are_far_off() -> None:
    assert WakeAt(100.0 + IDLE_CHECK_S) in after(Started(), round_done(held_s=40_000.0))
    assert WakeAt(100.0 + IDLE_CHECK_S) in after(Started(), round_done())


def test_a_file_stops_between_two_pieces_when_its_hours_end_and_wakes_with_the_next() -> None:
    begun = (Started(), RoundDone(more=False, pieces=True, agreed=True))
    assert MovePiece() in after(*begun)
    assert WakeAt(400.0) in after(*begun, PieceDone(pieces=False, held_s=300.0))


def test_what_is_small_goes_on_while_something_is_held() -> None:
    assert after(Started(), round_done(more=True, held_s=60.0)) == (Exchange(),)


class Nobody:
    """A connection that nothing is said over."""

    meter = Meter()


@pytest.fixture
def anna(tmp_path: Path) -> Iterator[Replica]:
    """Anna, with a file whose chunk waits to go up."""
    with enrolled(tmp_path / "anna") as replica:
        path = tmp_path / "plan.txt"
        path.write_bytes(b"The plan")
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
            action.create("file_version", COMMUNITY, fields)
        settle(replica.sync_side, Ledger())
        yield replica


def test_a_file_that_may_not_go_yet_is_not_called_waiting_to_be_moved(anna: Replica) -> None:
    found: Exchanger[object] = Exchanger(anna.sync_side, Nobody(), os.urandom)  # type: ignore[arg-type]
    assert found.pieces_wait()
    found.permits = Permits(send=False)
    assert not found.pieces_wait()
    assert found.move_piece() is None


@pytest.mark.parametrize("history", [True, False])
def test_the_server_is_told_whether_older_parts_may_come(anna: Replica, *, history: bool) -> None:
    found: Exchanger[object] = Exchanger(anna.sync_side, Nobody(), os.urandom)  # type: ignore[arg-type]
    found.permits = Permits(history=history)
    for wait_s in (0, 50):
        request = exchange.decode_request(found.asked(wait_s=wait_s).frame, b"F" * 32)
        assert request.history is history
