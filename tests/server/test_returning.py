"""Replicas that were certified after the backup that the server was put back from."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest
import requests
from sqlalchemy import text

from sync.core import renaming, returning
from sync.core.errors import Malformed
from sync.core.exchange import NONCE_BYTES, PROTOCOL, Outcome
from sync.core.group import decode_group
from sync.core.ids import Id
from sync.core.packing import PageGroup
from sync.core.renaming import RenameRequest
from sync.core.returning import ReturnRequest
from sync.core.signing import Certificate, SigningKey, check_certificate
from sync.server.backup import back_up
from sync.server.checking import check
from sync.server.errors import Problem, Rejected
from sync.server.invites import Guest
from sync.server.restoring import restore
from sync.server.site import Site, open_site
from tests.server.conftest import COMMUNITY, Town
from tests.support.replica_model import ModelReplica, direct, enrol_direct
from tests.support.server_records import topic

NONCE = bytes(range(NONCE_BYTES))


def credentials(late: ModelReplica, **changes: object) -> ReturnRequest:
    fields: dict[str, object] = {
        "protocol": PROTOCOL,
        "nonce": NONCE,
        "member": late.member,
        "public_key": late.key.public,
        "certificate_ms": late.joined.certificate_ms,
        "certificate": late.joined.certificate,
        "renamed_from": b"",
        "member_name": "",
        "computer_name": "a laptop",
    }
    return ReturnRequest(**(fields | changes))  # type: ignore[arg-type]


def come_back(site: Site, late: ModelReplica, **changes: object) -> None:
    key = late.joined.frame_key
    frame = returning.encode_return_request(late.id, credentials(late, **changes), key)
    returning.check_return_reply(site.returning.returned(frame), key, NONCE)


def problem_of(site: Site, late: ModelReplica, **changes: object) -> Problem:
    with pytest.raises(Rejected) as caught:
        come_back(site, late, **changes)
    return caught.value.problem


def join_later(town: Town, name: str, *communities: str) -> ModelReplica:
    replica = ModelReplica()
    code = town.site.invites.invite(Guest(name, communities)).code
    replica.enrol(code, enrol_direct(town.site))
    return replica


def renamed(site: Site, old: ModelReplica) -> ModelReplica:
    new = ModelReplica()
    request = RenameRequest(PROTOCOL, NONCE, new.id, new.key.public, "the copy")
    frame = renaming.encode_rename_request(old.id, request, old.joined.frame_key)
    said = site.renaming.renamed(frame)
    new.account = renaming.decode_rename_reply(said, old.joined.frame_key, NONCE)
    return new


@dataclass
class Story:
    """A server that was put back, and who enrolled between backup and restore.

    ann: from before. anns_other: a second computer of hers. cara: new altogether. told: what
    cara's log had of the directory, signed.
    """

    town: Town
    ann: ModelReplica
    anns_other: ModelReplica
    cara: ModelReplica
    unused_code: str

    @property
    def site(self) -> Site:
        return self.town.site


@pytest.fixture(params=["told", "untold"])
def story(town: Town, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Story]:
    ann = town.join("Ann")
    code = town.site.invites.invite(Guest("Ann")).code
    archive = back_up(town.site, tmp_path / "old.tar").file
    copy = shutil.copytree(town.site.folder, tmp_path / "copy")
    anns_other = ModelReplica()
    anns_other.enrol(code, enrol_direct(town.site))
    cara = join_later(town, "Cara", COMMUNITY)
    town.site.close()
    if request.param == "told":
        restore(archive, town.site.folder, replace=True)
    else:
        shutil.rmtree(town.site.folder)
        copy.rename(town.site.folder)
    with open_site(town.site.folder) as again:
        yield Story(Town(again, town.community), ann, anns_other, cara, code)


def test_who_shows_a_certificate_of_this_server_is_let_in_again(story: Story) -> None:
    late = story.anns_other
    with pytest.raises(Rejected) as caught:
        late.sync(direct(story.site))
    assert caught.value.problem is Problem.UNKNOWN_REPLICA
    come_back(story.site, late)
    late.write(story.town.community, topic())
    late.sync_all(direct(story.site))
    assert late.refused == {}
    computers = {c.replica: c.computer_name for c in story.site.accounts.computers()}
    assert computers[late.id] == "a laptop"
    assert check(story.site).findings == []


def test_everybody_learns_of_it_from_the_log_with_the_certificate_that_was_given(
    story: Story,
) -> None:
    come_back(story.site, story.anns_other)
    story.ann.sync_all(direct(story.site))
    directory = story.ann.spaces[story.ann.joined.directory].groups.values()
    groups = [decode_group(raw) for _, _, raw in directory]
    told = [op for group in groups for op in group.known_ops() if op.kind == 3]
    (mine,) = [op.fields for op in told if op.fields[1] == story.anns_other.id]  # type: ignore[union-attr]
    certificate = Certificate(mine[1], mine[2], mine[3], mine[4])  # type: ignore[arg-type]
    check_certificate(story.site.identity.key.public, certificate, mine[5])  # type: ignore[arg-type]


def test_asking_again_writes_nothing_more(story: Story) -> None:
    come_back(story.site, story.anns_other)
    groups = check(story.site).groups
    come_back(story.site, story.anns_other)
    assert check(story.site).groups == groups


def test_a_member_of_whom_nothing_is_left_is_one_again_and_can_be_invited_by_name(
    story: Story,
) -> None:
    come_back(story.site, story.cara, member_name="Cara")
    cara = story.cara
    cara.write(cara.joined.personal, topic())
    cara.write(story.town.community, topic())
    reply = cara.sync(direct(story.site))
    assert [r.outcome for r in reply.results][1] is Outcome.GAP, (
        "not a member of it, as far as known"
    )
    invitation = story.site.invites.invite(Guest("Cara", (COMMUNITY,)))
    assert (invitation.member, invitation.is_new) == (cara.member, False)
    again = cara.push(cara.written[story.town.community], direct(story.site))
    assert [r.outcome for r in again] == [Outcome.KEPT]
    assert check(story.site).findings == []


def test_without_a_name_the_member_is_listed_until_the_name_comes_back(story: Story) -> None:
    come_back(story.site, story.cara)
    listed = {m.id: m.name for m in story.site.accounts.members()}
    assert listed[story.cara.member] == ""
    assert story.cara.id in {c.replica for c in story.site.accounts.computers()}
    come_back(story.site, renamed(story.site, story.cara), renamed_from=story.cara.id)
    assert check(story.site).findings == []


def test_a_code_that_must_have_been_used_does_not_let_another_computer_in(story: Story) -> None:
    come_back(story.site, story.anns_other)
    eve = ModelReplica()
    with pytest.raises(Rejected) as caught:
        eve.enrol(story.unused_code, enrol_direct(story.site))
    assert caught.value.problem is Problem.INVITE_USED
    later = story.site.invites.invite(Guest("Ann")).code
    eve.enrol(later, enrol_direct(story.site))


def test_the_code_is_spent_too_when_somebody_elses_log_brings_the_computer_back(
    town: Town, tmp_path: Path
) -> None:
    ann, ben = town.join("Ann"), town.join("Ben")
    code = town.site.invites.invite(Guest("Ann")).code
    copy = shutil.copytree(town.site.folder, tmp_path / "copy")
    ModelReplica().enrol(code, enrol_direct(town.site))
    brought = signed_of(ben, town.site, ann.joined.directory)
    town.site.close()
    with open_site(copy) as again:
        ben.spaces.clear()
        ben.ask(ben.request(brought, budget_bytes=0), direct(again))
        with pytest.raises(Rejected) as caught:
            ModelReplica().enrol(code, enrol_direct(again))
        assert caught.value.problem is Problem.INVITE_USED


def signed_of(replica: ModelReplica, site: Site, space: Id) -> list[PageGroup]:
    """What a replica gets of a space, as it came."""
    replica.spaces.clear()
    page = replica.apply(replica.ask(replica.request(), direct(site)))
    return [
        PageGroup(g.space, g.replica, g.seq, g.raw, signature=g.signature)
        for g in page
        if g.space == space
    ]


def test_what_another_server_certified_is_worth_nothing(story: Story) -> None:
    late = story.anns_other
    certificate = Certificate(late.id, late.member, late.key.public, late.joined.certificate_ms)
    other = SigningKey(b"o" * 32).certify(certificate)
    assert problem_of(story.site, late, certificate=other) is Problem.NOT_AUTHENTIC
    late.account = msgspec.structs.replace(late.joined, frame_key=b"k" * 32)
    assert problem_of(story.site, late) is Problem.NOT_AUTHENTIC


def test_nothing_in_a_certificate_can_be_changed(story: Story, town: Town) -> None:
    late = story.anns_other
    for changes in (
        {"member": story.cara.member},
        {"public_key": story.cara.key.public},
        {"certificate_ms": late.joined.certificate_ms + 1},
        {"renamed_from": story.ann.id},
    ):
        assert problem_of(story.site, late, **changes) is Problem.NOT_AUTHENTIC


def test_somebody_elses_certificate_is_public_and_opens_nothing(story: Story) -> None:
    shown = credentials(story.anns_other)
    frame = returning.encode_return_request(story.ann.id, shown, story.ann.joined.frame_key)
    with pytest.raises(Rejected) as caught:
        story.site.returning.returned(frame)
    assert caught.value.problem is Problem.NOT_AUTHENTIC


def test_a_revoked_computer_does_not_come_back_by_its_certificate(story: Story) -> None:
    come_back(story.site, story.anns_other)
    story.site.accounts.revoke(story.anns_other.id)
    assert problem_of(story.site, story.anns_other) is Problem.REVOKED


def test_nor_one_that_was_renamed_from_a_computer_revoked_since(town: Town, tmp_path: Path) -> None:
    ann, other = town.join("Ann"), town.join("Ann")
    copy = shutil.copytree(town.site.folder, tmp_path / "copy")
    stolen = renamed(town.site, ann)
    town.site.close()
    with open_site(copy) as again:
        again.accounts.revoke(ann.id)
        assert problem_of(again, stolen) is Problem.NOT_AUTHENTIC, "it must say what it was"
        assert problem_of(again, stolen, renamed_from=ann.id) is Problem.REVOKED
        other.sync_all(direct(again))


def test_nor_one_of_a_member_all_of_whose_computers_were_revoked_after_it_was_certified(
    story: Story,
) -> None:
    story.site.accounts.revoke(story.ann.id)
    assert problem_of(story.site, story.anns_other) is Problem.REVOKED


def test_a_computer_that_took_the_place_of_a_revoked_one_comes_back(
    town: Town, tmp_path: Path
) -> None:
    stolen = town.join("Ann")
    town.site.accounts.revoke(stolen.id)
    copy = shutil.copytree(town.site.folder, tmp_path / "copy")
    with town.site.database.read() as connection:
        ended = connection.scalar(text("SELECT max(revoked_ms) FROM replicas"))
    new = join_later(town, "Ann")
    while new.joined.certificate_ms <= (ended or 0):  # in the same millisecond
        new = join_later(town, "Ann")
    town.site.close()
    with open_site(copy) as again:
        come_back(again, new)
        new.sync_all(direct(again))


def test_a_revocation_that_was_lost_takes_effect_when_it_comes_back(
    town: Town, tmp_path: Path
) -> None:
    ben = town.join("Ben")
    copy = shutil.copytree(town.site.folder, tmp_path / "copy")
    eve = join_later(town, "Eve", COMMUNITY)
    town.site.accounts.revoke(eve.id)
    brought = signed_of(ben, town.site, ben.joined.directory)
    town.site.close()
    with open_site(copy) as again:
        come_back(again, eve, member_name="Eve")
        ben.spaces.clear()
        results = ben.ask(ben.request(brought, budget_bytes=0), direct(again)).results
        assert {r.outcome for r in results} <= {Outcome.KEPT, Outcome.ALREADY_HAD}
        with pytest.raises(Rejected) as caught:
            eve.sync(direct(again))
        assert caught.value.problem is Problem.REVOKED
        assert problem_of(again, eve) is Problem.REVOKED
        assert check(again).findings == []


@pytest.mark.parametrize(
    "changes",
    [
        {"nonce": b""},
        {"member": b"short"},
        {"renamed_from": b"short"},
        {"public_key": b""},
        {"certificate_ms": -1},
        {"computer_name": "x" * 201},
    ],
)
def test_credentials_out_of_bounds_are_malformed(town: Town, changes: dict[str, object]) -> None:
    with pytest.raises(Malformed):
        come_back(town.site, town.join("Ann"), **changes)


def test_returning_has_an_address_and_a_media_type_of_its_own(served: tuple[str, Town]) -> None:
    url, town = served
    ann = town.join("Ann")
    frame = returning.encode_return_request(ann.id, credentials(ann), ann.joined.frame_key)
    answers = [
        requests.post(
            url + "/v1/return", data=frame, headers={"Content-Type": media_type}, timeout=20
        )
        for media_type in (returning.MEDIA_TYPE, renaming.MEDIA_TYPE)
    ]
    assert [answer.status_code for answer in answers] == [200, 415]
    returning.check_return_reply(answers[0].content, ann.joined.frame_key, NONCE)
