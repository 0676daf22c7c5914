"""Every screen and dialog as somebody meets them who sees little, or works without a mouse."""

import gc
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from cop_desktop.commands.session import system_clock
from cop_desktop.demo.seeding import COMMUNITY, MEMBERS, seed
from cop_desktop.store import Replica
from cop_desktop.wiring.application import application
from tests.shots.dialogs import DIALOGS
from tests.shots.house import House, NotThere
from tests.shots.places import AFTER, PLACES
from tests.shots.scene import TYPICAL
from tests.support.letters import clashing
from tests.support.small_sample import WORDS_IN_FILE, small_sample
from tests.support.stillness import restless
from tests.support.tab_walk import stops_of
from tests.support.usable import cut_off, nameless, small_targets, unexplained, unreached

NARROW = (1024, 700)
NOT_IN_THE_SMALL_SAMPLE = frozenset({"library-review"})
"""Scenes of what the small community has not got."""

SCENES = [
    scene
    for scene in (*PLACES, *DIALOGS)
    if TYPICAL in scene.houses and not scene.name.startswith("menu")
]

Check = Callable[[QWidget], list[str]]


@pytest.fixture(scope="module")
def house(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
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


def walked(house: House, checks: Sequence[Check]) -> list[str]:
    """Goes through every scene; what was amiss there."""
    found: dict[str, str] = {}
    for scene in SCENES:
        try:
            scene.go(house)
            house.settle()
            front = house.front()
            for words in (each for check in checks for each in check(front)):
                found.setdefault(words, scene.name)
            house.tidy()
            if scene.name in AFTER:
                AFTER[scene.name](house)
        except NotThere:
            assert scene.name in NOT_IN_THE_SMALL_SAMPLE, scene.name
            house.tidy()
    return [f"{scene}: {words}" for words, scene in found.items()]


def test_everything_is_named_large_enough_whole_and_reached_with_tab(house: House) -> None:
    house.program.theme.set_text_scale(1.0)
    amiss = walked(house, (nameless, unexplained, small_targets, cut_off, passed_by))
    assert not amiss, "\n".join(amiss)


def test_nothing_works_on_while_nothing_happens(house: House) -> None:
    house.program.theme.set_text_scale(1.0)
    amiss = walked(house, (restless,))
    assert not amiss, "\n".join(amiss)


def test_no_letter_is_underlined_for_two_at_once(house: House) -> None:
    house.program.theme.set_text_scale(1.0)
    amiss = walked(house, (clashing,))
    assert not amiss, "\n".join(amiss)


def test_with_text_twice_as_large_it_still_is_large_enough_and_whole(house: House) -> None:
    house.program.theme.set_text_scale(2.0)
    amiss = walked(house, (small_targets, cut_off))
    assert not amiss, "\n".join(amiss)


def passed_by(front: QWidget) -> list[str]:
    """What Tab does not lead to, also because it leads out of a dialog, or goes round before."""
    return unreached(front, stops_of(front))
