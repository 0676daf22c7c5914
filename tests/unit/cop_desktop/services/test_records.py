"""History of any record, two versions of a text, the trash."""

from datetime import UTC, datetime
from itertools import pairwise

import msgspec
import pytest

from cop_desktop.services.communities import CharterEdit, Communities
from cop_desktop.services.discussions import Discussions, NewTopic, TopicEdit
from cop_desktop.services.errors import NotAllowed, NotFound
from cop_desktop.services.history import Did
from cop_desktop.services.records import Records
from sync.catalogue.discussions import TOPIC
from sync.core.ids import Id
from sync.core.ops import SetFields, UnknownOp
from tests.support.replicas import BEN, COMMUNITY, new_id
from tests.support.village import Village


@pytest.fixture
def contested(village: Village, anna: Discussions, ben: Discussions) -> Id:
    """A topic of Ben's that both edited without having seen each other's words."""
    topic = ben.start_topic(COMMUNITY, NewTopic("Roads", "body")).id
    village.meet()
    anna.edit_topic(topic, TopicEdit(title="Roads and rivers"))
    village.turn_clocks(seconds=5)
    ben.edit_topic(topic, TopicEdit(title="Wet roads"))
    village.meet()
    return topic


def test_history_tells_who_wrote_what_and_when(
    village: Village, anna: Discussions, ben: Discussions
) -> None:
    topic = ben.start_topic(COMMUNITY, NewTopic("Roads", "When?", tags=("wet",))).id
    village.meet()
    anna.edit_topic(topic, TopicEdit(title="Wet roads", tags=("wet", "dry")))
    answer = ben.reply(topic, "Now.").id
    ben.resolve(topic, answer)
    village.meet()
    anna.move_to_trash(topic)
    anna.restore(topic)

    told = anna.history(topic)
    assert [(r.who, r.did, r.field, r.value) for r in reversed(told)] == [
        ("Ben", Did.STARTED, "title", "Roads"),
        ("Ben", Did.STARTED, "body", "When?"),
        ("Ben", Did.WROTE, "tags", ("wet",)),
        ("Anna", Did.WROTE, "title", "Wet roads"),
        ("Anna", Did.WROTE, "tags", ("wet", "dry")),
        ("Ben", Did.WROTE, "answer", "Now."),
        ("Anna", Did.MOVED_TO_TRASH, "", None),
        ("Anna", Did.TOOK_OUT_OF_TRASH, "", None),
    ]
    assert [r.received is None for r in told] == [True, True, *[False] * 6]
    assert all(first.when >= second.when for first, second in pairwise(told))


def test_history_shows_a_long_text_as_it_became(village: Village, anna: Discussions) -> None:
    with village.anna.write() as action:
        fields = {"title": "Forum", "starts": 1_790_000_000_000}
        meeting = action.create("meeting", COMMUNITY, fields)
        notes = action.create("meeting_notes", COMMUNITY, {"meeting": meeting})
        action.edit_text("meeting_notes", notes, "text", "Roads.")
    with village.anna.write() as action:
        action.edit_text("meeting_notes", notes, "text", "Roads. Rivers.")
    told = [(r.did, r.field, r.value) for r in anna.history(notes)]
    assert told[:2] == [(Did.WROTE, "text", "Roads. Rivers."), (Did.WROTE, "text", "Roads.")]
    assert told[2] == (Did.STARTED, "meeting", "Forum")


