"""Taking events of a calendar file in as meetings and series: looked at first, never doubled."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from cop_desktop.services.access import Me, me_in
from cop_desktop.services.calendar_files.reading import FoundEvent, read_calendar
from cop_desktop.services.calendar_files.uids import record_of
from cop_desktop.services.meetings.calendar import CANCELLED, PLANNED
from cop_desktop.services.meetings.local_time import day_of, moment_of, zone_named
from cop_desktop.services.meetings.recurrence import Rhythm
from cop_desktop.services.meetings.words import series_in_words
from cop_desktop.services.reading import milliseconds
from cop_desktop.store import Action, Changed, Replica
from sync.catalogue import CATALOGUE
from sync.catalogue.declare import LINE, PARAGRAPHS
from sync.catalogue.meetings import MEETING, SERIES, occurrence_id
from sync.core.ids import Id, natural_id
from sync.core.ops import Value

_ORIGIN: Final = "ics"
_UNNAMED: Final = "Meeting"
_LONGEST: Final = CATALOGUE.by_name["meeting"].by_name["duration_minutes"].limit


class Standing(StrEnum):
    """What would become of an event."""

    NEW = "new"
    HERE = "here"
    IN_TRASH = "in trash"


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as it would be taken in.

    record: the meeting or series that it is or would be. rhythm_text: "" for a single meeting.
    only_first: it comes again in a way that is not understood; its first day alone is taken in.
    """

    record: Id
    kind: str
    title: str
    starts: datetime
    time_zone: str
    place: str
    rhythm_text: str
    only_first: bool
    standing: Standing
    event: FoundEvent

    @property
    def whole_day(self) -> bool:
        """Whether it was written without a time of day."""
        return self.event.whole_day


@dataclass(frozen=True, slots=True)
class CalendarPreview:
    """A calendar file before it is taken in. unreadable, left_out: how many events are not shown.

    changed_days: days of series that differ from their rule; they come with their series.
    """

    name: str
    space: Id
    entries: tuple[Entry, ...]
    changed_days: tuple[FoundEvent, ...]
    unreadable: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Imported:
    """What was taken in: `records` of all that is to go into the trash again if that is wished."""

    events: int
    records: tuple[Id, ...]
    changed: Changed


