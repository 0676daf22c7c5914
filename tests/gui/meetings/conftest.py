"""What the tests of the place of meetings share: a filled hall, its window shown."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from cop_desktop.ui.theme.system_look import SystemLook
from cop_desktop.ui.theme.theme import Theme
from sync.core.ids import Id
from tests.support.demo_pages import make_theme
from tests.support.meeting_hall import Hall, fill, opened_hall


@pytest.fixture
def theme(qapp: QApplication, look_cache: Path) -> Theme:
    return make_theme(qapp, look_cache, SystemLook())


@pytest.fixture
def empty_hall(tmp_path: Path, theme: Theme) -> Iterator[Hall]:
    """A community without any meeting."""
    with opened_hall(tmp_path, theme) as hall:
        hall.window.show()
        assert hall.page
        hall.settle()
        yield hall


@pytest.fixture
def hall(tmp_path: Path, theme: Theme) -> Iterator[Hall]:
    """A forum with a meeting held, one tonight, and days to come."""
    with opened_hall(tmp_path, theme) as hall:
        hall.tonight = fill(hall)
        hall.window.show()
        assert hall.page
        hall.settle()
        yield hall


@pytest.fixture
def open_section(hall: Hall) -> Callable[[str], None]:
    """Goes to a section of tonight's meeting."""

    def go(name: str) -> None:
        hall.page.open_meeting(hall.tonight)
        hall.settle()
        hall.page.detail.tabs.setCurrentWidget(getattr(hall.page.detail, name))

    return go


@pytest.fixture
def tonight(hall: Hall) -> Id:
    return hall.tonight
