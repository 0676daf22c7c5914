"""What commands work with: the opened replica, and its way to the server."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cop_desktop.store.replica import Replica
from cop_desktop.store.values import Changed, Clock
from sync.client.exchanging import Exchanger
from sync.client.transport import Transport

_NS_PER_MS = 1_000_000


def system_clock() -> Clock:
    """The time and randomness of the computer."""
    return Clock(wall_ms=_wall_ms, random_bytes=os.urandom)


def _wall_ms() -> int:
    return time.time_ns() // _NS_PER_MS


@contextmanager
def opened(data_dir: Path) -> Iterator[Replica]:
    """The replica in that folder, for one command.

    Raises StoreError; ReplicaInUse where the window is open on it.
    """
    with Replica.open(data_dir, system_clock()) as replica:
        yield replica


@contextmanager
def connected(replica: Replica, server_url: str) -> Iterator[Exchanger[Changed]]:
    """An exchanger over a connection of its own."""
    transport = Transport(server_url)
    try:
        yield Exchanger(replica.sync_side, transport, os.urandom)
    finally:
        transport.close()
