"""The row about history: what one sync costs with a million groups behind it."""

import random
import sqlite3
import statistics
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from cop_desktop.services.discussions import NewTopic
from cop_desktop.store.kept import LOG
from cop_desktop.store.layout import Layout
from cop_desktop.store.log import log_row
from sync.core import digest
from sync.core.ids import Id
from sync.server.site import DATABASE_FILE
from sync.server.tables import GROUPS
from tests.benchmarks.rows import Row
from tests.benchmarks.storing import Chain
from tests.benchmarks.world import Side, World, world

FEW, MANY = 10_000, 1_000_000
_TIMES: Final = 15
_AT_ONCE: Final = 10_000
_WORDS: Final = 12


def history(folder: Path) -> Iterator[Row]:
    """A reply written and synced, and a look for news, with much and with little behind it.

    History is put into the ledger and into the replica's log as it would be after a sync; the
    tables made from the log hold only what is written now.
    """
    costs = {}
    for count in (FEW, MANY):
        with world(folder / f"history {count}") as made:
            costs[count] = _cost_s(_member_with_history(made, count))
    yield Row(
        *("history", "one sync with 1,000,000 groups of history beside one with 10,000", "times"),
        *(costs[MANY] / costs[FEW], 1.3),
        detail={"many_ms": round(1e3 * costs[MANY], 1), "few_ms": round(1e3 * costs[FEW], 1)},
    )


def _cost_s(side: Side) -> float:
    """Median time of a reply's push and a look for news."""
    topic = side.discussions.start_topic(side.community, NewTopic("Measured")).id
    side.settle()
    took = []
    for number in range(_TIMES):
        side.discussions.reply(topic, f"Reply {number}")
        began_s = time.perf_counter()
        side.settle()
        side.settle()
        took.append(time.perf_counter() - began_s)
    return statistics.median(took)


def _member_with_history(made: World, count: int) -> Side:
    side = made.member()
    side.settle()
    space = side.community
    server = made.folder / "server" / DATABASE_FILE
    with sqlite3.connect(server) as ledger, sqlite3.connect(Layout(side.folder).database) as log:
        _fill(ledger, log, space, count)
    side.settle()
    return side


def _fill(ledger: sqlite3.Connection, log: sqlite3.Connection, space: Id, count: int) -> None:
    (head, kept_sum) = ledger.execute(
        "SELECT head, sum FROM spaces WHERE id = ?", (space,)
    ).fetchone()
    (next_id,) = log.execute("SELECT max(id) + 1 FROM log").fetchone()
    chain, total = Chain(space, _bodies()), digest.from_bytes(kept_sum)
    for first in range(0, count, _AT_ONCE):
        kept, logged = [], []
        for position in range(head + first + 1, head + first + _AT_ONCE + 1):
            group = chain.next()
            total = digest.extended(total, chain.prev)
            common = {"position": position, "sum": digest.to_bytes(total), "received_ms": 0}
            row = log_row(group, chain.prev)
            logged.append({**row, **common, "id": next_id, "raw": group.raw})
            sent = {"signature": b"", "raw": group.raw, "size_bytes": len(group.raw)}
            kept.append({**row, **common, **sent})
            next_id += 1
        _insert(ledger, "groups", [column.name for column in GROUPS.columns], kept)
        _insert(log, "log", [column.name for column in LOG.columns], logged)
    moved = (head + count, digest.to_bytes(total), space)
    ledger.execute("UPDATE spaces SET head = ?, sum = ? WHERE id = ?", moved)
    log.execute("UPDATE spaces SET head = ?, server_head = head WHERE space = ?", moved[::2])


def _insert(
    into: sqlite3.Connection, table: str, columns: Sequence[str], rows: Sequence[dict[str, object]]
) -> None:
    places = ", ".join(f":{column}" for column in columns)
    into.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", rows)


def _bodies() -> list[str]:
    dice = random.Random(7)
    words = ["".join(dice.choices("abdeginorstu", k=dice.randint(2, 9))) for _ in range(500)]
    return [" ".join(dice.choices(words, k=_WORDS)) for _ in range(1_000)]
