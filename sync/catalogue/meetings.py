"""Meetings: series that recur in local time, their meetings, and everything that belongs to one."""

from typing import Final

from sync.catalogue.declare import (
    PARAGRAPHS,
    Field,
    Kind,
    Searched,
    SpaceKind,
    Type,
    Who,
    WriteRule,
)
from sync.core.ids import Id, natural_id
from sync.core.merge import Merge

TIME_ZONE: Final = "Australia/Darwin"
MEETING_TYPES: Final = ("forum", "hui", "strategic", "face to face")
MEETING_STATUSES: Final = ("planned", "held", "cancelled")
ATTENDANCES: Final = ("present", "apology", "absent")
_MINUTES_IN_A_WEEK: Final = 7 * 24 * 60
_GREATEST_ORDER: Final = 1 << 40
_SHARED: Final = WriteRule(change=Who.ANYONE, delete=Who.ANYONE)

SERIES: Final = Kind(
    number=30,
    name="series",
    noun="series of meetings",
    space=SpaceKind.COMMUNITY,
    write=WriteRule(change=Who.ANYONE),
    title="title",
    fields=(
        Field(1, "title", Type.TEXT, Merge.HUMAN, searched=Searched.TITLE, required=True),
        Field(2, "purpose", Type.TEXT, Merge.HUMAN, limit=PARAGRAPHS, searched=Searched.BODY),
        Field(3, "first_day", Type.DAY, required=True),
        Field(4, "local_time", Type.TEXT, limit=5, required=True),
        Field(5, "time_zone", Type.TEXT),
        Field(6, "duration_minutes", Type.NUMBER, limit=_MINUTES_IN_A_WEEK),
        Field(7, "recurrence", Type.TEXT),
        Field(8, "type", Type.CHOICE, choices=MEETING_TYPES),
        Field(9, "place", Type.TEXT, Merge.HUMAN),
    ),
)
"""`recurrence` is an RRULE value (RFC 5545) without DTSTART; `local_time` is HH:MM there."""

MEETING: Final = Kind(
    number=31,
    name="meeting",
    noun="meeting",
    space=SpaceKind.COMMUNITY,
    write=WriteRule(change=Who.ANYONE),
    title="title",
    parent="series",
    fields=(
        Field(1, "series", Type.REFERENCE, Merge.ONCE, refers_to=("series",)),
        Field(2, "title", Type.TEXT, Merge.HUMAN, searched=Searched.TITLE, required=True),
        Field(3, "starts", Type.MOMENT, required=True),
        Field(4, "duration_minutes", Type.NUMBER, limit=_MINUTES_IN_A_WEEK),
        Field(5, "time_zone", Type.TEXT),
        Field(6, "place", Type.TEXT, Merge.HUMAN),
        Field(7, "provocation", Type.TEXT, Merge.HUMAN, limit=PARAGRAPHS, searched=Searched.BODY),
        Field(8, "status", Type.CHOICE, choices=MEETING_STATUSES),
        Field(9, "source", Type.TEXT, Merge.ONCE),
        Field(10, "summary", Type.TEXT, Merge.TEXT, limit=PARAGRAPHS, searched=Searched.BODY),
    ),
)
"""A meeting of a series has the id `occurrence_id`, so that two who open it offline open one."""


def occurrence_id(space: Id, series: Id, local_day: str) -> Id:
    """The id of the meeting of `series` on that day (YYYY-MM-DD in the series' time zone)."""
    return natural_id(MEETING.number, space, series, local_day)


AGENDA_ITEM: Final = Kind(
    number=32,
    name="agenda_item",
    noun="agenda item",
    space=SpaceKind.COMMUNITY,
    write=_SHARED,
    title="title",
    parent="meeting",
    fields=(
        Field(1, "meeting", Type.REFERENCE, Merge.ONCE, refers_to=("meeting",), required=True),
        Field(2, "title", Type.TEXT, Merge.HUMAN, searched=Searched.BODY, required=True),
        Field(3, "minutes", Type.NUMBER, limit=_MINUTES_IN_A_WEEK),
        Field(4, "lead", Type.TEXT, Merge.HUMAN),
        Field(5, "place_in_order", Type.NUMBER, limit=_GREATEST_ORDER),
    ),
)

