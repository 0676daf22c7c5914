"""What meetings look like to a reader, and what somebody enters for them."""

from dataclasses import dataclass
from datetime import date, datetime, time

from cop_desktop.services.attachments import FileView
from cop_desktop.services.care import CareView
from cop_desktop.store import Changed, ItemState, TextSnapshot
from sync.catalogue.meetings import TIME_ZONE
from sync.core.ids import Id


@dataclass(frozen=True, slots=True)
class NewSeries:
    """A series that somebody plans.

    local_time: in `time_zone`. recurrence: an RRULE value (`Rhythm.rule`), empty for one day only.
    type: one of `sync.catalogue.meetings.MEETING_TYPES`.
    """

    title: str
    first_day: date
    local_time: time
    recurrence: str = ""
    time_zone: str = TIME_ZONE
    duration_minutes: int | None = None
    type: str | None = None
    place: str = ""
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class SeriesEdit:
    """What to change in a series; None leaves a part as it is, an empty text takes it away."""

    title: str | None = None
    first_day: date | None = None
    local_time: time | None = None
    recurrence: str | None = None
    time_zone: str | None = None
    duration_minutes: int | None = None
    type: str | None = None
    place: str | None = None
    purpose: str | None = None


@dataclass(frozen=True, slots=True)
class SeriesView:
    """A series of meetings.

    first_day, local_time: None if another program wrote what is neither. recurrence_text: in words,
    with the time. understood: whether its days can be computed here; where not, it shows only the
    meetings that were opened. next_start: of the next meeting that is not cancelled, planned or
    opened.
    """

    id: Id
    space: Id
    title: str
    purpose: str
    first_day: date | None
    local_time: time | None
    time_zone: str
    duration_minutes: int | None
    recurrence: str
    recurrence_text: str
    understood: bool
    type: str | None
    place: str
    next_start: datetime | None
    may_remove: bool
    trashed: bool
    state: ItemState
    two_versions: bool


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One day of a series. meeting: the meeting, None as long as nobody opened it."""

    series: Id
    day: date
    starts: datetime
    meeting: Id | None


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """A meeting outside any series. starts: aware."""

    title: str
    starts: datetime
    duration_minutes: int | None = None
    time_zone: str = TIME_ZONE
    place: str = ""
    provocation: str = ""


@dataclass(frozen=True, slots=True)
class MeetingEdit:
    """What to change in a meeting; None leaves a part as it is, an empty text takes it away.

    status: one of `sync.catalogue.meetings.MEETING_STATUSES`.
    """

    title: str | None = None
    starts: datetime | None = None
    duration_minutes: int | None = None
    time_zone: str | None = None
    place: str | None = None
    provocation: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One line of the list of meetings.

    id: None for a planned day of a series that nobody has opened; `series` and `day` open it. day:
    in the meeting's time zone. state: None as long as there is no meeting. missed: it was held
    without me. care: asked for with it, a file of it, or somebody who is named in it.
    """

    id: Id | None
    series: Id | None
    series_title: str
    day: date
    title: str
    starts: datetime
    duration_minutes: int | None
    time_zone: str
    place: str
    status: str
    open_actions: int
    state: ItemState | None
    two_versions: bool
    missed: bool = False
    care: CareView | None = None


@dataclass(frozen=True, slots=True)
class AgendaView:
    """One item of an agenda. minutes: planned, None if nobody said."""

    id: Id
    title: str
    minutes: int | None
    lead: str
    state: ItemState
    two_versions: bool


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody at a meeting.

    id: of the attendance, None if nothing is noted. member: None for a guest.
    status: one of `sync.catalogue.meetings.ATTENDANCES`, None if nothing is noted.
    """

    id: Id | None
    name: str
    member: Id | None
    status: str | None
    state: ItemState | None


@dataclass(frozen=True, slots=True)
class SchoolTeam:
    """The people of one school, in order of name. school: empty for those without one."""

    school: str
    people: tuple[Attendee, ...]


@dataclass(frozen=True, slots=True)
class DecisionView:
    """Something that was decided."""

    id: Id
    text: str
    state: ItemState
    two_versions: bool


@dataclass(frozen=True, slots=True)
class ActionView:
    """Something that somebody will do.

    owner: None for one who is no member. mine: I am the owner.
    """

    id: Id
    meeting: Id
    text: str
    owner: Id | None
    owner_name: str
    due: date | None
    done: bool
    mine: bool
    state: ItemState
    two_versions: bool


@dataclass(frozen=True, slots=True)
class CarriedAction:
    """An open action, and the meeting that it comes from."""

    action: ActionView
    space: Id
    meeting_title: str
    meeting_starts: datetime


@dataclass(frozen=True, slots=True)
class FeedbackView:
    """What one member says of a meeting. may_quote: it may be passed on with their name."""

    id: Id
    member: Id
    name: str
    text: str
    may_quote: bool
    mine: bool
    state: ItemState
    two_versions: bool


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A meeting with all that belongs to it.

    notes: the text, and what the next save is made against. attendance: who is noted, by school.
    unmarked: members of the community of whom nothing is noted, without those with whom care is
    asked for. carried: open actions of earlier
    meetings in the series, oldest first. source: where it was brought in from. summary: for those
    who missed it, as `notes`. feedback: mine first. missed: it was held without me.
    care: as in MeetingRow.
    """

    id: Id
    space: Id
    series: Id | None
    series_title: str
    title: str
    day: date
    starts: datetime
    duration_minutes: int | None
    time_zone: str
    time_text: str
    place: str
    provocation: str
    status: str
    source: str
    agenda: tuple[AgendaView, ...]
    notes: TextSnapshot
    summary: TextSnapshot
    attendance: tuple[SchoolTeam, ...]
    unmarked: tuple[SchoolTeam, ...]
    decisions: tuple[DecisionView, ...]
    actions: tuple[ActionView, ...]
    carried: tuple[CarriedAction, ...]
    feedback: tuple[FeedbackView, ...]
    missed: bool
    care: CareView | None
    files: tuple[FileView, ...]
    may_remove: bool
    trashed: bool
    state: ItemState
    two_versions: bool


@dataclass(frozen=True, slots=True)
class NewAction:
    """What somebody will do. owner: a member; owner_name: for one who is none."""

    text: str
    owner: Id | None = None
    owner_name: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """A record was made. id: of a meeting that was open already, that one."""

    id: Id
    changed: Changed


@dataclass(frozen=True, slots=True)
class NotesSaved:
    """Notes were saved. base: for the editor's next save, the text as the editor shows it."""

    base: TextSnapshot
    changed: Changed
