"""A server put back from an older backup: the replicas bring back all that it lost."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text

from sync.catalogue.communities import MEMBERSHIP, texts_space
from sync.catalogue.declare import Role
from sync.core.exchange import Interval, Outcome, Result
from sync.core.group import Group, decode_group, group_hash
from sync.core.ids import NO_HASH, Hash, Id, random_id
from sync.core.packing import PageGroup
from sync.core.signing import SigningKey
from sync.server.backup import back_up
from sync.server.checking import check
from sync.server.errors import AlreadyThere, DamagedData, Problem, Rejected
from sync.server.invites import Guest
from sync.server.reasons import Reason
from sync.server.rebuilding import log_of
from sync.server.restoring import restore
from sync.server.site import Site, open_site
from tests.server.conftest import COMMUNITY, Town
from tests.support.replica_model import ModelReplica, digest_of_all, direct, enrol_direct
from tests.support.server_records import change, delete, setting, topic

LATER = "Founded later"


def hashes(site: Site) -> dict[Hash, Id]:
    """Every group of the server, and its space."""
    with site.database.read() as connection:
        rows = connection.execute(text("SELECT hash, space FROM groups"))
        return {row.hash: row.space for row in rows}


@dataclass
class Story:
    """A server of which an old backup was put back, and what its members hold.

    carried: all groups that it had at the end, each with its signature if it came with one.
    """

    town: Town
    ann: ModelReplica
    ben: ModelReplica
    cara: ModelReplica
    later: Id
    had: dict[Hash, Id]
    carried: dict[str, list[PageGroup]]

    @property
    def site(self) -> Site:
        return self.town.site


def carried(replica: ModelReplica, send: Callable[[bytes], bytes]) -> list[PageGroup]:
    """All that a replica comes to hold from its server, as it came."""
    replica.spaces.clear()
    page = replica.apply(replica.ask(replica.request(budget_bytes=1 << 22), send))
    own = {(g.space, g.seq): g for chain in replica.written.values() for g in chain}
    found = []
    for item in page:
        raw = item.raw or own[item.space, item.seq].raw
        signature = item.signature
        if item.raw is None:
            signature = replica.key.sign_group(group_hash(raw))
        found.append(PageGroup(item.space, item.replica, item.seq, raw, signature=signature))
    return found


def join_later(town: Town, name: str, *communities: str, role: Role | None = None) -> ModelReplica:
    replica = ModelReplica()
    code = town.site.invites.invite(Guest(name, communities, role)).code
    replica.enrol(code, enrol_direct(town.site))
    return replica


def live_on(town: Town, ann: ModelReplica, ben: ModelReplica) -> tuple[Id, ModelReplica]:
    """What happens after the backup: a community, a member with a computer, words, an end."""
    send = direct(town.site)
    later = town.site.accounts.create_community(LATER).id
    join_later(town, "Ann", LATER, role=Role.FACILITATOR)
    join_later(town, "Ben", LATER)
    cara = join_later(town, "Cara", COMMUNITY, LATER)
    cara.sync_all(send)
    cara.write(later, topic("Cara's"))
    cara.write(town.community, topic("Cara's too"))
    cara.write(cara.joined.directory, change("member", cara.member, about="New here"))
    cara.sync_all(send)
    caras = cara.written[later][0].ops[0].record  # type: ignore[union-attr]
    ann.sync_all(send)
    ann.write(ann.joined.directory, change("community", later, purpose="Roads"))
    ann.write(later, delete("topic", caras))
    for number in range(3):
        ann.write(town.community, topic(f"After {number}"))
    ann.sync_all(send)
    dora = join_later(town, "Dora", COMMUNITY)
    dora.write(town.community, topic("Dora was here"))
    dora.sync_all(send)
    town.site.accounts.end_membership(dora.member, town.community)
    town.site.accounts.revoke(dora.id)
    ben.sync_all(send)
    ben.write(town.community, topic("Ben's last"))
    ben.sync_all(send)
    assert ann.refused == ben.refused == cara.refused == dora.refused == {}
    return later, cara


@pytest.fixture(params=["told", "untold"])
def story(town: Town, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Story]:
    ann, ben = town.join("Ann"), town.join("Ben")
    ann.write(town.community, topic("Before"))
    ann.sync_all(direct(town.site))
    ben.sync_all(direct(town.site))
    archive = back_up(town.site, tmp_path / "old.tar").file
    copy = shutil.copytree(town.site.folder, tmp_path / "copy")
    later, cara = live_on(town, ann, ben)
    had = hashes(town.site)
    held = {
        name: carried(replica, direct(town.site))
        for name, replica in (("ann", ann), ("ben", ben), ("cara", cara))
    }
    epoch = town.site.identity.epoch
    town.site.close()
    if request.param == "told":
        restore(archive, town.site.folder, replace=True)
    else:
        shutil.rmtree(town.site.folder)
        copy.rename(town.site.folder)
    with open_site(town.site.folder) as again:
        assert (again.identity.epoch == epoch) == (request.param == "untold")
        yield Story(Town(again, town.community), ann, ben, cara, later, had, held)


def offered(story: Story, replica: ModelReplica, groups: list[PageGroup]) -> list[Result]:
    """What the server says; the replica names no interval, so nothing is left out."""
    replica.spaces.clear()
    replica.acknowledged.clear()
    reply = replica.ask(replica.request(groups, budget_bytes=0), direct(story.site))
    return reply.results


def outcomes(results: list[Result]) -> set[Outcome]:
    return {result.outcome for result in results}


def assert_whole(story: Story) -> None:
    assert hashes(story.site) == story.had
    assert check(story.site).findings == []
    members = {m.name: (m.communities, m.computers) for m in story.site.accounts.members()}
    assert members == {
        "Ann": ({COMMUNITY: Role.MEMBER, LATER: Role.FACILITATOR}, 2),
        "Ben": ({COMMUNITY: Role.MEMBER, LATER: Role.MEMBER}, 2),
        "Cara": ({COMMUNITY: Role.MEMBER, LATER: Role.MEMBER}, 1),
        "Dora": ({}, 0),
    }


def test_one_replica_that_holds_everything_heals_all_that_members_share(story: Story) -> None:
    first = offered(story, story.ben, story.carried["ben"])
    assert outcomes(first) == {Outcome.KEPT, Outcome.ALREADY_HAD}
    assert_whole(story)
    again = offered(story, story.ben, story.carried["ben"])
    assert outcomes(again) == {Outcome.ALREADY_HAD}


def chains_of(story: Story) -> list[list[PageGroup]]:
    """Whole chains, the directory's first, otherwise in no order that means anything."""
    chains: dict[tuple[bool, Id, Id], list[PageGroup]] = {}
    for group in story.carried["ben"]:
        outside = group.space != story.ann.joined.directory
        chains.setdefault((outside, group.space, group.replica), []).append(group)
    return [chains[key] for key in sorted(chains)]


