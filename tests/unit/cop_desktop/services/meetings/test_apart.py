"""Meetings of people who are apart: each writes without a connection, then they meet."""

from datetime import timedelta

import pytest

from cop_desktop.services.errors import NotAllowed
from cop_desktop.services.meetings import AgendaEdit, MeetingEdit, Meetings, MeetingView, NewAction
from cop_desktop.store import ItemState
from sync.core.ids import Id
from tests.support.forum import FORUM, WEDNESDAY
from tests.support.replicas import BEN, COMMUNITY
from tests.support.village import Village


class Apart:
    """Anna and Ben, who both know the series."""

    def __init__(self, village: Village) -> None:
        self.village = village
        self.anna, self.ben = Meetings(village.anna), Meetings(village.ben)
        self.series = self.anna.add_series(COMMUNITY, FORUM).id
        village.meet()

    def opened(self) -> Id:
        """The first meeting, known to both."""
        meeting = self.anna.open_occurrence(self.series, WEDNESDAY).id
        self.village.meet()
        return meeting

    def both(self, meeting: Id) -> MeetingView:
        """The meeting after everybody met, which both see alike."""
        self.village.meet()
        mine, theirs = self.anna.meeting(meeting), self.ben.meeting(meeting)
        assert mine.notes.text == theirs.notes.text
        assert [item.title for item in mine.agenda] == [item.title for item in theirs.agenda]
        return mine


@pytest.fixture
def apart(village: Village) -> Apart:
    return Apart(village)


def test_two_who_open_the_same_day_open_one_meeting(apart: Apart) -> None:
    opened = {each.open_occurrence(apart.series, WEDNESDAY).id for each in (apart.anna, apart.ben)}
    assert len(opened) == 1
    meeting = apart.both(opened.pop())
    assert (meeting.title, meeting.place, meeting.two_versions) == ("Forum", "Online", False)


def test_notes_of_both_are_kept_when_they_wrote_different_paragraphs(apart: Apart) -> None:
    meeting = apart.opened()
    apart.anna.save_notes(meeting, "One.\n\nTwo.\n", apart.anna.meeting(meeting).notes)
    apart.village.meet()
    apart.anna.save_notes(meeting, "One, by Anna.\n\nTwo.\n", apart.anna.meeting(meeting).notes)
    apart.ben.save_notes(meeting, "One.\n\nTwo, by Ben.\n", apart.ben.meeting(meeting).notes)
    assert apart.both(meeting).notes.text == "One, by Anna.\n\nTwo, by Ben.\n"


def test_no_word_is_lost_when_both_begin_the_notes(apart: Apart) -> None:
    meeting = apart.opened()
    apart.anna.save_notes(meeting, "Anna was first. ", apart.anna.meeting(meeting).notes)
    apart.ben.save_notes(meeting, "Ben was first. ", apart.ben.meeting(meeting).notes)
    together = apart.both(meeting).notes.text
    assert "Anna was first. " in together
    assert "Ben was first. " in together


def test_an_editor_that_was_open_while_others_words_came_does_not_undo_them(apart: Apart) -> None:
    meeting = apart.opened()
    editor = apart.anna.meeting(meeting).notes
    apart.ben.save_notes(meeting, "By Ben. ", apart.ben.meeting(meeting).notes)
    apart.village.meet()
    editor = apart.anna.save_notes(meeting, "By Anna. ", editor).base
    apart.anna.save_notes(meeting, "By Anna herself. ", editor)
    together = apart.both(meeting).notes.text
    assert "By Ben. " in together
    assert "By Anna herself. " in together


def test_agendas_that_both_added_to_have_everything_in_one_order(apart: Apart) -> None:
    meeting = apart.opened()
    for each, title in ((apart.anna, "Welcome"), (apart.ben, "Story"), (apart.anna, "Close")):
        each.add_agenda_item(meeting, title)
    assert sorted(item.title for item in apart.both(meeting).agenda) == [
        "Close",
        "Story",
        "Welcome",
    ]


def test_an_item_that_both_put_in_other_words_shows_both(apart: Apart) -> None:
    meeting = apart.opened()
    item = apart.anna.add_agenda_item(meeting, "Story").id
    apart.village.meet()
    apart.anna.edit_agenda_item(item, AgendaEdit(title="Anna's story"))
    apart.ben.edit_agenda_item(item, AgendaEdit(title="Ben's story"))
    [shown] = apart.both(meeting).agenda
    assert shown.two_versions
    [versions] = apart.ben.versions(item)
    assert {each.value for each in versions.versions} == {"Anna's story", "Ben's story"}


def test_somebody_noted_by_both_is_noted_once(apart: Apart) -> None:
    meeting = apart.opened()
    apart.anna.set_attendance(meeting, "Dr Guest", "present")
    apart.ben.set_attendance(meeting, "Dr Guest", "present")
    apart.ben.set_attendance(meeting, BEN, "present")
    [team] = apart.both(meeting).attendance
    assert [person.name for person in team.people] == ["Ben", "Dr Guest"]


def test_an_action_given_to_somebody_elsewhere_waits_on_them(apart: Apart) -> None:
    meeting = apart.opened()
    apart.anna.add_action(meeting, NewAction("Write", owner=BEN))
    assert apart.anna.meeting(meeting).actions[0].state is ItemState.WAITING
    apart.village.meet()
    assert apart.anna.meeting(meeting).actions[0].state is ItemState.SENT
    [mine] = apart.ben.open_actions(COMMUNITY, mine=True)
    assert (mine.action.text, mine.action.owner_name) == ("Write", "Ben")
    apart.ben.set_done(mine.action.id, done=True)
    later = apart.ben.open_occurrence(apart.series, WEDNESDAY + timedelta(days=14)).id
    assert apart.both(later).carried == ()


def test_only_who_opened_a_meeting_or_a_facilitator_removes_it(apart: Apart) -> None:
    bens = apart.ben.open_occurrence(apart.series, WEDNESDAY).id
    annas = apart.anna.open_occurrence(apart.series, WEDNESDAY + timedelta(days=14)).id
    apart.village.meet()
    assert not apart.ben.meeting(annas).may_remove
    with pytest.raises(NotAllowed):
        apart.ben.move_to_trash(annas)
    apart.ben.edit_meeting(annas, MeetingEdit(place="The staff room"))
    assert apart.anna.meeting(bens).may_remove
    apart.anna.move_to_trash(bens)
    assert apart.both(bens).trashed
    with pytest.raises(NotAllowed):
        apart.ben.move_to_trash(annas)


def test_a_meeting_that_both_opened_can_be_renamed_by_one_without_a_second_version(
    apart: Apart,
) -> None:
    for each in (apart.anna, apart.ben):
        meeting = each.open_occurrence(apart.series, WEDNESDAY).id
    apart.village.meet()
    apart.ben.edit_meeting(meeting, MeetingEdit(title="Forum with a guest"))
    shown = apart.both(meeting)
    assert (shown.title, shown.two_versions) == ("Forum with a guest", False)
