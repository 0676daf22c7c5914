"""Reports of use: who used an item in their school, when, and how it went."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection, RowMapping, select

from cop_desktop.services.access import Me, me_in
from cop_desktop.services.discussions.rows import ReactionCount
from cop_desktop.services.entered import entered_texts
from cop_desktop.services.errors import Empty, NotAllowed, Why
from cop_desktop.services.library.thanking import thanks_for
from cop_desktop.services.meetings.local_time import read_day
from cop_desktop.services.reading import moment, names_of, required_row
from cop_desktop.services.records import Records
from cop_desktop.services.versions import Seen
from cop_desktop.store import Changed, ItemState, Replica
from cop_desktop.store.errors import NotEnrolled
from sync.core.ids import Id
from sync.core.ops import Value


@dataclass(frozen=True, slots=True)
class UseText:
    """What somebody says of having used an item. used_on: None for no particular day."""

    text: str
    used_on: date | None = None


@dataclass(frozen=True, slots=True)
class UseView:
    """One report. school: where the member worked when it was made; empty if it is not known."""

    id: Id
    item: Id
    member: str
    member_id: Id
    school: str
    school_id: Id | None
    used_on: date | None
    text: str
    written: datetime
    may_change: bool
    may_remove: bool
    state: ItemState
    two_versions: bool
    thanks: ReactionCount | None = None


@dataclass(frozen=True, slots=True)
class UseCount:
    """How often an item was used. schools: different ones; a member without a school adds none."""

    reports: int = 0
    schools: int = 0


@dataclass(frozen=True, slots=True)
class Reported:
    """A report was made."""

    id: Id
    changed: Changed


class Uses(Records):
    """What can be done with reports of use; each verb is one transaction."""

    def uses(self, item: Id) -> tuple[UseView, ...]:
        """The reports of use of an item, latest first."""
        with self._replica.read() as rows:
            return uses_of(self._replica, rows, item)

    def report_use(self, item: Id, use: UseText) -> Reported:
        """Say that I used an item in the school where I work now.

        Raises Empty, TooLong, NotFound, NotAllowed.
        """
        fields = _entered(use)
        account = self._replica.account
        if account is None:
            raise NotEnrolled("nobody has enrolled here yet")
        with self._replica.write() as action:
            row = required_row(action.rows, self._replica.tables["library_item"], item)
            if row["trashed"]:
                raise NotAllowed(Why.IN_TRASH)
            members = self._replica.tables["member"]
            school = action.rows.scalar(
                select(members.c.school).where(members.c.id == account.member)
            )
            own = {"item": item, "member": account.member, "school": school}
            report = action.create("use_report", row["space"], {**own, **fields})
        return Reported(report, action.changed)

    def edit_use(self, report: Id, use: UseText, seen: Seen | None = None) -> Changed:
        """Change my own report. seen: as it was when the editor opened (`seen`).

        Raises Empty, TooLong, NotFound, NotAllowed.
        """
        fields = _entered(use)
        with self._replica.write() as action:
            row = required_row(action.rows, self._replica.tables["use_report"], report)
            me_in(self._replica, action.rows, row["space"]).must_change("use_report", row)
            action.set("use_report", report, fields, seen=seen)
        return action.changed


def uses_of(replica: Replica, rows: Connection, item: Id) -> tuple[UseView, ...]:
    """The reports of use of an item, latest first; not those in the trash."""
    table = replica.tables["use_report"]
    query = (
        select(table)
        .where(table.c.item == item, table.c.trashed.is_(False))
        .order_by(table.c.created_clock.desc(), table.c.id)
    )
    found = rows.execute(query).mappings().all()
    if not found:
        return ()
    names = names_of(rows, replica.tables["member"], [row["member"] for row in found])
    schools = _school_names(replica, rows, {row["school"] for row in found})
    states = replica.item_states([row["id"] for row in found])
    thanks = thanks_for(replica, rows, [row["id"] for row in found])
    me = me_in(replica, rows, found[0]["space"])
    views = (
        _view(row, me, (names.of(row["member"]), schools.get(row["school"], "")), states[row["id"]])
        for row in found
    )
    return tuple(replace(view, thanks=thanks.get(view.id)) for view in views)


def use_counts(replica: Replica, rows: Connection, items: Collection[Id]) -> dict[Id, UseCount]:
    """How often each of these items was used; those that never were are left out."""
    table = replica.tables["use_report"]
    query = select(table.c.item, table.c.school).where(
        table.c.item.in_(items), table.c.trashed.is_(False)
    )
    found: dict[Id, list[Id | None]] = {}
    for row in rows.execute(query):
        found.setdefault(row.item, []).append(row.school)
    return {item: count_of(schools) for item, schools in found.items()}


def count_of(schools: Iterable[Id | None]) -> UseCount:
    """From the school of each report."""
    each = list(schools)
    return UseCount(len(each), len(set(each) - {None}))


def _view(row: RowMapping, me: Me, who: tuple[str, str], state: ItemState) -> UseView:
    member, school = who
    return UseView(
        id=row["id"],
        item=row["item"],
        member=member,
        member_id=row["member"],
        school=school,
        school_id=row["school"],
        used_on=read_day(row["used_on"]),
        text=row["text"] or "",
        written=moment(row["created_ms"]),
        may_change=me.may_change("use_report", row),
        may_remove=me.may_delete("use_report", row),
        state=state,
        two_versions=row["versions"] > 0,
    )


def _school_names(
    replica: Replica, rows: Connection, wanted: Collection[Id | None]
) -> Mapping[Id | None, str]:
    table = replica.tables["school"]
    query = select(table.c.id, table.c.name).where(table.c.id.in_([*filter(None, wanted)]))
    return {row.id: row.name or "" for row in rows.execute(query)}


def _entered(use: UseText) -> dict[str, Value]:
    fields = entered_texts("use_report", {"text": use.text})
    if not fields["text"]:
        raise Empty("text")  # a report that says nothing helps nobody decide
    day = None if use.used_on is None else use.used_on.isoformat()
    return {**fields, "used_on": day}
