"""The village with what its members do in discussions, and Ben's home."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cop_desktop.services.discussions import Discussions
from cop_desktop.services.home import Home
from tests.support.village import Village, founded


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    """Anna looks after the community; Ben takes part; both have met."""
    with founded(tmp_path) as made:
        assert made.anna.account is not None
        assert made.ben.account is not None
        made.meet()
        yield made


@pytest.fixture
def anna(village: Village) -> Discussions:
    """What the facilitator does in discussions."""
    return Discussions(village.anna)


@pytest.fixture
def ben(village: Village) -> Discussions:
    """What Ben does in discussions."""
    return Discussions(village.ben)


@pytest.fixture
def home(village: Village) -> Home:
    """What Ben is met with."""
    return Home(village.ben)
