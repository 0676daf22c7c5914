"""Which meetings are to be looked at with care."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import Connection, select

from cop_desktop.services.care import CareView, care_for
from cop_desktop.store import Replica
from sync.core.ids import Id

_NAMING: Final = (
    ("attendance", "meeting", "member"),
    ("action", "meeting", "owner"),
    ("feedback", "meeting", "member"),
    ("file_version", "target", "id"),
)
"""Kind, what of it is the meeting, what of it may be flagged."""


def care_of_meetings(
    replica: Replica, rows: Connection, meetings: Collection[Id]
) -> dict[Id, CareView]:
    """Meeting → the flag on it, else on a file of it or on a member who is named in it."""
    flags = replica.tables["care_flag"]
    # From the flags to the meetings: there are few flags, and a list has many meetings.
    flagged = select(flags.c.target).where(flags.c.given.is_(True), flags.c.trashed.is_(False))
    within: dict[Id, Id] = {}
    for kind, meeting, part in _NAMING:
        table = replica.tables[kind]
        query = select(table.c[meeting], table.c[part]).where(
            table.c[part].in_(flagged), table.c.trashed.is_(False)
        )
        within |= {row[0]: row[1] for row in rows.execute(query)}
    care = care_for(replica, rows, {*meetings, *within.values()})
    either = {
        meeting: care.get(meeting) or care.get(within.get(meeting, b"")) for meeting in meetings
    }
    return {meeting: flag for meeting, flag in either.items() if flag is not None}
