"""Series and their days: what is planned, what was opened, what comes next."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, RowMapping, select

from cop_desktop.services.access import Me, me_in
from cop_desktop.services.meetings.actions import open_counts
from cop_desktop.services.meetings.afterwards import missed_by_me
from cop_desktop.services.meetings.cared import care_of_meetings
from cop_desktop.services.meetings.local_time import (
    day_of,
    moment_of,
    read_day,
    read_time,
    zone_named,
)
from cop_desktop.services.meetings.recurrence import Rhythm, read_rule
from cop_desktop.services.meetings.views import MeetingRow, Occurrence, SeriesView
from cop_desktop.services.meetings.words import series_in_words
from cop_desktop.services.reading import milliseconds, moment, one_line
from cop_desktop.store import ItemState, Replica
from sync.catalogue.meetings import occurrence_id
from sync.core.ids import Id

PLANNED: Final = "planned"
CANCELLED: Final = "cancelled"
LOOK_AHEAD: Final = timedelta(days=2 * 366)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Range:
    """Moments from `since` until before `until`, both aware."""

    since: datetime
    until: datetime

    def holds(self, when: datetime) -> bool:
        """Whether the moment lies in it."""
        return self.since <= when < self.until

    def days_in(self, zone: ZoneInfo) -> tuple[date, date]:
        """First and last local day that some part of it falls on."""
        return day_of(self.since, zone), day_of(self.until, zone)


@dataclass(frozen=True, slots=True)
class Plan:
    """When a series meets. rhythm: None for its first day only."""

    first_day: date
    local_time: time
    zone: ZoneInfo
    rhythm: Rhythm | None

    def days(self, since: date, until: date) -> list[date]:
        """Its days from since to until, both included."""
        if self.rhythm is None:
            return [self.first_day] if since <= self.first_day <= until else []
        return self.rhythm.days(self.first_day, since, until)

    def starts(self, day: date) -> datetime:
        """When it begins on that day, UTC."""
        return moment_of(day, self.local_time, self.zone)

    def in_words(self) -> str:
        """As in `every second Wednesday, 5:00 pm NT time`."""
        return series_in_words(self.rhythm, self.first_day, self.local_time, self.zone)


def plan_of(series: RowMapping) -> Plan | None:
    """The plan of a series; None if it says something that this program does not understand."""
    first_day, at = read_day(series["first_day"]), read_time(series["local_time"])
    rule = series["recurrence"] or ""
    rhythm = read_rule(rule, series["time_zone"]) if rule else None
    if first_day is None or at is None or (rule and rhythm is None):
        return None
    return Plan(first_day, at, zone_named(series["time_zone"]), rhythm)


def occurrences(
    replica: Replica, rows: Connection, series: RowMapping, when: Range
) -> tuple[Occurrence, ...]:
    """The days of a series in the range, in order; without those whose meeting was removed."""
    plan = plan_of(series)
    if plan is None:
        return ()
    days = [day for day in plan.days(*when.days_in(plan.zone)) if when.holds(plan.starts(day))]
    ids = {day: occurrence_id(series["space"], series["id"], day.isoformat()) for day in days}
    trashed = _trashed(replica, rows, ids.values())
    return tuple(
        Occurrence(
            series["id"], day, plan.starts(day), meeting if trashed.get(meeting) is False else None
        )
        for day, meeting in ids.items()
        if not trashed.get(meeting)
    )


def _trashed(replica: Replica, rows: Connection, meetings: Iterable[Id]) -> dict[Id, bool]:
    """Of those meetings that are here, whether they are in the trash."""
    table = replica.tables["meeting"]
    query = select(table.c.id, table.c.trashed).where(table.c.id.in_(list(meetings)))
    return {row.id: bool(row.trashed) for row in rows.execute(query)}


@dataclass(frozen=True, slots=True)
class Calendar:
    """The meetings and planned days of one space, as one reading of the database sees them."""

    replica: Replica
    rows: Connection
    space: Id

    def series(self, now: datetime) -> tuple[SeriesView, ...]:
        """The series of the space, those that meet next first."""
        table = self.replica.tables["series"]
        query = select(table).where(table.c.space == self.space, table.c.trashed.is_(False))
        found = self.rows.execute(query).mappings().all()
        me = me_in(self.replica, self.rows, self.space)
        states = self.replica.item_states([row["id"] for row in found])
        views = [self.series_view(row, me, states[row["id"]], now) for row in found]
        return tuple(sorted(views, key=_soonest_first))

    def series_view(self, row: RowMapping, me: Me, state: ItemState, now: datetime) -> SeriesView:
        """A series as it is shown."""
        plan = plan_of(row)
        return SeriesView(
            id=row["id"],
            space=row["space"],
            title=one_line(row["title"]),
            purpose=row["purpose"] or "",
            first_day=read_day(row["first_day"]),
            local_time=read_time(row["local_time"]),
            time_zone=zone_named(row["time_zone"]).key,
            duration_minutes=row["duration_minutes"],
            recurrence=row["recurrence"] or "",
            recurrence_text=_NOT_UNDERSTOOD if plan is None else plan.in_words(),
            understood=plan is not None,
            type=row["type"],
            place=one_line(row["place"]),
            next_start=self._next_start(row, now),
            may_remove=me.may_delete("series", row),
            trashed=bool(row["trashed"]),
            state=state,
            two_versions=row["versions"] > 0,
        )

    def _next_start(self, series: RowMapping, now: datetime) -> datetime | None:
        ahead = Range(now, now + LOOK_AHEAD)
        table = self.replica.tables["meeting"]
        meets = self._in_range(ahead, table.c.series == series["id"])
        planned = occurrences(self.replica, self.rows, series, ahead)
        starts = [moment(row["starts"]) for row in meets if row["status"] != CANCELLED]
        starts += [each.starts for each in planned if each.meeting is None]
        return min(starts, default=None)

    def meetings(self, when: Range) -> tuple[MeetingRow, ...]:
        """Meetings that begin in the range, opened and only planned ones, in order of time."""
        table = self.replica.tables["series"]
        query = select(table).where(table.c.space == self.space)
        series = {row["id"]: row for row in self.rows.execute(query).mappings()}
        opened = self.opened(self._in_range(when), series)
        planned = [
            _planned_row(row, day)
            for row in series.values()
            if not row["trashed"]
            for day in occurrences(self.replica, self.rows, row, when)
            if day.meeting is None
        ]
        return tuple(sorted((*opened, *planned), key=_in_time))

    def of_ids(self, meetings: Sequence[Id]) -> tuple[MeetingRow, ...]:
        """Those of these meetings that are in the space and not in the trash, latest first."""
        table = self.replica.tables["series"]
        query = select(table).where(table.c.space == self.space)
        series = {row["id"]: row for row in self.rows.execute(query).mappings()}
        opened = self.opened(
            self._chosen(self.replica.tables["meeting"].c.id.in_(meetings)), series
        )
        return tuple(sorted(opened, key=_in_time, reverse=True))

    def opened(
        self, found: Sequence[RowMapping], series: Mapping[Id, RowMapping]
    ) -> list[MeetingRow]:
        """Lines for these meetings. series: rows of the series they may belong to."""
        ids = [row["id"] for row in found]
        counts = open_counts(self.replica, self.rows, ids)
        states = self.replica.item_states(ids)
        missed = missed_by_me(self.replica, self.rows, self.space, found)
        care = care_of_meetings(self.replica, self.rows, ids)
        return [
            replace(
                _opened_row(row, series.get(row["series"]), states[row["id"]]),
                open_actions=counts.get(row["id"], 0),
                missed=row["id"] in missed,
                care=care.get(row["id"]),
            )
            for row in found
        ]

    def _in_range(self, when: Range, *more: ColumnElement[bool]) -> Sequence[RowMapping]:
        starts = self.replica.tables["meeting"].c.starts
        return self._chosen(
            starts >= milliseconds(when.since), starts < milliseconds(when.until), *more
        )

    def _chosen(self, *conditions: ColumnElement[bool]) -> Sequence[RowMapping]:
        table = self.replica.tables["meeting"]
        query = select(table).where(
            table.c.space == self.space, table.c.trashed.is_(False), *conditions
        )
        return self.rows.execute(query).mappings().all()


_NOT_UNDERSTOOD: Final = "at times that this version of the program cannot work out"


def _opened_row(row: RowMapping, series: RowMapping | None, state: ItemState) -> MeetingRow:
    zone = zone_named(row["time_zone"])
    starts = moment(row["starts"] or 0)
    return MeetingRow(
        id=row["id"],
        series=row["series"],
        series_title=one_line(series["title"]) if series else "",
        day=day_of(starts, zone),
        title=one_line(row["title"]),
        starts=starts,
        duration_minutes=row["duration_minutes"],
        time_zone=zone.key,
        place=one_line(row["place"]),
        status=row["status"] or PLANNED,
        open_actions=0,
        state=state,
        two_versions=row["versions"] > 0,
    )


def _planned_row(series: RowMapping, planned: Occurrence) -> MeetingRow:
    return MeetingRow(
        id=None,
        series=series["id"],
        series_title=one_line(series["title"]),
        day=planned.day,
        title=one_line(series["title"]),
        starts=planned.starts,
        duration_minutes=series["duration_minutes"],
        time_zone=zone_named(series["time_zone"]).key,
        place=one_line(series["place"]),
        status=PLANNED,
        open_actions=0,
        state=None,
        two_versions=False,
    )


def _in_time(row: MeetingRow) -> tuple[datetime, str, Id]:
    return row.starts, row.title.casefold(), row.id or row.series or b""


_NEVER: Final = datetime.max.replace(tzinfo=UTC)


def _soonest_first(series: SeriesView) -> tuple[datetime, str, Id]:
    return series.next_start or _NEVER, series.title.casefold(), series.id
