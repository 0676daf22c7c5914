"""The catalogue of today, and one of a newer program: a kind more, fields of every rule more."""

from dataclasses import replace

import pytest

from sync.catalogue import CATALOGUE
from sync.catalogue.declare import Catalogue, Field, Kind, SpaceKind, Type
from sync.catalogue.discussions import TOPIC
from sync.core.merge import Merge

SONG = Kind(
    number=777,
    name="song",
    noun="song",
    space=SpaceKind.COMMUNITY,
    title="words",
    fields=(
        Field(1, "words", Type.TEXT, Merge.HUMAN, required=True),
        Field(2, "keys", Type.TEXT, Merge.SET),
        Field(3, "score", Type.TEXT, Merge.TEXT, limit=4_000),
        Field(4, "topic", Type.REFERENCE, refers_to=("topic",)),
    ),
)
_MORE_OF_TOPICS = (
    Field(900, "mood", Type.CHOICE, choices=("calm", "stormy")),
    Field(901, "subtitle", Type.TEXT, Merge.HUMAN),
    Field(902, "labels", Type.TEXT, Merge.SET),
    Field(903, "story", Type.TEXT, Merge.TEXT, limit=4_000),
    Field(904, "heard", Type.NUMBER, Merge.HIGH, limit=1 << 40),
    Field(905, "origin", Type.TEXT, Merge.ONCE),
)
OLDER = Catalogue(CATALOGUE)
NEWER = Catalogue(
    [
        *(kind for kind in CATALOGUE if kind is not TOPIC),
        replace(TOPIC, fields=(*TOPIC.fields, *_MORE_OF_TOPICS)),
        SONG,
    ]
)


def let_the_server_know(newer: Catalogue, patch: pytest.MonkeyPatch) -> None:
    """From here on servers of this process are of the program with that catalogue."""
    for part in ("_kinds", "by_name", "by_number"):
        patch.setattr(CATALOGUE, part, getattr(newer, part))
