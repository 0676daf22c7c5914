"""Every screen and dialog as somebody meets them who sees little, or works without a mouse."""

import gc
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from cop_desktop.commands.session import system_clock
from cop_desktop.demo.seeding import COMMUNITY, MEMBERS, seed
from cop_desktop.store import Replica
from cop_desktop.wiring.application import application
from tests.shots import scenes
from tests.shots.house import House
from tests.shots.scene import TYPICAL
from tests.support.letters import clashing
from tests.support.scene_walk import Check, walked
from tests.support.small_sample import WORDS_IN_FILE, small_sample
from tests.support.stillness import restless
from tests.support.stray_windows import StrayWindows, noting_strays
from tests.support.tab_walk import stops_of
from tests.support.usable import cut_off, nameless, small_targets, unexplained, unreached

NARROW = (1024, 700)
NOT_IN_THE_SMALL_SAMPLE = frozenset(
    (
        *("library-file-versions", "library-compare", "library-draft", "library-submitted"),
        *("library-review", "library-ask", "library-publish", "library-send-back"),
        *("meetings-run", "meetings-run-attendance", "meetings-run-actions"),
    )
)
"""Scenes of what the small community has not got; `test_seldom_seen` goes there."""

SCENES = [
    scene
    for scene in scenes.SCENES
    if TYPICAL in scene.houses and not scene.name.startswith(("menu", "trouble"))
]
"""A trouble is told in a notice and a sentence, whose words have tests of their own."""


@pytest.fixture(scope="module")
def strays(qapp: QApplication) -> Iterator[StrayWindows]:
    with noting_strays(qapp) as noted:
        yield noted


@pytest.fixture(scope="module")
def house(
    qapp: QApplication, strays: StrayWindows, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """The program of a member of the small community, every place gone to once."""
    folder = tmp_path_factory.mktemp("house")
    seed(folder, small_sample(folder / "content"), _text_of, _nobody)
    gc.disable()  # as the tests themselves: not on a store thread
    mine = folder / COMMUNITY / MEMBERS / "ben"
    made = House(application(), Replica.open(mine, system_clock()), mine)
    made.window.resize(*NARROW)
    for key in made.window.place_keys():
        made.window.show_place(key)
        made.settle()
    yield made
    made.close()


def _text_of(_path: Path) -> str:
    return WORDS_IN_FILE


def _nobody(_done: int, _total: int) -> None:
    """Who is told how far the making is."""


@pytest.fixture(scope="module")
def amiss(house: House) -> Mapping[Check, list[str]]:
    """What each check found with text of the usual size; one walk for all of them."""
    house.program.theme.set_text_scale(1.0)
    checks = (restless, nameless, unexplained, small_targets, cut_off, clashing, passed_by)
    return walked(house, SCENES, checks, NOT_IN_THE_SMALL_SAMPLE)


def test_no_part_is_shown_as_a_window_of_its_own(
    strays: StrayWindows, amiss: Mapping[Check, list[str]]
) -> None:
    assert amiss
    assert not strays.met


@pytest.mark.parametrize("check", [nameless, unexplained, small_targets, cut_off])
def test_everything_is_named_explained_large_enough_and_whole(
    amiss: Mapping[Check, list[str]], check: Check
) -> None:
    assert not amiss[check], "\n".join(amiss[check])


def test_tab_leads_to_everything(amiss: Mapping[Check, list[str]]) -> None:
    assert not amiss[passed_by], "\n".join(amiss[passed_by])


def test_nothing_works_on_while_nothing_happens(amiss: Mapping[Check, list[str]]) -> None:
    assert not amiss[restless], "\n".join(amiss[restless])


def test_no_letter_is_underlined_for_two_at_once(amiss: Mapping[Check, list[str]]) -> None:
    assert not amiss[clashing], "\n".join(amiss[clashing])


def test_with_text_twice_as_large_it_still_is_large_enough_and_whole(house: House) -> None:
    house.program.theme.set_text_scale(2.0)
    larger = walked(house, SCENES, (small_targets, cut_off), NOT_IN_THE_SMALL_SAMPLE)
    found = [words for each in larger.values() for words in each]
    assert not found, "\n".join(found)


def passed_by(front: QWidget) -> list[str]:
    """What Tab does not lead to, also because it leads out of a dialog, or goes round before."""
    if isinstance(front, QMenu):
        return []  # arrows go through it
    return unreached(front, stops_of(front))
