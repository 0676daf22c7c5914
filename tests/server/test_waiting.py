"""Waiting requests: held while nothing is new, answered within two seconds once something is."""

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
import requests

from sync.core import exchange
from sync.core.exchange import SyncReply
from sync.core.limits import MAX_WAIT_S
from sync.server import wake
from sync.server.errors import Busy, Rejected
from sync.server.exchanging import Asked
from sync.server.wake import Changes, DatabaseLookout, Doorbell
from tests.server.conftest import COMMUNITY, Town, until
from tests.support.replica_model import Holding, ModelReplica, direct, over_http
from tests.support.server import RunningServer
from tests.support.server_records import topic

Served = tuple[str, Town]
SOON_S = 2.0


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as threads:
        yield threads


def waiting_at(url: str) -> int:
    return int(requests.get(url + "/health", timeout=20).json()["waiting"])


def wait_for_news(
    pool: ThreadPoolExecutor, url: str, replica: ModelReplica, wait_s: int = 50
) -> Future[SyncReply]:
    """A waiting request that is known to be held."""
    before = waiting_at(url)
    replica.sync_all(over_http(url))
    future = pool.submit(replica.sync, over_http(url), wait_s=wait_s)
    until(lambda: waiting_at(url) == before + 1)
    return future


def assert_wakes(future: Future[SyncReply], act: Callable[[], object]) -> SyncReply:
    assert not future.done()
    act()
    began_s = time.monotonic()
    reply = future.result(SOON_S)
    assert time.monotonic() - began_s < SOON_S
    return reply


def test_a_waiting_replica_hears_of_anothers_group_at_once(
    served: Served, pool: ThreadPoolExecutor
) -> None:
    url, town = served
    ann, ben = town.join("Ann"), town.join("Ben")
    listening = wait_for_news(pool, url, ben)
    ann.write(town.community, topic())
    assert_wakes(listening, lambda: ann.sync(over_http(url), budget_bytes=0))
    assert len(ben.spaces[town.community].groups) == 3


def test_a_waiting_replica_hears_of_what_another_process_wrote(
    server: RunningServer, pool: ThreadPoolExecutor
) -> None:
    server.create_community(COMMUNITY)
    ann = ModelReplica()
    ann.enrol(server.invite("Ann", COMMUNITY), over_http(server.url, "/v1/enrol"))
    listening = wait_for_news(pool, server.url, ann)
    reply = assert_wakes(listening, lambda: server.invite("Ben", COMMUNITY))
    assert {said.kind for said in reply.spaces} >= {"directory"}


def test_everybody_who_waits_is_woken(served: Served, pool: ThreadPoolExecutor) -> None:
    url, town = served
    ann, others = town.join("Ann"), [town.join(f"Member {n}") for n in range(4)]
    listening = [wait_for_news(pool, url, replica) for replica in others]
    ann.write(town.community, topic())
    ann.sync(over_http(url), budget_bytes=0)
    for future in listening:
        future.result(SOON_S)
    until(lambda: waiting_at(url) == 0)


def test_a_replicas_own_groups_are_no_news_to_it(town: Town) -> None:
    ann, ben = town.join("Ann"), town.join("Ben")
    ann.sync_all(direct(town.site))
    frame = exchange.encode_request(ann.id, ann.request(wait_s=50), ann.joined.frame_key)
    asked = town.site.exchanging.asked(frame)
    ann.push([ann.write(town.community, topic())], direct(town.site))
    assert not town.site.exchanging.has_news(asked)
    ben.push([ben.write(town.community, topic())], direct(town.site))
    assert town.site.exchanging.has_news(asked)


def test_a_replica_whose_access_was_taken_back_is_not_held_on(town: Town) -> None:
    ann = town.join("Ann")
    frame = exchange.encode_request(ann.id, ann.request(wait_s=50), ann.joined.frame_key)
    asked = town.site.exchanging.asked(frame)
    town.site.accounts.revoke(ann.id)
    with pytest.raises(Rejected):
        town.site.exchanging.has_news(asked)
    with pytest.raises(Rejected):
        town.site.exchanging.answered(asked)


