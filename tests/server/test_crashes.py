"""Power cuts at any moment: nothing acknowledged is lost, nothing is kept twice."""

import random
import threading
from collections.abc import Iterator

import pytest
import requests

from sync.core.exchange import Outcome
from sync.core.group import group_hash
from sync.core.ids import Id
from sync.server.rebuilding import log_of
from sync.server.site import open_site
from tests.server.conftest import COMMUNITY, Town, until
from tests.support.replica_model import ModelReplica, direct, over_http
from tests.support.server import RunningServer
from tests.support.server_records import topic

KILLS = 8


class LostAnswers:
    """Carries requests to the site; the answers of some are lost on the way back."""

    def __init__(self, town: Town, lose: Iterator[bool]) -> None:
        self._send = direct(town.site)
        self._lose = lose
        self.lost = 0

    def __call__(self, frame: bytes) -> bytes:
        answer = self._send(frame)
        if next(self._lose):
            self.lost += 1
            raise ConnectionError
        return answer


def test_answers_lost_after_the_commit_double_nothing(town: Town) -> None:
    ann, ben = town.join("Ann"), town.join("Ben")
    dice = random.Random(7)
    wire = LostAnswers(town, iter(lambda: dice.random() < 0.5, None))
    for number in range(30):
        ann.write(town.community, topic(f"Topic {number}"))
        try:
            ann.sync(wire)
        except ConnectionError:
            continue
    ann.sync_all(direct(town.site))
    ben.sync_all(direct(town.site))
    assert wire.lost > 5
    own = [
        seq for replica, seq, _ in ben.spaces[town.community].groups.values() if replica == ann.id
    ]
    assert own == list(range(1, 31))


class Writer(threading.Thread):
    """Writes and pushes without pause, whatever happens to the server."""

    def __init__(self, url: str, replica: ModelReplica, space: Id) -> None:
        super().__init__()
        self.replica = replica
        self.failures = 0
        self.confirmed: list[bytes] = []
        self.stopping = threading.Event()
        self._send = over_http(url)
        self._space = space

    def run(self) -> None:
        while not self.stopping.is_set():
            groups = [self.replica.write(self._space, topic("Topic", "x" * 500)) for _ in range(3)]
            while not self.stopping.is_set():
                try:
                    results = self.replica.push(groups, self._send)
                except requests.RequestException:
                    self.failures += 1
                    self.stopping.wait(0.05)
                    continue
                assert {r.outcome for r in results} <= {Outcome.KEPT, Outcome.ALREADY_HAD}
                self.replica.acknowledged[self._space] = groups[-1].seq
                self.confirmed += [group_hash(group.raw) for group in groups]
                break


@pytest.mark.slow
def test_a_server_killed_again_and_again_keeps_what_it_confirmed_once(
    server: RunningServer,
) -> None:
    server.create_community(COMMUNITY)
    writers = []
    for name in ("Ann", "Ben"):
        replica = ModelReplica()
        replica.enrol(server.invite(name, COMMUNITY), over_http(server.url, "/v1/enrol"))
        replica.sync_all(over_http(server.url))
        (community,) = (
            space
            for space, held in replica.spaces.items()
            if held.told is not None and held.told.kind == "community"
        )
        writers.append(Writer(server.url, replica, community))
    for writer in writers:
        writer.start()
    dice = random.Random(11)
    try:
        for _ in range(KILLS):
            enough = sum(len(w.confirmed) for w in writers) + dice.randint(1, 12)
            until(lambda enough=enough: sum(len(w.confirmed) for w in writers) >= enough, 60)
            server.restart()
    finally:
        for writer in writers:
            writer.stopping.set()
        for writer in writers:
            writer.join()
    assert sum(writer.failures for writer in writers) > 0
    assert server.stop() == 0

    assert server.run("check")["problems"] == []
    with open_site(server.data) as site, site.database.read() as connection:
        kept = [row.hash for row in log_of(connection, community)]
    assert len(kept) == len(set(kept))
    for writer in writers:
        assert set(writer.confirmed) <= set(kept)
