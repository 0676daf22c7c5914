"""The operators of a query, applied to what the text index found."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Final, TypeAlias

from sqlalchemy import Connection, RowMapping, select

from cop_desktop.services.discussions.unread import Marks, marks_in
from cop_desktop.services.places import PLACES, home_of
from cop_desktop.services.reading import elements, milliseconds
from cop_desktop.services.search.query import Query
from cop_desktop.store import Found, Replica
from cop_desktop.store.lineage import Ancestor
from sync.catalogue import CATALOGUE
from sync.core.ids import Id

ME: Final = "me"
TAGGED: Final = ("topic", "library_item")
_TYPED: Final = {"topic": "activity", "library_item": "type", "series": "type"}
_FILES: Final = ("file_version", "extracted_text")
_WRITTEN: Final = ("id", "created_by", "created_replica", "created_seq", "original_author", "topic")

Narrowing: TypeAlias = Callable[[Sequence[Found]], Sequence[Found]]


def folded(text: str) -> str:
    """The text as it is compared: without case and accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in apart if not unicodedata.combining(character))


class Filters:
    """The operators of one query, within one reading of the database."""

    def __init__(self, replica: Replica, rows: Connection, query: Query) -> None:
        self._replica = replica
        self._rows = rows
        self._query = query

    def kept(self, found: Sequence[Found]) -> Sequence[Found]:
        """What all operators leave, in the same order; nothing that lies in the trash."""
        found = [hit for hit in found if not any(above.trashed for above in hit.above)]
        for narrowed in self._narrowings():
            if found:
                found = narrowed(found)
        return found

    def _narrowings(self) -> Iterator[Narrowing]:
        query = self._query
        if query.before or query.after:
            yield self._in_days
        if query.places:
            yield self._in_places
        if query.types:
            yield self._of_types
        if query.authors:
            yield self._by_authors
        if query.tags:
            yield self._with_tags
        if query.has_file:
            yield self._with_files
        if query.unread:
            yield self._unread

    def _in_days(self, found: Sequence[Found]) -> Sequence[Found]:
        after, before = self._query.after, self._query.before
        first = None if after is None else milliseconds(after)
        end = None if before is None else milliseconds(before)
        return [
            hit
            for hit in found
            if (first is None or hit.moment >= first) and (end is None or hit.moment < end)
        ]

    def _in_places(self, found: Sequence[Found]) -> Sequence[Found]:
        """Each given place is a place of the window, or a community by a part of its name."""
        communities = {
            space.space: folded(space.name) for space in self._replica.spaces() if space.name
        }
        for place in map(folded, self._query.places):
            windows = {name for name in PLACES.values() if folded(name).startswith(place)}
            spaces = {space for space, name in communities.items() if place in name}
            found = [
                hit for hit in found if hit.space in spaces or (windows and _place(hit) in windows)
            ]
        return found

    def _of_types(self, found: Sequence[Found]) -> Sequence[Found]:
        """Each given type begins the word for a kind, or is that of the item, topic or file."""
        types = {
            table: self._column(table, column, _chain_ids(found))
            for table, column in _TYPED.items()
        }
        for wanted in map(folded, self._query.types):
            kinds = {k.name for k in CATALOGUE if folded(k.noun).startswith(wanted)}
            having = {
                record
                for known in types.values()
                for record, value in known.items()
                if value and folded(str(value)).startswith(wanted)
            }
            found = [
                hit
                for hit in found
                if hit.kind in kinds or having.intersection(_chain(hit)) or _is_file_of(hit, wanted)
            ]
        return found

    def _by_authors(self, found: Sequence[Found]) -> Sequence[Found]:
        written = writers_of(self._replica, self._rows, found)
        members = self._replica.tables["member"]
        names = {
            row.id: folded(row.name or "")
            for row in self._rows.execute(select(members.c.id, members.c.name))
        }
        me = None if self._replica.account is None else self._replica.account.member
        for author in map(folded, self._query.authors):
            wanted = {member for member, name in names.items() if author in name}
            if author == ME and me is not None:
                wanted = {me}
            found = [hit for hit in found if _is_by(written.get(hit.record), author, wanted)]
        return found

    def _with_tags(self, found: Sequence[Found]) -> Sequence[Found]:
        chains = _chain_ids(found)
        tags: dict[Id, set[str]] = {}
        for table in TAGGED:
            for record, value in self._column(table, "tags", chains).items():
                tags[record] = {folded(tag) for tag in elements(str(value or ""))}
        for wanted in map(folded, self._query.tags):
            found = [hit for hit in found if any(wanted in tags.get(r, ()) for r in _chain(hit))]
        return found

    def _with_files(self, found: Sequence[Found]) -> Sequence[Found]:
        files = self._replica.tables["file_version"]
        query = select(files.c.target).where(
            files.c.target.in_([hit.record for hit in found]), files.c.trashed.is_(False)
        )
        having = set(self._rows.scalars(query))
        return [hit for hit in found if hit.kind in _FILES or hit.record in having]

    def _unread(self, found: Sequence[Found]) -> Sequence[Found]:
        written = writers_of(self._replica, self._rows, _discussed(found))
        me = None if self._replica.account is None else self._replica.account.member
        marks: dict[Id, Marks] = {}
        unread = []
        for hit in found:
            row = written.get(hit.record)
            if row is None:
                continue
            if hit.space not in marks:
                marks[hit.space] = marks_in(self._replica, self._rows, hit.space)
            topic = row["topic"] if hit.kind == "post" else hit.record
            above_mark = row["created_seq"] > marks[hit.space].seq(topic, row["created_replica"])
            kept = hit.record in marks[hit.space].kept
            if kept or (above_mark and row["created_by"] != me):
                unread.append(hit)
        return unread

    def _column(self, kind: str, column: str, records: Collection[Id]) -> dict[Id, object]:
        table = self._replica.tables[kind]
        query = select(table.c.id, table.c[column]).where(table.c.id.in_(records))
        return {row[0]: row[1] for row in self._rows.execute(query)}


