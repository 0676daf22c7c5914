"""Looks after the replica while the window is open, and says when room runs short."""

import threading
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from shiboken6 import isValid

from cop_desktop.caring import Caring
from cop_desktop.store.room import Room
from cop_desktop.ui.jobs import Jobs
from cop_desktop.ui.messages import Message
from cop_desktop.ui.widgets.notice_bar import Notice, NoticeBar
from cop_desktop.wiring.desk import Desk

FIRST_MS = 3_000
EVERY_MS = 20_000
_CLOSE_S = 5.0
_CAUSES = {Room.LITTLE: "LittleRoom", Room.RESERVE: "OnReserve", Room.NONE: "DiskFull"}


class Caretaker(QObject):
    """One look after the other, on a thread of its own."""

    def __init__(self, desk: Desk, room_back: Callable[[], None]) -> None:
        """room_back: called when there is room again for what was not received."""
        super().__init__(desk.window)
        self._desk = desk
        self._room_back = room_back
        self._room = Room.ENOUGH
        self._bar: NoticeBar | None = None
        self._stopping = threading.Event()
        self._caring = Caring(desk.replica, self._stopping.is_set)
        self._jobs = Jobs("caring", self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)
        self._timer.start(FIRST_MS)

    def look(self) -> None:
        """Do what is due, and see how much room there is."""
        self._jobs.run(self._look, self._on_looked, self._on_failed, key="caring")

    def _look(self) -> Room:
        before = self._caring.times_collected
        room = self._caring.look()
        if self._caring.times_collected > before:
            self._desk.services.storage.remove_stale_copies()
        return room

    def close(self) -> None:
        """End the thread; a backup under way is left."""
        self._timer.stop()
        self._stopping.set()
        self._jobs.close(_CLOSE_S)

    def _on_looked(self, room: Room) -> None:
        self._timer.start(EVERY_MS)
        before, self._room = self._room, room
        if room is before:
            return
        if self._bar is not None and isValid(self._bar):
            self._bar.close_notice()  # what it says is no longer so
        if room is Room.ENOUGH:
            words = QCoreApplication.translate("Caretaker", "There is room on the disk again.")
            self._desk.window.show_notice(Notice(words, "good"))
            self._room_back()
        else:
            self._say(self._desk.messages.for_cause(_CAUSES[room]))

    def _on_failed(self, error: Exception) -> None:
        self._timer.start(EVERY_MS)
        self._say(self._desk.messages.for_error(error))

    def _say(self, message: Message) -> None:
        notice = Notice(message.sentence(), message.tone, shown_ms=0)
        self._bar = self._desk.window.notices.show_notice(notice)
