"""What waits, what was refused, and what is held."""

from datetime import UTC, datetime

from cop_desktop.services.discussions import Discussions, NewTopic
from cop_desktop.services.meetings import Meetings, NewMeeting
from cop_desktop.services.sync_status import Deed, SyncStatus
from tests.support.replicas import BEN, COMMUNITY, NOON_MS
from tests.support.village import Village


def test_what_waits_is_listed_by_what_it_is_about(village: Village) -> None:
    discussions, status = Discussions(village.anna), SyncStatus(village.anna)
    topic = discussions.start_topic(COMMUNITY, NewTopic("Roads")).id
    reply = discussions.reply(topic, "**Closed** since Monday.").id
    discussions.react(reply, "thanks")

    first, second, third = status.waiting()
    assert (first.noun, first.label, first.within, first.place) == (
        "topic",
        "Roads",
        "",
        "Discussions",
    )
    assert (second.record, second.label, second.within) == (reply, "Closed since Monday.", "Roads")
    assert (third.noun, third.within) == ("reaction", "Roads")
    assert first.size_bytes > 50
    standing = status.standing()
    assert (standing.waiting, standing.refused, standing.agreed) == (3, 0, False)
    assert standing.since == first.since
    assert [item.label for item in status.waiting(limit=1)] == ["Roads"]


def test_what_waits_says_what_was_done_with_it(village: Village) -> None:
    discussions, status = Discussions(village.anna), SyncStatus(village.anna)
    topic = discussions.start_topic(COMMUNITY, NewTopic("Roads")).id
    reply = discussions.reply(topic, "Closed.").id
    discussions.edit_post(reply, "Closed since Monday.")
    discussions.move_to_trash(reply)
    discussions.restore(reply)
    assert [item.deed for item in status.waiting()] == [
        *(Deed.WRITTEN, Deed.WRITTEN, Deed.CHANGED, Deed.TRASHED, Deed.PUT_BACK)
    ]


def test_who_was_there_is_listed_by_the_meeting_and_not_by_an_id(village: Village) -> None:
    meetings, status = Meetings(village.anna), SyncStatus(village.anna)
    starts = datetime.fromtimestamp(NOON_MS / 1000, UTC)
    meeting = meetings.add_meeting(COMMUNITY, NewMeeting("Forum", starts)).id
    meetings.set_attendance(meeting, BEN, "present")
    meetings.set_attendance(meeting, "Tamsin Webb", "present")
    *_, member, guest = status.waiting()
    assert (member.noun, member.label, member.within) == ("attendance", "", "Forum")
    assert (guest.label, guest.within) == ("Tamsin Webb", "Forum")


def test_after_an_exchange_nothing_waits_and_both_agree(village: Village) -> None:
    status = SyncStatus(village.anna)
    Discussions(village.anna).start_topic(COMMUNITY, NewTopic("Roads"))
    village.turn_clocks(days=2)
    village.meet()
    assert status.waiting() == ()
    standing = status.standing()
    assert (standing.waiting, standing.agreed) == (0, True)
    contact = status.last_contact()
    assert contact is not None
    assert contact.date() == datetime.fromtimestamp(NOON_MS / 1000 + 2 * 86_400, UTC).date()


def test_what_the_server_refused_is_kept_with_its_reason_and_can_go_again(
    village: Village,
) -> None:
    status = SyncStatus(village.anna)
    Discussions(village.anna).start_topic(COMMUNITY, NewTopic("Roads"))
    village.server.refuse_next("no_access")
    village.meet()
    (item,) = status.refused()
    assert (item.label, item.reason) == ("Roads", "no_access")
    assert status.waiting() == ()
    assert not status.standing().agreed

    status.send_refused_again()
    assert [item.label for item in status.waiting()] == ["Roads"]
    village.meet()
    assert status.standing().agreed


def test_spaces_say_how_much_of_them_is_here(village: Village) -> None:
    before = {space.name: space for space in SyncStatus(village.anna).spaces()}
    assert before["Directory"].complete
    assert before["Directory"].held == before["Directory"].total > 0
    assert {"Top End Leaders", "Directory", "My own"} <= set(before)
