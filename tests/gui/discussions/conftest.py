"""What the tests of discussions share: the village, and windows on its replicas."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cop_desktop.services.discussions import Discussions
from cop_desktop.store import Replica
from cop_desktop.ui.theme.theme import Theme
from tests.support.discussion_place import DiscussionPlace, OpenPlace
from tests.support.village import Village, founded
from tests.support.window_fixtures import theme

__all__ = ["theme"]


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    """Anna looks after the community, Ben and Cleo take part; all have met."""
    with founded(tmp_path / "village") as made:
        for replica in (made.anna, made.ben, made.cleo):
            assert replica.account is not None
        made.meet()
        yield made


@pytest.fixture
def anna(village: Village) -> Discussions:
    return Discussions(village.anna)


@pytest.fixture
def ben(village: Village) -> Discussions:
    return Discussions(village.ben)


@pytest.fixture
def open_place(theme: Theme, village: Village, tmp_path: Path) -> Iterator[OpenPlace]:
    """Opens windows; they close before the replicas do."""
    places: list[DiscussionPlace] = []

    def opened(replica: Replica) -> DiscussionPlace:
        place = DiscussionPlace(theme, replica, tmp_path / "window")
        places.append(place)
        place.open()
        return place

    yield opened
    for place in places:
        place.close()
