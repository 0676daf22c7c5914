"""Meetings and series as calendar files."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, RowMapping, select

from cop_desktop.services.calendar_files.uids import uid_of
from cop_desktop.services.care import WARNING
from cop_desktop.services.meetings.calendar import (
    CANCELLED,
    LOOK_AHEAD,
    Plan,
    Range,
    occurrences,
    plan_of,
)
from cop_desktop.services.meetings.cared import care_of_meetings
from cop_desktop.services.meetings.local_time import zone_named
from cop_desktop.services.meetings.recurrence import Rhythm
from cop_desktop.services.reading import moment, required_row
from cop_desktop.store import Replica
from sync.core.ids import Id

if TYPE_CHECKING:
    from icalendar import Event

PRODUCT: Final = "-//CoP Desktop//Meetings//EN"
LOOK_BACK: Final = timedelta(days=60)
_FIRST_DAY_WITHIN: Final = timedelta(days=5 * 366)
_USUAL_MINUTES: Final = 60
_LAST_YEAR: Final = 2037
"""Until when the rules of a time zone are written out; programs know the zones by name anyway."""


class Writing:
    """Each verb gives the bytes of a file; nothing in the replica is changed."""

    def __init__(self, replica: Replica) -> None:
        self._replica = replica

    def meeting_file(self, meeting: Id) -> bytes:
        """One meeting.

        Raises NotFound.
        """
        with self._replica.read() as rows:
            row = required_row(rows, self._replica.tables["meeting"], meeting)
            return self._file([self._meeting_event(rows, row)])

    def series_file(self, series: Id) -> bytes:
        """A series with its rhythm, and what its opened meetings say otherwise.

        Raises NotFound.
        """
        with self._replica.read() as rows:
            row = required_row(rows, self._replica.tables["series"], series)
            return self._file(self._series_events(rows, row))

    def coming_file(self, space: Id) -> bytes:
        """Every series of a community that still meets, and the single meetings to come."""
        now = moment(self._replica.now_ms())
        series, meetings = (self._replica.tables[name] for name in ("series", "meeting"))
        with self._replica.read() as rows:
            found = rows.execute(
                select(series).where(series.c.space == space, series.c.trashed.is_(False))
            )
            events = [
                event for row in found.mappings().all() for event in self._series_events(rows, row)
            ]
            covered = {str(event["UID"]) for event in events}
            single = rows.execute(
                select(meetings)
                .where(meetings.c.space == space, meetings.c.trashed.is_(False))
                .where(meetings.c.starts >= round((now - timedelta(days=1)).timestamp() * 1000))
                .order_by(meetings.c.starts)
            )
            events += [
                self._meeting_event(rows, row)
                for row in single.mappings().all()
                if row["series"] is None or uid_of(row["series"]) not in covered
            ]
            return self._file(events)

    def _file(self, events: Iterable["Event"]) -> bytes:
        from icalendar import Calendar  # only who saves one waits for it

        calendar = Calendar()
        calendar.add("prodid", PRODUCT)
        calendar.add("version", "2.0")
        calendar.add("method", "PUBLISH")
        first = date.today().year  # noqa: DTZ011 - a year, to begin the zones with
        for event in events:
            calendar.add_component(event)
            first = min(first, event.decoded("dtstart").year)
        calendar.add_missing_timezones(date(first - 1, 1, 1), date(_LAST_YEAR, 12, 31))
        made: bytes = calendar.to_ical()
        return made

    def _meeting_event(self, rows: Connection, row: RowMapping) -> "Event":
        event = self._event(row)
        event.add("uid", uid_of(row["id"]))
        self._say_when(event, row)
        _add_text(event, "description", self._about(rows, row))
        return event

    def _about(self, rows: Connection, row: RowMapping) -> str:
        """What a meeting is about, after the words for what is to be read with care."""
        care = care_of_meetings(self._replica, rows, [row["id"]])
        warning = WARNING if care else ""
        about = (warning, row["provocation"] or "", *self._agenda(rows, row["id"]))
        return "\n".join(filter(None, about))

    def _series_events(self, rows: Connection, row: RowMapping) -> list["Event"]:
        """The series, then those of its days that are not as planned; none if it has no day."""
        plan = plan_of(row)
        days = plan.days(plan.first_day, plan.first_day + _FIRST_DAY_WITHIN) if plan else []
        if plan is None or not days:
            return []
        zone_start = datetime.combine(days[0], plan.local_time, tzinfo=plan.zone)
        event = self._event(row)
        event.add("uid", uid_of(row["id"]))
        event.add("dtstart", zone_start)
        event.add("duration", timedelta(minutes=row["duration_minutes"] or _USUAL_MINUTES))
        _add_text(event, "description", row["purpose"] or "")
        if plan.rhythm is not None:
            event.add("rrule", _rule(plan.rhythm, plan))
        now = moment(self._replica.now_ms())
        when = Range(now - LOOK_BACK, now + LOOK_AHEAD)
        met = {each.day: each for each in occurrences(self._replica, rows, row, when)}
        first, last = when.days_in(plan.zone)
        planned = [day for day in plan.days(first, last) if when.holds(plan.starts(day))]
        without = [day for day in planned if day not in met]
        if without:
            local = (datetime.combine(day, plan.local_time, tzinfo=plan.zone) for day in without)
            event.add("exdate", list(local))
        opened = {each.meeting: each.day for each in met.values() if each.meeting}
        return [event, *self._others(rows, row, plan, opened)]

    def _others(
        self, rows: Connection, series: RowMapping, plan: Plan, opened: dict[Id, date]
    ) -> list["Event"]:
        table = self._replica.tables["meeting"]
        found = rows.execute(select(table).where(table.c.id.in_(list(opened)))).mappings().all()
        events = []
        for row in sorted(found, key=lambda each: opened[each["id"]]):
            planned = plan.starts(opened[row["id"]])
            if _as_planned(row, series, planned):
                continue
            event = self._event(row)
            event.add("uid", uid_of(series["id"]))
            event.add("recurrence-id", planned.astimezone(plan.zone))
            self._say_when(event, row)
            _add_text(event, "description", self._about(rows, row))
            events.append(event)
        return events

    def _event(self, row: RowMapping) -> "Event":
        from icalendar import Event

        event = Event()
        event.add("dtstamp", datetime.fromtimestamp(self._replica.now_ms() // 1000, UTC))
        _add_text(event, "summary", row["title"] or "")
        _add_text(event, "location", row["place"] or "")
        return event

    def _say_when(self, event: "Event", row: RowMapping) -> None:
        starts = moment(row["starts"] or 0).astimezone(zone_named(row["time_zone"]))
        event.add("dtstart", starts.replace(microsecond=0))
        event.add("duration", timedelta(minutes=row["duration_minutes"] or _USUAL_MINUTES))
        event.add("status", "CANCELLED" if row["status"] == CANCELLED else "CONFIRMED")

    def _agenda(self, rows: Connection, meeting: Id) -> list[str]:
        table = self._replica.tables["agenda_item"]
        query = (
            select(table.c.title)
            .where(table.c.meeting == meeting, table.c.trashed.is_(False))
            .order_by(table.c.place_in_order, table.c.created_clock, table.c.id)
        )
        return [f"- {title}" for title in rows.scalars(query) if title]


def _as_planned(row: RowMapping, series: RowMapping, planned: datetime) -> bool:
    """Whether a calendar that knows the series alone shows this meeting rightly."""
    same = all(row[name] == series[name] for name in ("title", "place", "duration_minutes"))
    return same and row["status"] != CANCELLED and moment(row["starts"] or 0) == planned


def _rule(rhythm: Rhythm, plan: Plan) -> dict[str, object]:
    """The rule as calendars outside want it: with a time of day, its end is a moment."""
    from icalendar import vRecur

    rule: dict[str, object] = vRecur.from_ical(rhythm.rule())
    if rhythm.until is not None:
        rule["UNTIL"] = [plan.starts(rhythm.until)]
    return rule


def _add_text(event: "Event", name: str, text: str) -> None:
    if text:
        event.add(name, text)
