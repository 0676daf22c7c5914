"""What is due for a replica from time to time, and how much room there is on its disk."""

import logging
import time
from collections.abc import Callable

from cop_desktop.store import Replica
from cop_desktop.store.errors import Damaged, StoreError
from cop_desktop.store.room import Room

_log = logging.getLogger(__name__)
LOOK_EVERY_S = 3600.0
GARBAGE_EVERY_S = 24 * 3600.0


class Stopped(Exception):
    """The program ends, so what can be done another time is left."""


class Caring:
    """Looks after one replica; for one thread.

    times_collected: how often garbage was looked for.
    """

    def __init__(
        self,
        replica: Replica,
        is_stopping: Callable[[], bool],
        monotonic_s: Callable[[], float] = time.monotonic,
        later_s: float = 60.0,
    ) -> None:
        """later_s: from now, backup and garbage: a start is not to be slowed by them."""
        self.times_collected = 0
        self._replica = replica
        self._is_stopping = is_stopping
        self._monotonic_s = monotonic_s
        self._backup_from_s = self._garbage_from_s = monotonic_s() + later_s

    def look(self) -> Room:
        """How much room there is, after doing what is due. May take minutes, when a backup is.

        Raises Damaged once, if the database turns out to be.
        """
        try:
            self._replica.reserve.restore()
        except StoreError as error:
            _log.warning("no reserve could be made: %s", error)
        self._collect_garbage()
        room = self._replica.reserve.room()
        if room is Room.ENOUGH and self._may_back_up():
            self._back_up_if_due()
        return room

    def _collect_garbage(self) -> None:
        try:
            if self._replica.garbage.is_due() or self._monotonic_s() >= self._garbage_from_s:
                self._garbage_from_s = self._monotonic_s() + GARBAGE_EVERY_S
                _log.info("%d chunks were garbage", self._replica.garbage.collect())
                self._replica.files.rechecking.begin_if_due()
                self.times_collected += 1
        except StoreError as error:
            _log.warning("garbage was left: %s", error)

    def _may_back_up(self) -> bool:
        return self._replica.account is not None and self._monotonic_s() >= self._backup_from_s

    def _back_up_if_due(self) -> None:
        self._backup_from_s = self._monotonic_s() + LOOK_EVERY_S
        try:
            if not self._replica.is_backup_due():
                return
            made = self._replica.back_up(self._go_on)
        except Stopped:
            _log.info("a backup was left for the next time")
        except Damaged:
            raise
        except StoreError as error:
            _log.warning("no backup could be made: %s", error)
        else:
            _log.info("backed up as %s", made.name)

    def _go_on(self, _done: int, _total: int) -> None:
        if self._is_stopping():
            raise Stopped
