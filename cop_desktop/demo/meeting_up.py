"""What happens at the meetings of the sample community."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from cop_desktop.demo.cast import Actor
from cop_desktop.demo.content import Feedback, Meeting, Sample
from cop_desktop.demo.events import WORKING_HOUR, ZONE, Days, Event, Made
from cop_desktop.services.meetings import MeetingEdit, NewAction, NewSeries
from sync.core.ids import Id

_WEDNESDAY: Final = 2


@dataclass(frozen=True, slots=True)
class MeetingUp:
    """The series, what was prepared, what came of it, and what people said of it afterwards."""

    sample: Sample
    days: Days
    made: Made

    def day_of(self, meeting: Meeting) -> date:
        """The local day of a meeting: number 1 is the first Wednesday after today."""
        ahead = (_WEDNESDAY - self.days.today.weekday() - 1) % 7 + 1
        steps = meeting.number - 1 if meeting.number > 0 else meeting.number
        weeks = self.sample.series.interval_weeks * steps
        return self.days.today + timedelta(days=ahead, weeks=weeks)

    def events(self) -> Iterator[Event]:
        """Meeting after meeting."""
        series = self.sample.series
        held_on = [self.day_of(meeting) for meeting in self.sample.meetings]
        planned = datetime.combine(min(held_on) - timedelta(days=20), WORKING_HOUR, ZONE)
        yield Event(planned.astimezone(UTC), series.chair, self._planning(min(held_on)))
        yesterday = self.days.ago(1, "17:30")
        for meeting, day in zip(self.sample.meetings, held_on, strict=True):
            held = datetime.combine(day, time.fromisoformat(series.local_time), ZONE)
            prepared = min(held - timedelta(days=6), yesterday)
            yield Event(prepared.astimezone(UTC), series.chair, self._preparing(meeting, day))
            minuted = min(held + timedelta(hours=1), yesterday)
            deed, told = self._minuting(meeting, day), f"{meeting.key} told"
            yield Event(minuted.astimezone(UTC), series.chair, deed, told)
            for key, feedback in meeting.feedback.items():
                said = min(minuted + timedelta(hours=16), self.days.ago(1, "18:00"))
                deed, needs = self._saying(feedback, day), frozenset({told})
                yield Event(said.astimezone(UTC), key, deed, needs=needs)

    def _planning(self, first_day: date) -> Callable[[Actor], None]:
        def deed(actor: Actor) -> None:
            series = self.sample.series
            new = NewSeries(
                title=series.title,
                first_day=first_day,
                local_time=time.fromisoformat(series.local_time),
                recurrence=series.recurrence,
                time_zone=series.time_zone,
                duration_minutes=series.duration_minutes,
                type=series.type,
                place=series.place,
                purpose=series.purpose,
            )
            self.made.series.append(actor.meetings.add_series(actor.community, new).id)

        return deed

    def _preparing(self, meeting: Meeting, day: date) -> Callable[[Actor], None]:
        def deed(actor: Actor) -> None:
            record = self._opened(actor, day)
            edit = MeetingEdit(title=meeting.title, provocation=meeting.provocation)
            actor.meetings.edit_meeting(record, edit)
            for point in meeting.agenda:
                lead = self._name(point.lead)
                actor.meetings.add_agenda_item(
                    record, point.title, minutes=point.minutes, lead=lead
                )

        return deed

    def _minuting(self, meeting: Meeting, day: date) -> Callable[[Actor], None]:
        def deed(actor: Actor) -> None:
            record = self._opened(actor, day)
            for key, status in meeting.attendance.items():
                actor.meetings.set_attendance(record, self.made.member(key), status)
            view = actor.meetings.meeting(record)
            if meeting.notes:
                actor.meetings.save_notes(record, meeting.notes, view.notes)
            if meeting.summary:
                actor.meetings.save_summary(record, meeting.summary, view.summary)
            for decision in meeting.decisions:
                actor.meetings.add_decision(record, decision)
            self._agree(actor, record, meeting)
            if meeting.number < 0:
                actor.meetings.edit_meeting(record, MeetingEdit(status="held"))

        return deed

    def _agree(self, actor: Actor, record: Id, meeting: Meeting) -> None:
        for action in meeting.actions:
            owner, due = self.made.member(action.owner), self.days.ahead(action.due_in_days)
            added = actor.meetings.add_action(record, NewAction(action.text, owner=owner, due=due))
            if action.done:
                actor.meetings.set_done(added.id, done=True)

    def _saying(self, feedback: Feedback, day: date) -> Callable[[Actor], None]:
        def deed(actor: Actor) -> None:
            record = self._opened(actor, day)
            actor.meetings.give_feedback(record, feedback.text, may_quote=feedback.may_quote)

        return deed

    def _opened(self, actor: Actor, day: date) -> Id:
        return actor.meetings.open_occurrence(self.made.series[0], day).id

    def _name(self, key: str) -> str:
        return next(m.name for m in self.sample.community.members if m.key == key)
