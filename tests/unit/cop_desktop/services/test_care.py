"""Care flags: asked for by anybody, seen by everybody, taken back again."""

from pathlib import Path

import pytest

from cop_desktop.services.care import Care
from cop_desktop.services.errors import NotFound
from cop_desktop.services.library import Library, NewItem
from cop_desktop.services.people import People, SchoolText
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
