"""Communities and memberships: rows for access, control groups for everybody."""

import pytest

from sync.catalogue.communities import MEMBERSHIP
from sync.catalogue.declare import Role
from sync.core.group import decode_group
from sync.core.ids import Id
from sync.core.merge import RecordState, applied
from sync.core.signing import check_group_signature
from sync.server.checking import check
from sync.server.errors import AlreadyThere, NotFound
from sync.server.invites import Guest
from sync.server.rebuilding import log_of
from tests.server.conftest import COMMUNITY, Town
from tests.support.replica_model import direct


def written_membership(town: Town, member: Id) -> RecordState:
    """The membership as every replica comes to know it."""
    record = MEMBERSHIP.id_for(town.community, member)
    state = RecordState()
    with town.site.database.read() as connection:
        for row in log_of(connection, town.community):
            group = decode_group(row.raw)
            for op in group.known_ops():
                if op.record == record:
                    state = applied(state, group, op, MEMBERSHIP.merge_of)
    return state


def role_and_end(state: RecordState) -> tuple[object, object]:
    fields = MEMBERSHIP.by_name
    return state.value(fields["role"].number), state.value(fields["ended"].number)


def test_two_communities_cannot_have_the_same_name(town: Town) -> None:
    with pytest.raises(AlreadyThere):
        town.site.accounts.create_community(f" {COMMUNITY} ")
    assert [community.name for community in town.site.accounts.communities()] == [COMMUNITY]


def test_communities_are_listed_by_name_with_their_members(town: Town) -> None:
    town.site.accounts.create_community("Barkly")
    town.join("Ann", None, COMMUNITY, "Barkly")
    town.join("Ben")
    found = [(c.name, c.members) for c in town.site.accounts.communities()]
    assert found == [("Barkly", 1), (COMMUNITY, 2)]


def test_members_are_listed_with_roles_and_computers(town: Town) -> None:
    town.join("Ben", Role.FACILITATOR)
    town.join("Ann")
    town.join("Ann")
    town.site.invites.invite(Guest("Cara", (COMMUNITY,)))
    found = [(m.name, m.communities, m.computers) for m in town.site.accounts.members()]
    assert found == [
        ("Ann", {COMMUNITY: Role.MEMBER}, 2),
        ("Ben", {COMMUNITY: Role.FACILITATOR}, 1),
        ("Cara", {COMMUNITY: Role.MEMBER}, 0),
    ]


def test_an_invitation_with_a_role_gives_it_and_one_without_leaves_it(town: Town) -> None:
    ann = town.join("Ann")
    assert role_and_end(written_membership(town, ann.member)) == ("member", None)
    town.join("Ann", Role.FACILITATOR)
    assert role_and_end(written_membership(town, ann.member)) == ("facilitator", None)
    town.join("Ann")
    assert role_and_end(written_membership(town, ann.member)) == ("facilitator", None)
    town.join("Ann", Role.MEMBER)
    assert role_and_end(written_membership(town, ann.member)) == ("member", None)
    assert check(town.site).findings == []


def test_a_membership_ends_once_and_can_be_taken_up_again(town: Town) -> None:
    ann = town.join("Ann", Role.FACILITATOR)
    town.site.accounts.end_membership(ann.member, town.community)
    role, ended = role_and_end(written_membership(town, ann.member))
    assert role == "facilitator"
    assert isinstance(ended, int)
    with pytest.raises(NotFound):
        town.site.accounts.end_membership(ann.member, town.community)
    town.join("Ann")
    assert role_and_end(written_membership(town, ann.member)) == ("facilitator", None)
    assert check(town.site).findings == []


def test_control_groups_are_a_signed_chain_of_the_servers_replica(town: Town) -> None:
    for name in ("Ann", "Ben", "Cara"):
        town.join(name)
    identity = town.site.identity
    with town.site.database.read() as connection:
        rows = list(log_of(connection, identity.directory))
    rows = [row for row in rows if row.replica == identity.replica]  # the site was opened before
    assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
    assert len(rows) == 6
    assert {row.author for row in rows} == {identity.server}
    for row in rows:
        check_group_signature(identity.key.public, row.hash, row.signature)
    clocks = [decode_group(row.raw).clock for row in rows]
    assert clocks == sorted(set(clocks))


def test_the_servers_clock_goes_on_from_what_members_wrote(town: Town) -> None:
    ann = town.join("Ann")
    ahead = 2_000_000_000_000 << 16
    ann.write(town.community, lambda _maker: [], clock=ahead)
    ann.sync_all(direct(town.site))
    town.site.accounts.end_membership(ann.member, town.community)
    with town.site.database.read() as connection:
        last = list(log_of(connection, town.community))[-1]
    assert decode_group(last.raw).clock > ahead
