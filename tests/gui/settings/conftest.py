"""The window of Ben with the place of settings."""

from dataclasses import replace

import pytest

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
def page(ben: DeskWindow, login: Login) -> SettingsPage:
    """The page, shown and filled."""

    def build() -> SettingsPage:
        tools = replace(ben.desk.settings_tools, login=login, sync_now=ben.handed.sync_now)
        return build_settings(tools)

    ben.window.add_place(Place("settings", "Settings", "settings", build, low=True, keys="Ctrl+,"))
    shown = ben.window.show_place("settings")
    assert isinstance(shown, SettingsPage)
    ben.settle()
    return shown
