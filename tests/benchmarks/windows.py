"""Rows about the window: how soon it can be used, and that it stays so while much arrives."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from tests.benchmarks.rows import Row
from tests.benchmarks.storing import GROUPS, pages
from tests.support.replicas import COMMUNITY, enrolled

ARRIVING: Final = 10_000
THREAD: Final = 200
_STARTS: Final = 5
"""Both programs start so often, in turn; the quickest of each counts: others work here as well."""
_LONGEST_S: Final = 300.0


def windows(folder: Path, bodies: Sequence[str]) -> Iterator[Row]:
    """The program beside an empty window with the same imports; then what it does with much."""
    home = folder / "window"
    with enrolled(home) as replica:
        for page, reply in pages(bodies, GROUPS + ARRIVING):
            if page[-1].position <= GROUPS:
                replica.sync_side.absorb(page, reply, [])
        with replica.write() as action:
            topic = action.create("topic", COMMUNITY, {"title": "A long thread"})
            for number in range(THREAD):
                body = bodies[number % len(bodies)]
                action.create("post", COMMUNITY, {"topic": topic, "body": body})
    yield from _starting(home)
    yield from _working(home, topic.hex())


def _starting(home: Path) -> Iterator[Row]:
    ours, empty = [], []
    for _ in range(_STARTS):
        took_s, loaded = _usable("start", str(home))
        ours.append(took_s)
        empty.append(_usable("empty", *loaded)[0])
    what = f"start to a usable window with {GROUPS:,} posts beside an empty window, same imports"
    detail = {"ours_s": round(min(ours), 2), "empty_s": round(min(empty), 2)}
    yield Row("start", what, "times", min(ours) / min(empty), 1.5, detail=detail)
    yield Row("start_s", f"start to a usable window with {GROUPS:,} posts", "s", min(ours), 2.0)


def _working(home: Path, topic: str) -> Iterator[Row]:
    found = json.loads(_child("work", str(home), topic))
    what = f"longest stall of the window while {ARRIVING:,} groups arrive"
    yield Row("stall", what, "ms", found["stall_ms"], 50.0, detail=found)
    yield Row("thread", f"opening a thread of {THREAD} posts", "ms", found["thread_ms"], 100.0)
    yield Row("memory", f"memory with {GROUPS:,} posts", "MB", found["memory_mb"], 200.0)


def _usable(*arguments: str) -> tuple[float, list[str]]:
    """Seconds from the start of the process until its window can be used; what it had loaded."""
    began_s = time.monotonic()
    said = json.loads(_child(*arguments))
    return said["usable_s"] - began_s, said["loaded"]


def _child(*arguments: str) -> str:
    """The last line that it prints."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.window_child", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        timeout=_LONGEST_S,
        check=True,
    )
    return done.stdout.splitlines()[-1]
