"""The record of practice: what a member has brought, and what came of it. Never points or ranks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, Table, func, select

from cop_desktop.services.care import care_for
from cop_desktop.services.library.uses import UseCount, count_of
from cop_desktop.services.library.views import Origin
from cop_desktop.services.reading import moment, names_of
from cop_desktop.store import Replica
from cop_desktop.store.indexes import is_own
from sync.core.ids import Id

_RECENT: Final = 8
_THANKS: Final = "thanks"


@dataclass(frozen=True, slots=True)
class Contribution:
    """One thing that a member brought. kind, id: of the record to open; title: what it is in."""

    kind: str
    id: Id
    title: str
    when: datetime


@dataclass(frozen=True, slots=True)
class Practice:
    """What a member brought to the communities that are held here.

    thanks: given to them by others, for whatever they wrote. used: reports of others on items of
    theirs. built_on: what others made of items of theirs. recent: latest first.
    """

    topics: int
    replies: int
    items: int
    meetings: int
    reports: int
    thanks: int
    used: UseCount
    built_on: tuple[Origin, ...]
    recent: tuple[Contribution, ...]


def practice_of(replica: Replica, rows: Connection, member: Id) -> Practice:
    """Everything that is here, of all communities."""
    tables = replica.tables
    reader = _Reader(replica, rows, member)
    return Practice(
        topics=reader.count(tables["topic"]),
        replies=reader.count(tables["post"]),
        items=reader.count(tables["library_item"]),
        meetings=reader.meetings(),
        reports=reader.count(tables["use_report"]),
        thanks=reader.thanks(),
        used=reader.used(),
        built_on=reader.built_on(),
        recent=reader.recent(),
    )


class _Reader:
    """Reads the parts of one record of practice. What was brought in from elsewhere is left out."""

    def __init__(self, replica: Replica, rows: Connection, member: Id) -> None:
        self._replica, self._rows, self._member = replica, rows, member
        self._tables = replica.tables

    def count(self, table: Table) -> int:
        """How many records of this kind they made."""
        query = select(func.count()).select_from(table).where(*self._own(table))
        return self._rows.scalar(query) or 0

    def meetings(self) -> int:
        """How many meetings they were at."""
        attendance, meetings = self._tables["attendance"], self._tables["meeting"]
        query = (
            select(func.count(attendance.c.meeting.distinct()))
            .join(meetings, meetings.c.id == attendance.c.meeting)
            .where(
                attendance.c.member == self._member,
                attendance.c.status == "present",
                attendance.c.trashed.is_(False),
                meetings.c.trashed.is_(False),
            )
        )
        return self._rows.scalar(query) or 0

    def thanks(self) -> int:
        """How often others thanked them."""
        reactions = self._tables["reaction"]
        found = 0
        for name in ("topic", "post", "library_item", "use_report"):
            table = self._tables[name]
            query = (
                select(func.count())
                .select_from(reactions)
                .join(table, table.c.id == reactions.c.target)
                .where(
                    *self._own(table),
                    reactions.c.sort == _THANKS,
                    reactions.c.given.is_(True),
                    reactions.c.trashed.is_(False),
                    reactions.c.member != self._member,
                )
            )
            found += self._rows.scalar(query) or 0
        return found

    def used(self) -> UseCount:
        """How often, and in how many schools, others used items of theirs."""
        reports, items = self._tables["use_report"], self._tables["library_item"]
        query = (
            select(reports.c.school)
            .join(items, items.c.id == reports.c.item)
            .where(
                *self._own(items),
                reports.c.trashed.is_(False),
                reports.c.member != self._member,
            )
        )
        return count_of(self._rows.scalars(query))

    def built_on(self) -> tuple[Origin, ...]:
        """What others made of items of theirs, earliest first."""
        copies, items = self._tables["library_item"].alias(), self._tables["library_item"]
        query = (
            select(copies.c.id, copies.c.title, copies.c.created_by)
            .join(items, items.c.id == copies.c.adapted_from)
            .where(
                *self._own(items),
                copies.c.trashed.is_(False),
                copies.c.created_by != self._member,
            )
            .order_by(copies.c.created_clock, copies.c.id)
        )
        found = self._rows.execute(query).all()
        names = names_of(self._rows, self._tables["member"], [row.created_by for row in found])
        return tuple(Origin(row.id, row.title or "", names.of(row.created_by)) for row in found)

    def recent(self) -> tuple[Contribution, ...]:
        """The latest things they brought; nothing that is to be looked at with care."""
        parts = [
            *self._latest("topic", None),
            *self._latest("post", "topic"),
            *self._latest("library_item", None),
            *self._latest("use_report", "item"),
        ]
        flagged = care_for(self._replica, self._rows, [part.id for part in parts])
        shown = [part for part in parts if part.id not in flagged and part.title]
        return tuple(sorted(shown, key=_when, reverse=True)[:_RECENT])

    def _latest(self, kind: str, within: str | None) -> list[Contribution]:
        """within: the reference to the record that it is shown in; None for itself."""
        table = self._tables[kind]
        titled = table if within is None else self._tables[_TITLED[within]]
        query = select(titled.c.id, titled.c.title, table.c.created_ms).where(*self._own(table))
        if within is not None:
            query = query.join(titled, titled.c.id == table.c[within])
            query = query.where(titled.c.trashed.is_(False))
        found = self._rows.execute(query.order_by(table.c.created_clock.desc()).limit(_RECENT))
        return [
            Contribution(kind, row.id, row.title or "", moment(row.created_ms)) for row in found
        ]

    def _own(self, table: Table) -> list[ColumnElement[bool]]:
        """Written by them, and not in the trash."""
        return [table.c.created_by == self._member, is_own(table)]


_TITLED: Final = {"topic": "topic", "item": "library_item"}


def _when(part: Contribution) -> datetime:
    return part.when
