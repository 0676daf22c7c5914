"""Runs: what one signature vouches for is found out once, however long the run is."""

from typing import ClassVar

from sync.core.clock import clock_of
from sync.core.group import Group, group_hash
from sync.core.ids import NO_HASH
from sync.core.signing import SigningKey
from sync.server.appending import Entry
from sync.server.reasons import Reason
from sync.server.runs import runs_of
from tests.support.made import MEMBERS, REPLICAS, SPACES

KEY = SigningKey(b"K" * 32)


class Watched(Entry):
    """An entry that counts how often anybody looked at a signature."""

    looks: ClassVar[int] = 0

    def __getattribute__(self, name: str) -> object:
        if name == "signature":
            Watched.looks += 1
        return super().__getattribute__(name)


def chain(length: int, signed: int) -> list[Entry]:
    """Groups of one replica, the one at `signed` with a signature."""
    entries: list[Entry] = []
    for seq in range(1, length + 1):
        prev = entries[-1].hash if entries else NO_HASH
        clock = clock_of(1_800_000_000_000 + seq)
        group = Group(SPACES[0], REPLICAS[0], seq, prev, MEMBERS[0], clock, 0, 0, ())
        name = group_hash(group.raw)
        entries.append(Watched(group, name, KEY.sign_group(name) if seq == signed else b""))
    return entries


def test_a_signature_vouches_for_what_is_before_it_and_nothing_after() -> None:
    entries = chain(5, signed=3)
    runs = runs_of(entries)
    doubts = [run.doubt(entry, KEY.public) for run, entry in zip(runs, entries, strict=True)]
    assert doubts == [None, None, None, Reason.UNPROVEN, Reason.UNPROVEN]
    assert runs[0].doubt(entries[0], SigningKey(b"L" * 32).public) is Reason.BAD_SIGNATURE


def test_a_long_run_is_looked_through_once() -> None:
    for signed in (0, 1, 500, 1_000):
        entries = chain(1_000, signed)
        run = runs_of(entries)[-1]
        Watched.looks = 0
        for entry in entries:
            run.doubt(entry, KEY.public)
        assert Watched.looks <= 3 * len(entries)
