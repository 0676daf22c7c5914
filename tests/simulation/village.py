"""The community that every simulated world begins with, made once and copied."""

import random
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cop_desktop.joining import join_over
from cop_desktop.store import Clock as ReplicaClock
from cop_desktop.store import Replica
from sync.core.ids import Id
from sync.server.clock import Clock
from sync.server.invites import Guest
from sync.server.site import open_site
from tests.simulation.host import Host
from tests.simulation.link import Link
from tests.simulation.script import COMPUTERS, LATE
from tests.simulation.tally import Tally
from tests.simulation.timekeeping import OwnClock, WorldTime

OWNERS = ("Ana", "Ana", "Ben", "Cai", "Dot", "Eve", "Ben", "Fay")
"""Whose computers they are, by number."""
SERVER_FOLDER = "server"
SERVER_URL = "http://127.0.0.1:1"


@dataclass(frozen=True)
class Village:
    """folder: to be copied. codes: invitations of the computers that are to enrol."""

    folder: Path
    community: Id
    codes: dict[int, str]


def computer_folder(folder: Path, number: int) -> Path:
    """Where a computer of a world has its replica."""
    return folder / f"computer{number}"


def scratch() -> Path:
    """A new folder, in memory where the system has such."""
    memory = Path("/dev/shm")
    return Path(tempfile.mkdtemp(prefix="cop-world-", dir=memory if memory.is_dir() else None))


@cache
def village() -> Village:
    """The same bytes of randomness make the same community in every process."""
    folder, dice, time, tally = scratch(), random.Random("village"), WorldTime(), Tally()
    host = Host(folder / SERVER_FOLDER, OwnClock(time), dice, tally)
    with open_site(host.folder, clock=Clock(host.clock.wall_ms, dice.randbytes)) as site:
        community = site.accounts.create_community("Barkly").id
        codes = {
            number: site.invites.invite(Guest(OWNERS[number], communities=("Barkly",))).code
            for number in range(COMPUTERS)
        }
    host.start()
    for number, code in codes.items():
        if number not in LATE:
            enrol(computer_folder(folder, number), Link(host, time, dice, tally), code, dice)
    host.stop()
    late = {number: codes[number] for number in LATE}
    return Village(folder, community, late)


def enrol(folder: Path, link: Link, code: str, dice: random.Random) -> None:
    """Make the replica in this folder that of who was invited.

    Raises SyncError.
    """
    own = OwnClock(WorldTime())
    clock = ReplicaClock(own.wall_ms, dice.randbytes, own.monotonic_s)
    with Replica.open(folder, clock) as replica:
        join_over(link, replica, (SERVER_URL, code), "a laptop")  # type: ignore[arg-type]


def settle_in(folder: Path) -> Village:
    """The village, copied to this folder."""
    shutil.copytree(village().folder, folder, dirs_exist_ok=True)
    return village()
