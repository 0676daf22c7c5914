"""Spelling: the dictionary of Australian English and the words of this computer."""

import shutil
from pathlib import Path

import pytest

from cop_desktop.paths import resources_dir
from cop_desktop.services.people import People, SchoolText
from cop_desktop.services.spelling import Checker, Spelling, SpellingState
from cop_desktop.services.spelling.dictionary import local_words, read_dictionary
from tests.support.village import Village

FOLDER = resources_dir() / "spelling"


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(read_dictionary(FOLDER), local_words(FOLDER))


def test_australian_spelling_is_right_and_american_is_not(checker: Checker) -> None:
    right = ("colour", "organised", "school's", "don\u2019t", "Colour", "wellbeing", "yarning")
    assert [word for word in right if not checker.knows(word)] == []
    wrong = ("color", "recieve", "attendence", "libary")
    assert [word for word in wrong if checker.knows(word)] == []


def test_what_was_meant_is_proposed_first(checker: Checker) -> None:
    assert checker.suggestions("recieve")[0] == "receive"
    assert checker.suggestions("attendence")[0] == "attendance"


def test_a_word_with_two_mistakes_is_recognised_by_its_likeness(checker: Checker) -> None:
    assert checker.suggestions("comunnity")[0] == "community"
    assert "necessary" in checker.suggestions("neccesary")


def test_no_local_word_is_in_the_dictionary_already() -> None:
    dictionary = read_dictionary(FOLDER)
    assert [word for word in local_words(FOLDER) if dictionary.spell(word)] == []


def test_names_of_members_and_schools_and_words_of_my_own_are_right(village: Village) -> None:
    People(village.anna).add_school(SchoolText("Wurrkaganyarra School"))
    spelling = Spelling(village.anna, FOLDER)
    spelling.add_word("tjukurpa")
    state = spelling.state()
    assert state.checker is not None
    assert state.checker.knows("Wurrkaganyarra\u2019s")
    assert state.checker.knows("Tjukurpa")
    assert spelling.my_words() == ("tjukurpa",)
    spelling.forget_word("tjukurpa")
    again = spelling.state().checker
    assert again is not None
    assert not again.knows("tjukurpa")


def test_it_is_on_until_somebody_turns_it_off(village: Village) -> None:
    spelling = Spelling(village.anna, FOLDER)
    assert spelling.is_on()
    spelling.turn(on=False)
    assert spelling.state() == SpellingState(is_on=False, checker=None)
    assert not Spelling(village.anna, FOLDER).is_on()


def test_without_a_dictionary_nothing_is_checked(
    village: Village, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert Spelling(village.anna, tmp_path).state().checker is None
    assert "spelling is not checked" in caplog.text


def test_the_dictionary_is_read_from_a_folder_of_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "Zoë Ŋurruwuthun"
    shutil.copytree(FOLDER, folder)
    assert read_dictionary(folder).spell("colour")
