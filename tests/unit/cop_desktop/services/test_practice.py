"""The record of practice grows from what people do, and knows no points."""

from datetime import UTC, datetime

from cop_desktop.services.care import Care
from cop_desktop.services.discussions import Discussions, NewTopic
from cop_desktop.services.library import Library, NewItem, UseText
from cop_desktop.services.meetings import Meetings, NewMeeting
from cop_desktop.services.people import People, ProfileEdit, SchoolText
from tests.support.replicas import BEN, COMMUNITY
from tests.support.village import Village


def test_what_somebody_brought_and_what_came_of_it_is_told(village: Village) -> None:
    anna, ben, cleo = village.anna, village.ben, village.cleo
    village.meet()
    People(cleo).edit_profile(
        ProfileEdit(school=People(cleo).add_school(SchoolText("Kapok Ridge")).id)
    )
    topic = Discussions(ben).start_topic(COMMUNITY, NewTopic("Buses?")).id
    item = Library(ben).add_item(COMMUNITY, NewItem("Bus route")).id
    old = Library(ben).add_item(COMMUNITY, NewItem("Brought in", source="share/old.docx")).id
    starts = datetime(2026, 8, 12, 7, 30, tzinfo=UTC)
    meeting = Meetings(anna).add_meeting(COMMUNITY, NewMeeting("Forum", starts)).id
    Meetings(anna).set_attendance(meeting, BEN, "present")
    village.meet()
    Discussions(anna).react(topic, "thanks")
    Discussions(ben).react(topic, "thanks")
    Library(cleo).report_use(item, UseText("It worked."))
    Library(ben).report_use(item, UseText("For us."))
    copy = Library(cleo).adapt(item).id
    village.meet()
    told = People(anna).practice(BEN)
    assert (told.topics, told.replies, told.items, told.meetings) == (1, 0, 1, 1)
    assert (told.thanks, told.reports) == (1, 1)
    assert (told.used.reports, told.used.schools) == (1, 1)
    assert [(each.id, each.author) for each in told.built_on] == [(copy, "Cleo")]
    assert {(part.kind, part.id) for part in told.recent} == {
        ("topic", topic),
        ("library_item", item),
        ("use_report", item),
    }
    assert old not in {part.id for part in told.recent}
    Care(anna).flag(item)
    assert item not in {part.id for part in People(anna).practice(BEN).recent}
