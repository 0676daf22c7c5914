"""Rows about records: the first sync, what it costs afterwards, and on a link that breaks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import zstandard
from sqlalchemy import select

from sync.client.settling import Settling
from sync.core.ids import Id
from tests.benchmarks.rows import Row
from tests.benchmarks.texts import Texts
from tests.benchmarks.workload import Written
from tests.benchmarks.world import (
    CUT,
    ROUND_TRIP_S,
    SATELLITE,
    Metered,
    Side,
    Spent,
    World,
)

REPLY = 280
CHANGES = 100
NEWEST = 50


@dataclass(frozen=True)
class Filled:
    """A server with the workload, the members who wrote it, and what it was made of."""

    world: World
    writers: list[Side]
    content: Texts
    written: Written


def zstd_19(content: bytes) -> int:
    """Bytes of that in one file packed as well as zstd packs."""
    return len(zstandard.ZstdCompressor(level=19).compress(content))


def first_sync(filled: Filled) -> Iterator[Row]:
    """Bytes and time of the first full sync over the link, and until 50 threads can be read."""
    reader = filled.world.member(SATELLITE)
    metered, readable_s = Metered(reader), None
    more = True
    while more:
        more = reader.exchanger.round().more
        if readable_s is None and newest_are_readable(reader, filled.written):
            readable_s = metered.spent().took_s
    spent = metered.spent()
    one_file = zstd_19(filled.content.as_one_file())
    yield Row(
        *("first_sync_bytes", "first full sync, bytes down beside zstd -19 of the words", "times"),
        *(spent.down_bytes / one_file, 1.20),
        detail={"zstd_19_bytes": one_file, **spent.as_json()},
    )
    yield Row(
        *("first_sync_time", "its time beside its bytes ÷ rate + one round trip", "times"),
        *(spent.took_s / link_s(spent.down_bytes, 1), 1.15),
        detail={"least_s": link_s(spent.down_bytes, 1), "by_count": by_count(spent)},
    )
    yield Row(
        *("newest_threads", f"until the newest {NEWEST} threads can be read", "s"),
        *(readable_s if readable_s is not None else float("inf"), 10.0),
    )


def link_s(down_bytes: int, round_trips: int) -> float:
    """How long that takes at best on the link, both ends being infinitely fast."""
    assert SATELLITE.down_bytes_s is not None
    return round(down_bytes / SATELLITE.down_bytes_s + round_trips * ROUND_TRIP_S, 2)


def by_count(spent: Spent) -> float:
    """The time's ratio by count alone: bytes and round trips, without either computer's own."""
    least = link_s(spent.down_bytes, 1)
    return round(link_s(spent.down_bytes, spent.round_trips) / least, 3)


def newest_are_readable(side: Side, written: Written) -> bool:
    """Whether the newest threads are here whole."""
    newest = written.threads[-NEWEST:]
    topics = [topic for topic, _ in newest]
    posts = [post for _, replies in newest for post in replies]
    return _here(side, "topic", topics) and _here(side, "post", posts)


def _here(side: Side, kind: str, records: Sequence[Id]) -> bool:
    table = side.replica.tables[kind]
    with side.replica.read() as connection:
        found = set(connection.scalars(select(table.c.id).where(table.c.id.in_(records))))
    return found == set(records)


def idle(filled: Filled) -> Iterator[Row]:
    """Looking whether anything is new, by one who holds everything."""
    side = filled.writers[0]
    side.settle()
    spent = _settled(side)
    yield Row(
        *("idle", "nothing changed, both ways, heads included", "B"),
        *(spent.up_bytes + spent.down_bytes, 700),
        detail=spent.as_json(),
    )
    yield Row("idle_trips", "nothing changed, round trips", "", spent.round_trips, 1)


def one_reply(filled: Filled) -> Iterator[Row]:
    """A reply of 280 characters, pushed by one, pulled by another, connections kept open."""
    one, two = filled.writers[:2]
    one.settle()
    two.settle()
    topic = filled.written.threads[-1][0]
    body = next(text for text in filled.content.replies if len(text) >= REPLY)[:REPLY]
    one.discussions.reply(topic, body)
    for way, side in (("push", one), ("pull", two)):
        spent = _settled(side)
        yield Row(
            *(f"reply_{way}", f"one 280-character reply: {way}, both ways", "B"),
            *(spent.up_bytes + spent.down_bytes, 900),
            detail=spent.as_json(),
        )
        yield Row(f"reply_{way}_trips", f"its {way}, round trips", "", spent.round_trips, 1)


def hundred(filled: Filled) -> Iterator[Row]:
    """100 changes on each of two sides, until both have all."""
    one, two = filled.writers[:2]
    one.settle()
    two.settle()
    bodies = filled.content.replies[: 2 * CHANGES]
    _write_replies(one, filled.written, bodies[:CHANGES])
    _write_replies(two, filled.written, bodies[CHANGES:])
    metered = [Metered(one), Metered(two)]
    for side in (one, two, one):
        side.settle()
    spent = [each.spent() for each in metered]
    halves = (bodies[:CHANGES], bodies[CHANGES:])
    # Each half goes up once and comes down once.
    least = 2 * sum(zstd_19("\n".join(half).encode()) for half in halves)
    moved = sum(each.up_bytes + each.down_bytes for each in spent)
    yield Row(
        *("hundred", "100 changes on each side, all bytes beside zstd -19 of them", "times"),
        *(moved / least, 1.5),
        detail={"zstd_19_bytes": least, "sides": [each.as_json() for each in spent]},
    )
    trips = max(each.round_trips for each in spent)
    yield Row("hundred_trips", "100 changes on each side, round trips a side", "", trips, 3)


def _write_replies(side: Side, written: Written, bodies: list[str]) -> None:
    with side.replica.write() as action:
        for index, body in enumerate(bodies):
            action.new_groups()
            topic = written.threads[-1 - index % NEWEST][0]
            action.create("post", side.community, {"topic": topic, "body": body})


def cut(filled: Filled) -> Iterator[Row]:
    """The first sync over a link that is cut every 20 seconds for 3."""
    uncut = filled.world.member()
    metered = Metered(uncut)
    uncut.settle()
    whole = metered.spent().down_bytes
    reader = filled.world.member(CUT)
    metered = Metered(reader)
    failures = reader.settle_whatever_comes()
    spent = metered.spent()
    yield Row(
        *("cut", "first sync, link cut every 20 s: bytes beside an uncut one", "times"),
        *(spent.down_bytes / whole, 1.10),
        detail={"failures": failures, "uncut_bytes": whole, **spent.as_json()},
    )


def _settled(side: Side) -> Spent:
    metered = Metered(side)
    Settling(side.exchanger, move_pieces=False).run()
    return metered.spent()
