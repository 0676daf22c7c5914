"""Who may write what, rule by rule."""

import random

import msgspec
import pytest

from sync.catalogue import CATALOGUE
from sync.catalogue.communities import COMMUNITY, MEMBERSHIP, texts_space
from sync.catalogue.declare import Role
from sync.catalogue.people import MEMBER, REPLICA_KEY
from sync.core.clock import Stamp
from sync.core.exchange import Outcome
from sync.core.ids import NO_ID, Id, Maker, created_id, random_id
from sync.core.ops import ChangeSet, Delete, EditText, Restore, SetFields, UnknownOp
from sync.server.checking import check
from sync.server.reasons import Reason
from tests.server.conftest import COMMUNITY as NAME
from tests.server.conftest import Town
from tests.support.replica_model import ModelReplica, direct
from tests.support.server_records import (
    MakeOps,
    change,
    delete,
    exactly,
    new,
    setting,
    topic,
)

KEPT = ""


def said(town: Town, replica: ModelReplica, space: Id, make: MakeOps) -> str:
    """The reason for which the server refuses that write, KEPT if it does not."""
    group = replica.write(space, make)
    reply = replica.sync(direct(town.site), budget_bytes=0)
    result = reply.results[-1]
    assert result.outcome in (Outcome.KEPT, Outcome.REFUSED), result
    assert (group.space, group.seq) in replica.refused or not result.reason
    return result.reason


def made_record(replica: ModelReplica, space: Id) -> Id:
    """The record that the replica's latest group in the space made."""
    return replica.written[space][-1].ops[0].record  # type: ignore[union-attr]


def test_only_members_write_into_a_community(town: Town) -> None:
    town.site.accounts.create_community("Elsewhere")
    eve = town.join("Eve", None, "Elsewhere")
    groups = check(town.site).groups
    for space in (town.community, texts_space(town.community)):
        eve.write(space, topic())
        (result,) = eve.push(eve.written[space], direct(town.site))
        assert result.outcome is Outcome.GAP, "a membership may have been lost with a backup's past"
    assert check(town.site).groups == groups


def test_a_membership_that_ended_lets_nobody_write_until_it_is_renewed(town: Town) -> None:
    ann = town.join("Ann")
    assert said(town, ann, town.community, topic()) == KEPT
    town.site.accounts.end_membership(ann.member, town.community)
    assert said(town, ann, town.community, topic()) == Reason.NO_ACCESS
    town.join("Ann")
    assert said(town, ann, town.community, topic()) == KEPT


def test_a_refusal_waits_for_what_proves_it(town: Town) -> None:
    ann = town.join("Ann")
    town.site.accounts.end_membership(ann.member, town.community)
    first = ann.write(town.community, topic())
    last = ann.write(town.community, topic(), seen=1_000)  # of a server's later, lost past
    said = [result.outcome for result in ann.push([first, last], direct(town.site))]
    assert said == [Outcome.GAP] * 2
    assert check(town.site).findings == []
    assert [result.outcome for result in ann.push([first], direct(town.site))] == [Outcome.REFUSED]
    assert check(town.site).findings == []


def test_nobody_writes_into_the_space_of_another_member(town: Town) -> None:
    ann, ben = town.join("Ann"), town.join("Ben")
    draft = new("draft", place="topic:new", body="Roads")
    keyed = CATALOGUE.by_name["draft"]

    def make(_maker: Maker, space: Id = ann.joined.personal) -> list[SetFields]:
        return [setting("draft", keyed.id_for(space, "topic:new"), place="topic:new", body="Roads")]

    assert said(town, ben, ann.joined.personal, make) == Reason.NO_ACCESS
    assert said(town, ann, ann.joined.personal, make) == KEPT
    assert said(town, ann, ann.joined.personal, draft) == Reason.WRONG_ID


def test_only_the_creator_or_a_facilitator_changes_and_deletes_a_topic(town: Town) -> None:
    ann, ben, fay = town.join("Ann"), town.join("Ben"), town.join("Fay", Role.FACILITATOR)
    assert said(town, ann, town.community, topic()) == KEPT
    record = made_record(ann, town.community)
    renamed = change("topic", record, title="Roads")
    assert said(town, ben, town.community, renamed) == Reason.NOT_CREATOR
    assert said(town, ben, town.community, delete("topic", record)) == Reason.NOT_CREATOR
    restore = exactly(Restore(CATALOGUE.by_name["topic"].number, record))
    assert said(town, ben, town.community, restore) == Reason.NOT_CREATOR
    for maker in (ann, fay):
        assert said(town, maker, town.community, renamed) == KEPT
        assert said(town, maker, town.community, delete("topic", record)) == KEPT
        assert said(town, maker, town.community, restore) == KEPT


