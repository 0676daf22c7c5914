"""Rows about what a replica does with what came: applying much, and syncing with much behind it."""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cop_desktop.store.layout import Layout
from cop_desktop.store.tables import SEARCH_COLUMNS, SEARCH_TABLE
from sync.catalogue.discussions import POST, TOPIC
from sync.core import digest
from sync.core.exchange import SpaceReply, SyncReply
from sync.core.group import Group, group_hash
from sync.core.ids import NO_HASH, Id, created_id
from sync.core.ops import SetFields
from sync.core.packing import PageGroup
from tests.benchmarks.rows import Row
from tests.support.replicas import BEN, COMMUNITY, EPOCH, NOON_MS, enrolled

GROUPS: Final = 100_000
_PAGE: Final = 5_000
_REPLIES_EACH: Final = 20
_OTHER: Final = b"O" * 16
_FILLED: Final = (TOPIC.name, POST.name, "log", "touches", "search_rows")
"""The tables that grow with what is pulled."""
_MADE_BY_SQLITE: Final = {
    f"{SEARCH_TABLE}_{part}" for part in ("data", "idx", "content", "docsize", "config")
} | {"sqlite_sequence", "sqlite_stat1"}


@dataclass
class Chain:
    """Groups of one replica, one after the other: a topic, then replies, then the next topic."""

    space: Id
    bodies: Sequence[str]
    seq: int = 0
    prev: bytes = NO_HASH
    topic: Id = b""

    def next(self) -> Group:
        """The next group."""
        clock = (NOON_MS + self.seq * 1_000) << 16
        body = self.bodies[self.seq % len(self.bodies)]
        self.seq += 1
        starts = self.seq % (_REPLIES_EACH + 1) == 1
        group = Group(
            space=self.space,
            replica=_OTHER,
            seq=self.seq,
            prev=self.prev,
            author=BEN,
            clock=clock,
            written_ms=clock >> 16,
            seen=0,
            ops=(),
        )
        made = created_id(group.maker, 0)
        if starts:
            self.topic = made
            op = SetFields(TOPIC.number, made, {1: body[:60]})
        else:
            op = SetFields(POST.number, made, {1: self.topic, 3: body})
        group = Group(**{**vars(group), "ops": (op,)})
        self.prev = group_hash(group.raw)
        return group


def applying(folder: Path, bodies: Sequence[str]) -> Iterator[Row]:
    """100,000 groups pulled into log, tables and search index; beside bare inserts of the same."""
    came = pages(bodies)
    with enrolled(folder / "applying") as replica:
        began_s = time.perf_counter()
        for page, reply in came:
            replica.sync_side.absorb(page, reply, [])
        took_s = time.perf_counter() - began_s
    raw_s = _same_inserts(Layout(folder / "applying").database, folder / "bare.sqlite3")
    yield Row(
        *(
            "applying",
            f"applying {GROUPS:,} pulled groups beside bare inserts of the same",
            "times",
        ),
        *(took_s / raw_s, 4.0),
        detail={"took_s": round(took_s, 1), "bare_s": round(raw_s, 1)},
    )


def pages(
    bodies: Sequence[str], groups: int = GROUPS, page_groups: int = _PAGE, after: int = 0
) -> list[tuple[list[PageGroup], SyncReply]]:
    """What a server would say of so many topics and replies, a multiple of those of a page.

    after: without what it would have said of the first so many.
    """
    chain, total, said = Chain(COMMUNITY, bodies), 0, []
    for first in range(1, groups + 1, page_groups):
        page = []
        for position in range(first, first + page_groups):
            group = chain.next()
            total = digest.extended(total, chain.prev)
            page.append(PageGroup(COMMUNITY, _OTHER, group.seq, group.raw, position, NOON_MS))
        head = first + page_groups - 1
        if head <= after:
            continue
        told = SpaceReply(COMMUNITY, "community", groups, head, 0, digest.to_bytes(total))
        reply = SyncReply(EPOCH, b"", NOON_MS, [], [told], [], b"", more=head < groups)
        said.append((page, reply))
    return said


def _same_inserts(source: Path, target: Path) -> float:
    """Seconds that sqlite3 takes for the rows of a replica's tables, in as many transactions."""
    with sqlite3.connect(source) as replica:
        made = replica.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        schema = [sql for name, sql in made if name not in _MADE_BY_SQLITE]
        rows = {name: _all_rows(replica, name) for name in _FILLED}
        columns = ", ".join(("rowid", *SEARCH_COLUMNS))
        words = replica.execute(f"SELECT {columns} FROM {SEARCH_TABLE} ORDER BY rowid").fetchall()
    bare = sqlite3.connect(target, isolation_level=None)
    bare.execute("PRAGMA journal_mode = WAL")
    bare.execute("PRAGMA synchronous = NORMAL")
    for sql in schema:
        bare.execute(sql)
    places = ", ".join("?" for _ in range(len(SEARCH_COLUMNS) + 1))
    into_index = f"INSERT INTO {SEARCH_TABLE}({columns}) VALUES ({places})"
    began_s = time.perf_counter()
    for at in range(0, GROUPS, _PAGE):
        bare.execute("BEGIN IMMEDIATE")
        for name, found in rows.items():
            part = _share(found, at)
            if part:
                marks = ", ".join("?" for _ in part[0])
                bare.executemany(f'INSERT INTO "{name}" VALUES ({marks})', part)
        bare.executemany(into_index, _share(words, at))
        bare.execute("COMMIT")
    took_s = time.perf_counter() - began_s
    bare.close()
    return took_s


def _share(rows: list[Any], at: int) -> list[Any]:
    """The part of the rows that belongs to the groups from `at` on."""
    return rows[len(rows) * at // GROUPS : len(rows) * (at + _PAGE) // GROUPS]


def _all_rows(replica: sqlite3.Connection, name: str) -> list[Any]:
    return replica.execute(f'SELECT * FROM "{name}"').fetchall()