def _chain(hit: Found) -> list[Id]:
    return [hit.record, *(above.record for above in hit.above)]


def _chain_ids(found: Sequence[Found]) -> set[Id]:
    return {record for hit in found for record in _chain(hit)}


def _place(hit: Found) -> str:
    home = home_of(hit.kind, hit.record, hit.above)
    return "" if home is None else home.place


def _discussed(found: Sequence[Found]) -> list[Found]:
    return [hit for hit in found if hit.kind in ("topic", "post")]


def file_of(hit: Found) -> Ancestor | None:
    """The file that a hit is, or is in the text of."""
    if hit.kind == "file_version":
        return Ancestor(hit.kind, hit.record, hit.title, trashed=False)
    return next((above for above in hit.above if above.kind == "file_version"), None)


def _is_file_of(hit: Found, ending: str) -> bool:
    file = file_of(hit)
    return file is not None and folded(file.title).endswith(f".{ending}")


def writers_of(replica: Replica, rows: Connection, found: Sequence[Found]) -> dict[Id, RowMapping]:
    """Who wrote each record, and by which group; of a topic or reply also where it is from."""
    by_kind: defaultdict[str, list[Id]] = defaultdict(list)
    for hit in found:
        by_kind[hit.kind].append(hit.record)
    written: dict[Id, RowMapping] = {}
    for kind, records in by_kind.items():
        table = replica.tables[kind]
        columns = [table.c[name] for name in _WRITTEN if name in table.c]
        query = select(*columns).where(table.c.id.in_(records))
        written |= {row["id"]: row for row in rows.execute(query).mappings()}
    return written


def _is_by(row: RowMapping | None, author: str, members: Collection[Id]) -> bool:
    if row is None:
        return False
    original = row.get("original_author")
    return author in folded(original) if original else row["created_by"] in members
