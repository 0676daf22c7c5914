"""What operators are tried on: hits of the text index or, without words, the newest records."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection, select

from cop_desktop.services.places import label_of
from cop_desktop.services.search.filters import folded
from cop_desktop.services.search.query import Query
from cop_desktop.store import Found, Replica, Words
from cop_desktop.store.lineage import Lineage
from sync.catalogue import CATALOGUE
from sync.catalogue.communities import texts_space
from sync.catalogue.discussions import ACTIVITIES
from sync.catalogue.library import ITEM_TYPES
from sync.catalogue.meetings import MEETING_TYPES
from sync.core.ids import Id

STAGES: Final = (2_000, 10_000)
"""How many hits operators are tried on, newest first: more only where the first leave too few."""
_SPARES: Final = (1.2, 4.0)
"""Times the limit that is looked for, because hits in one document become one: more only where
that left too few."""

_FILES: Final = ("file_version", "extracted_text")
_MEETINGS: Final = (
    *("series", "meeting", "agenda_item", "meeting_notes", "attendance", "decision", "action"),
)
_KINDS_WITH: Final = (
    (ACTIVITIES, ("topic", "post")),
    (ITEM_TYPES, ("library_item",)),
    (MEETING_TYPES, _MEETINGS),
)
"""Choices, and the kinds that are of such a type themselves or by what they belong to."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to search, and how the hits are ordered.

    kinds: names, all if None. space: one community, or the directory. best_first: for a finished
    query; otherwise newest first, which answers while typing.
    """

    kinds: tuple[str, ...] | None = None
    space: Id | None = None
    limit: int = 50
    best_first: bool = False


class Candidates:
    """Where the operators of one query find what they are tried on."""

    def __init__(self, replica: Replica, rows: Connection, query: Query, scope: Scope) -> None:
        self._replica = replica
        self._rows = rows
        self._query = query
        self._scope = replace(scope, kinds=kinds_of_types(query.types, scope.kinds))

    def stages(self) -> Iterator[Sequence[Found]]:
        """Ever longer lists, each with all of those before, in the order in which it is shown."""
        if not self._query.has_operators and self._query.looks_for_text:
            for times in _SPARES:
                most = round(self._scope.limit * times)
                listed = self._with_words(most)
                yield listed
                if len(listed) < most:
                    return
            return
        for most in STAGES:
            found = self._with_words if self._query.looks_for_text else self._newest
            listed = found(most)
            yield listed
            if len(listed) < most:
                return

    def _with_words(self, most: int) -> list[Found]:
        query, scope = self._query, self._scope
        # Only so many are ranked; whoever looks among more gets them by time.
        ranked = scope.best_first and most <= STAGES[0]
        words = Words(query.words, query.phrases, query.without, ranked=ranked)
        found: list[Found] = []
        for space in _spaces(scope):
            found += self._replica.search(words, kinds=scope.kinds, space=space, limit=most)
        if scope.space is not None and not scope.best_first:
            found.sort(key=_moment, reverse=True)
        return found

    def _newest(self, most: int) -> list[Found]:
        index = self._replica.tables.search_rows
        newest = select(index.c.record, index.c.kind, index.c.space, index.c.moment)
        if self._scope.kinds is not None:
            numbers = [CATALOGUE.by_name[name].number for name in self._scope.kinds]
            newest = newest.where(index.c.kind.in_(numbers))
        if self._scope.space is not None:
            newest = newest.where(index.c.space.in_([s for s in _spaces(self._scope) if s]))
        found = self._rows.execute(newest.order_by(index.c.number.desc()).limit(most)).all()
        lineage = Lineage(self._rows, self._replica.tables, CATALOGUE)
        lineage.load((row.kind, row.record) for row in found)
        listed = [
            Found(
                CATALOGUE.by_number[row.kind].name,
                row.record,
                row.space,
                lineage.title(row.record),
                "",
                row.moment,
                lineage.above(row.record),
            )
            for row in found
        ]
        return sorted(listed, key=_moment, reverse=True)

    def unwanted(self) -> set[Id]:
        """Records that hold what must not occur, where the index does not see to it itself."""
        without = () if self._query.looks_for_text else self._query.without
        return {
            hit.record
            for phrase in without
            for hit in self._replica.search(Words(phrases=(phrase,)), limit=STAGES[-1])
        }


def kinds_of_types(types: Sequence[str], among: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """Kinds that can be of all these types, as `Filters` understands them; None: any kind."""
    for wanted in map(folded, types):
        kinds = set(_FILES)  # a type may be the ending of a file's name
        kinds |= {kind.name for kind in CATALOGUE if folded(kind.noun).startswith(wanted)}
        for choices, having in _KINDS_WITH:
            if any(folded(choice).startswith(wanted) for choice in choices):
                kinds |= set(having)
        among = tuple(sorted(kinds if among is None else kinds.intersection(among)))
    return among


def _spaces(scope: Scope) -> tuple[Id | None, ...]:
    """A community's texts of files are in a space of their own beside it."""
    return (None,) if scope.space is None else (scope.space, texts_space(scope.space))


def _moment(found: Found) -> int:
    return found.moment


def beginning_of(replica: Replica, rows: Connection, hit: Found) -> str:
    """How the record of a hit begins, for one that was found by operators alone."""
    table = replica.tables[hit.kind]
    row = rows.execute(select(table).where(table.c.id == hit.record)).mappings().first()
    return "" if row is None else label_of(CATALOGUE.by_name[hit.kind], row)
