"""Finding records by their words."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cop_desktop.store import MARK_END, MARK_START, Replica, Words
from cop_desktop.store.search import match_expression
from sync.catalogue.communities import texts_space
from sync.core.ids import Id
from tests.support.replicas import COMMUNITY, NOON_MS, ManualClock, enrolled

OTHER = b"O" * 16


@pytest.fixture
def replica(tmp_path: Path) -> Iterator[Replica]:
    with enrolled(
        tmp_path, clock=ManualClock(step_ms=1000), communities=(COMMUNITY, OTHER)
    ) as replica:
        yield replica


def write(replica: Replica, kind: str, space: Id = COMMUNITY, **fields: object) -> Id:
    with replica.write() as action:
        return action.create(kind, space, fields)


def found(replica: Replica, query: str | Words, **where: object) -> list[Id]:
    return [hit.record for hit in replica.search(query, **where)]  # type: ignore[arg-type]


def test_words_are_found_whatever_their_accents_and_case(replica: Replica) -> None:
    topic = write(replica, "topic", title="École at Saltbush", body="Ŋäṉḏirrkitj café")
    for query in ("ecole", "ÉCOLE", "saltbush", "CAFE", "Ŋandirrkitj", "ecole cafe"):
        assert found(replica, query) == [topic], query
    assert found(replica, "ecole tea") == []


def test_the_last_word_may_be_unfinished_from_two_letters_on(replica: Replica) -> None:
    topic = write(replica, "topic", title="Attendance after the wet")
    for query in ("at", "atten", "after att", "wet a", "the w", "attendance"):
        assert found(replica, query) == [topic], query
    for query in ("a", "att after xylo", "ttendance", "af we x"):
        expected = [topic] if query == "af we x" else []
        assert found(replica, query) in ([], expected), query
    assert found(replica, "a") == []


def test_a_digit_is_a_word_of_its_own(replica: Replica) -> None:
    seven = write(replica, "topic", title="Year 7 reading")
    write(replica, "topic", title="Year 8 reading")
    assert found(replica, "year 7") == [seven]


def test_newest_come_first(replica: Replica) -> None:
    topics = [write(replica, "topic", title=f"Reading {number}") for number in range(5)]
    assert found(replica, "reading") == topics[::-1]
    assert found(replica, "reading", limit=2) == topics[:2:-1]


def test_the_best_come_first_when_ranked(replica: Replica) -> None:
    best = write(replica, "topic", title="Breakfast club", body="breakfast every day")
    write(replica, "topic", title="Something else", body="a breakfast " + "filler " * 50)
    assert found(replica, "breakfast")[-1] == best
    assert found(replica, Words(("breakfast",), ranked=True))[0] == best


def test_phrases_stand_together_and_unwanted_words_are_absent(replica: Replica) -> None:
    together = write(replica, "topic", title="Learning on country")
    apart = write(replica, "topic", title="The country and learning on screen")
    assert found(replica, Words(phrases=("on country",))) == [together]
    assert found(replica, Words(("learning",), without=("screen",))) == [together]
    assert found(replica, Words(("country",), without=("on country",))) == [apart]
    assert found(replica, Words(without=("screen",))) == []


def test_a_hyphenated_word_is_found_as_it_is_written(replica: Replica) -> None:
    topic = write(replica, "topic", title="Well-being of staff")
    assert found(replica, "well-being") == [topic]
    assert found(replica, "well-be") == [topic]
    assert found(replica, "being-well") == []


def test_kinds_and_spaces_narrow_the_search(replica: Replica) -> None:
    topic = write(replica, "topic", title="Reading")
    post = write(replica, "post", topic=topic, body="More reading")
    elsewhere = write(replica, "topic", OTHER, title="Reading")
    assert set(found(replica, "reading")) == {topic, post, elsewhere}
    assert found(replica, "reading", kinds=["post"]) == [post]
    assert found(replica, "reading", kinds=["post", "no such kind"]) == [post]
    assert found(replica, "reading", kinds=[]) == []
    assert found(replica, "reading", space=OTHER) == [elsewhere]


def test_a_reply_is_shown_with_its_topic(replica: Replica) -> None:
    topic = write(replica, "topic", title="Attendance")
    post = write(replica, "post", topic=topic, body="A breakfast club helped us a lot")
    [hit] = replica.search("breakf")
    assert (hit.kind, hit.record, hit.space, hit.title) == ("post", post, COMMUNITY, "Attendance")
    assert [(above.kind, above.record) for above in hit.above] == [("topic", topic)]
    assert f"{MARK_START}breakfast{MARK_END}" in hit.snippet
    assert 0 < hit.moment - NOON_MS < 60_000


def test_the_text_of_a_file_is_shown_with_the_file_and_its_item(replica: Replica) -> None:
    item = write(replica, "library_item", title="Attendance kit", summary="What worked")
    file = write(
        replica,
        "file_version",
        target=item,
        name="kit.pdf",
        media_type="application/pdf",
        size_bytes=3,
        content_hash=b"h" * 32,
        chunks=b"c" * 16,
    )
    text = write(
        replica, "extracted_text", texts_space(COMMUNITY), file=file, text="bus timetables"
    )
    [hit] = replica.search("timetable")
    assert (hit.kind, hit.record, hit.title) == ("extracted_text", text, "kit.pdf")
    assert [above.record for above in hit.above] == [file, item]
    assert found(replica, "worked") == [item]


def test_words_of_a_shared_text_are_found_as_it_reads_now(replica: Replica) -> None:
    notes = write(replica, "meeting_notes", meeting=b"m" * 16, text="Agreed: nothing")
    with replica.write() as action:
        action.edit_text("meeting_notes", notes, "text", "Agreed: breakfast")
    assert found(replica, "breakfast") == [notes]
    assert found(replica, "nothing") == []
    [hit] = replica.search("agreed")
    assert (hit.title, hit.above) == ("", ())


def test_an_edit_is_found_by_its_new_words_only(replica: Replica) -> None:
    topic = write(replica, "topic", title="Old words")
    with replica.write() as action:
        action.set("topic", topic, {"title": "New words", "pinned": True})
    assert found(replica, "new") == [topic]
    assert found(replica, "old") == []


def test_the_trash_is_not_searched(replica: Replica) -> None:
    topic = write(replica, "topic", title="Attendance")
    post = write(replica, "post", topic=topic, body="Breakfast")
    with replica.write() as action:
        action.delete("post", post)
    assert found(replica, "breakfast") == []
    with replica.write() as action:
        action.restore("post", post)
        action.delete("topic", topic)
    assert found(replica, "breakfast") == [], "it lies in a trashed topic"
    assert found(replica, "attendance") == []
    with replica.write() as action:
        action.restore("topic", topic)
    assert found(replica, "breakfast") == [post]


def test_material_from_elsewhere_stands_at_its_own_time(replica: Replica) -> None:
    topic = write(replica, "topic", title="Reading")
    with replica.write() as action:
        old, older = (
            action.create(
                "post", COMMUNITY, {"topic": topic, "body": "moved", "original_moment": t}
            )
            for t in (2_000, 1_000)
        )
    assert found(replica, "moved") == [old, older]
    assert [hit.moment for hit in replica.search("moved")] == [2_000, 1_000]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(max_size=30)
    | st.lists(
        st.sampled_from(
            ['"', "*", "AND", "OR", "NOT", "NEAR(", ")", "title:", "^a", "-x", "+", "a", "\0", "{"]
        ),
        max_size=8,
    ).map(" ".join)
)
def test_no_query_is_an_error(replica: Replica, query: str) -> None:
    assert replica.search(query) == []
    assert replica.search(Words((query,), (query,), (query,), ranked=True)) == []


@pytest.mark.parametrize("query", ["\ud800", "a\ud800b cd", "x" * 10_000, "word " * 1_000])
def test_queries_out_of_bounds_are_no_error(replica: Replica, query: str) -> None:
    assert replica.search(query) == []


def test_a_query_is_quoted_word_by_word() -> None:
    assert match_expression(Words(('say "hi"', "be"))) == '"say ""hi""" AND "be"*'
    assert match_expression(Words(("a", "b"), ("c d",), ("e",))) == '("a" AND "c d") NOT ("e")'
    assert match_expression(Words(("*", "-"))) is None
