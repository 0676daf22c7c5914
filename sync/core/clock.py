"""The hybrid logical clock: 48 bits of milliseconds above 16 bits of salt in one integer.

Kulkarni, Demirbas, Madeppa, Avva, Leone: Logical Physical Clocks (2014). It respects causality
because everybody advances on receipt; it never gates and is never a cursor. In place of a counter
stand 16 random bits of whoever issues, the same for all that they issue: copies of one replica,
which share its past and may share the moment, share no value, and no id made of one.
"""

import threading
from collections.abc import Callable
from typing import Final, NamedTuple

from sync.core.errors import Malformed
from sync.core.ids import Id

SALT_BITS: Final = 16
# The year 4000. Far enough for any wrong clock, near enough that counting on from a value
# sent by a hostile peer never reaches the end of a signed 64-bit integer.
MAX_CLOCK: Final = 64_060_588_800_000 << SALT_BITS
EARLIEST_MS: Final = -30_610_224_000_000
LATEST_MS: Final = MAX_CLOCK >> SALT_BITS
"""The years 1000 to 4000: all that people tell of, and dates to every library and time zone."""
# A peer that claims the very end is followed only so far, and from there on by steps so small that
# the end is never reached: what is issued after it is still valid, and after all honest values.
_FOLLOWED_UP_TO: Final = MAX_CLOCK - (1 << 48)
_LONGEST_STEP: Final = 1 << 32


class Stamp(NamedTuple):
    """Total order of writes: hybrid clock first, ties by replica."""

    clock: int
    replica: Id


def clock_of(wall_ms: int) -> int:
    """The smallest clock value of that millisecond."""
    return wall_ms << SALT_BITS


def wall_ms_of(clock: int) -> int:
    """Milliseconds since 1970 inside a clock value; ahead of real time if some peer's was."""
    return clock >> SALT_BITS


def check_clock(clock: int) -> int:
    """The value itself.

    Raises Malformed outside 0..MAX_CLOCK.
    """
    if not 0 <= clock <= MAX_CLOCK:
        raise Malformed("clock value out of range")
    return clock


def followed(last: int, seen: int) -> int:
    """What a clock at `last` comes to by taking notice of a value that another replica issued.

    Raises Malformed if that is out of range.
    """
    check_clock(seen)
    reached = max(last, min(seen, _FOLLOWED_UP_TO))
    return max(reached, seen) if seen - reached <= _LONGEST_STEP else reached


class HybridClock:
    """Issues strictly increasing clock values; may be used from several threads."""

    def __init__(self, wall_ms: Callable[[], int], last: int = 0, salt: int = 0) -> None:
        """wall_ms: milliseconds since 1970, may jump; last: highest value issued or seen.

        salt: SALT_BITS random bits, other ones at every opening.
        """
        self._wall_ms = wall_ms
        self._last = last
        self._salt = salt
        self._lock = threading.Lock()

    def tick(self) -> int:
        """A value above all issued and all observed."""
        with self._lock:
            now_ms = min(max(self._wall_ms(), 0), wall_ms_of(_FOLLOWED_UP_TO))
            issued = clock_of(max(now_ms, wall_ms_of(self._last))) | self._salt
            self._last = issued if issued > self._last else issued + clock_of(1)
            return self._last

    def observe(self, clock: int) -> None:
        """Take notice of a value that another replica issued."""
        with self._lock:
            self._last = followed(self._last, clock)

    @property
    def last(self) -> int:
        """Highest value issued or observed, to be kept with the replica."""
        return self._last
