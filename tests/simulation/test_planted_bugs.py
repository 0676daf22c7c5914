"""Bugs put in on purpose: a simulator that does not find them proves nothing by finding none."""

import pytest

from tests.simulation.planted import PLANTED
from tests.simulation.run import run
from tests.simulation.script import script_of

MOST_SEEDS = 40
_OF_THE_PLANT = ("TypeError", "AttributeError", "NameError", "KeyError")
"""What a plant that no longer fits the program raises: that would catch nothing."""


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_bug_is_caught(name: str) -> None:
    for seed in range(1, MOST_SEEDS + 1):
        with pytest.MonkeyPatch.context() as patch:
            PLANTED[name](patch)
            failure = run(script_of(seed)).failure
        assert not failure.startswith(_OF_THE_PLANT), failure
        if failure:
            return
    pytest.fail(f"{name} was not caught by {MOST_SEEDS} seeds")