def test_a_facilitator_of_one_community_is_a_member_like_others_in_the_next(town: Town) -> None:
    town.site.accounts.create_community("Elsewhere")
    fay = town.join("Fay", Role.FACILITATOR, "Elsewhere")
    town.join("Fay")
    ann = town.join("Ann")
    said(town, ann, town.community, topic())
    renamed = change("topic", made_record(ann, town.community), title="Roads")
    assert said(town, fay, town.community, renamed) == Reason.NOT_CREATOR


def test_a_second_computer_of_the_creator_may_change_what_the_first_made(town: Town) -> None:
    ann, again = town.join("Ann"), town.join("Ann")
    assert ann.member == again.member
    said(town, ann, town.community, topic())
    renamed = change("topic", made_record(ann, town.community), title="Roads")
    assert said(town, again, town.community, renamed) == KEPT


def test_everybody_changes_what_is_shared(town: Town) -> None:
    ann, ben = town.join("Ann"), town.join("Ben")
    said(town, ann, town.community, new("library_item", title="Guide"))
    record = made_record(ann, town.community)
    assert said(town, ben, town.community, change("library_item", record, title="A guide")) == KEPT
    tags = ChangeSet(CATALOGUE.by_name["library_item"].number, record, 4, ["roads"], [])
    assert said(town, ben, town.community, exactly(tags)) == KEPT
    assert said(town, ben, town.community, delete("library_item", record)) == Reason.NOT_CREATOR


def reaction(community: Id, target: Id, member: Id, **values: bool) -> MakeOps:
    record = CATALOGUE.by_name["reaction"].id_for(community, target, member, "thanks")
    fields = {"target": target, "member": member, "sort": "thanks"}
    return change("reaction", record, **fields, **values)


def test_a_reaction_belongs_to_the_member_it_names(town: Town) -> None:
    ann, ben = town.join("Ann"), town.join("Ben")
    said(town, ann, town.community, topic())
    target = made_record(ann, town.community)
    anns = reaction(town.community, target, ann.member, given=True)
    assert said(town, ben, town.community, anns) == Reason.NOT_OWNER
    assert said(town, ann, town.community, anns) == KEPT
    record = CATALOGUE.by_name["reaction"].id_for(town.community, target, ann.member, "thanks")
    taken_back = change("reaction", record, given=False)
    assert said(town, ben, town.community, taken_back) == Reason.NOT_OWNER
    assert said(town, ben, town.community, delete("reaction", record)) == Reason.NOT_OWNER
    assert said(town, ann, town.community, taken_back) == KEPT
    stolen = change("reaction", record, member=ben.member)
    assert said(town, ben, town.community, stolen) == Reason.WRONG_ID


def test_a_record_with_a_natural_key_has_the_id_of_that_key(town: Town) -> None:
    ann = town.join("Ann")
    target, other = random_id(random.randbytes), random_id(random.randbytes)
    record = CATALOGUE.by_name["reaction"].id_for(town.community, target, ann.member, "useful")
    values = {"target": other, "member": ann.member, "sort": "useful", "given": True}
    squatting = change("reaction", record, **values)
    assert said(town, ann, town.community, squatting) == Reason.WRONG_ID


def test_a_record_with_a_natural_key_may_be_made_by_two_apart(town: Town) -> None:
    ann, ben = town.join("Ann"), town.join("Ben")
    file = random_id(random.randbytes)
    texts = texts_space(town.community)
    record = CATALOGUE.by_name["extracted_text"].id_for(texts, file)
    make = change("extracted_text", record, file=file, text="Chlorine is checked on Mondays.")
    assert said(town, ann, texts, make) == KEPT
    assert said(town, ben, texts, make) == KEPT
    partly = change("extracted_text", record, text="Never.")
    assert said(town, ben, texts, partly) == Reason.NOT_CREATOR


def test_members_write_their_own_profile_and_no_others(town: Town) -> None:
    ann, ben = town.join("Ann"), town.join("Ben")
    directory = ann.joined.directory
    about = change("member", ann.member, about="Teaching principal")
    assert said(town, ann, directory, about) == KEPT
    assert said(town, ben, directory, about) == Reason.NOT_OWNER
    assert said(town, ann, directory, new("member", name="Nobody")) == Reason.SERVER_ONLY
    assert said(town, ann, directory, delete("member", ann.member)) == Reason.SERVER_ONLY


