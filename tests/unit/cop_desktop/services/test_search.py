"""Finding what is here, by words and operators."""

import pytest

from cop_desktop.services.discussions import Discussions, NewTopic, TopicFilter
from cop_desktop.services.search import Scope, Search, SearchHit
from cop_desktop.store import Replica
from sync.catalogue.communities import texts_space
from sync.core.ids import Id
from tests.support.replicas import COMMUNITY
from tests.support.village import Village


def found(replica: Replica, typed: str, **scope: object) -> list[str]:
    """What was found, by the beginning of its snippet."""
    return [text(hit) for hit in Search(replica).find(typed, Scope(**scope))]


def text(hit: SearchHit) -> str:
    return "".join(piece.text for piece in hit.snippet)


def add_item(replica: Replica, title: str, **fields: object) -> Id:
    with replica.write() as action:
        return action.create("library_item", COMMUNITY, {"title": title, **fields})


def add_file(replica: Replica, target: Id, name: str, extracted: str = "") -> Id:
    content = {
        "media_type": "application/pdf",
        "size_bytes": 3,
        "content_hash": b"h" * 32,
        "chunks": b"c" * 16,
    }
    with replica.write() as action:
        file = action.create("file_version", COMMUNITY, {"target": target, "name": name, **content})
        if extracted:
            fields = {"file": file, "text": extracted}
            action.create("extracted_text", texts_space(COMMUNITY), fields)
    return file


def test_a_reply_opens_its_topic(village: Village, anna: Discussions) -> None:
    topic = anna.start_topic(COMMUNITY, NewTopic("Wet season roads")).id
    reply = anna.reply(topic, "The barge still runs on Mondays.").id
    (hit,) = Search(village.anna).find("barg")
    assert (hit.kind, hit.id) == ("post", reply)
    assert (hit.open_kind, hit.open_id, hit.place) == ("topic", topic, "Discussions")
    assert (hit.title, hit.noun, hit.who) == ("Wet season roads", "reply", "Anna")
    assert [piece.text for piece in hit.snippet if piece.matched] == ["barge"]
    assert text(hit) == "The barge still runs on Mondays."
    assert (hit.community, hit.here) == (COMMUNITY, True)


def test_the_text_of_a_file_opens_its_item_and_says_that_the_file_is_not_here(
    village: Village,
) -> None:
    item = add_item(village.anna, "Water")
    add_file(village.anna, item, "bore water plan.pdf", "Chlorine is checked on Mondays.")
    village.meet()
    (hit,) = Search(village.ben).find("chlorine")
    assert (hit.kind, hit.open_kind, hit.open_id) == ("extracted_text", "library_item", item)
    assert (hit.place, hit.title, hit.file) == ("Library", "Water", "bore water plan.pdf")
    assert not hit.here
    assert hit.community == COMMUNITY


def test_an_item_that_says_it_three_times_is_found_once(village: Village) -> None:
    item = add_item(village.anna, "Water plan", summary="About water")
    add_file(village.anna, item, "water.pdf", "Water is checked on Mondays.")
    hits = Search(village.anna).find("water")
    assert [hit.open_id for hit in hits] == [item]


def test_notes_and_decisions_open_their_meeting(village: Village) -> None:
    with village.anna.write() as action:
        fields = {"title": "Forum", "starts": 1_780_000_000_000}
        meeting = action.create("meeting", COMMUNITY, fields)
        notes = action.create("meeting_notes", COMMUNITY, {"meeting": meeting})
        action.edit_text("meeting_notes", notes, "text", "Roads were discussed.")
        action.create("decision", COMMUNITY, {"meeting": meeting, "text": "Grade the road."})
    hits = Search(village.anna).find("road")
    assert {hit.kind for hit in hits} == {"meeting_notes", "decision"}
    assert {(hit.open_id, hit.place, hit.title) for hit in hits} == {(meeting, "Meetings", "Forum")}
    # The day it took place, not the one on which its notes were brought in.
    assert {hit.when.timestamp() for hit in hits} == {1_780_000_000}


def test_accents_and_case_do_not_matter(village: Village, anna: Discussions) -> None:
    anna.start_topic(COMMUNITY, NewTopic("Café für alle"))
    assert found(village.anna, "CAFE fur") == ["Café für alle"]
    assert found(village.anna, "tag:x from:ännà") == []
    assert found(village.anna, "from:ÁNNA") == ["Café für alle"]


