"""What the list of meetings shows: which ones, in what order, and how each looks."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import groupby

from PySide6.QtCore import QObject

from cop_desktop.services.meetings import MeetingRow, SeriesView
from cop_desktop.ui.meetings.times import Times
from cop_desktop.ui.meetings.words import choice_name
from cop_desktop.ui.records.care_words import care_badge
from cop_desktop.ui.records.states import state_badge
from cop_desktop.ui.widgets.rows import Badge, Row
from sync.catalogue.meetings import occurrence_id

Id = bytes

AHEAD = timedelta(days=2 * 366)
LONGEST = timedelta(days=7)
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
DAYS_AHEAD = timedelta(days=183)
DAY_KEY = "day:"
MOST_PLANNED = 8
"""Days of one series that nobody has opened yet; all of a year would bury the meetings."""


class Side(StrEnum):
    """Which half of time is shown."""

    COMING = "coming"
    PAST = "past"


class Look(StrEnum):
    """How meetings are shown."""

    LIST = "list"
    DAYS = "days"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is asked for. series: one of them only. text: then of both sides.

    day: of the month that is shown, the one whose meetings are listed; else None.
    """

    side: Side = Side.COMING
    series: Id | None = None
    text: str = ""
    look: Look = Look.LIST
    day: date | None = None

    @property
    def by_day(self) -> bool:
        """Whether a line stands over each day."""
        return self.look is Look.DAYS and not self.text

    @property
    def is_month(self) -> bool:
        """Whether a month is shown; what is searched for is not bound to one."""
        return self.look is Look.MONTH and not self.text


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. key: of the meeting, also before it is opened, so that it stays chosen then.

    under_day: its day stands over it.
    """

    key: str
    row: MeetingRow
    under_day: bool = False


@dataclass(frozen=True, slots=True)
class DayHead:
    """The line over the meetings of a day."""

    day: date

    @property
    def key(self) -> str:
        """Like no meeting's."""
        return f"{DAY_KEY}{self.day.isoformat()}"


@dataclass(frozen=True, slots=True)
class Listed:
    """One reading of the list. on_its_way: older meetings are not here yet.

    month: every meeting of the month's page, by day; empty where no month is shown.
    """

    entries: tuple[Entry, ...]
    series: tuple[SeriesView, ...]
    on_its_way: bool
    month: Mapping[date, tuple[MeetingRow, ...]] = field(default_factory=dict)


def is_over(row: MeetingRow, now: datetime) -> bool:
    """Whether it was ended, or has by the clock; one without a duration goes on for an hour."""
    if row.status == "held":
        return True
    minutes = 60 if row.duration_minutes is None else row.duration_minutes
    return row.starts + timedelta(minutes=minutes) < now


def with_days(entries: Iterable[Entry]) -> list[Entry | DayHead]:
    """The same with a line over each day."""
    lines: list[Entry | DayHead] = []
    for day, on_day in groupby(entries, _day_of):
        lines.append(DayHead(day))
        lines.extend(on_day)
    return lines


def _day_of(entry: Entry) -> date:
    return entry.row.day


def entry_of(space: Id, row: MeetingRow, *, under_day: bool = False) -> Entry:
    """The line of a meeting, opened or only planned."""
    meeting = row.id
    if meeting is None and row.series is not None:
        meeting = occurrence_id(space, row.series, row.day.isoformat())
    return Entry((meeting or b"").hex(), row, under_day)


def few_planned(rows: Iterable[MeetingRow]) -> list[MeetingRow]:
    """Every opened meeting, and of each series the first few days that nobody opened."""
    shown: Counter[Id | None] = Counter()
    kept = []
    for row in rows:
        if row.id is None:
            shown[row.series] += 1
            if shown[row.series] > MOST_PLANNED:
                continue
        kept.append(row)
    return kept


def entry_key(entry: Entry | DayHead) -> str:
    """The key of a line."""
    return entry.key


class EntryRows(QObject):
    """Makes rows."""

    def __init__(self, times: Times, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._times = times

    def row(self, entry: Entry | DayHead) -> Row:
        if isinstance(entry, DayHead):
            return Row(entry.key, self._day_words(entry.day))
        meeting = entry.row
        near = self._times.near(meeting.starts, meeting.time_zone)
        return Row(
            entry.key,
            meeting.title or self.tr("The title is on its way"),
            " · ".join(filter(None, (self._when(entry), meeting.place))),
            "" if entry.under_day else near,
            badges=tuple(self._badges(meeting)),
            icon="calendar" if meeting.id is None else "meetings",
        )

    def _when(self, entry: Entry) -> str:
        """In the meeting's own time zone; under its day also by this computer's clock."""
        say = self._times.at_both if entry.under_day else self._times.full
        return say(entry.row.starts, entry.row.time_zone)

    def _day_words(self, day: date) -> str:
        words = self._times.day(day)
        days = (day - self._times.today()).days
        near = {0: self.tr("Today"), 1: self.tr("Tomorrow"), -1: self.tr("Yesterday")}.get(days)
        return f"{near}, {words}" if near else words

    def _badges(self, meeting: MeetingRow) -> list[Badge]:
        """The most pressing first: what finds no room at the end is left out."""
        if meeting.id is None or meeting.state is None:
            return [Badge(self.tr("Not opened yet"), "soft", "clock")]
        badges = care_badge(meeting.care)
        if meeting.missed:
            badges.append(Badge(self.tr("You missed this"), "warn", "info"))
        if meeting.status == "cancelled":
            badges.append(Badge(choice_name(meeting.status), "warn", "close"))
        if meeting.two_versions:
            badges.append(Badge(self.tr("Two versions"), "warn", "versions"))
        badges += state_badge(meeting.state)
        if meeting.open_actions:
            badges.append(Badge(self._open(meeting.open_actions), "accent", "action"))
        if meeting.status == "held":
            badges.append(Badge(choice_name(meeting.status), "good", "check"))
        if meeting.series_title and meeting.series_title != meeting.title:
            badges.append(Badge(meeting.series_title, "soft"))
        elif not badges:
            badges.append(Badge(choice_name(meeting.status), "soft"))
        return badges

    def _open(self, count: int) -> str:
        return self.tr("1 open action") if count == 1 else self.tr("{0} open actions").format(count)
