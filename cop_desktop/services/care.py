"""Care flags: what may contain names, voices or images of people who have died."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, select

from cop_desktop.services.checks import checked
from cop_desktop.services.errors import NotAllowed, NotFound, Why
from cop_desktop.services.places import found_record
from cop_desktop.services.reading import moment, names_of
from cop_desktop.services.records import Records
from cop_desktop.store import Action, Changed, Replica
from sync.catalogue.communities import CARE_FLAG
from sync.core.ids import Id

FLAGGED_KINDS: Final = ("topic", "post", "library_item", "file_version", "meeting", "member")
"""What can be flagged."""
WARNING: Final = "This may contain names, voices or images of people who have died."
"""As it stands in files that leave the program, which are not in the language of the screen."""


@dataclass(frozen=True, slots=True)
class CareView:
    """That care is asked for. note: what for, in the words of who asked; may be empty."""

    target: Id
    note: str
    by: str
    when: datetime


class Care(Records):
    """Asking for care, and taking that back: every member of the community may do both."""

    def flag_of(self, target: Id) -> CareView | None:
        """The flag on a record; None for none."""
        return self.flagged([target]).get(target)

    def flagged(self, targets: Collection[Id]) -> Mapping[Id, CareView]:
        """Those of these records that are flagged, in whichever community."""
        with self._replica.read() as rows:
            return care_for(self._replica, rows, targets)

    def flag(self, target: Id, note: str = "") -> Changed:
        """Ask for care with a record; once more, to change the note.

        A member is flagged in every community that both belong to. Raises NotFound, NotAllowed,
        TooLong.
        """
        words = checked("care_flag", "note", note)
        with self._replica.write() as action:
            for space in self._spaces_of(action, target):
                record = action.create("care_flag", space, {"target": target, "given": True})
                action.set("care_flag", record, {"note": words or None})
        return action.changed

    def unflag(self, target: Id) -> Changed:
        """Ask for care no longer; false if nobody had.

        Raises NotFound, NotAllowed.
        """
        with self._replica.write() as action:
            table = self._replica.tables["care_flag"]
            query = select(table.c.id).where(table.c.target == target, table.c.given.is_(True))
            for record in action.rows.scalars(query).all():
                action.set("care_flag", record, {"given": False})
        return action.changed

    def _spaces_of(self, action: Action, target: Id) -> list[Id]:
        kind, row = found_record(self._replica, action.rows, target)
        if kind.name not in FLAGGED_KINDS:
            raise NotFound("record", target)
        if kind.name != "member":
            return [row["space"]]
        table = self._replica.tables["membership"]
        query = select(table.c.space).where(
            table.c.member == target, table.c.trashed.is_(False), table.c.ended.is_(None)
        )
        held = {space.space for space in self._replica.spaces()}
        spaces = sorted(held & set(action.rows.scalars(query)))
        if not spaces:  # the directory itself has no flags
            raise NotAllowed(Why.NOT_A_MEMBER)
        return spaces


def care_for(replica: Replica, rows: Connection, targets: Collection[Id]) -> dict[Id, CareView]:
    """Record → its flag, for those of these records that have one."""
    wanted = set(targets)
    table = replica.tables[CARE_FLAG.name]
    # All flags, and not only those on the targets: there are few, and targets may be many.
    query = (
        select(table.c.target, table.c.note, table.c.edited_by, table.c.edited_ms)
        .where(table.c.given.is_(True), table.c.trashed.is_(False))
        .order_by(table.c.edited_clock, table.c.id)
    )
    found = [row for row in rows.execute(query) if row.target in wanted]
    if not found:
        return {}
    names = names_of(rows, replica.tables["member"], [row.edited_by for row in found])
    return {
        row.target: CareView(
            row.target, row.note or "", names.of(row.edited_by), moment(row.edited_ms)
        )
        for row in found
    }
