"""Who may do what, by the catalogue's rules."""

from pathlib import Path

import pytest

from cop_desktop.services.access import Me, me_in
from cop_desktop.services.discussions import Discussions, NewTopic
from cop_desktop.services.errors import NotAllowed
from cop_desktop.store import Replica
from sync.catalogue.declare import Role, Who
from sync.core.ids import Id
from tests.support.replicas import ANNA, BEN, COMMUNITY, DIRECTORY, opened
from tests.support.village import Village

MEMBER = Me(BEN, Role.MEMBER)
FACILITATOR = Me(ANNA, Role.FACILITATOR)


def role_in(replica: Replica, space: Id) -> Role | None:
    with replica.read() as rows:
        return me_in(replica, rows, space).role


@pytest.mark.parametrize(
    ("who", "me", "may"),
    [
        (Who.ANYONE, MEMBER, True),
        (Who.CREATOR, MEMBER, True),
        (Who.CREATOR, Me(ANNA, Role.MEMBER), False),
        (Who.CREATOR, FACILITATOR, True),
        (Who.OWNER, MEMBER, False),
        (Who.OWNER, Me(ANNA, None), True),
        (Who.FACILITATOR, MEMBER, False),
        (Who.FACILITATOR, FACILITATOR, True),
        (Who.SERVER, FACILITATOR, False),
    ],
)
def test_what_ben_made_and_anna_owns(who: Who, me: Me, may: bool) -> None:
    assert me.may(who, creator=BEN, owner=ANNA) is may


def test_my_role_is_that_in_the_community(village: Village) -> None:
    assert role_in(village.anna, COMMUNITY) is Role.FACILITATOR
    assert role_in(village.ben, COMMUNITY) is Role.MEMBER
    assert role_in(village.anna, DIRECTORY) is None


def test_who_was_let_go_looks_after_nothing_any_more(village: Village) -> None:
    topic = Discussions(village.anna).start_topic(COMMUNITY, NewTopic("Roads")).id
    village.server.end_membership(ANNA, COMMUNITY)
    village.meet()
    assert role_in(village.anna, COMMUNITY) is None
    with pytest.raises(NotAllowed):
        Discussions(village.anna).pin(topic)


def test_before_enrolment_nobody_is_anybody(tmp_path: Path) -> None:
    with opened(tmp_path / "new") as replica:
        assert role_in(replica, COMMUNITY) is None
