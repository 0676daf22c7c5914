"""Meetings themselves: listing, adding, changing, their notes and who came."""

from datetime import datetime, timedelta
from typing import Final

from cop_desktop.services.access import me_in
from cop_desktop.services.checks import checked, checked_choice
from cop_desktop.services.entered import entered_long_text, entered_number, entered_texts
from cop_desktop.services.errors import Empty, NotFound
from cop_desktop.services.meetings.actions import open_actions
from cop_desktop.services.meetings.afterwards import HELD
from cop_desktop.services.meetings.calendar import CANCELLED, LOOK_AHEAD, PLANNED, Calendar, Range
from cop_desktop.services.meetings.reading import read_meeting
from cop_desktop.services.meetings.verbs import Verbs, entered_zone
from cop_desktop.services.meetings.views import (
    Added,
    CarriedAction,
    MeetingEdit,
    MeetingRow,
    MeetingView,
    NewMeeting,
    NotesSaved,
)
from cop_desktop.services.reading import milliseconds, required_row
from cop_desktop.services.versions import Seen
from cop_desktop.store import Action, Changed, TextSnapshot
from sync.catalogue.meetings import MEETING_NOTES
from sync.core.ids import Id, id_text
from sync.core.ops import Value

_SEARCHED: Final = (
    *("meeting", "meeting_notes", "agenda_item", "decision", "action", "attendance", "feedback"),
    *("file_version", "extracted_text"),
)
_MAX_FOUND: Final = 2_000
_DONE: Final = frozenset((CANCELLED, HELD))


class MeetingVerbs(Verbs):
    """What can be done with meetings, their notes and their attendance."""

    def meetings(self, space: Id, since: datetime, until: datetime) -> tuple[MeetingRow, ...]:
        """Meetings of a community that begin in the range, with days of series that nobody opened.

        since, until: aware; `until` is not in it. In order of time.
        """
        with self._replica.read() as rows:
            return Calendar(self._replica, rows, space).meetings(Range(since, until))

    def find(self, space: Id, text: str) -> tuple[MeetingRow, ...]:
        """Meetings in whose title, notes, agenda or outcomes these words occur, latest first."""
        hits = self._replica.search(text, kinds=_SEARCHED, limit=_MAX_FOUND)
        above = [(hit.kind, hit.record) for hit in hits]
        above += [(each.kind, each.record) for hit in hits for each in hit.above]
        found = {record for kind, record in above if kind == "meeting"}
        with self._replica.read() as rows:
            return Calendar(self._replica, rows, space).of_ids(sorted(found))

    def upcoming(self, space: Id, limit: int = 1) -> tuple[MeetingRow, ...]:
        """The next meetings of a community, opened or planned, in order; none held or cancelled.

        One that is going on counts as next until it ends, as long as its duration is known.
        """
        now = self._now()
        when = Range(now - _LONGEST, now + LOOK_AHEAD)
        with self._replica.read() as rows:
            found = Calendar(self._replica, rows, space).meetings(when)
        ahead = [row for row in found if row.status not in _DONE and _end(row) >= now]
        return tuple(ahead[:limit])

    def meeting(self, meeting: Id) -> MeetingView:
        """A meeting with all that belongs to it.

        Raises NotFound.
        """
        with self._replica.read() as rows:
            return read_meeting(self._replica, rows, meeting)

    def open_actions(self, space: Id, *, mine: bool = False) -> tuple[CarriedAction, ...]:
        """Actions of a community's meetings that are not done, oldest meeting first."""
        with self._replica.read() as rows:
            me = me_in(self._replica, rows, space)
            actions = self._replica.tables["action"]
            which = [actions.c.space == space]
            if mine:
                which.append(actions.c.owner == me.member)
            return open_actions(self._replica, rows, me, which)

    def add_meeting(self, space: Id, new: NewMeeting) -> Added:
        """Plan a meeting.

        Raises BadInput.
        """
        edit = MeetingEdit(
            title=new.title,
            starts=new.starts,
            duration_minutes=new.duration_minutes,
            time_zone=new.time_zone,
            place=new.place,
            provocation=new.provocation,
            status=PLANNED,
        )
        fields = _entered(edit)
        with self._replica.write() as action:
            meeting = action.create("meeting", space, fields)
        return Added(meeting, action.changed)

    def edit_meeting(self, meeting: Id, edit: MeetingEdit, seen: Seen | None = None) -> Changed:
        """Change a meeting.

        Raises BadInput, NotFound.
        """
        return self._set("meeting", meeting, _entered(edit), seen)

    def save_notes(self, meeting: Id, text: str, base: TextSnapshot) -> NotesSaved:
        """Keep the notes as the editor shows them; words of others that came since `base` stay.

        base: `MeetingView.notes`, or what the last save returned.
        Raises TooLong, NotFound.
        """
        storable = entered_long_text("meeting_notes", "text", text)
        with self._replica.write() as action:
            row = required_row(action.rows, self._replica.tables["meeting"], meeting)
            notes = self._notes(action, row["space"], meeting)
            saved = action.edit_text("meeting_notes", notes, "text", storable, base=base)
        return NotesSaved(saved, action.changed)

    def set_attendance(
        self, meeting: Id, who: Id | str, status: str, *, school: str | None = None
    ) -> Added:
        """Note whether somebody was there; noting it again changes it.

        who: a member, or the name of a guest. school: of a guest, or where it is not the member's
        own. Raises NotAChoice, Empty, TooLong, NotFound.
        """
        member = who if isinstance(who, bytes) else None
        name = id_text(who) if isinstance(who, bytes) else checked("attendance", "who", who)
        fields: dict[str, Value] = {
            "meeting": meeting,
            "who": name,
            "member": member,
            "status": checked_choice("attendance", "status", status),
            **entered_texts("attendance", {"school": school}),
        }
        if fields["status"] is None:
            raise Empty("status")
        with self._replica.write() as action:
            row = required_row(action.rows, self._replica.tables["meeting"], meeting)
            attendance = action.create("attendance", row["space"], fields)
        return Added(attendance, action.changed)

    def _notes(self, action: Action, space: Id, meeting: Id) -> Id:
        notes = MEETING_NOTES.id_for(space, meeting)
        try:
            required_row(action.rows, self._replica.tables["meeting_notes"], notes)
        except NotFound:
            action.create("meeting_notes", space, {"meeting": meeting})
        return notes


_LONGEST: Final = timedelta(days=1)


def _end(row: MeetingRow) -> datetime:
    return row.starts + timedelta(minutes=row.duration_minutes or 0)


def _entered(edit: MeetingEdit) -> dict[str, Value]:
    """The fields of a meeting as they are kept.

    Raises BadInput.
    """
    fields = entered_texts(
        "meeting", {"title": edit.title, "place": edit.place, "provocation": edit.provocation}
    )
    if edit.starts is not None:
        fields["starts"] = milliseconds(edit.starts)
    if edit.time_zone is not None:
        fields["time_zone"] = entered_zone("time_zone", edit.time_zone)
    if edit.duration_minutes is not None:
        fields["duration_minutes"] = entered_number(
            "meeting", "duration_minutes", edit.duration_minutes
        )
    if edit.status is not None:
        fields["status"] = checked_choice("meeting", "status", edit.status)
    return fields