def test_two_replicas_with_half_of_the_chains_each_heal_it_chain_by_chain(story: Story) -> None:
    directory = [g for g in story.carried["ann"] if g.space == story.ann.joined.directory]
    said = outcomes(offered(story, story.ann, directory))
    assert said == {Outcome.KEPT, Outcome.ALREADY_HAD, Outcome.GAP}, "a facilitator's, not yet one"
    chains = chains_of(story)
    waiting = {"ann": chains[1::2], "ben": chains[::2]}
    for _ in range(len(chains)):
        for name, replica in (("ann", story.ann), ("ben", story.ben)):
            later = []
            for chain in waiting[name]:
                said = outcomes(offered(story, replica, chain))
                assert said <= {Outcome.KEPT, Outcome.ALREADY_HAD, Outcome.GAP}
                if Outcome.GAP in said:
                    later.append(chain)
            waiting[name] = later
    assert waiting == {"ann": [], "ben": []}
    assert_whole(story)


def test_who_joined_after_the_backup_is_admitted_once_others_were_there(story: Story) -> None:
    with pytest.raises(Rejected) as caught:
        offered(story, story.cara, [])
    assert caught.value.problem is Problem.UNKNOWN_REPLICA
    offered(story, story.ben, story.carried["ben"])
    results = offered(story, story.cara, story.carried["cara"])
    assert outcomes(results) == {Outcome.ALREADY_HAD}
    story.cara.written.clear()
    story.cara.write(story.later, topic("Again"), seq=2, prev=last_of(story, story.cara))
    (again,) = story.cara.push(story.cara.written[story.later], direct(story.site))
    assert again.outcome is Outcome.KEPT


def last_of(story: Story, replica: ModelReplica) -> Hash:
    with story.site.database.read() as connection:
        rows = log_of(connection, story.later)
        return [row.hash for row in rows if row.replica == replica.id][-1]


def test_what_builds_on_something_that_is_not_back_yet_waits_for_it(story: Story) -> None:
    ann = story.ann
    own = [g for g in story.carried["ann"] if g.replica == ann.id]
    first = offered(story, ann, own)
    assert Outcome.REFUSED not in outcomes(first)
    assert Outcome.GAP in outcomes(first), "the community made later is not here yet"
    offered(story, story.ben, [g for g in story.carried["ben"] if g.replica != ann.id])
    assert outcomes(offered(story, ann, own)) == {Outcome.ALREADY_HAD, Outcome.KEPT}
    assert_whole(story)


def test_a_revoked_computer_stays_revoked_and_what_it_wrote_before_comes_back(
    story: Story,
) -> None:
    offered(story, story.ben, story.carried["ben"])
    assert [c.member_name for c in story.site.accounts.computers() if c.revoked] == ["Dora"]
    said = [decode_group(g.raw or b"") for g in story.carried["ben"]]
    (doras,) = [group for group in said if group.author not in members_of(story)]
    assert group_hash(doras.raw) in hashes(story.site)


