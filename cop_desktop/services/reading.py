"""From columns to what people read: moments, names, states, snippets. Shared by all services."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final, cast

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, and_, select

from cop_desktop.services.errors import NotFound
from cop_desktop.store.kept import LOG
from cop_desktop.store.rows import state_of
from sync.catalogue.declare import Kind
from sync.core.ids import Id
from sync.core.merge import RecordState

UNKNOWN_MEMBER: Final = "Somebody whose profile is on its way"
UNKNOWN_COMMUNITY: Final = "A community whose name is on its way"
SNIPPET_CHARACTERS: Final = 160
_SNIPPET_SOURCE_CHARACTERS: Final = 2 * SNIPPET_CHARACTERS
_MS_PER_S: Final = 1000
# Any 64-bit number may arrive as a moment; `datetime` ends at the years 1 and 9999.
_FIRST_MS: Final = int(datetime(1, 1, 2, tzinfo=UTC).timestamp()) * _MS_PER_S
_LAST_MS: Final = int(datetime(9999, 12, 30, tzinfo=UTC).timestamp()) * _MS_PER_S
_MARKS_AT_LINE_START: Final = re.compile(
    r"^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+)", re.MULTILINE
)
_LINK: Final = re.compile(r"!?\[([^\]]*)\]\([^)\s]*\)")
_EMPHASIS: Final = re.compile(r"(\*\*|__|\*|`)(?=\S)(.+?)(?<=\S)\1")


def moment(ms: int) -> datetime:
    """The aware UTC moment; outside the years 1 to 9999 the nearest that can be shown."""
    return datetime.fromtimestamp(min(max(ms, _FIRST_MS), _LAST_MS) / _MS_PER_S, UTC)


def moment_or_none(ms: int | None) -> datetime | None:
    """The moment, None if there is none."""
    return None if ms is None else moment(ms)


def milliseconds(when: datetime) -> int:
    """The moment as MOMENT fields carry it. Raises ValueError for one without a zone."""
    if when.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return round(when.timestamp() * _MS_PER_S)


def elements(json_list: str | None) -> tuple[str, ...]:
    """The elements of a SET column that hold text, in order."""
    found = json.loads(json_list) if json_list else []
    return tuple(element for element in found if isinstance(element, str))


def tags_in(rows: Connection, table: Table, space: Id) -> tuple[str, ...]:
    """The tags that records of a space have, in order of the alphabet; not those in the trash."""
    query = select(table.c.tags).where(table.c.space == space, table.c.trashed.is_(False))
    found = {tag for tags in rows.scalars(query) for tag in elements(tags)}
    return tuple(sorted(found, key=lambda tag: (tag.casefold(), tag)))


def snippet(markdown: str | None) -> str:
    """The beginning of a text on one line, without the marks of Markdown."""
    text = (markdown or "")[:_SNIPPET_SOURCE_CHARACTERS]
    text = _LINK.sub(r"\1", _MARKS_AT_LINE_START.sub("", text))
    text = one_line(_EMPHASIS.sub(r"\2", text))
    if len(text) <= SNIPPET_CHARACTERS:
        return text
    cut = text[:SNIPPET_CHARACTERS].rsplit(" ", 1)[0]
    return f"{cut}…"


class Names:
    """Display names of members, as one reading of the database sees them."""

    def __init__(self, known: Mapping[Id, str]) -> None:
        self._known = known

    def of(self, member: Id | None) -> str:
        """The member's name; UNKNOWN_MEMBER if the profile is not here."""
        return (self._known.get(member) if member else None) or UNKNOWN_MEMBER


def names_of(rows: Connection, members: Table, wanted: Iterable[Id | None] | None = None) -> Names:
    """The names of these members, of all when None. members: the projection table of `member`."""
    query = select(members.c.id, members.c.name)
    if wanted is not None:
        query = query.where(members.c.id.in_({member for member in wanted if member}))
    return Names({row.id: one_line(row.name) for row in rows.execute(query)})


_NO_PLACE: Final = re.compile("[\x00-\x08\x0e-\x1b\x7f\u202a-\u202e\u2066-\u2069]")
_PILED: Final = re.compile("([\u0300-\u036f]{6})[\u0300-\u036f]+")


def one_line(text: str | None) -> str:
    """A name or title as it stands among other words; empty for none.

    Without what would break the line, turn the words after it round, or reach over other lines.
    """
    return " ".join(_PILED.sub(r"\1", _NO_PLACE.sub("", text or "")).split())


def required_row(rows: Connection, table: Table, record: Id) -> RowMapping:
    """The row of this record, in the trash or not.

    Raises NotFound.
    """
    row = rows.execute(select(table).where(table.c.id == record)).mappings().one_or_none()
    if row is None:
        raise NotFound(table.name, record)
    return row


def state_of_row(kind: Kind, row: RowMapping) -> RecordState:
    """Everything known of the record whose whole row this is."""
    return state_of(kind, cast("Mapping[str, Any]", row))


def received_of(rows: Connection, table: Table, which: ColumnElement[bool]) -> dict[Id, int]:
    """Record → when the server took the group that created it, ms since 1970; if it did.

    which: records of this projection table.
    """
    created_by_group = and_(
        LOG.c.space == table.c.space,
        LOG.c.replica == table.c.created_replica,
        LOG.c.seq == table.c.created_seq,
    )
    query = select(table.c.id, LOG.c.received_ms).join(LOG, created_by_group)
    return {
        row.id: row.received_ms for row in rows.execute(query.where(which, LOG.c.received_ms > 0))
    }
