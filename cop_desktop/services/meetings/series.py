"""Series: planning them, changing them, opening their days."""

from datetime import date, datetime

from cop_desktop.services.access import me_in
from cop_desktop.services.checks import checked_choice
from cop_desktop.services.entered import entered_number, entered_texts
from cop_desktop.services.errors import NotAChoice
from cop_desktop.services.meetings.calendar import (
    PLANNED,
    Calendar,
    Range,
    occurrences,
    plan_of,
)
from cop_desktop.services.meetings.recurrence import read_rule
from cop_desktop.services.meetings.verbs import Verbs, entered_zone
from cop_desktop.services.meetings.views import (
    Added,
    NewSeries,
    Occurrence,
    SeriesEdit,
    SeriesView,
)
from cop_desktop.services.reading import milliseconds, required_row
from cop_desktop.services.versions import Seen
from cop_desktop.store import Changed
from sync.catalogue.meetings import occurrence_id
from sync.core.ids import Id
from sync.core.ops import Value


class SeriesVerbs(Verbs):
    """What can be done with series of meetings."""

    def series(self, space: Id) -> tuple[SeriesView, ...]:
        """The series of a community, those that meet next first."""
        with self._replica.read() as rows:
            return Calendar(self._replica, rows, space).series(self._now())

    def one_series(self, series: Id) -> SeriesView:
        """One series, in the trash or not.

        Raises NotFound.
        """
        with self._replica.read() as rows:
            row = required_row(rows, self._replica.tables["series"], series)
            me = me_in(self._replica, rows, row["space"])
            state = self._replica.item_state(series)
            calendar = Calendar(self._replica, rows, row["space"])
            return calendar.series_view(row, me, state, self._now())

    def recurrence_text(self, series: Id) -> str:
        """When it meets, as in `every second Wednesday, 5:00 pm NT time`.

        Raises NotFound.
        """
        return self.one_series(series).recurrence_text

    def occurrences(self, series: Id, since: datetime, until: datetime) -> tuple[Occurrence, ...]:
        """The days of a series that begin in the range, in order.

        since, until: aware; `until` is not in it.
        Raises NotFound.
        """
        with self._replica.read() as rows:
            row = required_row(rows, self._replica.tables["series"], series)
            return occurrences(self._replica, rows, row, Range(since, until))

    def add_series(self, space: Id, new: NewSeries) -> Added:
        """Plan a series.

        Raises BadInput.
        """
        edit = SeriesEdit(
            title=new.title,
            first_day=new.first_day,
            local_time=new.local_time,
            recurrence=new.recurrence,
            time_zone=new.time_zone,
            duration_minutes=new.duration_minutes,
            type=new.type,
            place=new.place,
            purpose=new.purpose,
        )
        fields = _entered(edit)
        with self._replica.write() as action:
            series = action.create("series", space, fields)
        return Added(series, action.changed)

    def edit_series(self, series: Id, edit: SeriesEdit, seen: Seen | None = None) -> Changed:
        """Change a series; meetings that were opened stay as they are.

        Raises BadInput, NotFound.
        """
        return self._set("series", series, _entered(edit), seen)

    def open_occurrence(self, series: Id, day: date) -> Added:
        """The meeting of a series on that day, made if nobody did; one that was removed comes back.

        However many people do this, with or without a connection, it is one meeting.
        Raises NotFound, NotAChoice if the series does not meet on that day, NotAllowed.
        """
        with self._replica.write() as action:
            tables = self._replica.tables
            row = required_row(action.rows, tables["series"], series)
            meeting = occurrence_id(row["space"], series, day.isoformat())
            found = (
                action.rows.execute(
                    tables["meeting"].select().where(tables["meeting"].c.id == meeting)
                )
                .mappings()
                .one_or_none()
            )
            if found is None:
                plan = plan_of(row)
                if plan is None or not plan.days(day, day):
                    raise NotAChoice("day", day.isoformat())
                fields = {
                    "series": series,
                    "title": row["title"],
                    "starts": milliseconds(plan.starts(day)),
                    "duration_minutes": row["duration_minutes"],
                    "time_zone": plan.zone.key,
                    "place": row["place"],
                    "status": PLANNED,
                }
                action.create("meeting", row["space"], fields, record=meeting)
            elif found["trashed"]:
                me_in(self._replica, action.rows, row["space"]).must_delete("meeting", found)
                action.restore("meeting", meeting)
        return Added(meeting, action.changed)


def _entered(edit: SeriesEdit) -> dict[str, Value]:
    """The fields of a series as they are kept.

    Raises BadInput.
    """
    fields = entered_texts(
        "series", {"title": edit.title, "place": edit.place, "purpose": edit.purpose}
    )
    if edit.first_day is not None:
        fields["first_day"] = edit.first_day.isoformat()
    if edit.local_time is not None:
        fields["local_time"] = f"{edit.local_time:%H:%M}"
    if edit.recurrence is not None:
        fields["recurrence"] = _rule(edit.recurrence)
    if edit.time_zone is not None:
        fields["time_zone"] = entered_zone("time_zone", edit.time_zone)
    if edit.duration_minutes is not None:
        fields["duration_minutes"] = entered_number(
            "series", "duration_minutes", edit.duration_minutes
        )
    if edit.type is not None:
        fields["type"] = checked_choice("series", "type", edit.type)
    return fields


def _rule(recurrence: str) -> str | None:
    rule = recurrence.strip()
    if rule and read_rule(rule) is None:
        raise NotAChoice("recurrence", rule)
    return rule or None
