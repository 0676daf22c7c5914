"""What the list of meetings shows: which ones, in what order, and how each looks."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from PySide6.QtCore import QObject

from cop_desktop.services.meetings import MeetingRow, SeriesView
from cop_desktop.ui.meetings.times import Times
from cop_desktop.ui.meetings.words import choice_name
from cop_desktop.ui.records.states import state_badge
from cop_desktop.ui.widgets.rows import Badge, Row
from sync.catalogue.meetings import occurrence_id

Id = bytes

AHEAD = timedelta(days=2 * 366)
LONGEST = timedelta(days=7)
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
MOST_PLANNED = 8
"""Days of one series that nobody has opened yet; all of a year would bury the meetings."""


class Side(StrEnum):
    """Which half of time is shown."""

    COMING = "coming"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is asked for. series: one of them only. text: then of both sides."""

    side: Side = Side.COMING
    series: Id | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. key: of the meeting, also before it is opened, so that it stays chosen then."""

    key: str
    row: MeetingRow


@dataclass(frozen=True, slots=True)
class Listed:
    """One reading of the list. on_its_way: older meetings are not here yet."""

    entries: tuple[Entry, ...]
    series: tuple[SeriesView, ...]
    on_its_way: bool


def is_over(row: MeetingRow, now: datetime) -> bool:
    """Whether it has ended; one without a duration goes on for an hour."""
    minutes = 60 if row.duration_minutes is None else row.duration_minutes
    return row.starts + timedelta(minutes=minutes) < now


def entry_of(space: Id, row: MeetingRow) -> Entry:
    """The line of a meeting, opened or only planned."""
    meeting = row.id
    if meeting is None and row.series is not None:
        meeting = occurrence_id(space, row.series, row.day.isoformat())
    return Entry((meeting or b"").hex(), row)


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


def entry_key(entry: Entry) -> str:
    """The key of an entry's row."""
    return entry.key


class EntryRows(QObject):
    """Makes rows."""

    def __init__(self, times: Times, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._times = times

    def row(self, entry: Entry) -> Row:
        meeting = entry.row
        when = self._times.full(meeting.starts, meeting.time_zone)
        place = (when, meeting.place) if meeting.place else (when,)
        return Row(
            entry.key,
            meeting.title or self.tr("The title is on its way"),
            " · ".join(place),
            self._times.near(meeting.starts, meeting.time_zone),
            badges=tuple(self._badges(meeting)),
            icon="calendar" if meeting.id is None else "meetings",
        )

    def _badges(self, meeting: MeetingRow) -> list[Badge]:
        """The most pressing first: what finds no room at the end is left out."""
        if meeting.id is None or meeting.state is None:
            return [Badge(self.tr("Not opened yet"), "soft", "clock")]
        badges = []
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