def test_what_happens_in_spaces_of_others_or_by_itself_does_not_end_the_wait(
    served: Served, pool: ThreadPoolExecutor
) -> None:
    url, town = served
    town.site.accounts.create_community("Elsewhere")
    ann = town.join("Ann")
    ben, cara = town.join("Ben", None, "Elsewhere"), town.join("Cara", None, "Elsewhere")
    listening = wait_for_news(pool, url, ann)
    elsewhere = next(c.id for c in town.site.accounts.communities() if c.name == "Elsewhere")
    ann.push([ann.write(town.community, topic())], over_http(url))
    for _ in range(2):  # each time that Cara is woken, everybody was thought of
        hearing = wait_for_news(pool, url, cara)
        ben.write(elsewhere, topic())
        assert_wakes(hearing, lambda: ben.sync(over_http(url), budget_bytes=0))
    assert not listening.done()
    assert waiting_at(url) == 1
    ann.acknowledged[town.community] = 1
    assert_wakes(listening, lambda: town.join("Dan"))


def test_coming_into_and_out_of_a_community_wakes_the_member(
    served: Served, pool: ThreadPoolExecutor
) -> None:
    url, town = served
    town.site.accounts.create_community("Elsewhere")
    ann = town.join("Ann", None, "Elsewhere")
    listening = wait_for_news(pool, url, ann)
    reply = assert_wakes(listening, lambda: town.join("Ann"))
    assert town.community in {said.space for said in reply.spaces}

    listening = wait_for_news(pool, url, ann)
    reply = assert_wakes(
        listening, lambda: town.site.accounts.end_membership(ann.member, town.community)
    )
    assert town.community in reply.lost


def test_who_has_let_go_of_a_lost_space_is_held_on(town: Town) -> None:
    ann = town.join("Ann")
    ann.sync_all(direct(town.site))
    town.site.accounts.end_membership(ann.member, town.community)
    ann.sync_all(direct(town.site))
    ann.spaces[town.community] = Holding()  # what a replica tells of it once it has let go
    frame = exchange.encode_request(ann.id, ann.request(wait_s=50), ann.joined.frame_key)
    asked = town.site.exchanging.asked(frame)
    assert not town.site.exchanging.has_news(asked)
    town.site.accounts.create_community("Elsewhere")
    town.join("Ann", None, "Elsewhere")
    assert town.site.exchanging.has_news(asked)


def test_patience_ends_with_an_ordinary_answer(served: Served) -> None:
    url, town = served
    ann = town.join("Ann")
    ann.sync_all(over_http(url))
    began_s = time.monotonic()
    reply = ann.sync(over_http(url), wait_s=1)
    assert 0.9 < time.monotonic() - began_s < 5
    assert (reply.spaces, reply.page, reply.more) == ([], b"", False)
    until(lambda: waiting_at(url) == 0)


def test_nobody_is_held_longer_than_the_server_can_afford(town: Town) -> None:
    ann = town.join("Ann")
    frame = exchange.encode_request(ann.id, ann.request(wait_s=100_000), ann.joined.frame_key)
    asked: Asked = town.site.exchanging.asked(frame)
    assert asked.wait_s == MAX_WAIT_S


def test_who_pushes_or_lacks_something_is_not_held(served: Served) -> None:
    url, town = served
    ann, ben = town.join("Ann"), town.join("Ben")
    assert ann.sync(over_http(url), wait_s=50).spaces  # lacks everything
    group = ben.write(town.community, topic())
    request = ben.request(ben.page_groups([group]), wait_s=50)
    assert ben.ask(request, over_http(url)).results


def test_a_replica_that_differs_in_what_it_holds_may_wait_for_news(
    served: Served, pool: ThreadPoolExecutor
) -> None:
    url, town = served
    ann = town.join("Ann")
    ann.sync_all(over_http(url))
    held = ann.spaces[town.community].groups
    replica, seq, raw = held[1]
    held[1] = (replica, seq, raw + b"!")
    future = pool.submit(ann.sync, over_http(url), wait_s=50)
    until(lambda: waiting_at(url) == 1)
    assert_wakes(future, lambda: town.join("Ben"))


def test_a_waiting_client_that_hangs_up_is_let_go(served: Served) -> None:
    url, town = served
    ann = town.join("Ann")
    ann.sync_all(over_http(url))
    frame = exchange.encode_request(ann.id, ann.request(wait_s=50), ann.joined.frame_key)
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        head = (
            f"POST /v1/sync HTTP/1.1\r\nHost: x\r\nContent-Type: {exchange.MEDIA_TYPE}\r\n"
            f"Content-Length: {len(frame)}\r\n\r\n"
        )
        connection.sendall(head.encode() + frame)
        until(lambda: waiting_at(url) == 1)
    until(lambda: waiting_at(url) == 0)


