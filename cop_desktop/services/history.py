"""Everything that was ever written to a record, read from the log."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from sqlalchemy import Connection, select

from cop_desktop.services.places import label_of
from cop_desktop.services.reading import Names, moment, moment_or_none, names_of
from cop_desktop.store import HistoryEntry, Replica
from sync.catalogue import CATALOGUE
from sync.catalogue.declare import Field, Kind, Type
from sync.core.errors import Malformed
from sync.core.ids import Id
from sync.core.merge import Merge, RecordState, applied
from sync.core.ops import AnyOp, ChangeSet, Delete, EditText, Restore, SetFields, UnknownOp, Value

Shown: TypeAlias = str | int | bool | datetime | date | tuple[str, ...] | None
"""A value as people can read it: an id as the title of what it names, moments and days as such."""


class Did(StrEnum):
    """What a revision did to the record."""

    STARTED = "started"
    WROTE = "wrote"
    MOVED_TO_TRASH = "moved to trash"
    TOOK_OUT_OF_TRASH = "took out of trash"
    NEEDS_NEWER = "needs a newer version"  # written by a program that knows more than this one


@dataclass(frozen=True, slots=True)
class Revision:
    """One thing that somebody did to a record.

    field: its name in the catalogue, empty where none was written. value: after this revision, of a
    long text all of it. received: by the server, None if not yet.
    """

    when: datetime
    who: str
    who_id: Id
    did: Did
    field: str
    value: Shown
    received: datetime | None


def revisions(replica: Replica, rows: Connection, kind: Kind, record: Id) -> tuple[Revision, ...]:
    """All of one record of this kind, latest first."""
    entries = replica.history(record)
    names = names_of(rows, replica.tables["member"], {entry.group.author for entry in entries})
    told = _Telling(replica, rows, kind, names)
    for entry in entries:
        for op in entry.group.ops:
            if (op.kind, op.record) == (kind.number, record):
                told.hear(entry, op)
    return tuple(reversed(told.revisions))


class _Telling:
    """Goes through the operations on one record in the order of their writes."""

    def __init__(self, replica: Replica, rows: Connection, kind: Kind, names: Names) -> None:
        self.revisions: list[Revision] = []
        self._replica = replica
        self._rows = rows
        self._kind = kind
        self._names = names
        self._state = RecordState()

    def hear(self, entry: HistoryEntry, op: AnyOp) -> None:
        """Take one more operation."""
        if isinstance(op, UnknownOp):
            self._tell(entry, Did.NEEDS_NEWER)
            return
        started = not self._state.exists and self._begins(op)
        try:
            self._state = applied(self._state, entry.group, op, self._kind.merge_of)
        except Malformed:
            self._tell_if_unknown(entry, op)
            return  # the tables left it out too
        match op:
            case Delete():
                self._tell(entry, Did.MOVED_TO_TRASH)
            case Restore():
                self._tell(entry, Did.TOOK_OUT_OF_TRASH)
            case SetFields(fields=fields):
                for number, value in sorted(fields.items()):
                    self._tell_field(entry, number, value, started=started)
            case EditText(field=number) | ChangeSet(field=number):
                self._tell_field(entry, number, self._state.value(number), started=started)

    def _begins(self, op: AnyOp) -> bool:
        """Whether the record was made by this; what is older may be on its way."""
        required = {field.number for field in self._kind.fields if field.required}
        return not isinstance(op, SetFields) or required <= op.fields.keys()

    def _tell_if_unknown(self, entry: HistoryEntry, op: AnyOp) -> None:
        """Say that it needs a newer version, if that is why it could not be applied."""
        if isinstance(op, EditText | ChangeSet) and op.field not in self._kind.by_number:
            self._tell(entry, Did.NEEDS_NEWER)

    def _tell_field(self, entry: HistoryEntry, number: int, value: Value, *, started: bool) -> None:
        field = self._kind.by_number.get(number)
        if field is None:
            self._tell(entry, Did.NEEDS_NEWER)
        elif field.type is not Type.BYTES and field.merge is not Merge.HIGH:
            did = Did.STARTED if started else Did.WROTE
            self._tell(entry, did, field.name, self._shown(field, value))

    def _tell(self, entry: HistoryEntry, did: Did, field: str = "", value: Shown = None) -> None:
        group = entry.group
        self.revisions.append(
            Revision(
                when=moment(group.written_ms),
                who=self._names.of(group.author),
                who_id=group.author,
                did=did,
                field=field,
                value=value,
                received=moment_or_none(entry.received_ms or None),
            )
        )

    def _shown(self, field: Field, value: Value) -> Shown:
        match value:
            case list():
                return tuple(str(element) for element in value)
            case bytes():
                return self._title(field, value)
            case int() if field.type is Type.MOMENT:
                return moment(value)
            case str() if field.type is Type.DAY:
                return _day(value)
            case bool() | int() | str():
                return value
            case _:
                return None

    def _title(self, field: Field, record: Id) -> str | None:
        for name in field.refers_to:
            table = self._replica.tables[name]
            query = select(table).where(table.c.id == record)
            row = self._rows.execute(query).mappings().first()
            if row is not None:
                return label_of(CATALOGUE.by_name[name], row)
        return None


def _day(text: str) -> date | str:
    """The day, as every field of days is checked to be; else as it stands."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text
