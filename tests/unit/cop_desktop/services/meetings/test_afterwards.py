"""After a meeting: the summary, who missed it, what members say of it."""

import pytest

from cop_desktop.services.errors import Empty, NotAllowed
from cop_desktop.services.meetings import MeetingEdit, Meetings
from cop_desktop.store import Replica
from sync.core.ids import Id
from tests.support.forum import add_member
from tests.support.replicas import ANNA, BEN, COMMUNITY


@pytest.fixture
def members(replica: Replica) -> None:
    add_member(replica, ANNA, "Anna Marsh")
    add_member(replica, BEN, "Ben Marika")


def test_words_of_two_summaries_written_apart_are_both_kept(
    meetings: Meetings, meeting: Id
) -> None:
    base = meetings.meeting(meeting).summary
    first = meetings.save_summary(meeting, "Breakfast works.", base)
    meetings.save_summary(meeting, "Breakfast works. Houses do not.", first.base)
    meetings.save_summary(meeting, "In short: Breakfast works.", first.base)
    text = meetings.meeting(meeting).summary.text
    assert text.startswith("In short: ")
    assert text.endswith("Houses do not.")


def test_a_member_says_one_thing_of_a_meeting_and_may_change_it(
    meetings: Meetings, meeting: Id, members: None
) -> None:
    first = meetings.give_feedback(meeting, "Too long.", may_quote=True)
    again = meetings.give_feedback(meeting, "Long, but good.", may_quote=False)
    assert again.id == first.id
    (said,) = meetings.meeting(meeting).feedback
    assert (said.text, said.may_quote, said.mine, said.name) == (
        *("Long, but good.", False, True, "Anna Marsh"),
    )
    meetings.move_to_trash(said.id)
    assert not meetings.meeting(meeting).feedback


def test_nothing_is_no_feedback_and_who_does_not_belong_gives_none(
    meetings: Meetings, meeting: Id, replica: Replica
) -> None:
    with pytest.raises(NotAllowed):
        meetings.give_feedback(meeting, "I was not there.", may_quote=True)
    add_member(replica, ANNA, "Anna Marsh")
    with pytest.raises(Empty):
        meetings.give_feedback(meeting, "  ", may_quote=True)


def test_a_meeting_held_without_me_is_missed_and_nothing_is_said_where_nobody_noted_who_came(
    meetings: Meetings, meeting: Id, members: None
) -> None:
    meetings.edit_meeting(meeting, MeetingEdit(status="held"))
    assert not meetings.meeting(meeting).missed
    meetings.set_attendance(meeting, BEN, "present")
    assert meetings.meeting(meeting).missed
    starts = meetings.meeting(meeting).starts
    (row,) = (
        r for r in meetings.meetings(COMMUNITY, starts, starts.replace(hour=23)) if r.id == meeting
    )
    assert row.missed
    meetings.set_attendance(meeting, ANNA, "present")
    assert not meetings.meeting(meeting).missed


def test_a_meeting_to_come_is_not_missed(meetings: Meetings, meeting: Id, members: None) -> None:
    meetings.set_attendance(meeting, BEN, "present")
    assert not meetings.meeting(meeting).missed
