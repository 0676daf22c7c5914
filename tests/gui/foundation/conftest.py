"""What the tests of the window's foundation share: a theme whose system can be changed."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from cop_desktop.ui.theme.system_look import SystemLook
from cop_desktop.ui.theme.theme import Theme
from tests.support.demo_pages import make_theme


class MadeUpLook(SystemLook):
    """A system whose wishes a test changes."""

    def __init__(self) -> None:
        super().__init__()
        self.is_dark = False
        self.is_contrast = False
        self.forced: list[bool | None] = []

    def dark(self) -> bool:
        return self.is_dark

    def more_contrast(self) -> bool:
        return self.is_contrast

    def force_dark(self, dark: bool | None) -> None:
        self.forced.append(dark)

    def wish(self, *, dark: bool = False, contrast: bool = False) -> None:
        """The person changes the system's settings."""
        self.is_dark, self.is_contrast = dark, contrast
        self.changed.emit()


@pytest.fixture
def look(qapp: QApplication) -> MadeUpLook:
    return MadeUpLook()


@pytest.fixture
def theme(qapp: QApplication, look_cache: Path, look: MadeUpLook) -> Theme:
    return make_theme(qapp, look_cache, look)
