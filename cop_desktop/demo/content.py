"""The sample community as it is written in `resources/sample` (its README has the formats)."""

from pathlib import Path
from typing import Final, TypeVar

import msgspec

NT_OFFSET_MINUTES: Final = 9 * 60 + 30


class Strategy(msgspec.Struct, frozen=True):
    """A strategy that library items serve."""

    key: str
    title: str


class School(msgspec.Struct, frozen=True):
    """A school."""

    key: str
    name: str
    region: str
    about: str


class Member(msgspec.Struct, frozen=True):
    """A member; school: key, None for none. identity: who they are as a professional."""

    key: str
    name: str
    role: str
    position: str
    career_stage: str
    school: str | None
    about: str
    expertise: list[str]
    offers: str
    asks: str
    identity: str = ""


class Community(msgspec.Struct, frozen=True):
    """The community and everybody in it.

    follows, mutes: topics that the first member wants to hear of, or does not.
    """

    name: str
    domain: str
    purpose: str
    practice: str
    commitments: list[str]
    stage: str
    founded_days_ago: int
    strategies: list[Strategy]
    schools: list[School]
    members: list[Member]
    first_member: str
    second_member: str
    follows: list[str] = []
    mutes: list[str] = []


class Care(msgspec.Struct, frozen=True):
    """Somebody asks for care with something; by: member."""

    by: str
    note: str


class Post(msgspec.Struct, frozen=True):
    """One post; time: HH:MM in NT time."""

    author: str
    days_ago: int
    time: str
    body: str
    reply_to: int | None = None
    reactions: dict[str, list[str]] = {}
    attachment: str | None = None


class Outcome(msgspec.Struct, frozen=True):
    """What came of a topic, in the words of who began it."""

    days_ago: int
    text: str


class Topic(msgspec.Struct, frozen=True):
    """A topic; its first post is its opening."""

    key: str
    title: str
    activity: str
    author: str
    tags: list[str]
    posts: list[Post]
    pinned: bool = False
    answer: int | None = None
    needed_by_in_days: int | None = None
    outcome: Outcome | None = None
    care: Care | None = None


class FileVersion(msgspec.Struct, frozen=True):
    """A version of an item's file."""

    days_ago: int
    file: str
    note: str = ""


class Use(msgspec.Struct, frozen=True):
    """A member used an item in their school."""

    member: str
    days_ago: int
    text: str


class Item(msgspec.Struct, frozen=True):
    """A library item. authors: as they are cited, with the year in which it was added."""

    key: str
    title: str
    summary: str
    type: str
    tags: list[str]
    strategies: list[str]
    evidence: str
    reading_minutes: int
    status: str
    author: str
    days_ago: int
    reviewer: str | None = None
    answer_by_in_days: int | None = None
    review_by_in_days: int | None = None
    review_note: str = ""
    credit: str = ""
    authors: str = ""
    versions: list[FileVersion] = []
    uses: list[Use] = []
    thanks: list[str] = []
    care: Care | None = None


class AgendaItem(msgspec.Struct, frozen=True):
    """A point of an agenda; lead: member."""

    title: str
    minutes: int
    lead: str


class Action(msgspec.Struct, frozen=True):
    """What somebody agreed to do; owner: member."""

    text: str
    owner: str
    due_in_days: int
    done: bool


class Feedback(msgspec.Struct, frozen=True):
    """What a member thinks of a meeting."""

    text: str
    may_quote: bool


class Meeting(msgspec.Struct, frozen=True):
    """A meeting; number: 1 is the next of the series, -1 the last one held.

    feedback: by member.
    """

    key: str
    number: int
    title: str
    provocation: str
    agenda: list[AgendaItem]
    attendance: dict[str, str] = {}
    decisions: list[str] = []
    actions: list[Action] = []
    notes: str = ""
    summary: str = ""
    feedback: dict[str, Feedback] = {}


class Series(msgspec.Struct, frozen=True):
    """The series of meetings; chair: member."""

    title: str
    type: str
    purpose: str
    interval_weeks: int
    local_time: str
    duration_minutes: int
    time_zone: str
    recurrence: str
    place: str
    chair: str


class Answer(msgspec.Struct, frozen=True):
    """Something that the second member can say."""

    suits: str
    body: str


class _Threads(msgspec.Struct, frozen=True):
    topics: list[Topic]


class _Library(msgspec.Struct, frozen=True):
    items: list[Item]


class _Meetings(msgspec.Struct, frozen=True):
    series: Series
    meetings: list[Meeting]


class _Answers(msgspec.Struct, frozen=True):
    answers: list[Answer]


class Sample(msgspec.Struct, frozen=True):
    """All of it. folder: where its files are."""

    community: Community
    topics: list[Topic]
    items: list[Item]
    series: Series
    meetings: list[Meeting]
    answers: list[Answer]
    folder: Path

    def file(self, name: str) -> Path:
        """A document of the community."""
        return self.folder / "files" / name

    def strategy(self, key: str) -> str:
        """The title of a strategy."""
        return next(known.title for known in self.community.strategies if known.key == key)


FormT = TypeVar("FormT")


def _read(folder: Path, name: str, form: type[FormT]) -> FormT:
    return msgspec.json.decode((folder / f"{name}.json").read_bytes(), type=form)


def read_sample(folder: Path) -> Sample:
    """The sample community in that folder."""
    meetings = _read(folder, "meetings", _Meetings)
    return Sample(
        community=_read(folder, "community", Community),
        topics=_read(folder, "threads", _Threads).topics,
        items=_read(folder, "library", _Library).items,
        series=meetings.series,
        meetings=meetings.meetings,
        answers=_read(folder, "answers", _Answers).answers,
        folder=folder,
    )
