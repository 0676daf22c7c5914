"""Pages with much in them: what they carry is cheap, and comes back exactly."""

import random

import pytest

from sync.core import packing
from sync.core.errors import Malformed
from sync.core.group import Group, group_hash
from sync.core.ids import NO_HASH, Id, created_id
from sync.core.ops import SetFields
from sync.core.packing import NO_DICTIONARY, Known, PageGroup, pack, unpack
from sync.core.page_reader import PageReader
from sync.core.page_writer import PageWriter
from tests.support.made import MEMBERS, REPLICAS, SPACES


def nothing(_space: Id, _replica: Id, _seq: int) -> Known | None:
    return None


def threads(count: int, replies: int, body_length: int = 20) -> list[PageGroup]:
    """Topics with replies that name them."""
    dice, prev, found = random.Random(1), NO_HASH, []
    topic = b""
    for seq in range(1, count * (replies + 1) + 1):
        group = Group(SPACES[0], REPLICAS[0], seq, prev, MEMBERS[0], seq << 20, seq, 0, ())
        made = created_id(group.maker, 0)
        body = "".join(dice.choices("abcdefgh ", k=body_length))
        if seq % (replies + 1) == 1:
            topic, op = made, SetFields(10, made, {1: body})
        else:
            op = SetFields(11, made, {1: topic, 3: body})
        whole = Group(**{**vars(group), "ops": (op,)})
        prev = group_hash(whole.raw)
        found.append(PageGroup(SPACES[0], REPLICAS[0], seq, whole.raw, seq, 0))
    return found


def test_what_names_a_record_made_in_the_same_page_does_not_repeat_its_id() -> None:
    sent = threads(count=50, replies=3)
    ids = PageWriter(nothing).written(sent).ids
    assert len(ids) == 3 * 16  # space, replica, author
    assert unpack(pack(sent, nothing), nothing) == sent


def test_a_record_made_in_the_page_can_be_written_to_again_in_it() -> None:
    first = threads(count=1, replies=0)[0]
    assert first.raw is not None
    made = created_id(
        Group(SPACES[0], REPLICAS[0], 1, NO_HASH, MEMBERS[0], 1 << 20, 1, 0, ()).maker, 0
    )
    op = SetFields(10, made, {1: "again"})
    again = Group(
        SPACES[0], REPLICAS[0], 2, group_hash(first.raw), MEMBERS[0], 2 << 20, 2, 0, (op,)
    )
    sent = [first, PageGroup(SPACES[0], REPLICAS[0], 2, again.raw, 2, 0)]
    assert len(PageWriter(nothing).written(sent).ids) == 3 * 16
    assert unpack(pack(sent, nothing), nothing) == sent


def test_the_id_of_a_record_that_a_later_operation_makes_is_given() -> None:
    sent = threads(count=1, replies=1)
    topic, reply = sent
    swapped = [reply, topic]  # newest first across two chains can bring children before parents
    assert unpack(pack(swapped, nothing), nothing) == [reply, topic]


@pytest.mark.parametrize("place", [-3, -1_000])
def test_a_place_of_an_operation_that_made_nothing_is_malformed(place: int) -> None:
    columns = PageWriter(nothing).written(threads(count=1, replies=1))
    column = next(c for c in columns.values if (c.kind, c.field) == (11, 1))
    column.values[0] = place
    with pytest.raises(Malformed):
        PageReader(columns, nothing).groups()


def test_a_large_page_goes_without_the_dictionary_and_is_smaller_so() -> None:
    sent = threads(count=10, replies=99, body_length=800)
    page = pack(sent, nothing)
    assert page[1] == NO_DICTIONARY
    assert pack(sent[:5], nothing)[1] == packing.DICTIONARY
    assert unpack(page, nothing) == sent
