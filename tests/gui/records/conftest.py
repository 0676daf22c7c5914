"""What the tests of the dialogs share: the village, and tools on a replica."""

from collections.abc import Iterator

import pytest

from cop_desktop.services.discussions import Discussions
from cop_desktop.ui.theme.theme import Theme
from tests.support.record_desk import RecordDesk
from tests.support.village import Village
from tests.support.window_fixtures import theme, village

__all__ = ["theme", "village"]


@pytest.fixture
def desk(theme: Theme, village: Village) -> Iterator[RecordDesk]:
    """Where Anna opens dialogs."""
    made = RecordDesk(theme, Discussions(village.anna), village.anna)
    yield made
    made.close()
