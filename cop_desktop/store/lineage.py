"""What records belong to: a reply to its topic, a file's text to the file and the file's item."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, literal, select

from cop_desktop.store.tables import Tables
from sync.catalogue.declare import Catalogue, Kind
from sync.core.ids import Id

_MOST_LEVELS: Final = 5
_BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class Ancestor:
    """One record above another. title: empty if its kind has none."""

    kind: str
    record: Id
    title: str
    trashed: bool


@dataclass(frozen=True, slots=True)
class _Node:
    itself: Ancestor
    parent: Id | None


class Lineage:
    """Loads records with all that they belong to, a level at a time."""

    def __init__(self, connection: Connection, tables: Tables, catalogue: Catalogue) -> None:
        self._connection = connection
        self._tables = tables
        self._catalogue = catalogue
        self._nodes: dict[Id, _Node] = {}

    def load(self, records: Iterable[tuple[int, Id]]) -> None:
        """Load these records (number of the kind, id) and everything above them."""
        wanted: dict[str, set[Id]] = defaultdict(set)
        for number, record in records:
            wanted[self._catalogue.by_number[number].name].add(record)
        for _ in range(_MOST_LEVELS):
            above: dict[str, set[Id]] = defaultdict(set)
            for name, ids in wanted.items():
                self._load_kind(self._catalogue.by_name[name], ids - self._nodes.keys(), above)
            wanted = above

    def title(self, record: Id) -> str:
        """The record's title, or of the nearest above it that has one; empty if none has."""
        node = self._nodes.get(record)
        chain = () if node is None else (node.itself, *self.above(record))
        return next((one.title for one in chain if one.title), "")

    def above(self, record: Id) -> tuple[Ancestor, ...]:
        """What a loaded record belongs to, nearest first, as far as it is here."""
        found: list[Ancestor] = []
        node = self._nodes.get(record)
        while node is not None and node.parent is not None and len(found) < _MOST_LEVELS:
            node = self._nodes.get(node.parent)
            if node is not None:
                found.append(node.itself)
        return tuple(found)

    def _load_kind(self, kind: Kind, ids: set[Id], above: dict[str, set[Id]]) -> None:
        table = self._tables[kind.name]
        title = literal("") if kind.title is None else table.c[kind.title]
        parent = literal(None) if kind.parent is None else table.c[kind.parent]
        columns = (table.c.id, title.label("title"), parent.label("parent"), table.c.trashed)
        upwards = () if kind.parent is None else kind.by_name[kind.parent].refers_to
        in_order = sorted(ids)
        for start in range(0, len(in_order), _BATCH):
            chosen = table.c.id.in_(in_order[start : start + _BATCH])
            for row in self._connection.execute(select(*columns).where(chosen)):
                itself = Ancestor(kind.name, row.id, row.title or "", bool(row.trashed))
                self._nodes[row.id] = _Node(itself, row.parent)
                if row.parent is not None:
                    for name in upwards:
                        above[name].add(row.parent)
