"""The sample community hangs together: references resolve, nothing is empty, enough is there."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from cop_desktop.paths import resources_dir
from sync.catalogue import communities, discussions, library, meetings, people

SAMPLE = resources_dir() / "sample"
FILES = SAMPLE / "files"
TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
ROLES = ("principal", "beginning leader", "facilitator", "academic partner", "regional support")
SUITS = ("question", "story", "offer", "worry", "any")
MAX_FILES_BYTES = 400_000

Record = dict[str, Any]


def read(name: str) -> Record:
    loaded: Record = json.loads((SAMPLE / name).read_text(encoding="utf-8"))
    return loaded


COMMUNITY = read("community.json")
TOPICS: list[Record] = read("threads.json")["topics"]
ITEMS: list[Record] = read("library.json")["items"]
MEETINGS: list[Record] = read("meetings.json")["meetings"]
ANSWERS = read("answers.json")
MEMBERS = {member["key"] for member in COMMUNITY["members"]}
STRATEGIES = {strategy["key"] for strategy in COMMUNITY["strategies"]}


def posts() -> Iterator[Record]:
    for topic in TOPICS:
        yield from topic["posts"]


def versions() -> Iterator[Record]:
    for item in ITEMS:
        yield from item.get("versions", ())


def moment(record: Record) -> tuple[int, str]:
    """Something that grows with time."""
    return -record["days_ago"], record["time"]


def texts(value: Any) -> Iterator[str]:
    """Every string anywhere below `value`, keys excepted."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)


def test_there_is_enough_to_look_around_in() -> None:
    assert len(COMMUNITY["members"]) >= 14
    assert len(COMMUNITY["schools"]) >= 11
    assert len(TOPICS) >= 24
    assert len(list(posts())) >= 140
    assert len(ITEMS) >= 18
    assert [meeting["number"] for meeting in MEETINGS] == [-4, -3, -2, -1, 1, 2]
    assert len(ANSWERS["answers"]) == 20


def test_every_activity_and_every_item_type_and_status_occurs() -> None:
    assert {topic["activity"] for topic in TOPICS} == set(discussions.ACTIVITIES)
    assert {item["type"] for item in ITEMS} == set(library.ITEM_TYPES)
    assert {item["status"] for item in ITEMS} == set(library.STATUSES)
    assert {item["evidence"] for item in ITEMS} == set(library.EVIDENCE)


@pytest.mark.parametrize(
    "records",
    [
        COMMUNITY["members"],
        COMMUNITY["schools"],
        COMMUNITY["strategies"],
        TOPICS,
        ITEMS,
        MEETINGS,
    ],
)
def test_keys_are_unique(records: list[Record]) -> None:
    keys = [record["key"] for record in records]
    assert len(keys) == len(set(keys))


def test_members_belong_to_schools_that_exist_and_play_known_parts() -> None:
    schools = {school["key"] for school in COMMUNITY["schools"]}
    assert COMMUNITY["stage"] in communities.STAGES
    assert {COMMUNITY["first_member"], COMMUNITY["second_member"], ANSWERS["author"]} <= MEMBERS
    assert all(school["region"] in people.REGIONS for school in COMMUNITY["schools"])
    for member in COMMUNITY["members"]:
        assert member["school"] is None or member["school"] in schools, member["key"]
        assert member["role"] in ROLES
        assert member["career_stage"] in people.CAREER_STAGES


def test_no_text_is_empty_except_notes_not_written_yet() -> None:
    coming = [{**meeting, "notes": meeting["notes"] or "later"} for meeting in MEETINGS]
    past = [meeting for meeting in MEETINGS if meeting["number"] < 0]
    assert all(meeting["notes"].strip() for meeting in past)
    for whole in (COMMUNITY, TOPICS, ITEMS, coming, ANSWERS):
        assert all(text.strip() for text in texts(whole))


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic["key"])
def test_a_topic_is_a_conversation_in_order(topic: Record) -> None:
    written = topic["posts"]
    assert (written[0]["author"], moment(written[0])) == (topic["author"], moment(topic))
    assert [moment(post) for post in written] == sorted(moment(post) for post in written)
    assert 1 <= topic.get("answer", 1) < len(written)
    for number, post in enumerate(written):
        assert TIME.fullmatch(post["time"])
        assert post["days_ago"] >= 1
        assert 0 <= post.get("reply_to", 0) < max(number, 1)
        assert not (number == 0 and "reply_to" in post)


def test_people_in_discussions_exist_and_nobody_reacts_to_themselves() -> None:
    for post in posts():
        reactions = post.get("reactions", {})
        assert post["author"] in MEMBERS
        assert set(reactions) <= set(discussions.REACTIONS)
        for given in reactions.values():
            assert len(given) == len(set(given))
            assert set(given) <= MEMBERS - {post["author"]}, post["body"][:60]
        assert set(re.findall(r"@(\w+)", post["body"])) <= MEMBERS


