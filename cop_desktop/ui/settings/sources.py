"""Where settings are kept: with the window, in the theme, with the replica, with the system."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from cop_desktop.services.spelling import IS_ON
from cop_desktop.ui.records.presenting import Presenting
from cop_desktop.ui.settings.sections import LOGIN, LOOK, SIZE, SPELLING
from cop_desktop.ui.settings.tools import LoginStart, SettingsTools
from cop_desktop.ui.shell.preferences import USUAL
from cop_desktop.ui.theme.theme import Appearance
from cop_desktop.ui.welcome.answers import INTERNET, SHARED, Shared
from sync.core.budget import DataPlan, Internet


class Source(Presenting):
    """`told` carries a setting's key and what it is, after `read` and after each change."""

    told = Signal(str, object)

    def __init__(self, owner: QObject, tools: SettingsTools) -> None:
        super().__init__(owner, tools)
        self._tools = tools

    def names(self) -> tuple[str, ...]:
        """What is kept there."""
        raise NotImplementedError

    def read(self) -> None:
        """Tell all of them."""
        raise NotImplementedError

    def put(self, key: str, value: Any) -> None:
        """Keep what was chosen, and tell it."""
        raise NotImplementedError


class OfWindow(Source):
    """Preferences."""

    def __init__(self, owner: QObject, tools: SettingsTools) -> None:
        super().__init__(owner, tools)
        tools.preferences.changed.connect(self._tell)

    def names(self) -> tuple[str, ...]:
        return tuple(USUAL)

    def read(self) -> None:
        for name in USUAL:
            self._tell(name)

    def put(self, key: str, value: Any) -> None:
        self._tools.preferences.put(key, value)

    def _tell(self, name: str) -> None:
        self.told.emit(name, self._tools.preferences.get(name))


class OfTheme(Source):
    """Look and text size; changed from the menu too."""

    def __init__(self, owner: QObject, tools: SettingsTools) -> None:
        super().__init__(owner, tools)
        tools.appearance.chosen.connect(self.read)

    def names(self) -> tuple[str, ...]:
        return (LOOK, SIZE)

    def read(self) -> None:
        theme = self._tools.theme
        self.told.emit(LOOK, theme.appearance.value)
        self.told.emit(SIZE, str(round(theme.text_scale * 100)))

    def put(self, key: str, value: Any) -> None:
        if key == LOOK:
            self._tools.appearance.choose_look(Appearance(value))
        else:
            self._tools.appearance.choose_size(int(value))


class OfReplica(Source):
    """The answers of the first start. Another kind of internet is another data plan."""

    plan_changed = Signal()

    def names(self) -> tuple[str, ...]:
        return (INTERNET, SHARED)

    def read(self) -> None:
        self._tools.jobs.run(self._read, self._on_read, self._say_trouble, "settings.read")

    def put(self, key: str, value: Any) -> None:
        work: Callable[[], None] = partial(self._tools.keep, SHARED, value)
        if key == INTERNET:
            work = partial(self._choose_internet, Internet(value))
        done = partial(self._on_put, key, value)
        self._tools.jobs.run(work, done, self._on_failed)

    def _read(self) -> tuple[DataPlan, Any]:
        return self._tools.sync_status.budget.plan(), self._tools.kept(SHARED)

    def _on_read(self, found: tuple[DataPlan, Any]) -> None:
        plan, shared = found
        self.told.emit(INTERNET, plan.internet.value)
        known = isinstance(shared, str) and shared in set(Shared)
        self.told.emit(SHARED, shared if known else Shared.ALONE.value)

    def _choose_internet(self, internet: Internet) -> None:
        budget = self._tools.sync_status.budget
        budget.set_plan(replace(budget.plan(), internet=internet))

    def _on_put(self, key: str, value: Any, _nothing: None) -> None:
        self.told.emit(key, value)
        if key == INTERNET:
            self._tools.sync_now()  # so that what may go now goes
            self.plan_changed.emit()

    def _on_failed(self, error: Exception) -> None:
        self._say_trouble(error)
        self.read()  # shows what holds


class OfSpelling(Source):
    """Whether unknown words are marked; turned on and off from the menus of fields, too.

    Where no spelling is looked at, nothing is told.
    """

    def __init__(self, owner: QObject, tools: SettingsTools) -> None:
        super().__init__(owner, tools)
        if tools.speller is not None:
            tools.speller.changed.connect(self.read)

    def names(self) -> tuple[str, ...]:
        return (SPELLING,)

    def read(self) -> None:
        if self._tools.speller is None:
            return
        work = partial(self._tools.kept, IS_ON)
        self._tools.jobs.run(work, self._on_read, self._say_trouble, "settings.spelling")

    def put(self, key: str, value: Any) -> None:
        if self._tools.speller is not None:
            self._tools.speller.turn(value)

    def _on_read(self, kept: Any) -> None:
        self.told.emit(SPELLING, kept is not False)


class OfSystem(Source):
    """Starting at login; where that is not to be had, nothing is told."""

    def names(self) -> tuple[str, ...]:
        return (LOGIN,)

    def read(self) -> None:
        login = self._tools.login
        if login is not None:
            self._tools.slow_jobs.run(login.is_on, self._on_read, self._say_trouble)

    def put(self, key: str, value: Any) -> None:
        login = self._tools.login
        if login is not None:
            work = partial(_set_on, login, value)
            self._tools.slow_jobs.run(work, self._on_read, self._on_failed)

    def _on_read(self, on: bool) -> None:
        self.told.emit(LOGIN, on)

    def _on_failed(self, error: Exception) -> None:
        self._say_trouble(error)
        self.read()


def _set_on(login: LoginStart, on: bool) -> bool:
    """What holds then."""
    if login.is_on() != on:
        login.set_on(on)
    return login.is_on()
