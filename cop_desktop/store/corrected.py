"""The computer's clock, corrected by the server's where it is plainly wrong."""

import threading
from typing import Final

from sqlalchemy import Connection, select, update

from cop_desktop.store.kept import IDENTITY
from cop_desktop.store.values import Clock

TOLERANCE_MS: Final = 60_000
DAY_MS: Final = 24 * 3600 * 1000
LONGEST_SLEEP_MS: Final = 100 * DAY_MS
"""A clock that ran ahead of the monotonic one by less may have slept: some stand still then."""
_NEAR: Final = 10
"""A jump within this part of the correction was somebody who set the clock right, no sleep."""


class CorrectedClock:
    """Milliseconds since 1970 as people should see them; may be used from several threads.

    A difference under TOLERANCE_MS is not corrected: it may be the time that the answer took. What
    becomes of a correction when the computer's clock is set is a table in docs/store.md. Never
    before the moment of the last contact.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._is_known = False
        self._in_this_run = False
        self._offset_ms = 0
        self._earliest_ms = 0
        """Now, at the least: the last contact, and what this run lasts since."""
        self._seen = (0, 0)
        """What both clocks showed at the last look: wall and monotonic, ms."""

    def load(self, connection: Connection) -> None:
        """Take up what was learned in an earlier run; once, and not after `learn`."""
        row = connection.execute(select(IDENTITY.c.offset_ms, IDENTITY.c.contact_ms)).first()
        with self._lock:
            if self._is_known or row is None or not row.contact_ms:
                return
            self._is_known = True
            self._seen = self._shown()
            self._offset_ms = row.offset_ms
            self._earliest_ms = row.contact_ms + row.offset_ms
            self._judge(self._seen[0], row.contact_ms)

    def wall_ms(self) -> int:
        """Now."""
        with self._lock:
            if not self._is_known:
                return self._clock.wall_ms()
            now, monotonic = self._shown()
            seen, seen_monotonic = self._seen
            untouched = seen + monotonic - seen_monotonic
            self._seen = now, monotonic
            self._earliest_ms += monotonic - seen_monotonic
            if abs(now - untouched) >= TOLERANCE_MS:
                self._notice(now, untouched)
            return max(now + self._offset_ms, self._earliest_ms)

    def learn(self, connection: Connection, server_ms: int) -> None:
        """Take notice of the server's clock, just read."""
        with self._lock:
            self._is_known = self._in_this_run = True
            self._seen = self._shown()
            now = self._seen[0]
            self._offset_ms = _plain(server_ms - now)
            self._earliest_ms = now + self._offset_ms
            values = {"offset_ms": self._offset_ms, "contact_ms": now}
        connection.execute(update(IDENTITY).values(**values))

    def _shown(self) -> tuple[int, int]:
        return self._clock.wall_ms(), round(self._clock.monotonic_s() * 1000)

    def _notice(self, now: int, untouched: int) -> None:
        """The clock was set, or the computer slept. untouched: what it would show otherwise."""
        if not self._in_this_run:
            self._judge(now, untouched)
        elif not self._slept(now - untouched):
            self._offset_ms = _plain(self._offset_ms - (now - untouched))

    def _judge(self, now: int, untouched: int) -> None:
        """Forget a correction of an earlier run that the clock cannot need, or hardly.

        untouched: what it showed, or would show, if nobody set it; later is possible.
        """
        may_be_untouched = now > untouched - TOLERANCE_MS
        may_be_right = now > self._earliest_ms - TOLERANCE_MS
        if not may_be_untouched or (may_be_right and self._offset_ms > DAY_MS):
            self._offset_ms = 0

    def _slept(self, jump_ms: int) -> bool:
        was_set_right = abs(jump_ms - self._offset_ms) <= abs(self._offset_ms) // _NEAR
        return 0 < jump_ms < LONGEST_SLEEP_MS and not was_set_right


def _plain(offset_ms: int) -> int:
    return 0 if abs(offset_ms) < TOLERANCE_MS else offset_ms
