"""Rows about finding words among 100,000 posts, beside FTS5 asked the same and nothing more."""

import random
import re
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from cop_desktop.services.search import Scope, Search
from cop_desktop.store import Replica, Words
from cop_desktop.store.layout import Layout
from cop_desktop.store.search import match_expression
from cop_desktop.store.tables import SEARCH_TABLE
from tests.benchmarks.rows import Row
from tests.benchmarks.storing import GROUPS, pages
from tests.support.replicas import enrolled

LIMIT: Final = 50
_ASKED_EACH: Final = 20
_TIMES: Final = 3
"""Each query is asked so often, and the quickest counts: others work on the computer as well."""
_COMMON: Final = 300
_BEST: Final = f"bm25({SEARCH_TABLE}, 8.0, 2.0, 1.0)"
_NEWEST: Final = f"{SEARCH_TABLE}.rowid DESC"


def searching(folder: Path, bodies: Sequence[str], groups: int = GROUPS) -> Iterator[Row]:
    """What was entered, the best first, beside bare FTS5; and what is found while one types."""
    with enrolled(folder / "searching") as replica:
        for page, reply in pages(bodies, groups):
            replica.sync_side.absorb(page, reply, [])
        queries = asked(bodies)
        entered = _ours(replica, queries, best_first=True)
        typing = _ours(replica, queries, best_first=False)
    path = Layout(folder / "searching").database
    bare = _bare(path, queries, _BEST)
    newest = _bare(path, queries, _NEWEST)
    detail = {
        "ours_ms": _ms(entered),
        "bare_ms": _ms(bare),
        "typing_ms": _ms(typing),
        "bare_newest_ms": _ms(newest),
        "queries": len(queries),
    }
    what = f"search p95 among {groups:,} posts beside raw FTS5, best first with snippets"
    yield Row("search", what, "times", entered / bare, 1.3, detail=detail)
    what = f"search p95 among {groups:,} posts while one types"
    yield Row("search_typing", what, "ms", _ms(typing), 50.0)


def asked(bodies: Sequence[str], seed: int = 3) -> list[str]:
    """What people type: beginnings, common words, two words, a word half typed, rare words."""
    dice = random.Random(seed)
    words = Counter(word for body in bodies for word in re.findall(r"[a-z]{4,}", body.lower()))
    ranked = [word for word, _ in sorted(words.items(), key=lambda each: (-each[1], each[0]))]
    common, rare = ranked[:_COMMON], ranked[_COMMON:]
    found = []
    for _ in range(_ASKED_EACH):
        first, second, seldom = dice.choice(common), dice.choice(common), dice.choice(rare)
        found += [first[: dice.randint(2, 4)], first, f"{first} {second}"]
        found += [f"{second} {seldom[:4]}", seldom]
    return found


def _ours(replica: Replica, queries: Sequence[str], *, best_first: bool) -> float:
    search, scope = Search(replica), Scope(best_first=best_first, limit=LIMIT)
    return _p95_s(search.find, [(typed, scope) for typed in queries])


def _bare(path: Path, queries: Sequence[str], order: str) -> float:
    statement = (
        f"SELECT rowid, snippet({SEARCH_TABLE}, -1, char(2), char(3), '…', 14)"
        f" FROM {SEARCH_TABLE} WHERE {SEARCH_TABLE} MATCH ? ORDER BY {order} LIMIT {LIMIT}"
    )
    with sqlite3.connect(path) as bare:

        def find(match: str) -> None:
            bare.execute(statement, (match,)).fetchall()

        expressions = [match_expression(Words(tuple(typed.split()))) for typed in queries]
        took_s = _p95_s(find, [(match,) for match in expressions if match])
    bare.close()
    return took_s


def _p95_s(find: Callable[..., object], asked_with: Sequence[tuple[object, ...]]) -> float:
    took = sorted(min(_took_s(find, each) for _ in range(_TIMES)) for each in asked_with)
    return took[len(took) * 95 // 100 - 1]


def _took_s(find: Callable[..., object], arguments: tuple[object, ...]) -> float:
    began_s = time.perf_counter()
    find(*arguments)
    return time.perf_counter() - began_s


def _ms(seconds: float) -> float:
    return round(seconds * 1_000, 1)
