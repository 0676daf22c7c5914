"""Fixtures: the village, and windows on it. A conftest names those that its tests use."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from cop_desktop.ui.theme.theme import Theme
from tests.support.demo_pages import make_theme
from tests.support.desk_window import DeskWindow, desk_window
from tests.support.village import Village, founded


@pytest.fixture
def theme(qapp: QApplication, look_cache: Path) -> Theme:
    return make_theme(qapp, look_cache)


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    """Anna looks after the community, Ben takes part; both have met."""
    with founded(tmp_path / "village") as made:
        assert made.anna.account is not None
        assert made.ben.account is not None
        made.meet()
        yield made


@pytest.fixture
def anna(theme: Theme, village: Village, tmp_path: Path) -> Iterator[DeskWindow]:
    """Anna's window; she is the facilitator."""
    with desk_window(theme, village.anna, tmp_path / "anna") as place:
        yield place


@pytest.fixture
def ben(theme: Theme, village: Village, tmp_path: Path) -> Iterator[DeskWindow]:
    """Ben's window; he is a member."""
    with desk_window(theme, village.ben, tmp_path / "ben") as place:
        yield place