def test_every_member_has_written_something() -> None:
    assert {post["author"] for post in posts()} == MEMBERS


def test_topics_end_with_what_came_of_them_after_the_last_word() -> None:
    ended = [topic for topic in TOPICS if "outcome" in topic]
    assert len(ended) >= 6
    for topic in ended:
        assert 1 <= topic["outcome"]["days_ago"] <= topic["posts"][-1]["days_ago"], topic["key"]


def test_care_is_asked_for_by_members_and_says_what_for() -> None:
    asked = [record["care"] for record in (*TOPICS, *ITEMS) if "care" in record]
    assert asked
    assert {care["by"] for care in asked} <= MEMBERS
    assert all(care["note"] for care in asked)


def test_who_uses_or_thanks_for_an_item_is_somebody_else_and_came_after_it() -> None:
    assert sum(len(item.get("uses", ())) for item in ITEMS) >= 20
    for item in ITEMS:
        others = MEMBERS - {item["author"]}
        assert {use["member"] for use in item.get("uses", ())} <= others, item["key"]
        assert set(item.get("thanks", ())) <= others, item["key"]
        assert all(1 <= use["days_ago"] <= item["days_ago"] for use in item.get("uses", ()))


def test_somebody_is_late_with_a_review_and_something_is_due_another_look() -> None:
    assert any(item.get("answer_by_in_days", 1) < 0 for item in ITEMS)
    assert any(item.get("review_by_in_days", 1) < 0 for item in ITEMS)


def test_the_first_member_follows_and_mutes_topics_that_exist() -> None:
    keys = {topic["key"] for topic in TOPICS}
    assert set(COMMUNITY["follows"]) <= keys
    assert set(COMMUNITY["mutes"]) <= keys - set(COMMUNITY["follows"])


def test_library_items_name_members_and_strategies_that_exist() -> None:
    for item in ITEMS:
        assert {item["author"], item.get("reviewer", item["author"])} <= MEMBERS
        assert item["strategies"]
        assert set(item["strategies"]) <= STRATEGIES
        assert item["reading_minutes"] > 0
        assert item["days_ago"] >= 1
        ages = [version["days_ago"] for version in item.get("versions", ())]
        assert ages == sorted(ages, reverse=True), item["key"]
        assert all(1 <= age <= item["days_ago"] for age in ages)


def test_published_work_was_reviewed_by_somebody_else() -> None:
    for item in ITEMS:
        if item["status"] in ("published", "retired"):
            assert item["reviewer"] != item["author"], item["key"]


def test_files_that_are_named_exist_and_no_file_is_left_unnamed() -> None:
    named = {version["file"] for version in versions()}
    named |= {post["attachment"] for post in posts() if "attachment" in post}
    assert named == {path.name for path in FILES.iterdir()}


def test_files_are_small_and_not_empty() -> None:
    sizes = [path.stat().st_size for path in FILES.iterdir()]
    assert min(sizes) > 0
    assert sum(sizes) < MAX_FILES_BYTES


@pytest.mark.parametrize("path", sorted(FILES.glob("*.pdf")), ids=lambda path: path.name)
def test_text_can_be_extracted_from_each_pdf(path: Path) -> None:
    document = pypdfium2.PdfDocument(path)
    assert len(document[0].get_textpage().get_text_range()) > 500
    document.close()


@pytest.mark.parametrize("meeting", MEETINGS, ids=lambda meeting: meeting["key"])
def test_a_meeting_fits_its_hour_and_names_people_who_exist(meeting: Record) -> None:
    duration = read("meetings.json")["series"]["duration_minutes"]
    assert sum(item["minutes"] for item in meeting["agenda"]) == duration
    assert {item["lead"] for item in meeting["agenda"]} <= MEMBERS
    assert {action["owner"] for action in meeting["actions"]} <= MEMBERS
    assert set(meeting["attendance"]) <= MEMBERS
    assert set(meeting["attendance"].values()) <= set(meetings.ATTENDANCES)
    if meeting["number"] < 0:
        assert set(meeting["attendance"]) == MEMBERS
        assert meeting["decisions"]
        assert meeting["actions"]
        assert meeting["summary"]
        assert set(meeting.get("feedback", ())) <= MEMBERS
    else:
        assert not meeting["decisions"]
        assert not meeting["actions"]


def test_the_series_can_be_made_in_the_catalogue() -> None:
    series = read("meetings.json")["series"]
    assert series["type"] in meetings.MEETING_TYPES
    assert series["time_zone"] == meetings.TIME_ZONE
    assert TIME.fullmatch(series["local_time"])
    assert series["chair"] in MEMBERS


def test_answers_say_what_they_suit_and_differ() -> None:
    bodies = [answer["body"] for answer in ANSWERS["answers"]]
    assert len(set(bodies)) == len(bodies)
    assert {answer["suits"] for answer in ANSWERS["answers"]} == set(SUITS)
