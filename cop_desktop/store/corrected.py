"""The computer's clock, corrected by the server's where it is plainly wrong."""

from typing import Final

from sqlalchemy import Connection, select, update

from cop_desktop.store.kept import IDENTITY
from cop_desktop.store.values import Clock

TOLERANCE_MS: Final = 60_000


class CorrectedClock:
    """Milliseconds since 1970 as people should see them.

    A difference under TOLERANCE_MS is not corrected: it may be the time that the answer took. A
    correction is forgotten when the computer's clock runs backwards past the last contact: somebody
    set it right.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._offset_ms = 0
        self._contact_ms = 0

    def load(self, connection: Connection) -> None:
        """Take up what was learned before."""
        row = connection.execute(select(IDENTITY.c.offset_ms, IDENTITY.c.contact_ms)).first()
        if row is not None:
            self._offset_ms, self._contact_ms = row.offset_ms, row.contact_ms

    def wall_ms(self) -> int:
        """Now."""
        now = self._clock.wall_ms()
        return now + self._offset_ms if now >= self._contact_ms else now

    def learn(self, connection: Connection, server_ms: int) -> None:
        """Take notice of the server's clock, just read."""
        self._contact_ms = self._clock.wall_ms()
        offset = server_ms - self._contact_ms
        self._offset_ms = 0 if abs(offset) < TOLERANCE_MS else offset
        connection.execute(
            update(IDENTITY).values(offset_ms=self._offset_ms, contact_ms=self._contact_ms)
        )
