"""Renaming: another id for a replica of the same member, once, and revoked with the one before."""

import secrets
from pathlib import Path

import pytest
import requests
from sqlalchemy import text

from sync.core import renaming
from sync.core.errors import Malformed
from sync.core.exchange import NONCE_BYTES, PROTOCOL
from sync.core.frames import Direction, closed
from sync.core.ids import random_id
from sync.core.renaming import RenameRequest
from sync.server.checking import check
from sync.server.errors import NotFound, Problem, Rejected
from sync.server.site import Site, open_site
from tests.server.conftest import Town
from tests.support.replica_model import ModelReplica, direct
from tests.support.server_records import topic

NONCE = bytes(range(NONCE_BYTES))


def frame_for(old: ModelReplica, new: ModelReplica, nonce: bytes = NONCE) -> bytes:
    request = RenameRequest(PROTOCOL, nonce, new.id, new.key.public, "the copy")
    return renaming.encode_rename_request(old.id, request, old.joined.frame_key)


def renamed(site: Site, old: ModelReplica, new: ModelReplica | None = None) -> ModelReplica:
    new = new or ModelReplica()
    said = site.renaming.renamed(frame_for(old, new))
    new.account = renaming.decode_rename_reply(said, old.joined.frame_key, NONCE)
    return new


def problem_of(site: Site, frame: bytes) -> Problem:
    with pytest.raises(Rejected) as caught:
        site.renaming.renamed(frame)
    return caught.value.problem


def test_a_renamed_replica_is_the_same_members_and_takes_part(town: Town) -> None:
    ann = town.join("Ann")
    again = renamed(town.site, ann)
    assert (again.member, again.joined.member_name) == (ann.member, "Ann")
    again.write(town.community, topic())
    again.sync_all(direct(town.site))
    ann.write(town.community, topic())
    ann.sync_all(direct(town.site))
    assert again.refused == ann.refused == {}, "the old one goes on: it may be the original"
    computers = {c.replica: c.computer_name for c in town.site.accounts.computers()}
    assert computers == {ann.id: "a laptop", again.id: "the copy"}
    assert check(town.site).findings == []


def test_the_same_request_again_gets_the_same_answer_and_makes_nothing(town: Town) -> None:
    ann, new = town.join("Ann"), ModelReplica()
    first = renamed(town.site, ann, new).joined
    groups = check(town.site).groups
    assert renamed(town.site, ann, new).joined == first
    assert check(town.site).groups == groups


def test_an_id_that_is_taken_is_not_given(town: Town) -> None:
    ann, ben = town.join("Ann"), town.join("Ben")
    eve = ModelReplica()
    for taken in (ben.id, town.site.identity.server, town.site.identity.replica):
        eve.id = taken
        assert problem_of(town.site, frame_for(ann, eve)) is Problem.REPLICA_TAKEN
    with town.site.database.read() as connection:
        old = connection.execute(text("SELECT replica FROM groups WHERE seq = 1")).scalars().first()
    assert old is not None
    eve.id = old  # of the server as it was opened before
    assert problem_of(town.site, frame_for(ann, eve)) is Problem.REPLICA_TAKEN


def test_who_is_unknown_or_revoked_or_says_so_wrongly_gets_no_other_name(town: Town) -> None:
    ann, ben, stranger = town.join("Ann"), town.join("Ben"), ModelReplica()
    stranger.account = ann.account
    assert problem_of(town.site, frame_for(stranger, ModelReplica())) is Problem.NOT_AUTHENTIC
    key = town.site.identity.frame_key(stranger.id)
    request = RenameRequest(PROTOCOL, NONCE, random_id(secrets.token_bytes), bytes(32), "")
    frame = renaming.encode_rename_request(stranger.id, request, key)
    assert problem_of(town.site, frame) is Problem.UNKNOWN_REPLICA
    town.site.accounts.revoke(ben.id)
    assert problem_of(town.site, frame_for(ben, ModelReplica())) is Problem.REVOKED


@pytest.mark.parametrize(
    "changes",
    [{"replica": b"short"}, {"public_key": b""}, {"nonce": b""}, {"computer_name": "x" * 201}],
)
def test_a_renaming_out_of_bounds_is_malformed(town: Town, changes: dict[str, object]) -> None:
    ann, new = town.join("Ann"), ModelReplica()
    fields = {
        "protocol": PROTOCOL,
        "nonce": NONCE,
        "replica": new.id,
        "public_key": new.key.public,
        "computer_name": "",
    } | changes
    request = RenameRequest(**fields)  # type: ignore[arg-type]
    frame = closed(ann.id, request, ann.joined.frame_key, Direction.RENAME_REQUEST)
    with pytest.raises(Malformed):
        town.site.renaming.renamed(frame)


def test_revoking_a_computer_revokes_what_it_was_renamed_to_and_only_that(town: Town) -> None:
    ann, other = town.join("Ann"), town.join("Ann")
    copy = renamed(town.site, ann)
    copy_of_copy = renamed(town.site, copy)
    town.site.accounts.revoke(ann.id)
    for gone in (ann, copy, copy_of_copy):
        with pytest.raises(Rejected) as caught:
            gone.sync(direct(town.site))
        assert caught.value.problem is Problem.REVOKED
        with pytest.raises(NotFound):
            town.site.accounts.revoke(gone.id)
    other.sync_all(direct(town.site))
    assert check(town.site).findings == []


def test_revoking_the_copy_leaves_the_original(town: Town) -> None:
    ann = town.join("Ann")
    copy = renamed(town.site, ann)
    town.site.accounts.revoke(copy.id)
    ann.sync_all(direct(town.site))
    assert [c.revoked for c in town.site.accounts.computers() if c.replica == ann.id] == [False]


def test_a_revocation_is_known_from_the_log_alone(town: Town) -> None:
    ann = town.join("Ann")
    copy = renamed(town.site, ann)
    town.site.accounts.revoke(ann.id)
    folder: Path = town.site.folder
    with town.site.database.write() as connection:
        for table in ("replicas", "memberships", "members", "controls"):
            connection.execute(text(f"DELETE FROM {table}"))
        connection.execute(text("UPDATE server SET catalogue = x''"))
    with open_site(folder) as again:
        revoked = {c.replica: c.revoked for c in again.accounts.computers()}
        assert revoked == {ann.id: True, copy.id: True}
        assert check(again).findings == []


def test_renaming_has_an_address_and_a_media_type_of_its_own(served: tuple[str, Town]) -> None:
    url, town = served
    ann, new = town.join("Ann"), ModelReplica()
    answers = [
        requests.post(
            url + "/v1/rename",
            data=frame_for(ann, new),
            headers={"Content-Type": media_type},
            timeout=20,
        )
        for media_type in (renaming.MEDIA_TYPE, "application/vnd.cop.sync")
    ]
    assert [answer.status_code for answer in answers] == [200, 415]
    assert answers[0].headers["Content-Type"] == renaming.MEDIA_TYPE
    said = renaming.decode_rename_reply(answers[0].content, ann.joined.frame_key, NONCE)
    assert said.member == ann.member
