"""What happens in the sample community, in order of time."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from cop_desktop.demo.cast import Actor
from cop_desktop.demo.content import Item, Meeting, Post, Sample, Topic
from cop_desktop.demo.reacting import react_to_all
from cop_desktop.services.discussions import NewTopic
from cop_desktop.services.library import NewItem
from cop_desktop.services.meetings import MeetingEdit, NewAction, NewSeries
from sync.catalogue.meetings import TIME_ZONE
from sync.core.ids import Id

_ZONE: Final = ZoneInfo(TIME_ZONE)
_WEDNESDAY: Final = 2
_WORKING_HOUR: Final = time(16, 0)
_READ_UNTIL_DAYS_AGO: Final = 7
_STEPS: Final[dict[str, tuple[str, ...]]] = {
    "draft": (),
    "submitted": ("submit",),
    "in review": ("submit", "start_review"),
    "published": ("submit", "publish"),
    "retired": ("submit", "publish", "retire"),
}


@dataclass(frozen=True, slots=True)
class Event:
    """A member does something. when: aware UTC.

    makes: what comes of it, by a name. needs: what the member must have by then, of their own or
    received from others.
    """

    when: datetime
    who: str
    deed: Callable[[Actor], None]
    makes: str = ""
    needs: frozenset[str] = frozenset()


class Timeline:
    """All events of a sample, as seen on a day: each once, when what it needs has been made."""

    def __init__(self, sample: Sample, today: date, member: Callable[[str], Id]) -> None:
        """today: local day in NT time. member: id of a member by key, once all have joined."""
        self._sample = sample
        self._today = today
        self._member = member
        self._topics: dict[str, Id] = {}
        self._posts: dict[tuple[str, int], Id] = {}
        self._items: dict[str, Id] = {}
        self._series: list[Id] = []

    def discussions(self) -> list[Event]:
        """Topics and replies in order of time, and at last everybody's reactions."""
        found = [event for topic in self._sample.topics for event in self._of_topic(topic)]
        return [*sorted(found, key=_moment_of), *self._reactions()]

    def work(self) -> list[Event]:
        """The library and the meetings, in order of time."""
        found = [event for item in self._sample.items for event in self._of_item(item)]
        return sorted([*found, *self._of_meetings()], key=_moment_of)

    def reading(self, actor: Actor) -> None:
        """A member reads what was written until some days ago."""
        for topic in self._sample.topics:
            if topic.posts[-1].days_ago > _READ_UNTIL_DAYS_AGO:
                actor.discussions.mark_read(self._topics[topic.key])

    def at(self, days_ago: int, at: str | None = None) -> datetime:
        """The moment so many days before today. at: HH:MM in NT time."""
        local = _WORKING_HOUR if at is None else time.fromisoformat(at)
        day = self._today - timedelta(days=days_ago)
        return datetime.combine(day, local, _ZONE).astimezone(UTC)

    # Discussions

    def _of_topic(self, topic: Topic) -> Iterator[Event]:
        for number, post in enumerate(topic.posts):
            when = self.at(post.days_ago, post.time)
            made = _post(topic.key, number)
            deed = self._posting(topic, number, post)
            # Whoever replies has read what stands above, which also keeps the replies in order.
            needs = frozenset({_post(topic.key, number - 1)} if number else ())
            yield Event(when, post.author, deed, made, needs)
        if topic.answer is not None:
            last = topic.posts[-1]
            when = self.at(last.days_ago, last.time) + timedelta(minutes=5)
            needs = frozenset({_post(topic.key, 0), _post(topic.key, topic.answer)})
            yield Event(when, topic.author, self._answering(topic, topic.answer), needs=needs)

    def _posting(self, topic: Topic, number: int, post: Post) -> Callable[[Actor], None]:
        def deed(actor: Actor) -> None:
            if number == 0:
                tags = tuple(topic.tags)
                new = NewTopic(topic.title, post.body, topic.activity, tags)
                made = actor.discussions.start_topic(actor.community, new).id
                self._topics[topic.key] = made
                if topic.pinned:
                    actor.discussions.pin(made)
            else:
                parent = self._posts[topic.key, post.reply_to] if post.reply_to else None
                made = actor.discussions.reply(self._topics[topic.key], post.body, parent).id
            self._posts[topic.key, number] = made
            if post.attachment is not None:
                actor.library.attach(made, self._sample.file(post.attachment))

        return deed

    def _answering(self, topic: Topic, answer: int) -> Callable[[Actor], None]:
        def deed(actor: Actor) -> None:
            actor.discussions.resolve(self._topics[topic.key], self._posts[topic.key, answer])

        return deed

    def _reactions(self) -> Iterator[Event]:
        """Reactions have no moment that is shown, so everybody gives theirs in one go."""
        given: defaultdict[str, list[tuple[str, int, str]]] = defaultdict(list)
        for topic in self._sample.topics:
            for number, post in enumerate(topic.posts):
                for sort, members in post.reactions.items():
                    for key in members:
                        given[key].append((topic.key, number, sort))
        for key, reactions in given.items():
            needs = frozenset(_post(topic, number) for topic, number, _ in reactions)
            yield Event(self.at(0, "00:01"), key, self._reacting(reactions), needs=needs)

    def _reacting(self, reactions: list[tuple[str, int, str]]) -> Callable[[Actor], None]:
        def deed(actor: Actor) -> None:
            given = [(self._posts[topic, number], sort) for topic, number, sort in reactions]
            react_to_all(actor, given)

        return deed

    # Library

    def _of_item(self, item: Item) -> Iterator[Event]:
        needs = frozenset({item.key})
        yield Event(self.at(item.days_ago), item.author, self._adding(item), item.key)
        for version in item.versions:
            path = self._sample.file(version.file)
            when = self.at(version.days_ago) + timedelta(minutes=1)
            deed = self._attaching(item, path, version.note)
            yield Event(when, item.author, deed, needs=needs)
        when = self.at(max(item.days_ago - 1, 0), "08:00") + timedelta(minutes=2)
        before = needs
        for step in _STEPS[item.status]:
            # Reviewing and publishing are for facilitators.
            who = item.author if step == "submit" else self._sample.series.chair
            after = f"{item.key} after {step}"
            yield Event(when, who, self._stepping(item, step), after, before)
            before = frozenset({after})
            when += timedelta(minutes=3)

    def _adding(self, item: Item) -> Callable[[Actor], None]:
        def deed(actor: Actor) -> None:
            new = NewItem(
                title=item.title,
                summary=item.summary,
                type=item.type,
                tags=tuple(item.tags),
                strategies=tuple(self._sample.strategy(key) for key in item.strategies),
                evidence=item.evidence,
                reading_minutes=item.reading_minutes,
                credit=item.credit,
            )
            self._items[item.key] = actor.library.add_item(actor.community, new).id

        return deed

    def _attaching(self, item: Item, path: Path, note: str) -> Callable[[Actor], None]:
        def deed(actor: Actor) -> None:
            actor.library.attach(self._items[item.key], path, note)

        return deed

    def _stepping(self, item: Item, step: str) -> Callable[[Actor], None]:
        def deed(actor: Actor) -> None:
            record = self._items[item.key]
            if step == "publish" and item.review_by_in_days is not None:
                review_by = self._today + timedelta(days=item.review_by_in_days)
                actor.library.publish(record, review_by)
            else:
                getattr(actor.library, step)(record)

        return deed

    # Meetings

    def day_of(self, meeting: Meeting) -> date:
        """The local day of a meeting: number 1 is the first Wednesday after today."""
        ahead = (_WEDNESDAY - self._today.weekday() - 1) % 7 + 1
        steps = meeting.number - 1 if meeting.number > 0 else meeting.number
        weeks = self._sample.series.interval_weeks * steps
        return self._today + timedelta(days=ahead, weeks=weeks)

    def _of_meetings(self) -> Iterator[Event]:
        series = self._sample.series
        days = [self.day_of(meeting) for meeting in self._sample.meetings]
        planned = datetime.combine(min(days) - timedelta(days=20), _WORKING_HOUR, _ZONE)
        yield Event(planned.astimezone(UTC), series.chair, self._planning(min(days)))
        yesterday = self.at(1, "17:30")
        for meeting, day in zip(self._sample.meetings, days, strict=True):
            held = datetime.combine(day, time.fromisoformat(series.local_time), _ZONE)
            prepared = min(held - timedelta(days=6), yesterday)
            yield Event(prepared.astimezone(UTC), series.chair, self._preparing(meeting, day))
            minuted = min(held + timedelta(hours=1), yesterday)
            yield Event(minuted.astimezone(UTC), series.chair, self._minuting(meeting, day))

    def _planning(self, first_day: date) -> Callable[[Actor], None]:
        def deed(actor: Actor) -> None:
            series = self._sample.series
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
            self._series.append(actor.meetings.add_series(actor.community, new).id)

        return deed

    def _preparing(self, meeting: Meeting, day: date) -> Callable[[Actor], None]:
        def deed(actor: Actor) -> None:
            record = actor.meetings.open_occurrence(self._series[0], day).id
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
            record = actor.meetings.open_occurrence(self._series[0], day).id
            for key, status in meeting.attendance.items():
                actor.meetings.set_attendance(record, self._member(key), status)
            if meeting.notes:
                base = actor.meetings.meeting(record).notes
                actor.meetings.save_notes(record, meeting.notes, base)
            for decision in meeting.decisions:
                actor.meetings.add_decision(record, decision)
            for action in meeting.actions:
                due = self._today + timedelta(days=action.due_in_days)
                new = NewAction(action.text, owner=self._member(action.owner), due=due)
                added = actor.meetings.add_action(record, new).id
                if action.done:
                    actor.meetings.set_done(added, done=True)
            if meeting.number < 0:
                actor.meetings.edit_meeting(record, MeetingEdit(status="held"))

        return deed

    def _name(self, key: str) -> str:
        return next(m.name for m in self._sample.community.members if m.key == key)


def _moment_of(event: Event) -> datetime:
    return event.when


def _post(topic: str, number: int) -> str:
    return f"{topic} {number}"
