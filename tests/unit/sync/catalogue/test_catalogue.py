"""The catalogue: numbers stay what they are, declarations hold together, values are checked."""

import pytest

from sync.catalogue import CATALOGUE
from sync.catalogue.declare import Catalogue, Field, Kind, SpaceKind, Type, problems
from sync.catalogue.discussions import POST, REACTION, TOPIC
from sync.catalogue.library import LIBRARY_ITEM
from sync.catalogue.personal import READ_MARK
from sync.core.clock import Stamp
from sync.core.merge import Merge
from sync.core.ops import ChangeSet, Delete, EditText, Op, SetFields
from tests.support.made import RECORDS, SPACES

# Given out once, for ever: a group written years ago names its fields by these. Only add to it.
NUMBERS = {
    "member": (1, "name school position about expertise offers asks career_stage identity"),
    "school": (2, "name region about"),
    "replica_key": (3, "replica member public_key issued certificate revoked renamed_from"),
    "community": (5, "name purpose domain practice commitments stage"),
    "membership": (6, "member role since ended"),
    "care_flag": (7, "target given note"),
    "topic": (
        10,
        (
            "title body activity tags pinned locked answer original_author original_moment source"
            " needed_by ended outcome"
        ),
    ),
    "post": (11, "topic parent body original_author original_moment source"),
    "reaction": (12, "target member sort given"),
    "library_item": (
        20,
        (
            "title summary type tags strategies evidence reading_minutes status reviewer"
            " review_by credit adapted_from source review_note answer_by authors year"
        ),
    ),
    "file_version": (
        21,
        ("target name media_type size_bytes content_hash chunks note patch_of patch patch_bytes"),
    ),
    "extracted_text": (22, "file text"),
    "use_report": (23, "item member school used_on text"),
    "series": (
        30,
        "title purpose first_day local_time time_zone duration_minutes recurrence type place",
    ),
    "meeting": (
        31,
        "series title starts duration_minutes time_zone place provocation status source summary",
    ),
    "agenda_item": (32, "meeting title minutes lead place_in_order"),
    "meeting_notes": (33, "meeting text"),
    "attendance": (34, "meeting who member school status"),
    "decision": (35, "meeting text place_in_order"),
    "action": (36, "meeting text owner owner_name due done place_in_order"),
    "feedback": (37, "meeting member text may_quote"),
    "read_mark": (40, "target read kept_unread"),
    "draft": (41, "place title body"),
    "followed": (42, "target level"),
}


def test_numbers_are_what_they_were_when_first_given_out() -> None:
    assert {
        kind.name: (kind.number, [(f.number, f.name) for f in kind.fields]) for kind in CATALOGUE
    } == {
        name: (number, list(enumerate(fields.split(), start=1)))
        for name, (number, fields) in NUMBERS.items()
    }


def test_every_name_that_a_declaration_mentions_exists() -> None:
    for kind in CATALOGUE:
        named = {*kind.key, *filter(None, (kind.owner, kind.title, kind.parent))}
        assert named <= kind.by_name.keys(), kind.name
        for field in kind.fields:
            assert set(field.refers_to) <= CATALOGUE.by_name.keys()
            assert (field.type is Type.CHOICE) == bool(field.choices)
            assert field.merge is not Merge.TEXT or field.type is Type.TEXT
            assert not field.required or field.merge not in (Merge.TEXT, Merge.SET, Merge.HIGH)


def test_fields_of_a_natural_key_never_change() -> None:
    for kind in CATALOGUE:
        for name in kind.key:
            assert kind.by_name[name].merge is Merge.ONCE


def test_two_kinds_or_fields_of_one_number_are_refused() -> None:
    one = Kind(1, "one", "one", SpaceKind.COMMUNITY, (Field(1, "a", Type.TEXT),))
    with pytest.raises(ValueError, match="kinds"):
        Catalogue([one, Kind(1, "two", "two", SpaceKind.COMMUNITY, ())])
    twice = (Field(1, "a", Type.TEXT), Field(1, "b", Type.TEXT))
    with pytest.raises(ValueError, match="fields"):
        Catalogue([Kind(2, "two", "two", SpaceKind.COMMUNITY, twice)])