def test_only_its_facilitators_change_what_a_community_is(town: Town) -> None:
    ann, fay = town.join("Ann"), town.join("Fay", Role.FACILITATOR)
    directory = ann.joined.directory
    purpose = change("community", town.community, purpose="Roads")
    assert said(town, ann, directory, purpose) == Reason.NOT_FACILITATOR
    assert said(town, fay, directory, purpose) == KEPT
    made = new("community", name="Mine")
    assert said(town, fay, directory, made) == Reason.SERVER_ONLY
    assert said(town, fay, directory, delete("community", town.community)) == Reason.SERVER_ONLY


def test_memberships_and_keys_are_the_servers_alone(town: Town) -> None:
    ann = town.join("Ann", Role.FACILITATOR)
    membership = MEMBERSHIP.id_for(town.community, ann.member)
    promoted = change("membership", membership, role="facilitator")
    assert said(town, ann, town.community, promoted) == Reason.SERVER_ONLY
    eve = random_id(random.randbytes)
    values = {"member": eve, "role": "member", "since": 1}
    admitted = change("membership", MEMBERSHIP.id_for(town.community, eve), **values)
    assert said(town, ann, town.community, admitted) == Reason.SERVER_ONLY
    key = REPLICA_KEY.id_for(ann.joined.directory, ann.id)
    again = change("replica_key", key, public_key=bytes(32))
    assert said(town, ann, ann.joined.directory, again) == Reason.SERVER_ONLY


def test_kinds_stay_in_spaces_of_their_sort(town: Town) -> None:
    ann = town.join("Ann")
    assert said(town, ann, ann.joined.directory, topic()) == Reason.WRONG_SPACE
    assert said(town, ann, ann.joined.personal, topic()) == Reason.WRONG_SPACE
    assert said(town, ann, texts_space(town.community), topic()) == Reason.WRONG_SPACE
    assert said(town, ann, town.community, new("school", name="Yuendumu")) == Reason.WRONG_SPACE
    assert said(town, ann, ann.joined.directory, new("school", name="Yuendumu")) == KEPT


@pytest.mark.parametrize(
    "make",
    [
        new("topic", body="No title"),
        new("topic", title=7),
        new("topic", title=None),
        new("topic", title="x" * 301),
        new("topic", title="Tags cannot be set", tags="roads"),
        exactly(EditText(10, bytes(15) + b"1", 1, b"")),
    ],
)
def test_what_breaks_its_declaration_is_refused(town: Town, make: MakeOps) -> None:
    ann = town.join("Ann")
    assert said(town, ann, town.community, make) in {Reason.INVALID, Reason.UNKNOWN_RECORD}


def test_a_required_field_cannot_be_emptied_later(town: Town) -> None:
    ann = town.join("Ann")
    said(town, ann, town.community, topic())
    record = made_record(ann, town.community)
    assert said(town, ann, town.community, change("topic", record, title=None)) == Reason.INVALID
    wrong = EditText(10, record, 1, b"")
    assert said(town, ann, town.community, exactly(wrong)) == Reason.INVALID


def test_changing_or_deleting_what_was_never_made_is_refused(town: Town) -> None:
    ann = town.join("Ann")
    nothing = random_id(random.randbytes)
    number = CATALOGUE.by_name["library_item"].number
    for op in (
        Delete(number, nothing, Stamp(1, NO_ID)),
        Restore(number, nothing),
        ChangeSet(number, nothing, 4, ["roads"], []),
        EditText(number, nothing, 2, b"\x00\x00"),
    ):
        assert said(town, ann, town.community, exactly(op)) == Reason.UNKNOWN_RECORD
    partly = change("library_item", nothing, summary=None)
    assert said(town, ann, town.community, partly) == Reason.INVALID


def test_a_record_keeps_its_kind(town: Town) -> None:
    ann = town.join("Ann")
    said(town, ann, town.community, topic())
    record = made_record(ann, town.community)
    as_item = change("library_item", record, title="Roads")
    assert said(town, ann, town.community, as_item) == Reason.WRONG_KIND
    assert said(town, ann, town.community, exactly(SetFields(9999, record, {1: 1}))) == (
        Reason.WRONG_KIND
    )


