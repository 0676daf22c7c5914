"""`make bench`: what syncing costs, beside what it is compared with, as one JSON object."""

import json
import platform
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import zstandard

from cop_desktop.services.discussions import NewTopic
from sync.core.ids import Id
from tests.benchmarks.pair import Side, pair
from tests.benchmarks.texts import posts

POSTS = 5_000
TOPICS = 500
REPLY = 280


def main() -> None:
    """Measure everything and print it."""
    with tempfile.TemporaryDirectory() as folder, pair(Path(folder)) as (one, two):
        source, bodies = posts(POSTS)
        results: dict[str, Any] = {
            "machine": f"{platform.machine()}, Python {platform.python_version()}",
            "texts": source,
            "nothing_new": exchange_cost(one),
            "one_reply": one_reply(one, two, bodies),
            "first_sync": first_sync(one, two, bodies),
            "applying": applying(Path(folder), two, bodies),
        }
    json.dump(results, sys.stdout, indent=2)
    print()


def exchange_cost(side: Side) -> dict[str, int]:
    """Bytes and round trips of one settling, heads included."""
    meter, trips = side.exchanger.meter, side.exchanger.round_trips
    up, down = meter.up_bytes, meter.down_bytes
    side.settle()
    return {
        "up_bytes": meter.up_bytes - up,
        "down_bytes": meter.down_bytes - down,
        "round_trips": side.exchanger.round_trips - trips,
    }


def one_reply(one: Side, two: Side, bodies: list[str]) -> dict[str, Any]:
    """A reply of 280 characters: pushed by one, pulled by the other."""
    topic = one.discussions.start_topic(one.community, NewTopic("Measured")).id
    one.settle()
    two.settle()
    one.discussions.reply(topic, next(b for b in bodies if len(b) >= REPLY)[:REPLY])
    return {"push": exchange_cost(one), "pull": exchange_cost(two)}


def first_sync(one: Side, two: Side, bodies: list[str]) -> dict[str, Any]:
    """Everything that one wrote, received by the other; beside zstd -19 of the bare words."""
    write(one, bodies)
    one.settle()
    took_s, cost = timed(lambda: exchange_cost(two))
    plain = "\n".join(bodies).encode()
    packed_bytes = len(zstandard.ZstdCompressor(level=19).compress(plain))
    return {
        **cost,
        "groups": len(bodies) + TOPICS,
        "took_s": round(took_s, 2),
        "words_bytes": len(plain),
        "zstd_19_of_the_words_bytes": packed_bytes,
        "ratio_to_zstd_19": round(cost["down_bytes"] / packed_bytes, 2),
    }


def write(side: Side, bodies: list[str]) -> None:
    """Topics and replies, each an action of its own, many in one transaction."""
    share = len(bodies) // TOPICS
    space = side.community
    for number in range(TOPICS):
        with side.replica.write() as action:
            topic: Id = action.create("topic", space, {"title": f"Topic {number}"})
            for body in bodies[number * share : (number + 1) * share]:
                action.new_groups()
                action.create("post", space, {"topic": topic, "body": body})


def applying(folder: Path, side: Side, bodies: list[str]) -> dict[str, Any]:
    """Filling tables and search index from the log; beside raw inserts of the same words."""
    took_s, _ = timed(side.replica.rebuild)
    raw_s, _ = timed(lambda: raw_inserts(folder / "raw.sqlite3", bodies))
    return {
        "rebuild_s": round(took_s, 2),
        "raw_sqlite_s": round(raw_s, 2),
        "ratio": round(took_s / raw_s, 1),
    }


def raw_inserts(file: Path, bodies: list[str]) -> None:
    """The same words into a log, a table and a search index by sqlite3 alone."""
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE log (id INTEGER PRIMARY KEY, raw BLOB)")
        connection.execute("CREATE TABLE post (id BLOB PRIMARY KEY, body TEXT, made INTEGER)")
        connection.execute("CREATE VIRTUAL TABLE words USING fts5(body)")
        rows = [(number.to_bytes(16, "big"), body, number) for number, body in enumerate(bodies)]
        connection.executemany("INSERT INTO log (raw) VALUES (?)", [(b.encode(),) for b in bodies])
        connection.executemany("INSERT INTO post VALUES (?, ?, ?)", rows)
        connection.executemany("INSERT INTO words VALUES (?)", [(body,) for body in bodies])


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds that it took, and what came of it."""
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found


if __name__ == "__main__":
    main()
