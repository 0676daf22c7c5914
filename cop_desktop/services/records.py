"""What can be done with a record of any kind: its history, its versions, the trash."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import Connection, RowMapping, select

from cop_desktop.services.access import me_about, me_in
from cop_desktop.services.checks import checked
from cop_desktop.services.history import Revision, revisions
from cop_desktop.services.places import found_record, label_of
from cop_desktop.services.reading import moment, names_of, state_of_row
from cop_desktop.store import Changed, Replica
from sync.catalogue import CATALOGUE
from sync.catalogue.declare import Kind
from sync.core.ids import Id
from sync.core.merge import RecordState, Register

Seen: TypeAlias = RecordState
"""A record as somebody saw it when they began to edit. To be handed back, not to be looked into."""


@dataclass(frozen=True, slots=True)
class VersionView:
    """One of several versions of a text."""

    value: str
    who: str
    when: datetime


@dataclass(frozen=True, slots=True)
class FieldVersions:
    """A field that two people wrote without having seen each other's words.

    versions: latest first; the first is what is shown meanwhile.
    """

    field: str
    versions: tuple[VersionView, ...]


@dataclass(frozen=True, slots=True)
class TrashRow:
    """A record in the trash. edited_since: somebody who had not seen the deletion wrote to it."""

    id: Id
    kind: str
    noun: str
    label: str
    trashed: datetime
    by: str
    edited_since: bool
    may_restore: bool


class Records:
    """Verbs and readings that every kind of record has.

    Verbs raise NotFound and NotAllowed; nothing is written then.
    """

    def __init__(self, replica: Replica) -> None:
        self._replica = replica

    def seen(self, record: Id) -> Seen:
        """The record as it is now, for an editor that opens on it.

        Raises NotFound.
        """
        with self._replica.read() as rows:
            return state_of_row(*found_record(self._replica, rows, record))

    def history(self, record: Id) -> tuple[Revision, ...]:
        """Everything that was ever written to a record, latest first.

        Raises NotFound.
        """
        with self._replica.read() as rows:
            kind, _ = found_record(self._replica, rows, record)
            return revisions(self._replica, rows, kind, record)

    def versions(self, record: Id) -> tuple[FieldVersions, ...]:
        """The fields of a record that have two or more versions; empty if none has.

        Raises NotFound.
        """
        with self._replica.read() as rows:
            kind, row = found_record(self._replica, rows, record)
            return versions_of(self._replica, rows, kind, row)

    def choose_version(
        self, record: Id, field: str, value: str, seen: Seen | None = None
    ) -> Changed:
        """Give a field one text in place of all its versions; those not chosen stay in the history.

        value: one of the versions, or one made of them. seen: the record when they were shown.
        """
        with self._replica.write() as action:
            kind, row = found_record(self._replica, action.rows, record)
            me_about(self._replica, action.rows, kind, row).must_change(kind.name, row)
            text = checked(kind.name, field, value)
            action.resolve(kind.name, record, field, text, seen=seen)
        return action.changed

    def move_to_trash(self, record: Id) -> Changed:
        """Move a record to the trash, where it stays until somebody takes it out."""
        with self._replica.write() as action:
            kind, row = found_record(self._replica, action.rows, record)
            me_about(self._replica, action.rows, kind, row).must_delete(kind.name, row)
            action.delete(kind.name, record)
        return action.changed

    def restore(self, record: Id) -> Changed:
        """Take a record out of the trash."""
        with self._replica.write() as action:
            kind, row = found_record(self._replica, action.rows, record)
            me_about(self._replica, action.rows, kind, row).must_delete(kind.name, row)
            action.restore(kind.name, record)
        return action.changed

    def trash(self, space: Id) -> tuple[TrashRow, ...]:
        """What is in the trash of a space, latest first."""
        with self._replica.read() as rows:
            return _trash(self._replica, rows, space)


def versions_of(
    replica: Replica, rows: Connection, kind: Kind, row: RowMapping
) -> tuple[FieldVersions, ...]:
    """The fields of this record that have two or more versions."""
    contested = [
        (kind.by_number[number].name, register.versions)
        for number, register in sorted(state_of_row(kind, row).fields.items())
        if isinstance(register, Register) and len(register.versions) > 1
        if number in kind.by_number
    ]
    writers = {version.author for _, versions in contested for version in versions}
    names = names_of(rows, replica.tables["member"], writers)
    return tuple(
        FieldVersions(
            field,
            tuple(
                VersionView(str(v.value or ""), names.of(v.author), moment(v.written_ms))
                for v in versions
            ),
        )
        for field, versions in contested
    )


def _trash(replica: Replica, rows: Connection, space: Id) -> tuple[TrashRow, ...]:
    me = me_in(replica, rows, space)
    names = names_of(rows, replica.tables["member"])
    found = []
    for kind in CATALOGUE:
        table = replica.tables[kind.name]
        query = select(table).where(table.c.space == space, table.c.trashed.is_(True))
        for row in rows.execute(query).mappings():
            deleted = state_of_row(kind, row).deleted
            if deleted is None:
                continue
            shown = TrashRow(
                id=row["id"],
                kind=kind.name,
                noun=kind.noun,
                label=label_of(kind, row),
                trashed=moment(deleted.written_ms),
                by=names.of(deleted.author),
                edited_since=bool(row["edited_since"]),
                may_restore=me.may_delete(kind.name, row),
            )
            found.append(shown)
    return tuple(sorted(found, key=_trashed, reverse=True))


def _trashed(row: TrashRow) -> tuple[datetime, Id]:
    return row.trashed, row.id
