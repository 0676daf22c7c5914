"""A real server process, members with real replicas, and links of every shape between them."""

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Final

from cop_desktop.commands.session import system_clock
from cop_desktop.joining import join
from cop_desktop.services.discussions import Discussions
from cop_desktop.store import Changed, Replica
from sync.client.errors import SyncError
from sync.client.exchanging import Exchanger
from sync.client.settling import Settled, Settling
from sync.client.transport import Transport
from sync.core.ids import Id
from tests.support.server import RunningServer
from tests.support.shaping_proxy import Counted, Shape, ShapingProxy, shaping_proxy

COMMUNITY: Final = "Measured"
SATELLITE: Final = Shape(up_bytes_s=128_000 / 8, down_bytes_s=512_000 / 8, delay_s=0.35)
"""The link of all rows that say "over the link": 512/128 kbit/s, 700 ms there and back."""
CUT: Final = replace(SATELLITE, cut_every_s=20.0, cut_for_s=3.0)
ROUND_TRIP_S: Final = 2 * SATELLITE.delay_s
NO_LINK: Final = Shape()
_AGAIN_S: Final = 0.5
_LONGEST_S: Final = 600.0


@dataclass(frozen=True)
class Side:
    """One member's computer, and the link that its exchanger goes over.

    folder: of the replica.
    """

    folder: Path
    replica: Replica
    exchanger: Exchanger[Changed]
    proxy: ShapingProxy
    discussions: Discussions

    @property
    def community(self) -> Id:
        """The space of the community."""
        return next(s.space for s in self.replica.spaces() if s.kind == "community")

    @property
    def counted(self) -> Counted:
        """What went over its link until now."""
        return replace(self.proxy.counted)

    def settle(self) -> Settled:
        """Exchange until nothing is left."""
        return Settling(self.exchanger, move_pieces=False).run()

    def settle_whatever_comes(self, *, pieces: bool = False) -> int:
        """As `settle`, trying again after every failure; how many there were.

        pieces: chunks of attachments as well.
        """
        failures, until_s = 0, time.monotonic() + _LONGEST_S
        while True:
            try:
                done = Settling(self.exchanger, move_pieces=pieces).run()
            except SyncError:
                failures += 1
                if time.monotonic() > until_s:
                    raise
                time.sleep(_AGAIN_S)
            else:
                if done.agreed:
                    return failures


@dataclass(frozen=True)
class Spent:
    """What something cost. Bytes are counted on the link, heads and lost pieces included."""

    up_bytes: int
    down_bytes: int
    round_trips: int
    took_s: float

    def as_json(self) -> dict[str, float]:
        """For the printed table."""
        return {
            "up_bytes": self.up_bytes,
            "down_bytes": self.down_bytes,
            "round_trips": self.round_trips,
            "took_s": round(self.took_s, 2),
        }


class Metered:
    """Measures what one side spends from now on."""

    def __init__(self, side: Side) -> None:
        """Begin."""
        self._side = side
        self._counted, self._trips = side.counted, side.exchanger.round_trips
        self._began_s = time.monotonic()

    def spent(self) -> Spent:
        """Since then."""
        now = self._side.counted
        return Spent(
            now.up_bytes - self._counted.up_bytes,
            now.down_bytes - self._counted.down_bytes,
            self._side.exchanger.round_trips - self._trips,
            time.monotonic() - self._began_s,
        )


class World:
    """One server, and as many members as are asked for."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        """stack: closes what is opened."""
        self.folder = folder
        self._stack = stack
        self._numbers = count(1)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.server = stack.enter_context(RunningServer(folder / "server"))
        self.server.create_community(COMMUNITY)

    def member(self, shape: Shape = NO_LINK) -> Side:
        """A new member, enrolled over loopback, who holds nothing yet; syncs over such a link."""
        name = f"Member {next(self._numbers)}"
        folder = self.folder / name
        replica = self._stack.enter_context(Replica.open(folder, system_clock()))
        join(replica, self.server.url, self.server.invite(name, COMMUNITY), name)
        return self._linked(folder, replica, shape)

    def behind(self, side: Side, shape: Shape) -> Side:
        """The same replica behind another link, with a new connection."""
        return self._linked(side.folder, side.replica, shape)

    def _linked(self, folder: Path, replica: Replica, shape: Shape) -> Side:
        proxy = self._stack.enter_context(shaping_proxy(self.server.url, shape))
        transport = Transport(proxy.url)
        self._stack.callback(transport.close)
        exchanger = Exchanger(replica.sync_side, transport, os.urandom)
        return Side(folder, replica, exchanger, proxy, Discussions(replica))


@contextmanager
def world(folder: Path) -> Iterator[World]:
    """A server without any content, and its members."""
    with ExitStack() as stack:
        yield World(folder, stack)
