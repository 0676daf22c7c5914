"""Bugs put in on purpose: a simulator that does not find them proves nothing by finding none."""

import pytest

from tests.simulation.planted import PLANTED
from tests.simulation.run import run
from tests.simulation.script import script_of

MOST_SEEDS = 40
CAUGHT_LAST_BY = {"receipt_before_commit": 30, "purge_by_age": 4, "adopted_digest": 2}
"""Seeds to be tried first, so that this does not take minutes."""
_OF_THE_PLANT = ("TypeError", "AttributeError", "NameError", "KeyError")
"""What a plant that no longer fits the program raises: that would catch nothing."""


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_bug_is_caught(name: str) -> None:
    for seed in (CAUGHT_LAST_BY.get(name, 1), *range(1, MOST_SEEDS + 1)):
        with pytest.MonkeyPatch.context() as patch:
            PLANTED[name](patch)
            failure = run(script_of(seed)).failure
        assert not failure.startswith(_OF_THE_PLANT), failure
        if failure:
            return
    pytest.fail(f"{name} was not caught by {MOST_SEEDS} seeds")