def members_of(story: Story) -> set[Id]:
    here = {story.ann.member, story.ben.member, story.cara.member}
    return here | {story.site.identity.server}


def test_control_groups_that_the_server_did_not_sign_are_refused(story: Story) -> None:
    ann, server = story.ann, story.site.identity.server
    record = MEMBERSHIP.id_for(story.town.community, ann.member)
    eves = SigningKey(bytes(range(32)))
    real = next(
        g
        for g in story.carried["ben"]
        if decode_group(g.raw or b"").author == server and g.space == story.later
    )
    for replica, seq, prev in (
        (random_id(lambda n: b"e" * n), 1, NO_HASH),
        (real.replica, real.seq + 90, group_hash(real.raw or b"")),
        (ann.id, 60, group_hash(real.raw or b"")),
    ):
        forged = Group(
            space=story.town.community,
            replica=replica,
            seq=seq,
            prev=prev,
            author=server,
            clock=1,
            written_ms=1,
            seen=0,
            ops=(setting("membership", record, role="facilitator"),),
        )
        for key in (eves, ann.key):
            proof = key.sign_group(group_hash(forged.raw))
            item = PageGroup(forged.space, replica, seq, forged.raw, signature=proof)
            (result,) = offered(story, ann, [item])
            assert result.outcome in {Outcome.REFUSED, Outcome.GAP}
    assert check(story.site).findings == []
    roles = {m.name: m.communities.get(COMMUNITY) for m in story.site.accounts.members()}
    assert roles["Ann"] is Role.MEMBER


def test_a_tail_that_nothing_vouches_for_is_refused_and_leaves_no_trace(story: Story) -> None:
    chain = [g for g in story.carried["ann"] if g.replica == story.ann.id]
    chain = [g for g in chain if g.space == story.town.community]
    bare = [PageGroup(g.space, g.replica, g.seq, g.raw) for g in chain]
    results = offered(story, story.ben, bare)
    assert {r.reason for r in results if r.outcome is not Outcome.ALREADY_HAD} == {Reason.UNPROVEN}
    assert Outcome.KEPT in outcomes(offered(story, story.ben, chain))


def test_the_server_never_writes_twice_under_one_name_after_a_restore(story: Story) -> None:
    story.site.accounts.create_community("Founded meanwhile")
    join_later(story.town, "Emil", COMMUNITY)
    results = offered(story, story.ben, story.carried["ben"])
    assert outcomes(results) == {Outcome.KEPT, Outcome.ALREADY_HAD}
    assert check(story.site).findings == []
    assert {c.name for c in story.site.accounts.communities()} == {
        COMMUNITY,
        LATER,
        "Founded meanwhile",
    }


def test_a_space_made_after_the_backup_is_not_given_up(story: Story) -> None:
    ann = story.ann
    ann.spaces.clear()
    claim = Interval(story.later, 5, 0, digest_of_all([b"x"]))
    request = ann.request(budget_bytes=0)
    request.spaces.append(claim)
    reply = ann.ask(request, direct(story.site))
    assert reply.lost == []
    (said,) = [said for said in reply.spaces if said.space == story.later]
    assert (said.server_head, said.head, said.digest) == (0, 0, bytes(16))
    offered(story, story.ben, story.carried["ben"])
    back = {said.space for said in ann.ask(request, direct(story.site)).spaces}
    assert {story.later, texts_space(story.later)} <= back


def test_a_restore_replaces_only_if_told_to_and_keeps_what_was_there(
    town: Town, tmp_path: Path
) -> None:
    made = back_up(town.site, tmp_path / "backup.tar")
    folder = town.site.folder
    town.site.close()
    with pytest.raises(AlreadyThere):
        restore(made.file, folder)
    done = restore(made.file, folder, replace=True)
    assert done.aside is not None
    with open_site(folder) as again, open_site(done.aside) as before:
        assert again.identity.server == before.identity.server
        assert again.identity.epoch != before.identity.epoch
        assert check(again).findings == []
    fresh = restore(made.file, tmp_path / "new" / "place")
    assert fresh.aside is None
    assert is_private(fresh.folder / "secrets.json")


def is_private(file: Path) -> bool:
    return file.stat().st_mode & 0o077 == 0


def test_what_is_no_backup_changes_nothing(town: Town, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.tar"
    wrong.write_bytes(b"x" * 2000)
    before = sorted(tmp_path.iterdir())
    town.site.close()
    with pytest.raises(DamagedData):
        restore(wrong, town.site.folder, replace=True)
    assert sorted(tmp_path.iterdir()) == before
    with open_site(town.site.folder) as again:
        assert check(again).findings == []
