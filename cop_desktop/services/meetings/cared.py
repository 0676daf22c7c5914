"""Which meetings are to be looked at with care."""

from collections.abc import Collection

from sqlalchemy import Connection, select

from cop_desktop.services.care import CareView, care_for
from cop_desktop.store import Replica
from sync.core.ids import Id


def care_of_meetings(
    replica: Replica, rows: Connection, meetings: Collection[Id]
) -> dict[Id, CareView]:
    """Meeting → the flag on it, else on a file of it or on a member who is noted in it."""
    flags, files, noted = (
        replica.tables[name] for name in ("care_flag", "file_version", "attendance")
    )
    # From the flags to the meetings: there are few flags, and a list has many meetings.
    flagged = select(flags.c.target).where(flags.c.given.is_(True), flags.c.trashed.is_(False))
    within: dict[Id, Id] = {}
    for meeting, part, trashed in (
        (noted.c.meeting, noted.c.member, noted.c.trashed),
        (files.c.target, files.c.id, files.c.trashed),
    ):
        found = rows.execute(select(meeting, part).where(part.in_(flagged), trashed.is_(False)))
        within |= {row[0]: row[1] for row in found}
    care = care_for(replica, rows, {*meetings, *within.values()})
    either = {
        meeting: care.get(meeting) or care.get(within.get(meeting, b"")) for meeting in meetings
    }
    return {meeting: flag for meeting, flag in either.items() if flag is not None}