MEETING_NOTES: Final = Kind(
    number=33,
    name="meeting_notes",
    noun="meeting notes",
    space=SpaceKind.COMMUNITY,
    write=_SHARED,
    key=("meeting",),
    parent="meeting",
    fields=(
        Field(1, "meeting", Type.REFERENCE, Merge.ONCE, refers_to=("meeting",), required=True),
        Field(2, "text", Type.TEXT, Merge.TEXT, limit=PARAGRAPHS, searched=Searched.BODY),
    ),
)

ATTENDANCE: Final = Kind(
    number=34,
    name="attendance",
    noun="attendance",
    space=SpaceKind.COMMUNITY,
    write=_SHARED,
    key=("meeting", "who"),
    parent="meeting",
    fields=(
        Field(1, "meeting", Type.REFERENCE, Merge.ONCE, refers_to=("meeting",), required=True),
        Field(2, "who", Type.TEXT, Merge.ONCE, searched=Searched.BODY, required=True),
        Field(3, "member", Type.REFERENCE, Merge.ONCE, refers_to=("member",)),
        Field(4, "school", Type.TEXT),
        Field(5, "status", Type.CHOICE, choices=ATTENDANCES, required=True),
    ),
)
"""`who` is the member's id in text form, or a name for somebody who is not a member."""

DECISION: Final = Kind(
    number=35,
    name="decision",
    noun="decision",
    space=SpaceKind.COMMUNITY,
    write=_SHARED,
    title="text",
    parent="meeting",
    fields=(
        Field(1, "meeting", Type.REFERENCE, Merge.ONCE, refers_to=("meeting",), required=True),
        Field(
            2,
            "text",
            Type.TEXT,
            Merge.HUMAN,
            limit=PARAGRAPHS,
            searched=Searched.BODY,
            required=True,
        ),
        Field(3, "place_in_order", Type.NUMBER, limit=_GREATEST_ORDER),
    ),
)

ACTION: Final = Kind(
    number=36,
    name="action",
    noun="action",
    space=SpaceKind.COMMUNITY,
    write=_SHARED,
    title="text",
    parent="meeting",
    fields=(
        Field(1, "meeting", Type.REFERENCE, Merge.ONCE, refers_to=("meeting",), required=True),
        Field(
            2,
            "text",
            Type.TEXT,
            Merge.HUMAN,
            limit=PARAGRAPHS,
            searched=Searched.BODY,
            required=True,
        ),
        Field(3, "owner", Type.REFERENCE, refers_to=("member",)),
        Field(4, "owner_name", Type.TEXT),
        Field(5, "due", Type.DAY),
        Field(6, "done", Type.FLAG),
        Field(7, "place_in_order", Type.NUMBER, limit=_GREATEST_ORDER),
    ),
)

FEEDBACK: Final = Kind(
    number=37,
    name="feedback",
    noun="feedback",
    space=SpaceKind.COMMUNITY,
    write=WriteRule(create=Who.OWNER, change=Who.OWNER, delete=Who.OWNER),
    key=("meeting", "member"),
    owner="member",
    parent="meeting",
    fields=(
        Field(1, "meeting", Type.REFERENCE, Merge.ONCE, refers_to=("meeting",), required=True),
        Field(2, "member", Type.REFERENCE, Merge.ONCE, refers_to=("member",), required=True),
        Field(3, "text", Type.TEXT, Merge.HUMAN, limit=PARAGRAPHS, searched=Searched.BODY),
        Field(4, "may_quote", Type.FLAG),
    ),
)
"""What a member says of a meeting. `may_quote`: it may be quoted, with their name."""

KINDS: Final = (
    SERIES,
    MEETING,
    AGENDA_ITEM,
    MEETING_NOTES,
    ATTENDANCE,
    DECISION,
    ACTION,
    FEEDBACK,
)
