"""Replicas for tests: in a folder, enrolled by nobody's server, with a clock that tests turn."""

import os
import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from cop_desktop.store import Account, Clock, NewSpace, Replica
from cop_desktop.store.account import mark_for_rename
from cop_desktop.store.receipts import FORK
from cop_desktop.store.tables import Tables
from sync.catalogue.communities import personal_space, texts_space
from sync.catalogue.declare import SpaceKind
from sync.core.enrolment import EnrolReply
from sync.core.ids import Id, random_id
from sync.core.signing import Certificate, SigningKey

NOON_MS = 1_790_000_000_000
SERVER = b"S" * 16
DIRECTORY = b"D" * 16
COMMUNITY = b"C" * 16
ANNA = b"a" * 16
BEN = b"b" * 16
SERVER_KEY = SigningKey(b"\7" * 32)
EPOCH = b"E" * 16


@dataclass
class ManualClock:
    """A clock that stands still until a test turns it, and seeded randomness.

    now_ms: may be written to; then somebody sets the clock, and no time goes by. step_ms: how much
    each look at it turns it.
    """

    now_ms: int = NOON_MS
    seed: int = 1
    step_ms: int = 0
    _passed_ms: int = field(default=0, init=False, repr=False)
    _random: random.Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    def wall_ms(self) -> int:
        self.now_ms += self.step_ms
        self._passed_ms += self.step_ms
        return self.now_ms

    def monotonic_s(self) -> float:
        return self._passed_ms / 1000

    def random_bytes(self, count: int) -> bytes:
        return self._random.randbytes(count)

    def turn(self, *, seconds: float = 0, days: float = 0) -> None:
        turned_ms = round((seconds + days * 86_400) * 1000)
        self.now_ms += turned_ms
        self._passed_ms += max(turned_ms, 0)  # back: somebody sets it

    @property
    def as_clock(self) -> Clock:
        return Clock(self.wall_ms, self.random_bytes, self.monotonic_s)


def grow_old(replica: Replica, clock: ManualClock, age_ms: int) -> None:
    """Let all chunks that are here have been kept so long ago."""
    kept_s = (clock.now_ms - age_ms) / 1000
    for path in replica.layout.chunks.glob("??/??/*"):
        os.utime(path, (kept_s, kept_s))


def opened(folder: Path, clock: ManualClock | None = None) -> Replica:
    """The replica in this folder, as it is."""
    return Replica.open(folder, (clock or ManualClock()).as_clock)


def enrolled(
    folder: Path,
    *,
    member: Id = ANNA,
    name: str = "Anna",
    clock: ManualClock | None = None,
    communities: tuple[Id, ...] = (COMMUNITY,),
) -> Replica:
    """A new replica of `member`, holding the directory, the communities and the personal space.

    Replicas of one test need clocks of different seeds, or they get the same id.
    """
    replica = opened(folder, clock or ManualClock(seed=int.from_bytes(member, "big")))
    enrol(replica, member=member, name=name, communities=communities)
    return replica


def enrol(
    replica: Replica,
    *,
    member: Id = ANNA,
    name: str = "Anna",
    communities: tuple[Id, ...] = (COMMUNITY,),
) -> Account:
    """Give a replica what a server would."""
    identity = replica.new_identity()
    said = Certificate(identity.replica, member, identity.public_key, NOON_MS)
    account = Account(
        server_url="http://127.0.0.1:1",
        server=SERVER,
        server_name="Test server",
        server_key=SERVER_KEY.public,
        epoch=EPOCH,
        member=member,
        member_name=name,
        replica=identity.replica,
        frame_key=b"F" * 32,
        seed=identity.seed,
        certificate=SERVER_KEY.certify(said),
        certificate_ms=NOON_MS,
        directory=DIRECTORY,
        personal=personal_space(member),
    )
    spaces = [
        NewSpace(DIRECTORY, SpaceKind.DIRECTORY),
        NewSpace(account.personal, SpaceKind.PERSONAL),
    ]
    for community in communities:
        spaces.append(NewSpace(community, SpaceKind.COMMUNITY))
        spaces.append(NewSpace(texts_space(community), SpaceKind.TEXTS, community))
    replica.enrolled(account, spaces)
    return account


def certified(replica: Replica) -> EnrolReply:
    """What a server answers when this replica asks for another name; again if it has it already."""
    account, new = replica.account, replica.sync_side.new_name()
    assert account is not None
    signature = b"n" * 64
    if new is not None:
        said = Certificate(new.replica, account.member, new.public_key, NOON_MS, account.replica)
        signature = SERVER_KEY.certify(said)
    return EnrolReply(
        SERVER,
        "Test server",
        SERVER_KEY.public,
        EPOCH,
        account.member,
        account.member_name,
        b"N" * 32,
        NOON_MS,
        signature,
        DIRECTORY,
        account.personal,
    )


def take_another_name(replica: Replica) -> None:
    """Let a replica go on under another id, as a copy of a folder does once it meets the server."""
    with replica._database.write() as connection:
        mark_for_rename(connection, FORK)
    replica.sync_side.take_name(certified(replica))


def new_id(seed: int) -> Id:
    """Some id, always the same for the same seed."""
    return random_id(random.Random(seed).randbytes)


def rows_of(replica: Replica, *, without: tuple[str, ...] = ()) -> dict[str, list[dict[str, Any]]]:
    """Everything in the projection tables, in order of id."""
    with replica.read() as connection:
        return table_rows(connection, replica.tables, without=without)


def table_rows(
    connection: Connection, tables: Tables, *, without: tuple[str, ...] = ()
) -> dict[str, list[dict[str, Any]]]:
    """The rows of every kind that has any, and of records without a table, in order of id."""
    chosen = {name: table for name, table in tables.items() if name not in without}
    chosen["others"] = tables.others
    found = {
        name: [dict(row) for row in connection.execute(select(table).order_by("id")).mappings()]
        for name, table in chosen.items()
    }
    return {name: rows for name, rows in found.items() if rows}
