"""People, schools and communities."""

import pytest

from cop_desktop.services.communities import CharterEdit, Communities
from cop_desktop.services.errors import Empty, NotAChoice, NotAllowed, NotFound
from cop_desktop.services.people import People, ProfileEdit, SchoolText
from cop_desktop.services.reading import UNKNOWN_COMMUNITY
from sync.catalogue.declare import Role
from tests.support.replicas import ANNA, BEN, COMMUNITY, new_id
from tests.support.village import CLEO, Village


@pytest.fixture
def ben(village: Village) -> People:
    return People(village.ben)


def test_everybody_is_listed_by_name_with_their_role(ben: People) -> None:
    members = ben.members(COMMUNITY)
    assert [(m.name, m.role, m.is_me) for m in members] == [
        ("Anna", Role.FACILITATOR, False),
        ("Ben", Role.MEMBER, True),
        ("Cleo", Role.MEMBER, False),
    ]
    assert [m.id for m in ben.members()] == [ANNA, BEN, CLEO]
    assert ben.members(new_id(3)) == ()


def test_a_profile_is_mine_to_edit_and_reaches_the_others(village: Village, ben: People) -> None:
    school = ben.add_school(SchoolText("Paperbark Landing School", "Top End")).id
    ben.edit_profile(
        ProfileEdit(
            position="Principal",
            school=school,
            about="Since 2019",
            expertise=("attendance", "Attendance", "roads"),
            offers="A bed",
            asks="A mentor",
            career_stage="beginning",
        )
    )
    village.meet()
    view = People(village.anna).member(BEN)
    assert (view.name, view.position, view.school) == (
        "Ben",
        "Principal",
        "Paperbark Landing School",
    )
    assert (view.region, view.about, view.expertise) == (
        "Top End",
        "Since 2019",
        ("attendance", "roads"),
    )
    assert (view.offers, view.asks, view.career_stage) == ("A bed", "A mentor", "beginning")
    assert view.communities == (COMMUNITY,)
    assert (view.is_me, view.may_change) == (False, False)
    assert ben.me().may_change
    assert ben.members(COMMUNITY)[1].school == "Paperbark Landing School"


def test_parts_of_a_profile_can_be_taken_away_again(ben: People) -> None:
    school = ben.add_school(SchoolText("Paperbark")).id
    ben.edit_profile(ProfileEdit(school=school, career_stage="beginning", expertise=("a",)))
    ben.edit_profile(ProfileEdit(school=b"", career_stage="", expertise=(), about=""))
    me = ben.me()
    assert (me.school, me.school_id, me.career_stage, me.expertise) == ("", None, None, ())


def test_what_cannot_be_in_a_profile_is_refused(ben: People) -> None:
    with pytest.raises(Empty):
        ben.edit_profile(ProfileEdit(name=" "))
    with pytest.raises(NotAChoice):
        ben.edit_profile(ProfileEdit(career_stage="legend"))
    with pytest.raises(NotFound):
        ben.edit_profile(ProfileEdit(school=new_id(1)))
    with pytest.raises(NotAChoice):
        ben.add_school(SchoolText("Far", "Mars"))


def test_before_the_directory_arrives_i_am_known_by_name(village: Village) -> None:
    people = People(village.another_computer(BEN))
    me = people.me()
    assert (me.name, me.here, me.may_change) == ("Ben", False, False)
    with pytest.raises(NotFound):
        people.edit_profile(ProfileEdit(about="x"))
    with pytest.raises(NotFound):
        people.member(ANNA)


def test_schools_say_how_many_work_there_and_anybody_mends_them(
    village: Village, ben: People
) -> None:
    school = ben.add_school(SchoolText("Paperbark", "Darwin")).id
    ben.add_school(SchoolText("Kapok Ridge"))
    ben.edit_profile(ProfileEdit(school=school))
    village.meet()
    anna = People(village.anna)
    anna.edit_school(school, SchoolText("Paperbark Landing", "Top End", "By barge"))
    assert [(s.name, s.region, s.members, s.may_change) for s in anna.schools()] == [
        ("Kapok Ridge", "", 0, True),
        ("Paperbark Landing", "Top End", 1, True),
    ]


def test_my_communities_say_who_i_am_there_and_whether_all_is_here(village: Village) -> None:
    ben = Communities(village.ben)
    village.meet()
    (row,) = ben.mine()
    assert (row.id, row.name, row.role, row.members) == (
        COMMUNITY,
        "Top End Leaders",
        Role.MEMBER,
        3,
    )
    assert (row.complete, row.lost) == (True, False)
    assert ben.named(" top end  LEADERS ") == COMMUNITY
    assert ben.named("elsewhere") is None


def test_the_charter_is_edited_by_facilitators(village: Village) -> None:
    anna, ben = Communities(village.anna), Communities(village.ben)
    anna.edit(COMMUNITY, CharterEdit(purpose="To meet", stage="maturing", commitments="We answer"))
    village.meet()
    view = ben.community(COMMUNITY)
    assert (view.name, view.purpose, view.stage) == ("Top End Leaders", "To meet", "maturing")
    assert (view.members, view.role, view.may_change, view.here) == (3, Role.MEMBER, False, True)
    with pytest.raises(NotAllowed):
        ben.edit(COMMUNITY, CharterEdit(purpose="Mine"))
    with pytest.raises(Empty):
        anna.edit(COMMUNITY, CharterEdit(name=""))


def test_a_community_on_its_way_has_a_name_of_its_own(village: Village) -> None:
    communities = Communities(village.another_computer(BEN))
    view = communities.community(COMMUNITY)
    assert (view.name, view.here, view.may_change) == (UNKNOWN_COMMUNITY, False, False)
    assert communities.mine()[0].name == UNKNOWN_COMMUNITY
    with pytest.raises(NotFound):
        communities.edit(COMMUNITY, CharterEdit(purpose="x"))


def test_who_offers_what_i_look_for_is_found_by_words_that_both_use(village: Village) -> None:
    village.meet()
    anna, ben, cleo = (People(each) for each in (village.anna, village.ben, village.cleo))
    ben.edit_profile(ProfileEdit(asks="Somebody who has costed a breakfast and a mentor"))
    cleo.edit_profile(ProfileEdit(offers="Our costing of breakfasts", asks="People like you"))
    anna.edit_profile(ProfileEdit(expertise=("mentoring",), asks="Work with schools"))
    village.meet()
    found = ben.matches(COMMUNITY)
    assert [(match.member.name, match.words) for match in found.helpers] == [
        ("Anna", ("mentoring",)),
        ("Cleo", ("costing", "breakfasts")),
    ]
    assert found.seekers == ()
    assert [match.member.name for match in cleo.matches(COMMUNITY).seekers] == ["Ben"]


def test_a_school_names_who_works_there(village: Village, ben: People) -> None:
    school = ben.add_school(SchoolText("Paperbark", "Darwin", "By barge")).id
    ben.edit_profile(ProfileEdit(school=school))
    page = ben.school(school)
    assert (page.school.name, page.school.about) == ("Paperbark", "By barge")
    assert [member.name for member in page.members] == ["Ben"]
    with pytest.raises(NotFound):
        ben.school(new_id(4))