def test_doing_the_same_thing_twice_names_the_same_record() -> None:
    def thanks(member: bytes) -> bytes:
        return REACTION.id_for(SPACES[0], RECORDS[0], member, "thanks")

    assert thanks(RECORDS[1]) == thanks(RECORDS[1])
    assert thanks(RECORDS[1]) != thanks(RECORDS[2])
    with pytest.raises(ValueError, match="key"):
        REACTION.id_for(SPACES[0], RECORDS[0])


def test_what_is_unknown_merges_by_last_writer() -> None:
    assert CATALOGUE.merge_of(9999, 1) is Merge.LAST
    assert CATALOGUE.merge_of(TOPIC.number, 9999) is Merge.LAST
    assert CATALOGUE.merge_of(TOPIC.number, 1) is Merge.HUMAN


@pytest.mark.parametrize(
    ("kind", "op"),
    [
        (TOPIC, SetFields(10, RECORDS[0], {1: "x" * 301})),
        (TOPIC, SetFields(10, RECORDS[0], {1: None})),
        (TOPIC, SetFields(10, RECORDS[0], {1: 5})),
        (TOPIC, SetFields(10, RECORDS[0], {5: 1})),
        (TOPIC, SetFields(10, RECORDS[0], {4: ["tag"]})),
        (TOPIC, SetFields(10, RECORDS[0], {9: True})),
        (TOPIC, SetFields(10, RECORDS[0], {2: "no title"})),
        (TOPIC, EditText(10, RECORDS[0], 2, b"")),
        (TOPIC, ChangeSet(10, RECORDS[0], 4, ["x" * 301], [])),
        (TOPIC, ChangeSet(10, RECORDS[0], 1, ["x"], [])),
        (POST, SetFields(11, RECORDS[0], {1: b"short", 3: "x"})),
        (LIBRARY_ITEM, SetFields(20, RECORDS[0], {1: "t", 2: "x"})),
        (LIBRARY_ITEM, SetFields(20, RECORDS[0], {1: "t", 7: 100_001})),
        (LIBRARY_ITEM, SetFields(20, RECORDS[0], {1: "t", 10: "2026-8-1"})),
        (LIBRARY_ITEM, SetFields(20, RECORDS[0], {1: "t", 10: "2026-02-30"})),
        (LIBRARY_ITEM, SetFields(20, RECORDS[0], {1: "t", 10: "2026-W01-1"})),
        (LIBRARY_ITEM, SetFields(20, RECORDS[0], {1: "t", 10: "no day: oh"})),
        (TOPIC, SetFields(10, RECORDS[0], {1: "t", 9: 1 << 62})),
        (TOPIC, SetFields(10, RECORDS[0], {1: "t", 9: -(1 << 62)})),
        (READ_MARK, SetFields(40, RECORDS[0], {1: RECORDS[1], 2: {b"r": "x"}})),
    ],
)
def test_a_wrong_value_is_told(kind: Kind, op: Op) -> None:
    assert problems(kind, op, creates=True)


@pytest.mark.parametrize(
    ("kind", "op"),
    [
        (TOPIC, SetFields(10, RECORDS[0], {1: "Wet season roads", 3: "visits", 5: True})),
        (TOPIC, SetFields(10, RECORDS[0], {1: "t", 3: "an activity of a newer program"})),
        (TOPIC, SetFields(10, RECORDS[0], {1: "t", 99: ["of a newer program"]})),
        (TOPIC, SetFields(10, RECORDS[0], {1: "t", 9: -2_208_988_800_000})),
        (LIBRARY_ITEM, SetFields(20, RECORDS[0], {1: "t", 10: "2028-02-29"})),
        (LIBRARY_ITEM, EditText(20, RECORDS[0], 2, b"\x00\x00")),
        (TOPIC, ChangeSet(10, RECORDS[0], 4, ["wet"], [("dry", [Stamp(1, RECORDS[0])])])),
        (READ_MARK, SetFields(40, RECORDS[0], {1: RECORDS[1], 2: {RECORDS[2]: 7}})),
        (TOPIC, Delete(10, RECORDS[0], Stamp(1, RECORDS[0]))),
    ],
)
def test_a_good_value_passes(kind: Kind, op: Op) -> None:
    assert problems(kind, op, creates=True) == []


def test_a_later_change_need_not_repeat_what_is_required() -> None:
    op = SetFields(10, RECORDS[0], {2: "body only"})
    assert problems(TOPIC, op, creates=False) == []
