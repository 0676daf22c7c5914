"""Members, their schools, and the keys of their replicas: the directory that every member holds."""

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
from sync.core.limits import ID_BYTES, SIGNATURE_BYTES
from sync.core.merge import Merge
from sync.core.signing import PUBLIC_KEY_BYTES

REGIONS: Final = (
    "Darwin",
    "Top End",
    "East Arnhem",
    "Big Rivers",
    "Barkly",
    "Central Australia",
    "elsewhere",
)
CAREER_STAGES: Final = ("aspiring", "beginning", "established", "experienced")

MEMBER: Final = Kind(
    number=1,
    name="member",
    noun="member",
    space=SpaceKind.DIRECTORY,
    write=WriteRule(create=Who.SERVER, change=Who.OWNER, delete=Who.SERVER),
    title="name",
    fields=(
        Field(1, "name", Type.TEXT, Merge.HUMAN, searched=Searched.TITLE, required=True),
        Field(2, "school", Type.REFERENCE, refers_to=("school",)),
        Field(3, "position", Type.TEXT, Merge.HUMAN),
        Field(4, "about", Type.TEXT, Merge.HUMAN, limit=PARAGRAPHS, searched=Searched.BODY),
        Field(5, "expertise", Type.TEXT, Merge.SET),
        Field(6, "offers", Type.TEXT, Merge.HUMAN, limit=PARAGRAPHS),
        Field(7, "asks", Type.TEXT, Merge.HUMAN, limit=PARAGRAPHS),
        Field(8, "career_stage", Type.CHOICE, choices=CAREER_STAGES),
        Field(9, "identity", Type.TEXT, Merge.HUMAN, limit=PARAGRAPHS, searched=Searched.BODY),
    ),
)
"""`identity`: who somebody is as a leader, in their own words."""

SCHOOL: Final = Kind(
    number=2,
    name="school",
    noun="school",
    space=SpaceKind.DIRECTORY,
    write=WriteRule(change=Who.ANYONE),
    title="name",
    fields=(
        Field(1, "name", Type.TEXT, Merge.HUMAN, searched=Searched.TITLE, required=True),
        Field(2, "region", Type.CHOICE, choices=REGIONS),
        Field(3, "about", Type.TEXT, Merge.HUMAN, limit=PARAGRAPHS, searched=Searched.BODY),
    ),
)

REPLICA_KEY: Final = Kind(
    number=3,
    name="replica_key",
    noun="computer",
    space=SpaceKind.DIRECTORY,
    write=WriteRule(create=Who.SERVER, change=Who.SERVER, delete=Who.SERVER),
    key=("replica",),
    owner="member",
    fields=(
        Field(1, "replica", Type.BYTES, Merge.ONCE, limit=ID_BYTES, required=True),
        Field(2, "member", Type.REFERENCE, Merge.ONCE, refers_to=("member",), required=True),
        Field(3, "public_key", Type.BYTES, Merge.ONCE, limit=PUBLIC_KEY_BYTES, required=True),
        Field(4, "issued", Type.MOMENT, Merge.ONCE, required=True),
        Field(5, "certificate", Type.BYTES, Merge.ONCE, limit=SIGNATURE_BYTES, required=True),
        Field(6, "revoked", Type.MOMENT),
        Field(7, "renamed_from", Type.BYTES, Merge.ONCE, limit=ID_BYTES),
    ),
)

KINDS: Final = (MEMBER, SCHOOL, REPLICA_KEY)
