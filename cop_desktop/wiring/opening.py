"""Opening the replica for the window: put together again first, where it is damaged."""

import logging
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from cop_desktop.commands.session import system_clock
from cop_desktop.store import Recovered, Replica, recover
from cop_desktop.store.errors import Damaged
from cop_desktop.ui.widgets.notice_bar import Notice
from cop_desktop.wiring.screen import has_screen

_log = logging.getLogger(__name__)


def opened(folder: Path) -> tuple[Replica, Recovered | None]:
    """The replica in this folder, and what came of mending it if it had to be mended.

    Raises ReplicaInUse, Damaged, NewerDatabase, ReadOnly, DiskFull.
    """
    try:
        return Replica.open(folder, system_clock()), None
    except Damaged as error:
        _log.error("the replica is damaged: %s", error)
        recovered = recover(folder, system_clock())
        return Replica.open(folder, system_clock()), recovered


def mended_notice(recovered: Recovered) -> Notice:
    """What to tell the person; stays until it is closed."""
    words = QCoreApplication.translate(
        "Opening",
        "What is kept on this computer was damaged and has been put together again. "
        "What you wrote here was saved as far as it could be read; what the others have "
        "comes back with the next connection. The damaged files are kept in {folder}.",
    )
    return Notice(words.format(folder=recovered.aside), "warn", shown_ms=0)


def can_show_windows(platform_given: bool) -> bool:
    """Whether a window can be opened; where it cannot, the reason is printed.

    platform_given: whether somebody chose Qt's platform, such as one without a screen.
    """
    if platform_given or has_screen():
        return True
    sys.stderr.write(
        "There is no screen here to open a window on. "
        "`cop-desktop --help` lists what can be done without one.\n"
    )
    return False
