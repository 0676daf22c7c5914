"""A reply in several frames, from the real server to a real replica."""

import os
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from cop_desktop.joining import join
from cop_desktop.store import Changed, Replica
from cop_desktop.store.errors import DiskFull
from cop_desktop.store.exchange_side import ExchangeSide
from sync.client import errors
from sync.client.exchanging import Exchanger, Round
from sync.client.transport import Transport
from sync.server.invites import Guest
from tests.server.conftest import COMMUNITY, Town
from tests.support.replica_model import direct
from tests.support.replicas import ManualClock, opened
from tests.support.server_records import new
from tests.support.shaping_proxy import Shape, shaping_proxy

Served = tuple[str, Town]
REPLIES = 60
WORDS = "Rain has cut the road, so the truck waits at the crossing. " * 3


class Cutting(Transport):
    """A connection that breaks off after so many frames of a reply; None for never."""

    whole: int | None = None

    def frames(self, frame: bytes) -> Iterator[bytes]:
        """The frames before the cut."""
        with closing(super().frames(frame)) as frames:
            for count, found in enumerate(frames):
                if count == self.whole:
                    raise errors.CutOff("here")
                yield found


@contextmanager
def talking(replica: Replica, url: str) -> Iterator[tuple[Exchanger[Changed], Cutting]]:
    with closing(Cutting(url)) as transport:
        exchanger = Exchanger(replica.sync_side, transport, os.urandom)
        exchanger.frame_bytes = lambda _page_bytes: 500
        yield exchanger, transport


@pytest.fixture
def ben(served: Served, tmp_path: Path) -> Iterator[Replica]:
    """Who has just joined a community in which something was written."""
    url, town = served
    ann = town.join("Ann")
    for number in range(REPLIES):
        ann.write(town.community, new("post", topic=bytes(range(16)), body=f"{number} {WORDS}"))
    ann.sync_all(direct(town.site))
    with opened(tmp_path / "ben", ManualClock(time.time_ns() // 1_000_000)) as replica:
        join(replica, url, town.site.invites.invite(Guest("Ben", (COMMUNITY,))).code, "laptop")
        yield replica


def rounds(exchanger: Exchanger[Changed]) -> list[Round[Changed]]:
    """All rounds until there is no more."""
    done = [exchanger.round()]
    while done[-1].more:
        done.append(exchanger.round())
    return done


def held(replica: Replica, town: Town) -> int:
    """How many groups of the community are here."""
    return sum(s.head - s.floor for s in replica.spaces() if s.space == town.community)


def everything(town: Town) -> int:
    """How many groups there are."""
    with town.site.database.read() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM groups").scalar_one())


def test_every_frame_is_kept_as_it_comes_and_the_connection_stays(
    served: Served, ben: Replica
) -> None:
    url, town = served
    with shaping_proxy(url, Shape()) as proxy, talking(ben, proxy.url) as (exchanger, _):
        first = exchanger.round()
        assert first.more
        assert 0 < held(ben, town) < REPLIES
        done = [first, *rounds(exchanger)]
        assert len(done) > 4
        assert done[-1].absorbed.agreed
        assert not any(one.absorbed.agreed for one in done[:-1])
        assert exchanger.round_trips == 1
        assert sum(one.absorbed.received for one in done) == everything(town)
        assert exchanger.round().absorbed.agreed
        assert proxy.counted.connections == 1


def test_a_cut_after_any_frame_costs_what_was_on_its_way_and_nothing_else(
    served: Served, ben: Replica
) -> None:
    url, town = served
    received = 0
    with talking(ben, url) as (exchanger, transport):
        for whole in (1, 3, 2):
            transport.whole = whole
            before = held(ben, town)
            for _ in range(whole):
                received += exchanger.round().absorbed.received
            with pytest.raises(errors.CutOff):
                exchanger.round()
            assert held(ben, town) > before
        transport.whole = None
        done = rounds(exchanger)
    assert done[-1].absorbed.agreed
    assert received + sum(one.absorbed.received for one in done) == everything(town)


def test_a_frame_that_cannot_be_kept_ends_the_series_and_comes_again(
    served: Served, ben: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, town = served
    with talking(ben, url) as (exchanger, _):
        exchanger.round()
        before = held(ben, town)
        with monkeypatch.context() as full:

            def refuse(*_args: object, **_options: object) -> None:
                raise DiskFull("full")

            full.setattr(ExchangeSide, "_absorbed", refuse)
            with pytest.raises(DiskFull):
                exchanger.round()
        assert held(ben, town) == before
        assert rounds(exchanger)[-1].absorbed.agreed
        assert exchanger.round_trips == 2


def test_what_is_written_while_a_series_comes_goes_up_after_it(
    served: Served, ben: Replica
) -> None:
    url, town = served
    with talking(ben, url) as (exchanger, _):
        exchanger.round()
        with ben.write() as action:
            action.create("topic", town.community, {"title": "Generator"})
        done = rounds(exchanger)
        assert done[-1].absorbed.agreed
        assert sum(one.sent for one in done) == 1
        assert exchanger.round_trips == 2


def test_a_program_that_closes_pushes_without_waiting_for_a_series(
    served: Served, ben: Replica
) -> None:
    url, town = served
    with talking(ben, url) as (exchanger, _):
        exchanger.round()
        before = held(ben, town)
        with ben.write() as action:
            action.create("topic", town.community, {"title": "Generator"})
        done = exchanger.round(pull=False)
        assert done.sent == done.absorbed.settled == 1
        assert held(ben, town) == before


def test_a_reply_of_ones_own_takes_the_head_along_by_its_receipt(
    served: Served, ben: Replica
) -> None:
    url, town = served
    with talking(ben, url) as (exchanger, _):
        rounds(exchanger)
        before = held(ben, town)
        with ben.write() as action:
            for title in ("Generator", "Water"):
                action.new_groups()
                action.create("topic", town.community, {"title": title})
        down = exchanger.meter.down_bytes
        done = exchanger.round()
        assert done.absorbed.agreed
        assert held(ben, town) == before + 2
        assert exchanger.meter.down_bytes - down < 250
    with ben.read() as connection, town.site.database.read() as server:
        ours = "SELECT position, received_ms / 1000 FROM log WHERE replica = ? ORDER BY position"
        theirs = ours.replace("log", "groups")
        own = (ben.account.replica,) if ben.account else ()
        assert (
            connection.exec_driver_sql(ours, own).all() == server.exec_driver_sql(theirs, own).all()
        )
