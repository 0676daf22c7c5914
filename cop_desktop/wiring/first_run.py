"""The first start over a replica that nobody has joined with yet."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QProcess

from cop_desktop.joining import Joined
from cop_desktop.ui.jobs import Jobs
from cop_desktop.ui.shell.actions import ActionSpec, Menu
from cop_desktop.ui.welcome.tools import WelcomeTools
from cop_desktop.wiring.desk import Desk
from sync.core.enrolment import read_code
from sync.core.errors import Malformed

if TYPE_CHECKING:
    from cop_desktop.ui.welcome.wizard import WelcomeWizard

_JOIN = "file.join"


@dataclass(frozen=True, slots=True)
class Entry:
    """How somebody gets in. join: takes a round trip; the others are for the GUI thread."""

    join: Callable[[str, str], Joined]
    begin_syncing: Callable[[], None]
    show_first: Callable[[], None]
    try_post: Callable[[], None]


class FirstRun(QObject):
    """Shows the wizard while nobody has joined, and again when it is asked for."""

    def __init__(self, desk: Desk, entry: Entry) -> None:
        super().__init__(desk.window)
        self._desk, self._entry = desk, entry
        self._network = Jobs("joining", self)
        self.wizard: WelcomeWizard | None = None
        words = QCoreApplication.translate("FirstRun", "&Join a community…")
        desk.window.registry.add(ActionSpec(_JOIN, words, Menu.FILE, group="join"), self.begin)

    def begin(self) -> None:
        """Show the wizard over the window."""
        if self.wizard is None:
            from cop_desktop.ui.welcome.wizard import WelcomeWizard

            self.wizard = WelcomeWizard(self._tools())
            self.wizard.setParent(self._desk.window, self.wizard.windowFlags())
        self.wizard.open()

    def settle(self) -> None:
        """Joining can be asked for only while nobody has joined."""
        is_open = self._desk.replica.account is None
        self._desk.window.registry.set_enabled(_JOIN, is_open)

    def close(self) -> None:
        """Let the thread of its own end; an answer that is still out is asked for again later."""
        self._network.close(timeout_s=1.0)

    def _joined(self) -> None:
        self.settle()
        self._entry.begin_syncing()

    def _tools(self) -> WelcomeTools:
        desk = self._desk
        return WelcomeTools(
            theme=desk.theme,
            jobs=desk.jobs,
            network=self._network,
            hub=desk.hub,
            messages=desk.messages,
            check_code=is_code,
            join=self._entry.join,
            joined=self._joined,
            open_sample=open_sample,
            kept=desk.replica.settings.get,
            keep=desk.replica.settings.set,
            finished=self._entry.show_first,
            try_post=self._entry.try_post,
        )


def is_code(typed: str) -> bool:
    """Whether this is an invitation code without a slip."""
    try:
        read_code(typed)
    except Malformed:
        return False
    return True


def open_sample() -> bool:
    """Start this program on the sample community, in a process of its own."""
    frozen = getattr(sys, "frozen", False)
    arguments = ["demo"] if frozen else ["-m", "cop_desktop", "demo"]
    started, _process = QProcess.startDetached(sys.executable, arguments)
    return started
