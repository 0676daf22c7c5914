"""What can be done with a record of any kind: its history, its versions, the trash."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from cop_desktop.services import choosing, versions
from cop_desktop.services.access import me_about, me_in
from cop_desktop.services.choosing import Chosen, PutBack
from cop_desktop.services.history import Revision, revisions
from cop_desktop.services.places import found_record, label_of
from cop_desktop.services.reading import moment, names_of, state_of_row
from cop_desktop.services.versions import ContestedRow, Disagreement, FieldVersions, Seen
from cop_desktop.store import Changed, Replica
from cop_desktop.store.lineage import Lineage
from sync.catalogue import CATALOGUE
from sync.core.ids import Id


@dataclass(frozen=True, slots=True)
class TrashRow:
    """A record in the trash.

    within: title of what it belongs to, empty if nothing; within_trash: that is in the trash too.
    edited, edited_by: the last write of somebody who had not seen the deletion; None and empty if
    nobody did.
    """

    id: Id
    kind: str
    noun: str
    label: str
    within: str
    within_trash: bool
    trashed: datetime
    by: str
    edited: datetime | None
    edited_by: str
    may_restore: bool

    @property
    def edited_since(self) -> bool:
        """Somebody who had not seen the deletion wrote to it."""
        return self.edited is not None


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
        return self.disagreement(record).fields

    def disagreement(self, record: Id) -> Disagreement:
        """The versions of a record, and what it takes to choose.

        Raises NotFound.
        """
        with self._replica.read() as rows:
            return versions.disagreement(self._replica, rows, record)

    def choose_version(
        self, record: Id, field: str, value: str, seen: Seen | None = None
    ) -> Changed:
        """Give a field one text in place of all its versions; those not chosen stay in the history.

        value: one of the versions, or one made of them. seen: the record when they were shown.
        """
        return self.choose_versions(record, {field: value}, seen).changed

    def choose_versions(
        self, record: Id, chosen: Mapping[str, str], seen: Seen | None = None
    ) -> Chosen:
        """`choose_version` for several fields, field → text, in one go."""
        return choosing.choose(self._replica, record, chosen, seen)

    def undo_choice(self, record: Id, chosen: Chosen) -> Changed:
        """Let there be the versions again that were there before a choice."""
        return choosing.undo(self._replica, record, chosen)

    def put_back(self, record: Id, field: str, text: str) -> PutBack:
        """Give a field the text that it had earlier (`history`).

        Raises NotFound, NotAllowed.
        """
        return choosing.put_back(self._replica, record, field, text)

    def contested(self) -> tuple[ContestedRow, ...]:
        """The records with two versions that are for me to choose, of all spaces, latest first."""
        with self._replica.read() as rows:
            return versions.contested(self._replica, rows)

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


def _trash(replica: Replica, rows: Connection, space: Id) -> tuple[TrashRow, ...]:
    me = me_in(replica, rows, space)
    names = names_of(rows, replica.tables["member"])
    lineage = Lineage(rows, replica.tables, CATALOGUE)
    found = []
    for kind in CATALOGUE:
        table = replica.tables[kind.name]
        query = select(table).where(table.c.space == space, table.c.trashed.is_(True))
        trashed = list(rows.execute(query).mappings())
        lineage.load((kind.number, row["id"]) for row in trashed)
        for row in trashed:
            state = state_of_row(kind, row)
            if state.deleted is None:
                continue
            above = next((one for one in lineage.above(row["id"]) if one.title), None)
            edited = state.edited if state.edited_since_deleted else None
            shown = TrashRow(
                id=row["id"],
                kind=kind.name,
                noun=kind.noun,
                label=label_of(kind, row),
                within="" if above is None else above.title,
                within_trash=above is not None and above.trashed,
                trashed=moment(state.deleted.written_ms),
                by=names.of(state.deleted.author),
                edited=None if edited is None else moment(edited.written_ms),
                edited_by="" if edited is None else names.of(edited.author),
                may_restore=me.may_delete(kind.name, row),
            )
            found.append(shown)
    return tuple(sorted(found, key=_trashed, reverse=True))


def _trashed(row: TrashRow) -> tuple[datetime, Id]:
    return row.trashed, row.id
