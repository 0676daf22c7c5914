"""Seeds of the simulator inside the tests; `make simulate` runs more, and each of them twice."""

import pytest

from tests.simulation.regressions import REGRESSIONS
from tests.simulation.run import run, run_seed
from tests.simulation.script import script_of

SEEDS = 300
AT_ONCE = 5
TWICE = 10
"""Of so many seeds one runs twice, to see that both traces are the same."""


@pytest.mark.parametrize("first", range(1, SEEDS, AT_ONCE))
def test_nothing_is_lost_doubled_or_called_sent_too_soon(first: int) -> None:
    for seed in range(first, first + AT_ONCE):
        ran = run_seed(seed, TWICE)
        assert not ran.failure, f"seed {seed}: {ran.failure}\n{script_of(seed)}"


@pytest.mark.parametrize("name", REGRESSIONS)
def test_what_once_failed_holds(name: str) -> None:
    assert not run(REGRESSIONS[name]).failure