def test_a_group_is_taken_whole_or_not_at_all(town: Town) -> None:
    ann, ben = town.join("Ann"), town.join("Ben")
    said(town, ben, town.community, topic("Ben's"))
    bens = made_record(ben, town.community)

    def half_right(maker: Maker) -> list[SetFields]:
        good = setting("topic", created_id(maker, 0), title="Ann's")
        return [good, setting("topic", bens, title="Taken over")]

    assert said(town, ann, town.community, half_right) == Reason.NOT_CREATOR
    anns = made_record(ann, town.community)
    renamed = change("topic", anns, title="There?", body="")
    assert said(town, ben, town.community, delete("topic", anns)) == Reason.UNKNOWN_RECORD
    assert said(town, ann, town.community, renamed) == KEPT  # made now, not then


def test_records_made_within_a_group_can_be_changed_by_it(town: Town) -> None:
    ann = town.join("Ann")

    def make(maker: Maker) -> list[object]:
        record = created_id(maker, 0)
        made = setting("library_item", record, title="Guide")
        return [made, ChangeSet(made.kind, record, 4, ["roads"], [])]

    assert said(town, ann, town.community, make) == KEPT  # type: ignore[arg-type]


def test_what_only_a_newer_program_knows_is_kept_for_members(town: Town) -> None:
    ann = town.join("Ann")
    record = random_id(random.randbytes)
    unknown_kind = SetFields(9999, record, {1: "new"})
    unknown_op = UnknownOp(msgspec.msgpack.encode([9, 10, record]))
    assert said(town, ann, town.community, exactly(unknown_kind, unknown_op)) == KEPT
    assert said(town, ann, ann.joined.directory, exactly(unknown_kind)) == KEPT
    unknown_field = exactly(SetFields(10, random_id(random.randbytes), {1: "Title", 999: [1]}))
    assert said(town, ann, town.community, unknown_field) == KEPT

    eve = town.join("Eve")
    town.site.accounts.end_membership(eve.member, town.community)
    assert said(town, eve, town.community, exactly(unknown_kind)) == Reason.NO_ACCESS


def test_every_kind_that_only_the_server_makes_is_refused_from_a_facilitator(town: Town) -> None:
    fay = town.join("Fay", Role.FACILITATOR)
    assert {kind.name for kind in CATALOGUE if kind.write.create.value == "server"} == {
        MEMBER.name,
        REPLICA_KEY.name,
        COMMUNITY.name,
        MEMBERSHIP.name,
    }
    assert town.site.accounts.communities()[0].name == NAME
    assert said(town, fay, fay.joined.directory, new("member", name="Eve")) == Reason.SERVER_ONLY


def test_an_update_of_a_long_text_is_plain_text(town: Town) -> None:
    ann = town.join("Ann")
    assert said(town, ann, town.community, new("library_item", title="Guide")) == KEPT
    record = made_record(ann, town.community)
    item = CATALOGUE.by_name["library_item"]
    crashing = b"\x01\x01\x07\x00\x08\x01\x04text\x01" + b"\x75\x01" * 200_000 + b"\x7e\x00"
    for update, reason in ((crashing, Reason.INVALID), (b"noise", Reason.INVALID)):
        edit = exactly(EditText(item.number, record, 2, update))
        assert said(town, ann, town.community, edit) == reason


def test_what_cannot_be_read_stays_out_of_what_the_server_decides(town: Town) -> None:
    fay = town.join("Fay", Role.FACILITATOR)
    membership = MEMBERSHIP.id_for(town.community, fay.member)
    longer = [1, MEMBERSHIP.number, membership, {2: "facilitator"}, {}, "new"]
    unknown = exactly(UnknownOp(msgspec.msgpack.encode(longer)))
    assert said(town, fay, town.community, unknown) == Reason.SERVER_ONLY
    elsewhere = exactly(UnknownOp(msgspec.msgpack.encode([9, 10, membership])))
    assert said(town, fay, fay.joined.directory, elsewhere) == Reason.WRONG_SPACE


def test_a_part_of_a_key_cannot_be_changed_alone(town: Town) -> None:
    ann, ben = town.join("Ann"), town.join("Ben")
    meeting, other = random_id(random.randbytes), random_id(random.randbytes)
    attendance = CATALOGUE.by_name["attendance"].id_for(town.community, meeting, "Ann")
    made = exactly(setting("attendance", attendance, meeting=meeting, who="Ann", status="present"))
    assert said(town, ann, town.community, made) == KEPT
    moved = exactly(setting("attendance", attendance, meeting=other))
    assert said(town, ben, town.community, moved) == Reason.WRONG_ID
    absent = exactly(setting("attendance", attendance, status="absent"))
    assert said(town, ben, town.community, absent) == KEPT
