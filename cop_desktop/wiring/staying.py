"""The program while nobody looks at it: the icon beside the clock, messages, closing to it."""

import sys
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer
from PySide6.QtGui import QIcon

from cop_desktop import paths
from cop_desktop.services.home.views import Waiting
from cop_desktop.services.whereabouts import Destination
from cop_desktop.ui.home.tools import HOME
from cop_desktop.ui.notifying.notifier import Notifier, NotifyingTools
from cop_desktop.ui.notifying.tray import Tray
from cop_desktop.ui.shell import preferences as prefer
from cop_desktop.ui.welcome.answers import SHARED, Shared
from cop_desktop.ui.widgets.application import application
from cop_desktop.ui.widgets.notice_bar import Notice
from cop_desktop.wiring.desk import Desk
from cop_desktop.wiring.going import Going
from cop_desktop.wiring.places import SETTINGS, Places

_ASKED, _STAYED = "asked.login", "told.stays"
"""Of the window's memory: what was asked, or said, once."""
_STARTED: Final = "started_before"
_LAUNCHED_MS: Final = 5_000
"""So long macOS may still be busy starting the program, which makes it active by itself."""


class Staying(QObject):
    """Keeps the icon, and the window's close button, as the member prefers."""

    def __init__(self, desk: Desk, places: Places, going: Going) -> None:
        super().__init__(desk.window)
        self._desk, self._places, self._going = desk, places, going
        self._window = desk.window
        icon = QIcon(str(paths.resources_dir() / "icons" / "app-256.png"))
        self.tray = Tray(icon, paths.APP_NAME, self)
        desk.theme.dress(self.tray.menu)
        self.notifier: Notifier | None = None
        self._window_may_come = True
        self.end: Callable[[], None] = QCoreApplication.quit
        self._connect()

    def start(self, *, in_background: bool) -> None:
        """Put the icon up and begin to tell of news; in_background: nobody asked for the window."""
        self.tray.show()
        self._window.stays = self._stays
        if sys.platform == "darwin" and in_background:
            QTimer.singleShot(_LAUNCHED_MS, self, self._listen_for_dock)
        elif sys.platform == "darwin":
            self._listen_for_dock()
        if in_background and self.tray.is_there:
            self._keep_running(True)
        elif in_background:
            self._window.showMinimized()
        else:
            self._window.show()
        if self._desk.replica.is_only_read:
            return
        self.notifier = Notifier(self, self._tools(), self.tray)
        if self._desk.replica.account is not None:
            self._ask_once()

    def close(self) -> None:
        """The program ends. May be repeated."""
        self._window.stays = bool
        self._window_may_come = False
        self._keep_running(False)
        self.tray.close()
        if self.notifier is not None:
            self.notifier.close()
            self.notifier = None

    def open_waiting(self, one: Waiting | None) -> None:
        """Where something is that waits for the member; to Home for several things."""
        self._window.bring_up()
        if one is None:
            self._window.show_place(HOME)
            return
        kind = one.open_kind if one.record == one.open_id else "post"
        self._places.open_hit(
            Destination(kind, one.record, one.open_kind, one.open_id, one.title, one.community)
        )

    def quit(self) -> None:
        """End the program, from the icon too."""
        was_shown = self._window.isVisible()
        self._window.stays = bool
        self._keep_running(False)
        self._window.close()
        if not was_shown:  # the last window went long ago
            self.end()

    def _stays(self) -> bool:
        """Whether the program runs on when its window is closed."""
        return bool(self._window.preferences.get(prefer.STAY)) and self.tray.is_there

    def _connect(self) -> None:
        window = self._window
        window.sentence.words_shown.connect(self.tray.show_words)
        window.tucked_away.connect(self._on_tucked_away)
        window.quit_wanted.connect(self.quit)
        self.tray.open_wanted.connect(self._bring_up)
        self.tray.sync_wanted.connect(window.sync_wanted)
        self.tray.settings_wanted.connect(self._show_settings)
        self.tray.quit_wanted.connect(self.quit)
        application().commitDataRequest.connect(self._on_sign_out)

    def _tools(self) -> NotifyingTools:
        return NotifyingTools(
            **self._desk.window_tools.common(),
            news=self._desk.services.news,
            preferences=self._window.preferences,
            in_front=self._window.isActiveWindow,
            open_waiting=self.open_waiting,
        )

    def _bring_up(self) -> None:
        self._window.bring_up()
        self._keep_running(False)

    def _listen_for_dock(self) -> None:
        application().applicationStateChanged.connect(self._on_state)

    def _on_state(self, state: Qt.ApplicationState) -> None:
        """A click on the program in the Dock makes it active, and tells nothing else.

        Elsewhere it becomes active through the menu of the icon as well, which asks for no window.
        """
        is_active = state is Qt.ApplicationState.ApplicationActive
        if is_active and self._window_may_come and not self._window.isVisible():
            self._bring_up()

    def _show_settings(self) -> None:
        self._bring_up()
        self._window.show_place(SETTINGS)

    def _on_tucked_away(self) -> None:
        self._keep_running(True)
        if self._window.memory.get(_STAYED) is None:
            self._window.memory.put(_STAYED, b"1")
            words = self.tr("It goes on sending and receiving. This icon brings it back.")
            self.tray.ring(self.tr("Still running"), words, self._bring_up)

    def _on_sign_out(self, *_manager: object) -> None:
        """The system ends: nothing may hold it up."""
        self._window.stays = bool

    def _keep_running(self, keep: bool) -> None:
        application().setQuitOnLastWindowClosed(not keep)

    def _ask_once(self) -> None:
        """From the second start on, whether to start with the computer: asked once, by a notice."""
        memory = self._window.memory
        if self._desk.folder != paths.default_data_dir():
            return  # the sample, or another folder for a while
        if memory.get(_STARTED) is None:
            memory.put(_STARTED, b"1")
        elif memory.get(_ASKED) is None:
            settings = self._desk.replica.settings
            self._desk.jobs.run(partial(settings.get, SHARED), self._ask, key="staying.ask")

    def _ask(self, shared: Any) -> None:
        if shared == Shared.SAME_SIGN_IN or self._desk.settings_tools.login is None:
            return
        self._window.memory.put(_ASKED, b"1")
        words = self.tr(
            "Should this program start by itself when you sign in to the computer, so that news "
            "arrive while you do other things?"
        )
        choose = partial(self._going.show_setting, "computer")
        self._window.show_notice(Notice(words, "info", self.tr("&Choose…"), choose, shown_ms=0))
