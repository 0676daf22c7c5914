"""Communities, and who belongs to them."""

from typing import Final

from sync.catalogue.declare import (
    PARAGRAPHS,
    Field,
    Kind,
    Role,
    Searched,
    SpaceKind,
    Type,
    Who,
    WriteRule,
)
from sync.core.ids import Id, natural_id
from sync.core.merge import Merge

STAGES: Final = ("potential", "coalescing", "maturing", "stewardship", "transformation")

COMMUNITY: Final = Kind(
    number=5,
    name="community",
    noun="community",
    space=SpaceKind.DIRECTORY,
    write=WriteRule(create=Who.SERVER, change=Who.FACILITATOR, delete=Who.SERVER),
    title="name",
    fields=(
        Field(1, "name", Type.TEXT, Merge.HUMAN, searched=Searched.TITLE, required=True),
        Field(2, "purpose", Type.TEXT, Merge.HUMAN, limit=PARAGRAPHS, searched=Searched.BODY),
        Field(3, "domain", Type.TEXT, Merge.HUMAN, limit=PARAGRAPHS),
        Field(4, "practice", Type.TEXT, Merge.HUMAN, limit=PARAGRAPHS),
        Field(5, "commitments", Type.TEXT, Merge.HUMAN, limit=PARAGRAPHS),
        Field(6, "stage", Type.CHOICE, choices=STAGES),
    ),
)
"""Its record id is the id of the community's space."""

MEMBERSHIP: Final = Kind(
    number=6,
    name="membership",
    noun="membership",
    space=SpaceKind.COMMUNITY,
    write=WriteRule(create=Who.SERVER, change=Who.SERVER, delete=Who.SERVER),
    key=("member",),
    owner="member",
    fields=(
        Field(1, "member", Type.REFERENCE, Merge.ONCE, refers_to=("member",), required=True),
        Field(2, "role", Type.CHOICE, choices=tuple(Role), required=True),
        Field(3, "since", Type.MOMENT, Merge.ONCE, required=True),
        Field(4, "ended", Type.MOMENT),
    ),
)

CARE_FLAG: Final = Kind(
    number=7,
    name="care_flag",
    noun="care flag",
    space=SpaceKind.COMMUNITY,
    write=WriteRule(change=Who.ANYONE, delete=Who.FACILITATOR),
    key=("target",),
    parent="target",
    fields=(
        Field(1, "target", Type.REFERENCE, Merge.ONCE, required=True),
        Field(2, "given", Type.FLAG, required=True),
        Field(3, "note", Type.TEXT, Merge.HUMAN),
    ),
)
"""`target` has the name, voice or image of somebody who has died: ask before showing it."""


def texts_space(community: Id) -> Id:
    """The space that carries the extracted texts of a community's files."""
    return natural_id(COMMUNITY.number, community, SpaceKind.TEXTS)


def personal_space(member: Id) -> Id:
    """The space that only this member's replicas hold."""
    return natural_id(COMMUNITY.number, member, SpaceKind.PERSONAL)


KINDS: Final = (COMMUNITY, MEMBERSHIP, CARE_FLAG)
