"""A meeting: its notes, who came, its agenda, decisions and actions."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cop_desktop.services.errors import BadInput, Empty, NotAChoice, NotFound, TooLong
from cop_desktop.services.meetings import (
    ActionEdit,
    AgendaEdit,
    MeetingEdit,
    Meetings,
    NewAction,
    NewMeeting,
)
from cop_desktop.services.meetings import parts as meeting_parts
from cop_desktop.services.reading import UNKNOWN_MEMBER
from cop_desktop.services.records import Records
from cop_desktop.store import ItemState, Replica
from sync.catalogue.declare import PARAGRAPHS
from sync.core.ids import Id
from tests.support.forum import WEDNESDAY, add_member, add_school
from tests.support.replicas import ANNA, BEN, COMMUNITY, new_id

FIVE_PM = datetime(2026, 8, 12, 7, 30, tzinfo=UTC)


def titles(meetings: Meetings, meeting: Id) -> list[str]:
    return [item.title for item in meetings.meeting(meeting).agenda]


def test_an_opened_day_takes_over_what_the_series_says(
    meetings: Meetings, series: Id, meeting: Id
) -> None:
    shown = meetings.meeting(meeting)
    assert (shown.title, shown.place, shown.status) == ("Forum", "Online", "planned")
    assert (shown.series, shown.series_title) == (series, "Forum")
    assert (shown.starts, shown.day, shown.duration_minutes) == (FIVE_PM, WEDNESDAY, 60)
    assert shown.time_text == "5:00 pm NT time"
    assert shown.state is ItemState.WAITING
    assert (shown.notes.text, shown.agenda, shown.attendance) == ("", (), ())


def test_a_meeting_can_be_planned_without_a_series(meetings: Meetings) -> None:
    new = NewMeeting("Visit", FIVE_PM, time_zone="Australia/Melbourne", provocation="Why visit?")
    shown = meetings.meeting(meetings.add_meeting(COMMUNITY, new).id)
    assert (shown.series, shown.series_title, shown.carried) == (None, "", ())
    assert shown.time_text == "5:30 pm Melbourne time"
    assert shown.provocation == "Why visit?"


def test_a_moment_without_a_zone_is_our_bug(meetings: Meetings) -> None:
    with pytest.raises(ValueError, match="zone"):
        meetings.add_meeting(COMMUNITY, NewMeeting("Visit", FIVE_PM.replace(tzinfo=None)))


def test_a_meeting_that_is_not_here_is_told(meetings: Meetings) -> None:
    with pytest.raises(NotFound):
        meetings.meeting(new_id(1))
    with pytest.raises(NotFound):
        meetings.add_decision(new_id(1), "Yes")


def test_notes_of_two_editors_on_one_computer_merge(meetings: Meetings, meeting: Id) -> None:
    begun = meetings.meeting(meeting).notes
    meetings.save_notes(meeting, "Welcome.\nClose.\n", begun)
    opened = meetings.meeting(meeting).notes
    meetings.save_notes(meeting, "Welcome to all.\nClose.\n", opened)
    meetings.save_notes(meeting, "Welcome.\nClose at six.\n", opened)
    assert meetings.meeting(meeting).notes.text == "Welcome to all.\nClose at six.\n"


def test_each_save_of_an_editor_builds_on_its_last_one(meetings: Meetings, meeting: Id) -> None:
    mine = theirs = meetings.meeting(meeting).notes
    mine = meetings.save_notes(meeting, "Mine. ", mine).base
    theirs = meetings.save_notes(meeting, "Theirs. ", theirs).base
    mine = meetings.save_notes(meeting, "Mine, again. ", mine).base
    assert mine.text == "Mine, again. "
    together = meetings.meeting(meeting).notes.text
    assert "Mine, again. " in together
    assert "Theirs. " in together


def test_notes_are_kept_to_the_last_blank(meetings: Meetings, meeting: Id) -> None:
    text = "  Notes \n\n\n"
    saved = meetings.save_notes(meeting, text, meetings.meeting(meeting).notes)
    assert saved.base.text == text == meetings.meeting(meeting).notes.text


def test_notes_that_did_not_change_are_not_written_again(meetings: Meetings, meeting: Id) -> None:
    base = meetings.save_notes(meeting, "Same", meetings.meeting(meeting).notes).base
    assert not meetings.save_notes(meeting, "Same", base).changed


def test_notes_over_the_limit_are_refused_and_what_was_kept_stays(
    meetings: Meetings, meeting: Id
) -> None:
    base = meetings.save_notes(meeting, "Short", meetings.meeting(meeting).notes).base
    with pytest.raises(TooLong):
        meetings.save_notes(meeting, "x" * (PARAGRAPHS + 1), base)
    assert meetings.meeting(meeting).notes.text == "Short"


def test_attendance_stands_by_school_team(
    meetings: Meetings, meeting: Id, replica: Replica
) -> None:
    ramingining = add_school(replica, "Ramingining School")
    add_member(replica, ANNA, "Anna", school=ramingining)
    add_member(replica, BEN, "Ben", school=ramingining)
    carla = add_member(replica, new_id(3), "Carla")
    meetings.set_attendance(meeting, BEN, "present")
    meetings.set_attendance(meeting, "Dr Guest", "present", school="Charles Darwin University")
    meetings.set_attendance(meeting, ANNA, "apology")
    shown = meetings.meeting(meeting)
    assert [
        (team.school, [(person.name, person.status) for person in team.people])
        for team in shown.attendance
    ] == [
        ("Charles Darwin University", [("Dr Guest", "present")]),
        ("Ramingining School", [("Anna", "apology"), ("Ben", "present")]),
    ]
    [team] = shown.unmarked
    assert team.school == ""
    assert [(person.member, person.status) for person in team.people] == [(carla, None)]


def test_noting_somebody_twice_changes_what_was_noted(meetings: Meetings, meeting: Id) -> None:
    first = meetings.set_attendance(meeting, "Dr Guest", "apology", school="CDU").id
    again = meetings.set_attendance(meeting, "  Dr   Guest ", "present").id
    [team] = meetings.meeting(meeting).attendance
    assert first == again
    assert (team.school, team.people[0].status) == ("CDU", "present")


def test_attendance_can_be_taken_back_and_noted_again(meetings: Meetings, meeting: Id) -> None:
    noted = meetings.set_attendance(meeting, "Dr Guest", "present").id
    meetings.move_to_trash(noted)
    assert meetings.meeting(meeting).attendance == ()
    meetings.set_attendance(meeting, "Dr Guest", "absent")
    assert meetings.meeting(meeting).attendance[0].people[0].status == "absent"


def test_somebody_whose_profile_is_not_here_is_said_so(meetings: Meetings, meeting: Id) -> None:
    meetings.set_attendance(meeting, BEN, "present")
    [team] = meetings.meeting(meeting).attendance
    assert team.people[0].name == UNKNOWN_MEMBER


@pytest.mark.parametrize(("who", "status"), [("", "present"), ("Guest", ""), ("Guest", "late")])
def test_attendance_needs_a_name_and_one_of_the_choices(
    meetings: Meetings, meeting: Id, who: str, status: str
) -> None:
    with pytest.raises((Empty, NotAChoice)):
        meetings.set_attendance(meeting, who, status)


def test_an_agenda_keeps_the_order_that_people_give_it(meetings: Meetings, meeting: Id) -> None:
    welcome, story, close = (
        meetings.add_agenda_item(meeting, title).id for title in ("Welcome", "Story", "Close")
    )
    assert titles(meetings, meeting) == ["Welcome", "Story", "Close"]
    meetings.move_agenda_item(close, before=welcome)
    assert titles(meetings, meeting) == ["Close", "Welcome", "Story"]
    meetings.move_agenda_item(close, before=story)
    assert titles(meetings, meeting) == ["Welcome", "Close", "Story"]
    meetings.move_agenda_item(welcome, before=None)
    assert titles(meetings, meeting) == ["Close", "Story", "Welcome"]


def test_an_agenda_can_be_reordered_without_end(
    meetings: Meetings, meeting: Id, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meeting_parts, "GAP", 4)
    items = [meetings.add_agenda_item(meeting, title).id for title in "abc"]
    for _ in range(6):
        meetings.move_agenda_item(items[2], before=items[1])
        meetings.move_agenda_item(items[1], before=items[2])
    assert titles(meetings, meeting) == ["a", "b", "c"]


def test_an_item_cannot_be_put_before_one_of_another_meeting(
    meetings: Meetings, meeting: Id
) -> None:
    other = meetings.add_meeting(COMMUNITY, NewMeeting("Visit", FIVE_PM)).id
    mine = meetings.add_agenda_item(meeting, "Mine").id
    with pytest.raises(NotFound):
        meetings.move_agenda_item(mine, before=meetings.add_agenda_item(other, "Theirs").id)


def test_an_agenda_item_can_be_changed_removed_and_brought_back(
    meetings: Meetings, meeting: Id
) -> None:
    item = meetings.add_agenda_item(meeting, "Story", minutes=20, lead="Ben").id
    meetings.edit_agenda_item(item, AgendaEdit(title="A story", minutes=0))
    [shown] = meetings.meeting(meeting).agenda
    assert (shown.title, shown.minutes, shown.lead) == ("A story", None, "Ben")
    meetings.move_to_trash(item)
    assert meetings.meeting(meeting).agenda == ()
    meetings.restore(item)
    assert titles(meetings, meeting) == ["A story"]


def test_decisions_can_be_noted_changed_and_moved(meetings: Meetings, meeting: Id) -> None:
    first = meetings.add_decision(meeting, "Meet weekly").id
    second = meetings.add_decision(meeting, "Start on time").id
    meetings.edit_decision(first, "Meet fortnightly")
    meetings.move_decision(second, before=first)
    shown = meetings.meeting(meeting).decisions
    assert [each.text for each in shown] == ["Start on time", "Meet fortnightly"]
    with pytest.raises(Empty):
        meetings.add_decision(meeting, " ")


def test_what_changed_while_an_editor_was_open_is_kept_beside_it(
    meetings: Meetings, meeting: Id, replica: Replica
) -> None:
    decision = meetings.add_decision(meeting, "Meet weekly").id
    seen = Records(replica).seen(decision)
    meetings.edit_decision(decision, "Meet on Mondays")
    meetings.edit_decision(decision, "Meet on Tuesdays", seen)
    [shown] = meetings.meeting(meeting).decisions
    assert shown.two_versions
    [versions] = Records(replica).versions(decision)
    assert {version.value for version in versions.versions} == {
        "Meet on Mondays",
        "Meet on Tuesdays",
    }


def test_an_action_has_an_owner_and_a_day(
    meetings: Meetings, meeting: Id, replica: Replica
) -> None:
    add_member(replica, BEN, "Ben")
    due = date(2026, 9, 1)
    mine = meetings.add_action(meeting, NewAction("Write", owner=ANNA, due=due)).id
    bens = meetings.add_action(meeting, NewAction("Call", owner=BEN)).id
    meetings.add_action(meeting, NewAction("Ask", owner_name="Dr Guest"))
    meetings.move_action(bens, before=mine)
    shown = meetings.meeting(meeting).actions
    assert [(each.text, each.owner_name, each.mine, each.due) for each in shown] == [
        ("Call", "Ben", False, None),
        ("Write", UNKNOWN_MEMBER, True, due),
        ("Ask", "Dr Guest", False, None),
    ]


def test_an_action_can_be_given_to_somebody_else(
    meetings: Meetings, meeting: Id, replica: Replica
) -> None:
    add_member(replica, BEN, "Ben")
    action = meetings.add_action(meeting, NewAction("Ask", owner_name="Dr Guest")).id
    meetings.edit_action(action, ActionEdit(owner=BEN, due=date(2026, 9, 1)))
    [shown] = meetings.meeting(meeting).actions
    assert (shown.owner, shown.owner_name, shown.due) == (BEN, "Ben", date(2026, 9, 1))
    meetings.edit_action(action, ActionEdit(owner_name="Dr Other", no_due=True))
    [shown] = meetings.meeting(meeting).actions
    assert (shown.owner, shown.owner_name, shown.due) == (None, "Dr Other", None)
    meetings.edit_action(action, ActionEdit(text="Ask again", no_owner=True))
    [shown] = meetings.meeting(meeting).actions
    assert (shown.text, shown.owner, shown.owner_name) == ("Ask again", None, "")


def test_open_actions_are_carried_over_to_later_meetings_of_the_series(
    meetings: Meetings, series: Id, meeting: Id
) -> None:
    later = meetings.open_occurrence(series, WEDNESDAY + timedelta(days=14)).id
    latest = meetings.open_occurrence(series, WEDNESDAY + timedelta(days=28)).id
    done = meetings.add_action(meeting, NewAction("Done")).id
    meetings.set_done(done, done=True)
    meetings.add_action(later, NewAction("Second"))
    meetings.add_action(meeting, NewAction("First"))
    meetings.add_action(latest, NewAction("Its own"))
    assert [each.action.text for each in meetings.meeting(latest).carried] == ["First", "Second"]
    assert [each.action.text for each in meetings.meeting(later).carried] == ["First"]
    assert meetings.meeting(meeting).carried == ()
    [carried] = meetings.meeting(later).carried
    assert (carried.meeting_title, carried.meeting_starts) == ("Forum", FIVE_PM)


def test_an_action_that_is_done_after_all_is_carried_again(
    meetings: Meetings, series: Id, meeting: Id
) -> None:
    later = meetings.open_occurrence(series, WEDNESDAY + timedelta(days=14)).id
    action = meetings.add_action(meeting, NewAction("Write")).id
    meetings.set_done(action, done=True)
    assert meetings.meeting(later).carried == ()
    meetings.set_done(action, done=False)
    assert len(meetings.meeting(later).carried) == 1


def test_actions_of_a_removed_meeting_are_not_open(
    meetings: Meetings, series: Id, meeting: Id
) -> None:
    later = meetings.open_occurrence(series, WEDNESDAY + timedelta(days=14)).id
    meetings.add_action(meeting, NewAction("Write"))
    meetings.move_to_trash(meeting)
    assert meetings.meeting(later).carried == ()
    assert meetings.open_actions(COMMUNITY) == ()


def test_what_waits_on_me_is_told_apart(meetings: Meetings, meeting: Id) -> None:
    meetings.add_action(meeting, NewAction("Mine", owner=ANNA))
    meetings.add_action(meeting, NewAction("Ben's", owner=BEN))
    meetings.add_action(meeting, NewAction("Nobody's"))
    assert len(meetings.open_actions(COMMUNITY)) == 3
    [mine] = meetings.open_actions(COMMUNITY, mine=True)
    assert (mine.action.text, mine.space) == ("Mine", COMMUNITY)


def test_the_list_counts_open_actions(meetings: Meetings, meeting: Id) -> None:
    for text in ("One", "Two", "Three"):
        action = meetings.add_action(meeting, NewAction(text)).id
    meetings.set_done(action, done=True)
    [row] = meetings.meetings(COMMUNITY, FIVE_PM, FIVE_PM + timedelta(days=1))
    assert row.open_actions == 2


def test_a_meeting_can_be_held_and_cancelled_but_nothing_else(
    meetings: Meetings, meeting: Id
) -> None:
    meetings.edit_meeting(meeting, MeetingEdit(status="held"))
    assert meetings.meeting(meeting).status == "held"
    with pytest.raises(BadInput):
        meetings.edit_meeting(meeting, MeetingEdit(status="postponed"))


def test_a_meeting_is_found_by_words_in_its_parts(meetings: Meetings, meeting: Id) -> None:
    other = meetings.add_meeting(COMMUNITY, NewMeeting("Hui at Ngukurr", FIVE_PM)).id
    meetings.add_decision(meeting, "Meet at the billabong")
    meetings.save_notes(meeting, "Everybody spoke.", meetings.meeting(meeting).notes)
    meetings.set_attendance(meeting, "Dr Guest", "present")
    for words in ("billabong", "spoke", "guest", "forum"):
        assert [row.id for row in meetings.find(COMMUNITY, words)] == [meeting], words
    assert [row.id for row in meetings.find(COMMUNITY, "ngukurr")] == [other]
    assert meetings.find(COMMUNITY, "nowhere") == ()
    meetings.move_to_trash(other)
    assert meetings.find(COMMUNITY, "ngukurr") == ()
