"""What the tests of the dialogs share: the village, and tools on a replica."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from cop_desktop.services.discussions import Discussions
from cop_desktop.ui.theme.theme import Theme
from tests.support.demo_pages import make_theme
from tests.support.record_desk import RecordDesk
from tests.support.village import Village, founded


@pytest.fixture
def theme(qapp: QApplication, tmp_path: Path) -> Theme:
    return make_theme(qapp, tmp_path / "cache")


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    with founded(tmp_path / "village") as made:
        for replica in (made.anna, made.ben):
            assert replica.account is not None
        made.meet()
        yield made


@pytest.fixture
def desk(theme: Theme, village: Village) -> Iterator[RecordDesk]:
    """Where Anna opens dialogs."""
    made = RecordDesk(theme, Discussions(village.anna), village.anna)
    yield made
    made.close()
