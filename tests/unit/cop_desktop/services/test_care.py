"""Care flags: asked for by anybody, seen by everybody, taken back again."""

from datetime import timedelta
from pathlib import Path

import pytest

from cop_desktop.services.care import Care
from cop_desktop.services.errors import NotFound
from cop_desktop.services.library import Library, NewItem
from cop_desktop.services.meetings import Meetings, NewMeeting
from cop_desktop.services.people import People, SchoolText
from tests.support.forum import NOON
from tests.support.replicas import COMMUNITY, new_id
from tests.support.village import CLEO, Village


def test_a_flag_reaches_everybody_and_can_be_taken_back_by_anybody(village: Village) -> None:
    anna, ben = Care(village.anna), Care(village.ben)
    village.meet()
    item = Library(village.anna).add_item(COMMUNITY, NewItem("Old photos")).id
    assert anna.flag(item, "Photos of an Elder")
    village.meet()
    flag = ben.flag_of(item)
    assert flag is not None
    assert (flag.target, flag.note, flag.by) == (item, "Photos of an Elder", "Anna")
    assert Library(village.ben).items(COMMUNITY)[0].care == flag
    ben.flag(item, "")
    assert ben.flag_of(item).note == ""  # type: ignore[union-attr]
    assert ben.unflag(item)
    assert not ben.unflag(item)
    village.meet()
    assert anna.flagged([item]) == {}
    anna.flag(item, "Again")
    assert anna.flagged([item, new_id(3)]).keys() == {item}


def test_a_member_is_flagged_in_the_communities_that_both_belong_to(village: Village) -> None:
    anna = Care(village.anna)
    village.meet()
    assert anna.flag(CLEO).spaces == frozenset({COMMUNITY})
    village.meet()
    assert Care(village.ben).flag_of(CLEO) is not None


def test_what_has_no_words_of_people_is_not_flagged(village: Village) -> None:
    village.meet()
    school = People(village.anna).add_school(SchoolText("Paperbark")).id
    for target in (school, new_id(9)):
        with pytest.raises(NotFound):
            Care(village.anna).flag(target)


def test_care_for_a_file_is_care_for_its_item(village: Village, tmp_path: Path) -> None:
    village.meet()
    library = Library(village.anna)
    item = library.add_item(COMMUNITY, NewItem("Old photos")).id
    (tmp_path / "photo.txt").write_text("photo")
    file = library.attach(item, tmp_path / "photo.txt").id
    Care(village.anna).flag(file, "The photo")
    care = library.item(item).care
    assert care is not None
    assert (care.target, care.note) == (file, "The photo")


def test_care_for_who_was_there_is_care_for_the_meeting_and_nobody_asks_whether_they_came(
    village: Village,
) -> None:
    village.meet()
    meetings, care = Meetings(village.anna), Care(village.anna)
    visit = meetings.add_meeting(COMMUNITY, NewMeeting("Visit", NOON)).id
    other = meetings.add_meeting(COMMUNITY, NewMeeting("Another", NOON)).id

    def asked() -> set[bytes | None]:
        return {each.member for team in meetings.meeting(other).unmarked for each in team.people}

    assert CLEO in asked()
    meetings.set_attendance(visit, CLEO, "present")
    care.flag(CLEO)
    found = meetings.meeting(visit).care
    assert found is not None
    assert found.target == CLEO
    rows = {row.id: row.care for row in meetings.meetings(COMMUNITY, NOON, NOON + timedelta(1))}
    assert rows == {visit: found, other: None}
    assert CLEO not in asked()
    care.flag(visit, "Her photo")
    assert meetings.meeting(visit).care.note == "Her photo"  # type: ignore[union-attr]