def test_operators_narrow_what_words_find(village: Village, anna: Discussions) -> None:
    ben = Discussions(village.ben)
    topic = anna.start_topic(COMMUNITY, NewTopic("Travel", "road one", tags=("Wet",))).id
    village.meet()
    village.turn_clocks(days=3)
    ben.reply(topic, "road two")
    village.meet()
    anna.mark_read(topic)
    anna.reply(topic, "road three")
    village.turn_clocks(days=30)

    here = village.anna
    assert found(here, "road") == ["road three", "road two", "road one"]
    assert found(here, "road from:ben") == ["road two"]
    assert found(here, "road from:me") == ["road three", "road one"]
    assert found(here, "road -two") == ["road three", "road one"]
    assert found(here, '"road two"') == ["road two"]
    assert found(here, "road tag:wet") == ["road three", "road two", "road one"]
    assert found(here, "road tag:we") == []
    assert found(here, "road type:reply") == ["road three", "road two"]
    assert found(here, "road in:discussions") == ["road three", "road two", "road one"]
    assert found(here, "road in:top") == ["road three", "road two", "road one"]
    assert found(here, "road in:library") == []
    assert found(here, "road in:nowhere") == []
    assert found(here, "road after:2026-09-23") == ["road three", "road two"]
    assert found(here, "road before:2026-09-23") == ["road one"]
    assert found(village.ben, "road is:unread") == ["road one"]
    assert found(here, "road is:unread") == []


def test_operators_alone_find_the_newest(village: Village, anna: Discussions) -> None:
    topic = anna.start_topic(COMMUNITY, NewTopic("Roads", "# About *roads*")).id
    anna.reply(topic, "first")
    anna.reply(topic, "second")
    assert found(village.anna, "from:anna type:reply") == ["second", "first"]
    assert found(village.anna, "from:anna type:reply -first") == ["second"]
    assert found(village.anna, "type:topic") == ["Roads"]
    assert found(village.anna, "from:anna", limit=1) == ["second"]


def test_type_finds_items_and_files_by_what_they_are(village: Village) -> None:
    guide = add_item(village.anna, "Roads guide", type="guide")
    add_item(village.anna, "Roads story", type="story")
    other = add_item(village.anna, "Roads data")
    add_file(village.anna, other, "roads.PDF")
    search = Search(village.anna)
    assert [hit.open_id for hit in search.find("roads type:guide")] == [guide]
    assert [hit.id for hit in search.find("roads type:pdf")] != []
    assert {hit.open_id for hit in search.find("roads type:pdf")} == {other}


def test_has_file_finds_what_carries_one(village: Village, anna: Discussions) -> None:
    topic = anna.start_topic(COMMUNITY, NewTopic("Roads")).id
    with_file = anna.reply(topic, "road map attached").id
    anna.reply(topic, "road words only")
    add_file(village.anna, with_file, "map.png")
    assert found(village.anna, "road has:file type:reply") == ["road map attached"]


def test_one_community_is_searched_with_the_texts_of_its_files(village: Village) -> None:
    item = add_item(village.anna, "Water")
    add_file(village.anna, item, "a.pdf", "Chlorine")
    assert len(Search(village.anna).find("chlorine", Scope(space=COMMUNITY))) == 1
    assert Search(village.anna).find("chlorine", Scope(space=b"x" * 16)) == ()
    assert Search(village.anna).find("water", Scope(kinds=("topic",))) == ()


def test_what_is_in_the_trash_is_not_found(village: Village, anna: Discussions) -> None:
    topic = anna.start_topic(COMMUNITY, NewTopic("Roads")).id
    anna.reply(topic, "roads again")
    anna.move_to_trash(topic)
    assert found(village.anna, "roads") == []
    assert found(village.anna, "from:anna") == []


def test_a_reply_whose_topic_is_on_its_way_is_found_too(village: Village) -> None:
    with village.anna.write() as action:
        action.create("post", COMMUNITY, {"topic": b"t" * 16, "body": "lonely words"})
    (hit,) = Search(village.anna).find("lonely")
    assert (hit.place, hit.open_id) == ("", hit.id)


def test_the_list_of_topics_is_filtered_by_words_in_topics_and_replies(
    village: Village, anna: Discussions
) -> None:
    roads = anna.start_topic(COMMUNITY, NewTopic("Roads")).id
    staff = anna.start_topic(COMMUNITY, NewTopic("Staff")).id
    anna.reply(staff, "They cannot come by road")
    anna.start_topic(COMMUNITY, NewTopic("Water"))
    topics = anna.topics(COMMUNITY, wanted=TopicFilter(text="road"))
    assert {topic.id for topic in topics} == {roads, staff}


@pytest.mark.parametrize(
    "typed", ["", '"', "-", "*", "AND OR NOT", "a'b\"c", "(", "from:", "x" * 5000, "\ud800 \x00 é"]
)
def test_nothing_that_is_typed_is_an_error(village: Village, typed: str) -> None:
    Search(village.anna).find(typed)


def test_what_is_rare_is_found_behind_thousands_of_newer_records(
    village: Village, anna: Discussions
) -> None:
    ben = Discussions(village.ben)
    topic = ben.start_topic(COMMUNITY, NewTopic("Roads")).id
    ben.reply(topic, "the needle")
    village.meet()
    for _ in range(5):
        with village.anna.write() as action:
            for _ in range(420):
                action.create("post", COMMUNITY, {"topic": topic, "body": "the hay"})
    assert found(village.anna, "from:ben type:reply") == ["the needle"]
    assert found(village.anna, "type:topic") == ["Roads"]
    for best_first in (False, True):
        assert found(village.anna, "the from:ben", best_first=best_first) == ["the needle"]
