"""A sample community of three that is made in a second or two, with something of everything."""

from pathlib import Path

import msgspec

from cop_desktop.demo.content import Answer, Community, Item, Meeting, Sample, Series, Topic

FILE = "plan.txt"
WORDS_IN_FILE = "Water the bore pump"

_COMMUNITY = {
    "name": "Small community",
    "domain": "Leading",
    "purpose": "Help each other",
    "practice": "Ask and tell",
    "commitments": ["Answer"],
    "stage": "maturing",
    "founded_days_ago": 400,
    "strategies": [{"key": "s", "title": "Community led"}],
    "schools": [{"key": "here", "name": "Here School", "region": "Top End", "about": "Small"}],
    "members": [
        {
            "key": key,
            "name": key.title(),
            "role": role,
            "position": "Principal",
            "career_stage": "experienced",
            "school": "here",
            "about": "Hello",
            "expertise": ["timetables"],
            "offers": "",
            "asks": "",
            "identity": "I listen first.",
        }
        for key, role in (("anna", "facilitator"), ("ben", "principal"), ("cleo", "principal"))
    ],
    "first_member": "ben",
    "second_member": "cleo",
    "follows": ["heat"],
}
_TOPIC = {
    "key": "heat",
    "title": "How do you plan for the heat?",
    "activity": "problem-solving",
    "author": "ben",
    "tags": ["wet season"],
    "answer": 1,
    "outcome": {"days_ago": 1, "text": "School begins at seven."},
    "posts": [
        {"author": "ben", "days_ago": 30, "time": "09:10", "body": "We start at seven."},
        {"author": "cleo", "days_ago": 29, "time": "10:20", "body": "We do too.", "reply_to": 0},
        {
            "author": "anna",
            "days_ago": 28,
            "time": "11:30",
            "body": "Here is ours.",
            "reply_to": 1,
            "attachment": FILE,
            "reactions": {"useful": ["ben", "cleo"]},
        },
        {"author": "ben", "days_ago": 9, "time": "08:00", "body": "It worked, @cleo."},
        {"author": "cleo", "days_ago": 2, "time": "08:00", "body": "Here too."},
    ],
}
_REMEMBERED = {
    "key": "remembered",
    "title": "A teacher of all of us",
    "activity": "seeking experience",
    "author": "anna",
    "tags": [],
    "care": {"by": "cleo", "note": "Somebody is remembered."},
    "posts": [{"author": "anna", "days_ago": 50, "time": "09:10", "body": "What do you recall?"}],
}
_ITEM = {
    "key": "plan",
    "title": "Heat plan",
    "summary": "One page.",
    "type": "template",
    "tags": [],
    "strategies": ["s"],
    "evidence": "experience",
    "reading_minutes": 2,
    "status": "published",
    "author": "cleo",
    "days_ago": 20,
    "reviewer": "ben",
    "authors": "Cleo Lamp",
    "versions": [{"days_ago": 20, "file": FILE}],
    "uses": [{"member": "ben", "days_ago": 5, "text": "On our wall."}],
    "thanks": ["anna"],
}
_SERIES = {
    "title": "Forum",
    "type": "forum",
    "purpose": "Talk",
    "interval_weeks": 2,
    "local_time": "17:00",
    "duration_minutes": 60,
    "time_zone": "Australia/Darwin",
    "recurrence": "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE",
    "place": "Phone",
    "chair": "anna",
}
_MEETING = {
    "key": "last",
    "number": -1,
    "title": "Heat",
    "provocation": "How hot is too hot?",
    "agenda": [{"title": "Welcome", "minutes": 5, "lead": "anna"}],
    "attendance": {"ben": "present"},
    "decisions": ["We start at seven."],
    "actions": [{"text": "Ring the bus", "owner": "ben", "due_in_days": 7, "done": False}],
    "notes": "We talked about the heat.",
    "summary": "Start early.",
    "feedback": {"cleo": {"text": "Short and good.", "may_quote": True}},
}


def small_sample(folder: Path) -> Sample:
    """The sample; its one file is written into this folder."""
    (folder / "files").mkdir(parents=True)
    (folder / "files" / FILE).write_text(WORDS_IN_FILE, encoding="utf-8")
    return Sample(
        community=msgspec.convert(_COMMUNITY, Community),
        topics=[msgspec.convert(each, Topic) for each in (_TOPIC, _REMEMBERED)],
        items=[msgspec.convert(_ITEM, Item)],
        series=msgspec.convert(_SERIES, Series),
        meetings=[msgspec.convert(_MEETING, Meeting)],
        answers=[Answer("any", "Thank you for putting that up.")],
        folder=folder,
    )
