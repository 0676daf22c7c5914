"""What the tests of services share; they run unmeasured."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cop_desktop.services.discussions import Discussions
from tests.support.measuring import unmeasured
from tests.support.village import Village, founded

__all__ = ["unmeasured"]


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    """Anna, Ben and Cleo, each with a computer; Anna looks after the community."""
    with founded(tmp_path) as made:
        yield made


@pytest.fixture
def anna(village: Village) -> Discussions:
    """What the facilitator does in discussions."""
    return Discussions(village.anna)


@pytest.fixture
def ben(village: Village) -> Discussions:
    """What a member does in discussions."""
    return Discussions(village.ben)