def test_history_reads_moments_flags_and_what_a_newer_program_wrote(
    village: Village, anna: Discussions
) -> None:
    with village.anna.write() as action:
        fields = {"title": "Forum", "starts": 1_790_000_000_000, "duration_minutes": 60}
        meeting = action.create("meeting", COMMUNITY, fields)
    topic = anna.start_topic(COMMUNITY, NewTopic("Roads")).id
    anna.pin(topic)
    village.meet()
    village.turn_clocks(seconds=60)
    village.server.write(COMMUNITY, SetFields(TOPIC.number, topic, {999: "from the future"}))
    village.server.write(COMMUNITY, UnknownOp(msgspec.msgpack.encode([99, TOPIC.number, topic])))
    village.meet()

    told = {revision.field: revision.value for revision in anna.history(meeting)}
    assert told["starts"] == datetime.fromtimestamp(1_790_000_000, UTC)
    assert told["duration_minutes"] == 60
    assert {(r.did, r.field, r.value) for r in anna.history(topic)} == {
        (Did.STARTED, "title", "Roads"),
        (Did.WROTE, "pinned", True),
        (Did.NEEDS_NEWER, "", None),
    }


def test_two_versions_are_shown_with_who_wrote_them(
    anna: Discussions, ben: Discussions, contested: Id
) -> None:
    for discussions in (anna, ben):
        assert discussions.thread(contested).topic.two_versions
        assert discussions.topics(COMMUNITY)[0].two_versions
        (versions,) = discussions.versions(contested)
        assert versions.field == "title"
        assert [(v.value, v.who) for v in versions.versions] == [
            ("Wet roads", "Ben"),
            ("Roads and rivers", "Anna"),
        ]


def test_choosing_one_version_settles_it_everywhere_and_keeps_the_other_in_history(
    village: Village, anna: Discussions, ben: Discussions, contested: Id
) -> None:
    ben.choose_version(contested, "title", "Roads and rivers")
    village.meet()
    assert anna.versions(contested) == ()
    assert anna.thread(contested).topic.title == "Roads and rivers"
    assert not anna.thread(contested).topic.two_versions
    assert "Wet roads" in [revision.value for revision in anna.history(contested)]


def test_a_version_that_came_after_the_choice_was_made_stays(
    village: Village, anna: Discussions, ben: Discussions, contested: Id
) -> None:
    seen = anna.seen(contested)
    ben.edit_topic(contested, TopicEdit(title="Very wet roads"))
    village.meet()
    anna.choose_version(contested, "title", "Roads and rivers", seen)
    (versions,) = anna.versions(contested)
    assert {v.value for v in versions.versions} == {"Very wet roads", "Roads and rivers"}


def test_an_edit_does_not_overwrite_what_came_while_the_editor_was_open(
    village: Village, anna: Discussions, ben: Discussions
) -> None:
    topic = ben.start_topic(COMMUNITY, NewTopic("Roads")).id
    reply = ben.reply(topic, "Closed.").id
    village.meet()
    seen = anna.seen(reply)
    ben.edit_post(reply, "Closed since Monday.")
    village.meet()
    anna.edit_post(reply, "Closed, says the ranger.", seen)
    (versions,) = anna.versions(reply)
    assert {v.value for v in versions.versions} == {
        "Closed since Monday.",
        "Closed, says the ranger.",
    }


def test_who_may_not_change_a_record_does_not_choose_its_version(
    village: Village, contested: Id
) -> None:
    cleo = Discussions(village.cleo)
    assert cleo.versions(contested)
    with pytest.raises(NotAllowed):
        cleo.choose_version(contested, "title", "Mine")


def test_facilitators_settle_versions_of_the_charter(village: Village) -> None:
    communities = Communities(village.anna)
    other = Communities(village.ben)
    communities.edit(COMMUNITY, CharterEdit(purpose="To meet"))
    assert communities.choose_version(COMMUNITY, "purpose", "To meet again")
    with pytest.raises(NotAllowed):
        other.choose_version(COMMUNITY, "purpose", "Mine")


def test_a_record_that_is_not_here_has_no_history(village: Village) -> None:
    records = Records(village.anna)
    for read in (records.history, records.versions, records.seen, records.move_to_trash):
        with pytest.raises(NotFound):
            read(new_id(4))


def test_a_member_cannot_be_moved_to_the_trash(village: Village) -> None:
    with pytest.raises(NotAllowed):
        Records(village.anna).move_to_trash(BEN)