class Importing:
    """Looking into calendar files, and taking in what was chosen."""

    def __init__(self, replica: Replica) -> None:
        self._replica = replica

    def preview(self, space: Id, path: Path) -> CalendarPreview:
        """What the file holds, and what of it is here already.

        Raises NotACalendar.
        """
        content = read_calendar(path)
        series = {event.uid for event in content.events if event.rhythm is not None}
        days = [e for e in content.events if e.replaces is not None and e.uid in series]
        events = [event for event in content.events if event not in days]
        with self._replica.read() as rows:
            entries = {
                entry.record: entry for entry in (self._entry(rows, space, e) for e in events)
            }
        return CalendarPreview(
            name=path.name,
            space=space,
            entries=tuple(entries.values()),
            changed_days=tuple(days),
            unreadable=content.unreadable,
            left_out=content.left_out,
        )

    def bring_in(self, preview: CalendarPreview, wanted: Collection[Id]) -> Imported:
        """Take in those entries of a preview, in one transaction.

        wanted: their records. What is here by now stays as it is.
        """
        events, records = 0, list[Id]()
        with self._replica.write() as action:
            me = me_in(self._replica, action.rows, preview.space)
            for entry in preview.entries:
                if entry.record in wanted and self._may_make(action, me, entry):
                    records += self._make(action, preview, entry)
                    events += 1
                    action.new_groups()
        return Imported(events, tuple(records), action.changed)

    def _entry(self, rows: Connection, space: Id, event: FoundEvent) -> Entry:
        kind = SERIES if event.rhythm is not None else MEETING
        ours = record_of(event.uid) if event.replaces is None else None
        record = ours if ours is not None and self._row(rows, kind.name, ours) else None
        if record is None:
            day = event.replaces.isoformat() if event.replaces else ""
            record = natural_id(kind.number, space, _ORIGIN, event.uid, day)
        found = self._row(rows, kind.name, record)
        standing = Standing.NEW
        if found is not None:
            standing = Standing.IN_TRASH if found["trashed"] else Standing.HERE
        return Entry(
            record=record,
            kind=kind.name,
            title=_one_line(event.title) or _UNNAMED,
            starts=event.starts,
            time_zone=event.time_zone,
            place=_one_line(event.place),
            rhythm_text=_rhythm_text(event),
            only_first=event.strange_rule,
            standing=standing,
            event=event,
        )

    def _row(self, rows: Connection, kind: str, record: Id) -> dict[str, object] | None:
        table = self._replica.tables[kind]
        query = table.select().where(table.c.id == record)
        found = rows.execute(query).mappings().one_or_none()
        return dict(found) if found is not None else None

    def _may_make(self, action: Action, me: Me, entry: Entry) -> bool:
        """Not what is here; from the trash only what this member may take out of it."""
        table = self._replica.tables[entry.kind]
        query = table.select().where(table.c.id == entry.record)
        found = action.rows.execute(query).mappings().one_or_none()
        if found is None:
            return True
        return bool(found["trashed"]) and me.may_delete(entry.kind, found)

    def _make(self, action: Action, preview: CalendarPreview, entry: Entry) -> list[Id]:
        """What was made: the meeting, or the series with those of its days that are otherwise."""
        event = entry.event
        if event.rhythm is None:
            fields = _meeting_fields(event)
            action.create("meeting", preview.space, fields, record=entry.record)
            if event.about:
                notes = {"meeting": entry.record, "text": _storable(event.about)[:PARAGRAPHS]}
                action.create("meeting_notes", preview.space, notes)
            return [entry.record]
        fields = _series_fields(event, event.rhythm)
        action.create("series", preview.space, fields, record=entry.record)
        return [entry.record, *self._make_days(action, preview, entry)]

    def _make_days(self, action: Action, preview: CalendarPreview, entry: Entry) -> list[Id]:
        """Those days of a series that do not take place, or otherwise than its rule says."""
        event, zone = entry.event, zone_named(entry.time_zone)
        at = event.starts.astimezone(zone).time()
        others: dict[date, FoundEvent] = {
            day_of(each.replaces, zone): each
            for each in preview.changed_days
            if each.uid == event.uid and each.replaces is not None
        }
        for day in event.without:
            others.setdefault(day, _called_off(event, moment_of(day, at, zone)))
        first = day_of(event.starts, zone)
        made: list[Id] = []
        for day, each in sorted(others.items()):
            if event.rhythm is not None and event.rhythm.days(first, day, day):
                record = occurrence_id(preview.space, entry.record, day.isoformat())
                fields = {**_meeting_fields(each), "series": entry.record}
                made.append(action.create("meeting", preview.space, fields, record=record))
        return made


def _called_off(event: FoundEvent, starts: datetime) -> FoundEvent:
    return FoundEvent(
        uid=event.uid,
        title=event.title,
        starts=starts,
        time_zone=event.time_zone,
        minutes=event.minutes,
        place=event.place,
        cancelled=True,
    )


def _meeting_fields(event: FoundEvent) -> dict[str, Value]:
    return {
        "title": _one_line(event.title) or _UNNAMED,
        "starts": milliseconds(event.starts),
        "duration_minutes": _lasts(event),
        "time_zone": event.time_zone,
        "place": _one_line(event.place) or None,
        "status": CANCELLED if event.cancelled else PLANNED,
    }


def _series_fields(event: FoundEvent, rhythm: Rhythm) -> dict[str, Value]:
    local = event.starts.astimezone(zone_named(event.time_zone))
    return {
        "title": _one_line(event.title) or _UNNAMED,
        "purpose": _storable(event.about)[:PARAGRAPHS] or None,
        "first_day": local.date().isoformat(),
        "local_time": f"{local:%H:%M}",
        "time_zone": event.time_zone,
        "duration_minutes": _lasts(event),
        "recurrence": rhythm.rule(),
        "place": _one_line(event.place) or None,
    }


def _lasts(event: FoundEvent) -> int | None:
    return min(event.minutes, _LONGEST) if event.minutes else None


def _rhythm_text(event: FoundEvent) -> str:
    if event.rhythm is None:
        return ""
    zone = zone_named(event.time_zone)
    local = event.starts.astimezone(zone)
    return series_in_words(event.rhythm, local.date(), local.time(), zone)


def _one_line(text: str) -> str:
    return " ".join(_storable(text).split())[:LINE].strip()


def _storable(text: str) -> str:
    return text.encode(errors="ignore").decode().replace("\0", "")
