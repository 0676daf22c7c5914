"""The window of Ben with the place of settings."""

from dataclasses import replace
from pathlib import Path

import pytest

from cop_desktop.services.spelling import Spelling
from cop_desktop.ui.records.speller import WindowSpeller
from cop_desktop.ui.settings.page import SettingsPage
from cop_desktop.ui.settings.presenter import build_settings
from cop_desktop.ui.shell.places import Place
from tests.support.desk_window import DeskWindow
from tests.support.window_fixtures import ben, theme, village

__all__ = ["ben", "theme", "village"]


class Login:
    """Starting with the computer, noted and not done. fails: the system says no."""

    def __init__(self) -> None:
        self.on = False
        self.fails = False

    def is_on(self) -> bool:
        return self.on

    def set_on(self, on: bool) -> None:
        if self.fails:
            raise PermissionError("not here")
        self.on = on


@pytest.fixture
def login() -> Login:
    return Login()


@pytest.fixture
def page(ben: DeskWindow, login: Login, tmp_path: Path) -> SettingsPage:
    """The page, shown and filled."""
    desk, no_dictionary = ben.desk, tmp_path / "spelling"
    spelling = Spelling(ben.replica, no_dictionary)
    speller = WindowSpeller(spelling, desk.jobs, desk.hub, ben.window)

    def build() -> SettingsPage:
        wish = ben.handed.sync_now
        tools = replace(desk.settings_tools, login=login, sync_now=wish, speller=speller)
        tools = replace(tools, spelling=spelling)
        return build_settings(tools)

    ben.window.add_place(Place("settings", "Settings", "settings", build, low=True, keys="Ctrl+,"))
    shown = ben.window.show_place("settings")
    assert isinstance(shown, SettingsPage)
    ben.settle()
    return shown
