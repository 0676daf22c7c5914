"""A whole program over a replica of its own, as somebody leads through it to take pictures."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLineEdit,
    QMenu,
    QToolButton,
    QWidget,
)

from cop_desktop.app import Program
from cop_desktop.services.discussions import TopicRow
from cop_desktop.services.library import ItemRow
from cop_desktop.services.meetings import MeetingRow
from cop_desktop.store import Replica
from cop_desktop.ui.discussions.page import DiscussionsPage
from cop_desktop.ui.library.page import LibraryPage
from cop_desktop.ui.meetings.page import MeetingsPage
from cop_desktop.ui.people.page import PeoplePage
from cop_desktop.ui.search.page import SearchPage
from cop_desktop.ui.settings.page import SettingsPage
from sync.core.ids import Id
from tests.shots.finding import item_rows, meeting_rows, topic_rows
from tests.support.discussion_place import turn
from tests.support.two_windows import end

_PATIENCE_S = 20.0
_MOMENT_MS = 400
_LEVELS = 4
"""New words are laid out anew from the inside to the outside, a turn for every few levels."""

_Shown = TypeVar("_Shown", bound=QWidget)


class NotThere(Exception):
    """What the picture is of cannot be shown in this house."""


class House:
    """The window of one member, without a server."""

    def __init__(self, app: QApplication, replica: Replica, folder: Path) -> None:
        self.program = Program(app, replica, folder)
        self.desk, self.window = self.program.desk, self.program.window
        self.window.show_place("home")
        self.window.show()
        self.settle()

    @property
    def community(self) -> Id:
        """The community that is shown."""
        community = self.program.places.community
        if community is None:
            raise NotThere("no community")
        return community

    @property
    def discussions(self) -> DiscussionsPage:
        page = self.window.show_place("discussions")
        assert isinstance(page, DiscussionsPage)
        return page

    @property
    def library(self) -> LibraryPage:
        page = self.window.show_place("library")
        assert isinstance(page, LibraryPage)
        return page

    @property
    def meetings(self) -> MeetingsPage:
        page = self.window.show_place("meetings")
        assert isinstance(page, MeetingsPage)
        return page

    @property
    def people(self) -> PeoplePage:
        page = self.window.show_place("people")
        assert isinstance(page, PeoplePage)
        return page

    @property
    def search(self) -> SearchPage:
        page = self.window.show_place("search")
        assert isinstance(page, SearchPage)
        return page

    @property
    def settings(self) -> SettingsPage:
        page = self.window.show_place("settings")
        assert isinstance(page, SettingsPage)
        return page

    @property
    def topics(self) -> tuple[TopicRow, ...]:
        return topic_rows(self.desk, self.community)

    @property
    def items(self) -> tuple[ItemRow, ...]:
        return item_rows(self.desk, self.community)

    @property
    def held(self) -> tuple[MeetingRow, ...]:
        """The meetings that are there, not only planned."""
        return meeting_rows(self.desk, self.community)

    def press(self, key: str) -> None:
        """What the menu does."""
        action = self.window.registry.action(key)
        if not action.isEnabled():
            raise NotThere(f"{key} cannot be asked for")
        action.trigger()
        self.settle()

    def click(self, words: str, within: QWidget | None = None) -> None:
        """Press the button that says this, or open the menu that it has."""
        button = _shown(within or self.front(), QAbstractButton, words, _words_of)
        menu = button.menu() if isinstance(button, QToolButton) else None
        if menu is not None:
            menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
        else:
            button.click()
        self.settle()

    def choose(self, words: str) -> None:
        """Press what says this in the menu that is open."""
        menu = self.front()
        actions = menu.actions() if isinstance(menu, QMenu) else []
        chosen = [one for one in actions if _plain(one.text()).startswith(words)]
        if not chosen:
            raise NotThere(f"no menu offers {words}")
        menu.close()
        chosen[0].trigger()
        self.settle()

    def type_into(self, name: str, words: str) -> None:
        """Type into the field of that name in place of what is there."""
        _shown(self.front(), QLineEdit, name, QLineEdit.accessibleName).setText(words)
        # What is found is read after a moment without typing.
        QTest.qWait(_MOMENT_MS)
        self.settle()

    def settle(self) -> None:
        """Until nothing is read any more, nor anything laid out."""
        for _ in range(2):
            turn()
            for jobs in (self.program.slow_jobs, self.program.jobs):
                jobs.wait_idle()
        for _ in range(_LEVELS):
            turn()

    def wait_for(self, condition: Callable[[], bool]) -> None:
        """Lets the window live until then; raises NotThere when it takes too long."""
        until_s = time.monotonic() + _PATIENCE_S
        while not condition():
            if time.monotonic() > until_s:
                raise NotThere("it does not come about")
            turn()
            time.sleep(0.01)
        self.settle()

    def front(self) -> QWidget:
        """The dialog or menu that is open, else the window."""
        over = self._over()
        return over[-1] if over else self.window

    def tidy(self) -> None:
        """Close what is open over the window."""
        over = self._over()
        for widget in reversed(over):
            widget.close()
        self.window.notices.close_all()
        if over:
            self.settle()

    def close(self) -> None:
        """The program ends."""
        self.tidy()
        self.program.faults.close()
        end(self.program)

    def _over(self) -> list[QWidget]:
        tops = QApplication.topLevelWidgets()
        return [one for one in tops if isinstance(one, (QDialog, QMenu)) and one.isVisible()]


def _shown(
    within: QWidget, sort: type[_Shown], words: str, said: Callable[[_Shown], str]
) -> _Shown:
    found = [one for one in within.findChildren(sort) if said(one).startswith(words)]
    usable = [one for one in found if one.isVisible() and one.isEnabled()]
    if not usable:
        raise NotThere(f"nothing says {words}")
    return usable[0]


def _plain(words: str) -> str:
    return words.replace("&", "").strip()


def _words_of(button: QAbstractButton) -> str:
    return _plain(button.text()) or button.accessibleName()
