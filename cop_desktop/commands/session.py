"""What commands work with: the opened replica, and its way to the server."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cop_desktop.commands.errors import NoReplica, UnusableFolder
from cop_desktop.spending import Spending
from cop_desktop.store.errors import NotEnrolled
from cop_desktop.store.layout import Layout
from cop_desktop.store.replica import Replica
from cop_desktop.store.values import Account, Changed, Clock
from sync.client.exchanging import Exchanger

_NS_PER_MS = 1_000_000


def system_clock() -> Clock:
    """The time and randomness of the computer."""
    return Clock(wall_ms=_wall_ms, random_bytes=os.urandom)


def _wall_ms() -> int:
    return time.time_ns() // _NS_PER_MS


@contextmanager
def opened(data_dir: Path) -> Iterator[Replica]:
    """The replica in that folder, for one command.

    Raises NoReplica where nobody has enrolled, and then leaves the folder as it is; StoreError,
    ReplicaInUse where the window is open on it.
    """
    if not _holds_replica(data_dir):
        raise NoReplica(data_dir)
    with opened_or_new(data_dir) as replica:
        if replica.account is None:
            raise NoReplica(data_dir)
        yield replica


@contextmanager
def opened_or_new(data_dir: Path) -> Iterator[Replica]:
    """The replica in that folder, made where there is none.

    Raises UnusableFolder, StoreError.
    """
    try:
        replica = Replica.open(data_dir, system_clock())
    except OSError as error:
        raise UnusableFolder(data_dir, error) from error
    with replica:
        yield replica


def account_of(replica: Replica) -> Account:
    """Whose replica it is.

    Raises NotEnrolled.
    """
    if replica.account is None:
        raise NotEnrolled
    return replica.account


def _holds_replica(data_dir: Path) -> bool:
    layout = Layout(data_dir)
    try:
        return layout.database.exists() or layout.sidecar.exists()
    except OSError as error:
        raise UnusableFolder(data_dir, error) from error


@contextmanager
def connected(replica: Replica, server_url: str) -> Iterator[Exchanger[Changed]]:
    """An exchanger over a connection of its own; whoever gives a command wants it now."""
    from sync.client.transport import Transport  # loads `requests`, which takes long

    transport = Transport(server_url)
    try:
        yield Exchanger(replica.sync_side, transport, os.urandom)
    finally:
        transport.close()
        Spending(replica.data_use, (transport.meter,)).note()
