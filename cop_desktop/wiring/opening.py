"""Opening the replica for the window: put together again first, where it is damaged."""

import logging
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from cop_desktop.commands.session import system_clock
from cop_desktop.store import Recovered, Replica, recover
from cop_desktop.store.errors import (
    Damaged,
    DiskFull,
    DiskTrouble,
    ReadOnly,
    ReplicaInUse,
    StoreError,
    UnsafeFolder,
)
from cop_desktop.ui.messages import Messages
from cop_desktop.ui.widgets.notice_bar import Notice
from cop_desktop.wiring.screen import has_screen

_log = logging.getLogger(__name__)
_BETWEEN_TRIES_S = 0.2


@dataclass(frozen=True, slots=True)
class Start:
    """A replica that is open. recovered: what came of mending it, None if it was in order.

    trouble: why it can only be read, None if all can be done.
    """

    replica: Replica
    recovered: Recovered | None = None
    trouble: StoreError | None = None


def opened(folder: Path, patience_s: float = 0.0) -> Start:
    """The replica in this folder; only to be read, where its disk allows nothing else.

    patience_s: how long to wait for another process, such as a command that will soon be done.
    Raises ReplicaInUse, UnsafeFolder, Damaged, NewerDatabase, ReadOnly, DiskFull, DiskTrouble.
    """
    until_s = time.monotonic() + patience_s
    while True:
        try:
            return _opened(folder)
        except ReplicaInUse:
            if time.monotonic() >= until_s:
                raise
            time.sleep(_BETWEEN_TRIES_S)


def _opened(folder: Path) -> Start:
    try:
        return _mended(folder)
    except DiskFull as error:
        if error.room_made:
            return _mended(folder)
        return _to_read(folder, error)
    except (ReadOnly, DiskTrouble, UnsafeFolder) as error:
        return _to_read(folder, error)


def _mended(folder: Path) -> Start:
    try:
        return Start(Replica.open(folder, system_clock()))
    except Damaged as error:
        _log.error("the replica is damaged: %s", error)
        recovered = recover(folder, system_clock())
        return Start(Replica.open(folder, system_clock()), recovered)


def _to_read(folder: Path, trouble: StoreError) -> Start:
    """Raises the trouble if nothing can be read either."""
    _log.error("the replica is only read: %s", trouble)
    try:
        return Start(Replica.open_to_read(folder, system_clock()), trouble=trouble)
    except StoreError as error:
        _log.error("nor can it be read: %s", error)
        raise trouble from error


def notices(start: Start, messages: Messages) -> tuple[Notice, ...]:
    """What to tell the person; these stay until they are closed."""
    found = []
    if start.recovered is not None:
        found.append(_mended_notice(start.recovered))
    if start.trouble is not None:
        words = QCoreApplication.translate(
            "Opening",
            "You can read everything that is here, but nothing can be written, sent or received.",
        )
        message = messages.for_error(start.trouble)
        told = " ".join(part for part in (message.happened, words, message.to_do) if part)
        found.append(Notice(told, "bad", shown_ms=0))
    return tuple(found)


def _mended_notice(recovered: Recovered) -> Notice:
    if recovered.whole:
        words = QCoreApplication.translate(
            "Opening",
            "What is kept on this computer was damaged and has been put together again. "
            "Nothing of it is lost. The damaged files are kept in {folder}.",
        )
    else:
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
