"""Commands on replicas that no server knows; they run unmeasured."""

from pathlib import Path

import pytest

from tests.support.commands import EXACT, NORTH, OTHER_CASE, Commands
from tests.support.measuring import unmeasured
from tests.support.replicas import COMMUNITY, DIRECTORY, enrolled

__all__ = ["unmeasured"]


@pytest.fixture
def nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Commands:
    """Commands on a folder that is not there."""
    return Commands(tmp_path / "nobody", capsys)


@pytest.fixture
def cop(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Commands:
    """Commands on Anna's replica, with two communities."""
    folder = tmp_path / "anna"
    with enrolled(folder, communities=(COMMUNITY, NORTH)) as replica, replica.write() as action:
        for space, name in ((COMMUNITY, EXACT), (NORTH, OTHER_CASE)):
            action.create("community", DIRECTORY, {"name": name}, record=space)
    return Commands(folder, capsys)
