"""Search: from what is typed to a list of what to open."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from sqlalchemy import Connection, select

from cop_desktop.services.care import care_for
from cop_desktop.services.places import Home, communities_by_space, home_of
from cop_desktop.services.reading import elements, moment, names_of, one_line
from cop_desktop.services.search.candidates import Candidates, Scope, beginning_of
from cop_desktop.services.search.filters import TAGGED, Filters, file_of, writers_of
from cop_desktop.services.search.hits import Piece, SearchHit
from cop_desktop.services.search.query import parse
from cop_desktop.store import MARK_END, MARK_START, Found, Replica
from cop_desktop.store.kept import FILES
from sync.catalogue import CATALOGUE
from sync.core.ids import Id

RECENT_KEPT: Final = 12
_RECENT: Final = "search.recent"
_LONGEST_KEPT: Final = 300
_ONE_DOCUMENT: Final = ("library_item", "file_version", "extracted_text")


class Search:
    """Finds records by words and operators (`search.query`)."""

    def __init__(self, replica: Replica) -> None:
        self._replica = replica

    def find(self, typed: str, scope: Scope | None = None) -> tuple[SearchHit, ...]:
        """What is found; nothing for an empty query. Nothing that can be typed is an error."""
        scope, query = scope or Scope(), parse(typed)
        if query.is_empty:
            return ()
        with self._replica.read() as rows:
            candidates = Candidates(self._replica, rows, query, scope)
            filters, unwanted = Filters(self._replica, rows, query), candidates.unwanted()
            shown: list[Found] = []
            for found in candidates.stages():
                kept = [hit for hit in filters.kept(found) if hit.record not in unwanted]
                shown = list(_once_per_document(kept))[: scope.limit]
                if len(shown) == scope.limit:
                    break
            return self._hits(rows, shown)

    def recent(self) -> tuple[str, ...]:
        """What was searched for on this computer, latest first."""
        kept = self._replica.settings.get(_RECENT, [])
        return tuple(str(typed) for typed in kept)

    def remember(self, typed: str) -> None:
        """Keep what was searched for, on this computer alone; the same again comes first."""
        typed = " ".join(typed.split())[:_LONGEST_KEPT]
        if typed and not self._replica.is_only_read:
            others = [each for each in self.recent() if each.casefold() != typed.casefold()]
            self._replica.settings.set(_RECENT, [typed, *others][:RECENT_KEPT])

    def forget_recent(self) -> tuple[str, ...]:
        """Forget what was searched for; returns it, for an undo."""
        before = self.recent()
        self._replica.settings.set(_RECENT, [])
        return before

    def restore_recent(self, recent: Sequence[str]) -> None:
        """What `forget_recent` returned is there again."""
        self._replica.settings.set(_RECENT, list(recent))

    def known(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Names of members, and tags of topics and items, to be offered; by the alphabet."""
        members = self._replica.tables["member"].c
        tags: set[str] = set()
        with self._replica.read() as rows:
            names = set(rows.scalars(select(members.name).where(members.trashed.is_(False))))
            for kind in TAGGED:
                table = self._replica.tables[kind].c
                query = select(table.tags).where(table.trashed.is_(False)).distinct()
                tags.update(tag for each in rows.scalars(query) for tag in elements(each))
        return _by_alphabet(names), _by_alphabet(tags)

    def is_coming(self) -> bool:
        """Whether older parts are not downloaded yet, so that there may be more to find."""
        return any(
            space.floor > 0 or space.head < space.server_head for space in self._replica.spaces()
        )

    def _hits(self, rows: Connection, shown: Sequence[Found]) -> tuple[SearchHit, ...]:
        written = writers_of(self._replica, rows, shown)
        people = self._replica.tables["member"]
        names = names_of(rows, people, {row["created_by"] for row in written.values()})
        files = [file_of(hit) for hit in shown]
        here = set(
            rows.scalars(
                select(FILES.c.file).where(
                    FILES.c.file.in_([file.record for file in files if file]), FILES.c.here == 1
                )
            )
        )
        communities = communities_by_space(self._replica)
        homes = [_home(hit) for hit in shown]
        starts = self._starts_of(rows, homes)
        care = care_for(self._replica, rows, {each for hit in shown for each in _touched(hit)})
        hits = []
        for hit, file, home in zip(shown, files, homes, strict=True):
            row = written.get(hit.record)
            original = None if row is None else row.get("original_author")
            hits.append(
                SearchHit(
                    kind=hit.kind,
                    noun=CATALOGUE.by_name[hit.kind].noun,
                    id=hit.record,
                    open_kind=home.kind,
                    open_id=home.id,
                    place=home.place,
                    community=communities.get(hit.space),
                    title=_title(hit, home),
                    file="" if file is None else one_line(file.title),
                    snippet=_pieces(hit.snippet or beginning_of(self._replica, rows, hit)),
                    when=moment(starts.get(home.id, hit.moment)),
                    who=original or names.of(None if row is None else row["created_by"]),
                    here=file is None or file.record in here,
                    care=next((care[each] for each in _touched(hit) if each in care), None),
                )
            )
        return tuple(hits)

    def _starts_of(self, rows: Connection, homes: Sequence[Home]) -> dict[Id, int]:
        """Meeting → its start: notes tell of that day, not of the one they were brought in on."""
        table = self._replica.tables["meeting"]
        meetings = {home.id for home in homes if home.kind == "meeting"}
        query = select(table.c.id, table.c.starts).where(table.c.id.in_(meetings))
        return {row.id: row.starts for row in rows.execute(query) if row.starts is not None}


def _by_alphabet(texts: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted((text for text in texts if text), key=str.casefold))


def _home(hit: Found) -> Home:
    return home_of(hit.kind, hit.record, hit.above) or Home("", hit.kind, hit.record)


def _touched(hit: Found) -> tuple[Id, ...]:
    """The record, and all that it belongs to."""
    return hit.record, *(above.record for above in hit.above)


def _once_per_document(found: Sequence[Found]) -> Iterator[Found]:
    """The hits, of a library item, its files and their texts only the first."""
    documents = set()
    for hit in found:
        home = home_of(hit.kind, hit.record, hit.above)
        if home is not None and home.kind == "library_item" and hit.kind in _ONE_DOCUMENT:
            if home.id in documents:
                continue
            documents.add(home.id)
        yield hit


def _title(hit: Found, home: Home) -> str:
    titles = (above.title for above in hit.above if above.record == home.id)
    return one_line(next(titles, hit.title))


def _pieces(marked: str) -> tuple[Piece, ...]:
    """The parts of a snippet, on one line."""
    pieces = []
    for part in " ".join(marked.split()).split(MARK_START):
        matched, mark, rest = part.rpartition(MARK_END)
        if mark:
            pieces.append(Piece(matched, matched=True))
        if rest:
            pieces.append(Piece(rest, matched=False))
    return tuple(pieces)
