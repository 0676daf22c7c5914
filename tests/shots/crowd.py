"""Very much of all: what is in the house in which lists are long and names as well."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from cop_desktop.services.discussions import Discussions, NewTopic, TopicEdit
from cop_desktop.store import Action, Replica
from sync.catalogue.library import EVIDENCE, ITEM_TYPES
from sync.catalogue.people import REGIONS
from sync.core.ids import Id
from tests.support.replicas import COMMUNITY, DIRECTORY
from tests.support.village import Village

_TOPICS, _REPLIES, _AT_ONCE = 1_000, 1_000, 40
_SCHOOLS, _MEMBERS, _ITEMS, _MEETINGS = 120, 150, 400, 90
_OF_ONE_MEETING, _USES, _WAITING, _TRASHED = 30, 60, 120, 40
_WORDS = ("attendance", "wet season", "bus route with Elders", "breakfast", "housing for teachers")
_LONG = (
    "Everything that we know by now about the years in which children go away to school and "
    "come home again: a guide for schools, families, health services and whoever drives the bus"
)
_NAME = "Maria-Theresia Wilhelmina Nampijinpa Papadopoulos-Featherstonehaugh"
_SCHOOL = "Ngukurr-Numbulwar-Umbakumba Homelands Community Education Centre and Boarding House"
_MARKDOWN = f"## What we heard\n\n- {_LONG}\n- water\n\n> Who has costed it?\n\n" * 12


def crowd(village: Village) -> None:
    """Everybody has written for years; Anna has long had no connection."""
    _people(village.ben)
    _topics(village.ben)
    _items(village.ben)
    _meetings(village.ben)
    village.meet()
    _tear(village)
    _unsent(village.anna)


def _tags(number: int) -> list[str]:
    return [f"{_WORDS[(number + n) % len(_WORDS)]} {number % 12}" for n in range(number % 6)]


def _member(number: int) -> Id:
    return (number + 1).to_bytes(16, "big")


def _write(replica: Replica, count: int, write: Callable[[Action, int], object]) -> None:
    """Write that many, in groups that are not too large."""
    for start in range(0, count, _AT_ONCE):
        with replica.write() as action:
            for number in range(start, min(start + _AT_ONCE, count)):
                write(action, number)


def _people(replica: Replica) -> None:
    schools: list[Id] = []

    def school(action: Action, number: int) -> None:
        name = f"{_WORDS[number % 5].title()} School {number}" if number else _SCHOOL
        region = REGIONS[number % len(REGIONS)]
        fields = {"name": name, "region": region, "about": _LONG}
        schools.append(action.create("school", DIRECTORY, fields))

    def member(action: Action, number: int) -> None:
        fields = {
            "name": f"{_WORDS[number % 5].title()} Person {number}" if number else _NAME,
            "school": schools[number % 40],
            "position": "Principal" if number % 3 else _LONG[:120],
            "about": _LONG,
            "expertise": _tags(number + 3) if number else [f"{w} {_LONG}" for w in _WORDS],
            "offers": _LONG,
            "asks": "breakfast and attendance",
        }
        who = action.create("member", DIRECTORY, fields, record=_member(number))
        joined = {"member": who, "role": "member", "since": 0}
        action.create("membership", COMMUNITY, joined)

    _write(replica, _SCHOOLS, school)
    _write(replica, _MEMBERS, member)


def _topics(replica: Replica) -> None:
    topics: list[Id] = []
    posts: list[Id] = []

    def topic(action: Action, number: int) -> None:
        title = f"{number}: {_WORDS[number % 5] if number % 10 else _LONG}"
        body = f"What do you do about **{title}** when there is no water? " * 6
        fields = {"title": title, "body": body, "tags": _tags(number)}
        topics.append(action.create("topic", COMMUNITY, fields))

    def reply(action: Action, number: int) -> None:
        body = f"Reply {number}: we tried the {_WORDS[number % 5]} thing.\n\n" * 3
        parent = posts[-1] if number % 9 else None
        fields = {"topic": topics[-1], "body": body, "parent": parent}
        posts.append(action.create("post", COMMUNITY, fields))

    _write(replica, _TOPICS, topic)
    _write(replica, _REPLIES, reply)


def _items(replica: Replica) -> None:
    items: list[Id] = []

    def item(action: Action, number: int) -> None:
        fields = {
            "title": f"{number}: {_WORDS[number % 5]}" if number % 20 else _LONG,
            "summary": _LONG if number % 20 else _MARKDOWN,
            "type": ITEM_TYPES[number % len(ITEM_TYPES)],
            "tags": _tags(number + 5),
            "strategies": _tags(number + 2),
            "evidence": EVIDENCE[number % len(EVIDENCE)],
            "status": ("published", "draft", "submitted", "retired")[number % 4],
            "reading_minutes": number,
            "credit": _LONG,
            "authors": f"{_NAME}; Anna; Ben",
        }
        items.append(action.create("library_item", COMMUNITY, fields))

    def use(action: Action, number: int) -> None:
        by = {"item": items[0], "member": _member(number), "used_on": "2026-08-12"}
        action.create("use_report", COMMUNITY, {**by, "text": _LONG})

    _write(replica, _ITEMS, item)
    _write(replica, _USES, use)


def _meetings(replica: Replica) -> None:
    now = datetime.now(UTC).replace(hour=7, minute=30, second=0, microsecond=0)
    talkative: list[Id] = []

    def meeting(action: Action, number: int) -> None:
        starts = now + timedelta(days=number // 3 - 15, hours=number % 3)
        fields = {
            "title": f"{_WORDS[number % 5].title()} forum" if number % 11 else _LONG,
            "starts": round(starts.timestamp() * 1000),
            "duration_minutes": 60,
            "place": "by link" if number % 11 else _LONG,
            "provocation": _LONG,
            "status": "planned" if starts > now - timedelta(days=1) else "held",
        }
        record = action.create("meeting", COMMUNITY, fields)
        if number % 11 == 0:
            talkative.append(record)

    _write(replica, _MEETINGS, meeting)
    for record in talkative:
        _write(replica, _OF_ONE_MEETING, partial(_part, record))
        _write(replica, _MEMBERS, partial(_attendance, record))


def _part(meeting: Id, action: Action, number: int) -> None:
    """What was talked about."""
    text = f"{number}: {_WORDS[number % 5]}" if number % 4 else _LONG
    order = {"meeting": meeting, "place_in_order": number << 16}
    action.create("agenda_item", COMMUNITY, {"title": text, "minutes": 5, "lead": _NAME, **order})
    action.create("decision", COMMUNITY, {"text": text, **order})
    done = {"text": text, "owner_name": _NAME, "due": "2026-10-01", "done": not number % 3}
    action.create("action", COMMUNITY, {**done, **order})
    if number == 0:
        action.create("meeting_notes", COMMUNITY, {"meeting": meeting, "text": _MARKDOWN})


def _attendance(meeting: Id, action: Action, number: int) -> None:
    status = ("present", "apology", "absent")[number % 3]
    who = {"who": _member(number).hex(), "member": _member(number), "status": status}
    action.create("attendance", COMMUNITY, {"meeting": meeting, **who})


def _tear(village: Village) -> None:
    """One topic is changed by two people at once."""
    anna, ben = Discussions(village.anna), Discussions(village.ben)
    before = "We walk the route on Monday.\n\nBreakfast is at 7:30."
    topic = ben.start_topic(COMMUNITY, NewTopic("Bus route", before)).id
    village.meet()
    anna.edit_topic(
        topic, TopicEdit(title="The bus route", body=before.replace("the", "the whole"))
    )
    ben.edit_topic(topic, TopicEdit(title="Bus routes", body=before.replace("Monday", "Tuesday")))
    village.meet()


def _unsent(replica: Replica) -> None:
    """What Anna wrote and threw away since the last contact."""
    discussions = Discussions(replica)
    for number in range(_WAITING):
        title = _LONG if number % 10 == 0 else f"From the road, {number}"
        topic = discussions.start_topic(COMMUNITY, NewTopic(title, _LONG)).id
        if number < _TRASHED:
            discussions.move_to_trash(topic)
