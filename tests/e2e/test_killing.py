"""The kill loop in short; `make killing ROUNDS=500` is the long one."""

from pathlib import Path

import pytest

from tests.killing.loop import Asked, run


@pytest.mark.timeout(900)  # whole programs start two dozen times
def test_desktops_and_a_server_killed_at_random_moments_lose_nothing_and_double_nothing(
    tmp_path: Path,
) -> None:
    found = run(tmp_path, Asked(rounds=8, seed=1, desks=2))
    assert found.problems == []
    assert (found.desk_kills, found.server_kills) == (8, 8)
    assert found.saved > 0