def test_stopping_answers_those_who_wait_and_ends_well(
    server: RunningServer, pool: ThreadPoolExecutor
) -> None:
    server.create_community(COMMUNITY)
    ann = ModelReplica()
    ann.enrol(server.invite("Ann", COMMUNITY), over_http(server.url, "/v1/enrol"))
    listening = wait_for_news(pool, server.url, ann)
    began_s = time.monotonic()
    assert server.stop() == 0
    assert time.monotonic() - began_s < 8
    assert listening.result(SOON_S).page == b""


class Announcer:
    """A lookout that says what a test puts into it."""

    def __init__(self) -> None:
        self.changes: list[Changes | Exception] = []
        self.looks = 0
        self.closed = threading.Event()
        self.lock = threading.Lock()

    def look(self) -> Changes:
        with self.lock:
            self.looks += 1
            found = self.changes.pop(0) if self.changes else Changes()
        if isinstance(found, Exception):
            raise found
        return found

    def close(self) -> None:
        self.closed.set()


async def woken(doorbell: Doorbell, spaces: list[bytes]) -> None:
    async with doorbell.waiting_at(spaces) as waiter:
        async with asyncio.timeout(5):
            await waiter.rung()


def test_only_those_concerned_are_rung(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wake, "LOOK_EVERY_S", 0.01)
    announcer = Announcer()

    async def scene() -> None:
        doorbell = Doorbell(announcer)
        async with doorbell.waiting_at([b"a"]) as first, doorbell.waiting_at([b"b"]) as second:
            assert doorbell.waiting == 2
            announcer.changes.append(Changes(frozenset({b"b"})))
            await asyncio.wait_for(second.rung(), 5)
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(first.rung(), 0.05)
            announcer.changes.append(Changes(frozenset({b"x"}), access=True))
            await asyncio.wait_for(first.rung(), 5)
        assert doorbell.waiting == 0
        assert await asyncio.to_thread(announcer.closed.wait, 5)
        await doorbell.stop()

    asyncio.run(scene())


def test_looking_begins_and_ends_with_those_who_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wake, "LOOK_EVERY_S", 0.001)
    announcer = Announcer()

    async def scene() -> None:
        doorbell = Doorbell(announcer)
        for _ in range(20):
            announcer.changes.append(Changes(frozenset({b"a"})))
            await woken(doorbell, [b"a"])
        assert await asyncio.to_thread(announcer.closed.wait, 5)
        looks = announcer.looks
        await asyncio.sleep(0.02)
        assert announcer.looks == looks
        await doorbell.stop()

    asyncio.run(scene())


def test_when_it_cannot_look_everybody_looks_for_themselves(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(wake, "LOOK_EVERY_S", 0.01)
    announcer = Announcer()
    announcer.changes = [Changes(), Busy("locked")]

    async def scene() -> None:
        doorbell = Doorbell(announcer)
        await woken(doorbell, [b"a"])
        await doorbell.stop()

    asyncio.run(scene())
    assert "could not look for changes" in caplog.text


def test_a_closed_doorbell_rings_everybody_and_holds_nobody(town: Town) -> None:
    async def scene() -> None:
        doorbell = Doorbell(DatabaseLookout(town.site.database))
        async with doorbell.waiting_at([b"a"]) as waiter:
            doorbell.close()
            await asyncio.wait_for(waiter.rung(), 5)
        assert doorbell.is_closing
        await doorbell.stop()

    asyncio.run(scene())


def test_the_lookout_tells_which_spaces_changed(town: Town) -> None:
    ann, ben = town.join("Ann"), town.join("Ben")
    lookout = DatabaseLookout(town.site.database)
    assert lookout.look() == Changes()
    assert lookout.look() == Changes()
    ann.write(town.community, topic())
    ann.write(ann.joined.personal, lambda _maker: [])
    ann.sync_all(direct(town.site))
    assert lookout.look() == Changes(frozenset({town.community, ann.joined.personal}))
    assert lookout.look() == Changes()
    town.site.accounts.end_membership(ben.member, town.community)
    changes = lookout.look()
    assert changes.access
    assert changes.concern([b"anybody"])
    lookout.close()
    assert lookout.look() == Changes(), "the first look after closing only sets the mark"
    lookout.close()
