"""Slows down who tries out invitation codes: by address, and all together.

A code has 50 random bits and an invitation lives for days, so even the slower rate for all together
leaves no chance. That one stays mild, because it also delays people with a right code. The counts
are in the database: several server processes share them.
"""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from sync.server.errors import Problem, Rejected
from sync.server.tables import GUESSES

_ALL: Final = ""
_FORGET_AFTER_MS: Final = 60 * 60 * 1000


@dataclass(frozen=True, slots=True)
class Patience:
    """free: failures without consequence. Each one after doubles the wait, up to most_s."""

    free: int
    first_s: int
    most_s: int

    def wait_s(self, failures: int) -> int:
        """Seconds to wait after that many failures in a row."""
        over = failures - self.free
        return 0 if over < 0 else min(self.first_s << min(over, 20), self.most_s)


FOR_ONE: Final = Patience(free=5, first_s=2, most_s=900)
FOR_ALL: Final = Patience(free=100, first_s=1, most_s=8)


def check(connection: Connection, address: str, now_ms: int) -> None:
    """Return if a code may be tried from this address now.

    Raises Rejected with the time to wait.
    """
    rows = connection.execute(select(GUESSES).where(GUESSES.c.address.in_((address, _ALL))))
    for row in rows:
        patience = FOR_ALL if row.address == _ALL else FOR_ONE
        # A clock that was set back must not lock people out for longer than the wait itself.
        passed_ms = abs(now_ms - row.last_ms)
        left_ms = patience.wait_s(row.failures) * 1000 - passed_ms
        if left_ms > 0 and passed_ms < _FORGET_AFTER_MS:
            raise Rejected(Problem.TOO_MANY_GUESSES, retry_after_s=-(-left_ms // 1000))


def note_failure(connection: Connection, address: str, now_ms: int) -> None:
    """Count a wrong code, inside the caller's write transaction; forget old ones."""
    old = now_ms - _FORGET_AFTER_MS
    connection.execute(delete(GUESSES).where(GUESSES.c.last_ms < old))
    for key in (address, _ALL):
        row = connection.execute(select(GUESSES).where(GUESSES.c.address == key)).first()
        failures = 1 if row is None else row.failures + 1
        connection.execute(delete(GUESSES).where(GUESSES.c.address == key))
        connection.execute(insert(GUESSES).values(address=key, failures=failures, last_ms=now_ms))


def note_success(connection: Connection, address: str) -> None:
    """Forget the wrong codes from this address: somebody mistyped, and then did not."""
    connection.execute(delete(GUESSES).where(GUESSES.c.address == address))
