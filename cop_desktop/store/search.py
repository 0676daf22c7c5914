"""Finding records by the words in them: as they are typed, accents and case ignored."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection

from cop_desktop.store.lineage import Ancestor, Lineage
from cop_desktop.store.tables import SEARCH_TABLE, Tables
from sync.catalogue.declare import Catalogue
from sync.core.ids import Id

MARK_START: Final = "\x02"
MARK_END: Final = "\x03"
"""Around what matched in a snippet; control characters, which no text shows."""

_SNIPPET_TOKENS: Final = 14
_PREFIX_FROM: Final = 2
_MOST_WORDS: Final = 24
_LONGEST_WORD: Final = 80
_MOST_RANKED: Final = 2_000
_SPARE: Final = 3
"""Times the limit looked at, because what lies in a trashed topic is left out afterwards."""
_WEIGHTS: Final = "8.0, 2.0, 1.0"  # of title, body, extracted
_WORD_CATEGORIES: Final = ("L", "N", "Co")


@dataclass(frozen=True, slots=True)
class Words:
    """What to look for: all words and phrases, nothing of `without`.

    The last of `words` may be unfinished. ranked: best first among the newest, otherwise newest
    first.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    ranked: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look. kinds, space: everywhere if None."""

    kinds: tuple[str, ...] | None = None
    space: Id | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Found:
    """One record with the words in it.

    title: its own, or of the nearest record above it that has one. snippet: what matched stands
    between MARK_START and MARK_END. moment: milliseconds since 1970, of what it tells of. above:
    what it belongs to, nearest first: a reply's topic, a text's file and that file's item.
    """

    kind: str
    record: Id
    space: Id
    title: str
    snippet: str
    moment: int
    above: tuple[Ancestor, ...]


class Search:
    """The full-text index, as one reading of the database sees it."""

    def __init__(self, connection: Connection, tables: Tables, catalogue: Catalogue) -> None:
        self._connection = connection
        self._catalogue = catalogue
        self._lineage = Lineage(connection, tables, catalogue)

    def find(self, query: str | Words, scope: Scope) -> list[Found]:
        """What is found; nothing for a query without words. No query is an error."""
        words = Words(tuple(query.split())) if isinstance(query, str) else query
        match = match_expression(words)
        if match is None:
            return []
        rows = self._candidates(match, scope, ranked=words.ranked)
        kept = self._not_in_trash(rows, scope.limit)
        snippets = self._snippets(match, [row["number"] for row in kept])
        return [self._found(row, snippets.get(row["number"], "")) for row in kept]

    def _candidates(self, match: str, scope: Scope, *, ranked: bool) -> list[dict[str, Any]]:
        where, values = self._where(scope)
        wanted = scope.limit * _SPARE
        most = _MOST_RANKED if ranked else wanted
        score = f"bm25({SEARCH_TABLE}, {_WEIGHTS})" if ranked else "0"
        statement = (
            f"SELECT s.number, s.record, s.kind, s.space, s.moment, {score} AS score"  # noqa: S608
            f" FROM {SEARCH_TABLE} CROSS JOIN search_rows s ON s.number = {SEARCH_TABLE}.rowid"
            f" WHERE {SEARCH_TABLE} MATCH ?{where} ORDER BY {SEARCH_TABLE}.rowid DESC LIMIT ?"
        )
        if ranked:
            statement = f"SELECT * FROM ({statement}) ORDER BY score, number DESC LIMIT {wanted}"  # noqa: S608
        found = self._connection.exec_driver_sql(statement, (match, *values, most)).mappings()
        rows = [dict(row) for row in found]
        return rows if ranked else sorted(rows, key=_by_moment, reverse=True)

    def _where(self, scope: Scope) -> tuple[str, list[Any]]:
        where, values = "", list[Any]()
        if scope.kinds is not None:
            known = self._catalogue.by_name
            numbers = [known[name].number for name in scope.kinds if name in known]
            where += f" AND s.kind IN ({', '.join('?' for _ in numbers)})"
            values += numbers
        if scope.space is not None:
            where += " AND s.space = ?"
            values.append(scope.space)
        return where, values

    def _not_in_trash(self, rows: Sequence[dict[str, Any]], most: int) -> list[dict[str, Any]]:
        """The first rows of which nothing that they belong to is in the trash."""
        kept: list[dict[str, Any]] = []
        for start in range(0, len(rows), max(most, 1)):
            if len(kept) >= most:
                break
            some = rows[start : start + most]
            self._lineage.load((row["kind"], row["record"]) for row in some)
            kept += [
                row
                for row in some
                if not any(above.trashed for above in self._lineage.above(row["record"]))
            ]
        return kept[:most]

    def _snippets(self, match: str, numbers: Sequence[int]) -> dict[int, str]:
        if not numbers:
            return {}
        places = ", ".join("?" for _ in numbers)
        statement = (
            f"SELECT rowid, snippet({SEARCH_TABLE}, -1, ?, ?, '…', {_SNIPPET_TOKENS})"  # noqa: S608
            f" FROM {SEARCH_TABLE} WHERE {SEARCH_TABLE} MATCH ? AND rowid BETWEEN ? AND ?"
            # Without the plus sign the index would be asked once for each number.
            f" AND +rowid IN ({places})"
        )
        values = (MARK_START, MARK_END, match, min(numbers), max(numbers), *numbers)
        return {row[0]: row[1] for row in self._connection.exec_driver_sql(statement, values)}

    def _found(self, row: dict[str, Any], snippet: str) -> Found:
        record = row["record"]
        return Found(
            kind=self._catalogue.by_number[row["kind"]].name,
            record=record,
            space=row["space"],
            title=self._lineage.title(record),
            snippet=snippet,
            moment=row["moment"],
            above=self._lineage.above(record),
        )


def _by_moment(row: dict[str, Any]) -> tuple[int, int]:
    return row["moment"], row["number"]


def match_expression(query: Words) -> str | None:
    """The query in the language of FTS5, every word quoted; None if there is nothing in it."""
    words = _usable(query.words)
    wanted = [_quoted(word) for word in words]
    if words and len(words[-1]) >= _PREFIX_FROM:
        wanted[-1] += "*"
    elif words and not words[-1].isdigit():
        wanted.pop()  # one letter of a word that is being typed
    wanted += [_quoted(phrase) for phrase in _usable(query.phrases)]
    if not wanted:
        return None
    expression = " AND ".join(wanted)
    unwanted = [_quoted(phrase) for phrase in _usable(query.without)]
    return f"({expression}) NOT ({' OR '.join(unwanted)})" if unwanted else expression


def _usable(words: Iterable[str]) -> list[str]:
    """The words in which the index sees anything, bounded, without what cannot be passed to it."""
    clean = (
        word[:_LONGEST_WORD].encode("utf-8", "ignore").decode().replace("\0", " ").strip()
        for word in words
    )
    return [word for word in clean if any(map(_is_word_character, word))][:_MOST_WORDS]


def _is_word_character(character: str) -> bool:
    return unicodedata.category(character).startswith(_WORD_CATEGORIES)


def _quoted(words: str) -> str:
    return '"' + words.replace('"', '""') + '"'
