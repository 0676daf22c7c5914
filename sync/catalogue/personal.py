"""What a member keeps on all their computers: what was read, what is being written."""

from typing import Final

from sync.catalogue.declare import PARAGRAPHS, Field, Kind, SpaceKind, Type, Who, WriteRule
from sync.core.merge import Merge

LEVELS: Final = ("follow", "usual", "mute")
_OWN: Final = WriteRule(change=Who.ANYONE, delete=Who.ANYONE)

READ_MARK: Final = Kind(
    number=40,
    name="read_mark",
    noun="read mark",
    space=SpaceKind.PERSONAL,
    write=_OWN,
    key=("target",),
    parent="target",
    fields=(
        Field(1, "target", Type.REFERENCE, Merge.ONCE, required=True),
        Field(2, "read", Type.NUMBER, Merge.HIGH),
        Field(3, "kept_unread", Type.FLAG),
    ),
)
"""`read` maps a replica's id to the highest `seq` of its groups that was read here: unlike a time
or a server position it stays right for what arrives late, and across epochs."""

DRAFT: Final = Kind(
    number=41,
    name="draft",
    noun="draft",
    space=SpaceKind.PERSONAL,
    write=_OWN,
    key=("place",),
    title="title",
    fields=(
        Field(1, "place", Type.TEXT, Merge.ONCE, required=True),
        Field(2, "title", Type.TEXT, Merge.HUMAN),
        Field(3, "body", Type.TEXT, Merge.HUMAN, limit=PARAGRAPHS),
    ),
)
"""`place` says what is being written: 'reply:' or 'topic:' and an id in text form."""

FOLLOWED: Final = Kind(
    number=42,
    name="followed",
    noun="choice to follow",
    space=SpaceKind.PERSONAL,
    write=_OWN,
    key=("target",),
    parent="target",
    fields=(
        Field(1, "target", Type.REFERENCE, Merge.ONCE, required=True),
        Field(2, "level", Type.CHOICE, choices=LEVELS, required=True),
    ),
)
"""How much somebody wants to hear of a record, such as a topic; without one: as usual."""

KINDS: Final = (READ_MARK, DRAFT, FOLLOWED)
