"""A member's replica whose way to the server leads past a meddler."""

import os
import queue
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cop_desktop.background import Background, Wires
from cop_desktop.joining import join
from cop_desktop.services.discussions import Discussions, NewTopic
from cop_desktop.services.sync_status import SyncStatus
from cop_desktop.store import Account, Changed, Replica
from cop_desktop.sync_report import SyncReport
from sync.client.exchanging import Exchanger
from sync.client.transport import Transport
from sync.core.ids import Id
from sync.server.embedded import EmbeddedServer
from sync.server.invites import Guest
from tests.support.meddling import Meddler, honest
from tests.support.replicas import ManualClock, opened

COMMUNITY = "Top End Leaders"
WAIT_S = 30.0


@dataclass
class Desk:
    """Anna's replica. Its account's address is the meddler's."""

    folder: Path
    meddler: Meddler
    community: Id
    clock: ManualClock

    @contextmanager
    def open(self) -> Iterator[Replica]:
        """The replica; one at a time."""
        with opened(self.folder, self.clock) as replica:
            yield replica

    def write(self, title: str, body: str = "") -> None:
        with self.open() as replica:
            Discussions(replica).start_topic(self.community, NewTopic(title, body=body))

    def standing(self) -> tuple[Account | None, int]:
        """Who the replica is and where, and how much waits."""
        with self.open() as replica:
            return replica.account, len(SyncStatus(replica).waiting())


def enrolled_desk(folder: Path, meddler: Meddler, server: EmbeddedServer) -> Desk:
    """Anna enrols while the meddler is honest, and receives what is there."""
    meddler.manner = honest
    community = server.site.accounts.create_community(COMMUNITY).id
    code = server.site.invites.invite(Guest("Anna", (COMMUNITY,), None)).code
    desk = Desk(folder, meddler, community, ManualClock(time.time_ns() // 1_000_000))
    with desk.open() as replica:
        join(replica, meddler.url, code, "laptop")
        exchanged(replica, meddler.url)
    meddler.asked.clear()
    return desk


def exchanged(replica: Replica, url: str) -> bool:
    """Exchanges until neither has more; whether both agree then.

    Raises SyncError.
    """
    with exchanger(replica, url) as talking:
        while (done := talking.round()).more:
            continue
        return done.absorbed.agreed


@contextmanager
def exchanger(replica: Replica, url: str) -> Iterator[Exchanger[Changed]]:
    """An exchanger over a connection of its own."""
    transport = Transport(url)
    try:
        yield Exchanger(replica.sync_side, transport, os.urandom)
    finally:
        transport.close()


@dataclass
class Watched:
    """A running sync thread and everything it reports."""

    background: Background[Changed]
    reports: "queue.SimpleQueue[SyncReport]"

    def until(self, wanted: Callable[[SyncReport], bool]) -> list[SyncReport]:
        """All reports up to the first that is so."""
        seen = [self.reports.get(timeout=WAIT_S)]
        while not wanted(seen[-1]):
            seen.append(self.reports.get(timeout=WAIT_S))
        return seen


@contextmanager
def watched(replica: Replica, url: str) -> Iterator[Watched]:
    """The sync thread at work over real connections."""
    talking, listening = Transport(url), Transport(url)
    reports: queue.SimpleQueue[SyncReport] = queue.SimpleQueue()
    wires: Wires[Changed] = Wires(lambda _changed: None, reports.put)
    background = Background(Exchanger(replica.sync_side, talking, os.urandom), listening, wires)
    background.start()
    try:
        yield Watched(background, reports)
    finally:
        background.stop()
        talking.close()
