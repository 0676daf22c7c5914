"""Discussions: topics, the posts under them, and reactions to either."""

from typing import Final

from sync.catalogue.declare import (
    PARAGRAPHS,
    Field,
    Kind,
    Searched,
    SpaceKind,
    Type,
    Who,
    WriteRule,
)
from sync.core.merge import Merge

ACTIVITIES: Final = (
    "request for information",
    "problem-solving",
    "seeking experience",
    "sharing assets",
    "coordinating strategy",
    "developing confidence",
    "discussing developments",
    "mapping knowledge",
    "visits",
)
REACTIONS: Final = ("thanks", "useful")

TOPIC: Final = Kind(
    number=10,
    name="topic",
    noun="topic",
    space=SpaceKind.COMMUNITY,
    title="title",
    fields=(
        Field(1, "title", Type.TEXT, Merge.HUMAN, searched=Searched.TITLE, required=True),
        Field(2, "body", Type.TEXT, Merge.HUMAN, limit=PARAGRAPHS, searched=Searched.BODY),
        Field(3, "activity", Type.CHOICE, choices=ACTIVITIES),
        Field(4, "tags", Type.TEXT, Merge.SET),
        Field(5, "pinned", Type.FLAG),
        Field(6, "locked", Type.FLAG),
        Field(7, "answer", Type.REFERENCE, refers_to=("post",)),
        Field(8, "original_author", Type.TEXT, Merge.ONCE),
        Field(9, "original_moment", Type.MOMENT, Merge.ONCE),
        Field(10, "source", Type.TEXT, Merge.ONCE),
        Field(11, "needed_by", Type.DAY),
        Field(12, "ended", Type.FLAG),
        Field(13, "outcome", Type.TEXT, Merge.HUMAN, limit=PARAGRAPHS, searched=Searched.BODY),
    ),
)
"""The `original_…` fields and `source` are for material brought in from elsewhere. `ended`: what
the topic was for is done, and `outcome` says what came of it."""

POST: Final = Kind(
    number=11,
    name="post",
    noun="reply",
    space=SpaceKind.COMMUNITY,
    parent="topic",
    fields=(
        Field(1, "topic", Type.REFERENCE, Merge.ONCE, refers_to=("topic",), required=True),
        Field(2, "parent", Type.REFERENCE, Merge.ONCE, refers_to=("post",)),
        Field(
            3,
            "body",
            Type.TEXT,
            Merge.HUMAN,
            limit=PARAGRAPHS,
            searched=Searched.BODY,
            required=True,
        ),
        Field(4, "original_author", Type.TEXT, Merge.ONCE),
        Field(5, "original_moment", Type.MOMENT, Merge.ONCE),
        Field(6, "source", Type.TEXT, Merge.ONCE),
    ),
)

REACTION: Final = Kind(
    number=12,
    name="reaction",
    noun="reaction",
    space=SpaceKind.COMMUNITY,
    write=WriteRule(create=Who.OWNER, change=Who.OWNER, delete=Who.OWNER),
    key=("target", "member", "sort"),
    owner="member",
    parent="target",
    fields=(
        Field(
            1,
            "target",
            Type.REFERENCE,
            Merge.ONCE,
            refers_to=("post", "topic", "library_item", "use_report"),
            required=True,
        ),
        Field(2, "member", Type.REFERENCE, Merge.ONCE, refers_to=("member",), required=True),
        Field(3, "sort", Type.CHOICE, Merge.ONCE, choices=REACTIONS, required=True),
        Field(4, "given", Type.FLAG, required=True),
    ),
)

KINDS: Final = (TOPIC, POST, REACTION)
