"""meeting new, meeting list, notes get, notes set."""

from argparse import Namespace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from cop_desktop.commands.answer import Answer
from cop_desktop.commands.errors import Usage
from cop_desktop.commands.session import opened
from cop_desktop.commands.words import body_from, communities, community_named
from cop_desktop.services.meetings import MeetingRow, Meetings, NewMeeting
from sync.catalogue.meetings import TIME_ZONE
from sync.core.ids import id_text, parse_id

_EARLIEST = datetime(1, 1, 2, tzinfo=UTC)
_AHEAD = timedelta(days=366)


def meeting_new(arguments: Namespace) -> Answer:
    """Plan a meeting."""
    starts = _moment(arguments.starts)
    with opened(arguments.data) as replica:
        space = community_named(replica, arguments.community)
        added = Meetings(replica).add_meeting(space, NewMeeting(arguments.title, starts))
    return Answer((id_text(added.id),), {"meeting": id_text(added.id)})


def meeting_list(arguments: Namespace) -> Answer:
    """Meetings up to a year ahead; days of series that nobody opened have no id."""
    until = datetime.now(UTC) + _AHEAD
    rows: list[MeetingRow] = []
    with opened(arguments.data) as replica:
        meetings = Meetings(replica)
        for space in communities(replica, arguments.community):
            rows += meetings.meetings(space.space, _EARLIEST, until)
    lines = [f"{_id(row) or '-' * 36}  {row.starts:%Y-%m-%d %H:%M}  {row.title}" for row in rows]
    values = [
        {"id": _id(row), "title": row.title, "starts_utc": row.starts.isoformat()} for row in rows
    ]
    return Answer(tuple(lines), {"meetings": values})


def notes_get(arguments: Namespace) -> Answer:
    """The notes as they read on this replica."""
    with opened(arguments.data) as replica:
        view = Meetings(replica).meeting(parse_id(arguments.meeting))
    return Answer((view.notes.text,), {"text": view.notes.text})


def notes_set(arguments: Namespace) -> Answer:
    """Make the notes read like the given text; what others write at the same time merges."""
    if arguments.body_file is None:
        raise Usage("Say by --body-file what the notes should read; - reads standard input.")
    text = body_from(arguments.body_file)
    meeting = parse_id(arguments.meeting)
    with opened(arguments.data) as replica:
        meetings = Meetings(replica)
        meetings.save_notes(meeting, text, meetings.meeting(meeting).notes)
    return Answer(("Saved on this computer.",), {"meeting": arguments.meeting})


def _moment(words: str) -> datetime:
    """The moment in ISO 8601; NT time where no zone is given.

    Raises Usage.
    """
    try:
        when = datetime.fromisoformat(words)
    except ValueError as error:
        raise Usage(f"“{words}” is not a date and time such as 2026-08-12T17:00.") from error
    return when if when.tzinfo else when.replace(tzinfo=ZoneInfo(TIME_ZONE))


def _id(row: MeetingRow) -> str | None:
    return None if row.id is None else id_text(row.id)
