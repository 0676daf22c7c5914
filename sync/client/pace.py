"""When to try again, and how much to ask for at once."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Final

FIRST_DELAY_S: Final = 2.0
MAX_DELAY_S: Final = 300.0
PAGE_AIM_S: Final = 15.0
SMALLEST_PAGE_BYTES: Final = 16 * 1024
LARGEST_PAGE_BYTES: Final = 2 * 1024 * 1024
FIRST_PAGE_BYTES: Final = 96 * 1024
SMALLEST_FRAME_BYTES: Final = 24 * 1024
LARGEST_FRAME_BYTES: Final = 60 * 1024
FRAMES_A_PAGE: Final = 16
SMALLEST_PUSH_BYTES: Final = 1024
LARGEST_PUSH_BYTES: Final = 192 * 1024
KEPT_BACK_S: Final = 3_600.0
"""Before what is too big for the way is tried again by itself."""
CUTS_BEFORE_PULLING: Final = 2
"""After so many pushes in a row that broke off nothing goes up until something came down."""
_MOST_GROWTH: Final = 16
"""One measurement may be wrong; but what comes frame by frame loses little by it."""
LONGEST_ASKED_S: Final = 3_600.0
FIRST_PUT_OFF_S: Final = 1.0
"""Over by the time that an exchange showed whether anything works at all."""
LONGEST_PUT_OFF_S: Final = 3_600.0
"""Between two tries of what is large, where the rest works: each costs what it is large."""
SILENCE_S: Final = 60.0
FIRST_WAIT_S: Final = 50
"""Below the minute after which many proxies end what is quiet."""
SHORTEST_WAIT_S: Final = 15
"""Shorter ones would cost more than asking every few minutes, which is what is done instead."""
LONGEST_WAIT_S: Final = 240
"""Below the five minutes for which nearly every router remembers a quiet connection."""
SLOWEST_BYTES_PER_S: Final = 200
"""Of the slowest link that must work, 2 kbit/s, less what goes for heads and repeats."""


@dataclass(slots=True)
class Patience:
    """How long to let the server hold a waiting request; longer while nothing happens.

    Each one costs a round trip. Held for longer than something on the way keeps a quiet connection,
    news would go astray, so what breaks off is not held for so long again.
    """

    wait_s: int = FIRST_WAIT_S
    _most_s: int = LONGEST_WAIT_S
    _breaks: int = 0

    def answered(self, held_s: float) -> None:
        """The answer came after so long."""
        if held_s >= self.wait_s:
            self._breaks = 0
            self.wait_s = min(2 * self.wait_s, self._most_s)

    def broke(self, held_s: float) -> None:
        """No answer came, and that showed after so long.

        Once below FIRST_WAIT_S may be chance; twice in a row something there ends what is quiet.
        """
        if held_s < SHORTEST_WAIT_S:
            return  # that is no matter of patience
        self._breaks += 1
        if held_s >= FIRST_WAIT_S or self._breaks > 1:
            least_s = FIRST_WAIT_S if held_s >= FIRST_WAIT_S else SHORTEST_WAIT_S
            self._most_s = max(least_s, self.wait_s // 2)
            self.wait_s = self._most_s


def retry_delay_s(failures: int, luck: float, asked_s: float | None = None) -> float:
    """Seconds before the next try, doubling from FIRST_DELAY_S up to MAX_DELAY_S.

    failures: in a row, at least 1. luck: 0..1, so that many replicas do not come back at once (full
    jitter, Brooker 2015, over half the range). asked_s: what the server asked for; never less than
    that, up to LONGEST_ASKED_S, because anybody on the way can ask.
    """
    full = min(FIRST_DELAY_S * 2.0 ** min(failures - 1, 20), MAX_DELAY_S)
    return max(full * (0.5 + 0.5 * luck), min(asked_s or 0.0, LONGEST_ASKED_S))


class PutOff:
    """When something may be tried again that fails while the rest works. For one thread.

    failures: in a row.
    """

    def __init__(self, monotonic_s: Callable[[], float]) -> None:
        """It may go."""
        self._monotonic_s = monotonic_s
        self._until_s = -inf
        self.failures = 0

    @property
    def left_s(self) -> float:
        """In how many seconds it may go; 0 once it may."""
        return max(self._until_s - self._monotonic_s(), 0.0)

    @property
    def is_over(self) -> bool:
        """Whether it may go."""
        return not self.left_s

    def failed(self, asked_s: float | None = None, most_s: float = LONGEST_PUT_OFF_S) -> None:
        """It did not work: later, twice as late each time, up to most_s.

        asked_s: what the server asked for; never sooner, within LONGEST_ASKED_S.
        """
        self.failures += 1
        delay_s = min(FIRST_PUT_OFF_S * 2.0 ** min(self.failures - 1, 20), most_s)
        delay_s = max(delay_s, min(asked_s or 0.0, LONGEST_ASKED_S))
        self._until_s = self._monotonic_s() + delay_s

    def worked(self) -> None:
        """It did, or got further than before."""
        self.failures, self._until_s = 0, -inf

    def end(self) -> None:
        """It may go now, once; what failed before still counts."""
        self._until_s = -inf


def silence_s(up_bytes: int) -> float:
    """How long to wait for the first byte of an answer, and between two, after sending so much.

    What was handed to the system may still be on its way up for that long.
    """
    return SILENCE_S + up_bytes / SLOWEST_BYTES_PER_S


def next_page_bytes(last_bytes: int, moved_bytes: int, took_s: float) -> int:
    """How large a page to ask for, so that it takes about PAGE_AIM_S at the speed just seen.

    last_bytes: asked for last time; the size grows at most by _MOST_GROWTH. moved_bytes in took_s:
    what the last round trip carried both ways, or of a series what followed its first frame.
    """
    if took_s <= 0.0 or moved_bytes < SMALLEST_PAGE_BYTES:
        return last_bytes
    wanted = min(moved_bytes / took_s * PAGE_AIM_S, _MOST_GROWTH * last_bytes, LARGEST_PAGE_BYTES)
    return max(SMALLEST_PAGE_BYTES, int(wanted))


def frame_bytes(page_bytes: int) -> int:
    """How large each frame of a series may be: what a cut costs, and seconds between two looks."""
    return min(max(page_bytes // FRAMES_A_PAGE, SMALLEST_FRAME_BYTES), LARGEST_FRAME_BYTES)


def page_bytes_after_cut(last_bytes: int, moved_bytes: int) -> int:
    """How large a page to ask for after a round trip that was cut off or fell silent.

    moved_bytes: that it had carried. Few say nothing about the size, such as a connection that the
    other side had let go.
    """
    if moved_bytes < SMALLEST_PAGE_BYTES // 2:
        return last_bytes
    return max(SMALLEST_PAGE_BYTES, last_bytes // 2)


def smaller_push_bytes(last_bytes: int) -> int:
    """How much to send at once after as much as last_bytes was refused or did not get through."""
    return max(SMALLEST_PUSH_BYTES, last_bytes // 2)


def next_push_bytes(last_bytes: int, *, was_refused: bool) -> int:
    """How much to send at once after last_bytes went through: twice as much, up to the usual.

    was_refused: more was too much lately; then an eighth more, for that is likely to be so still.
    """
    more_bytes = last_bytes // 8 if was_refused else last_bytes
    return min(LARGEST_PUSH_BYTES, last_bytes + more_bytes)


class Speed:
    """How fast a reply comes. For one thread."""

    def __init__(self, moved_bytes: Callable[[], int], monotonic_s: Callable[[], float]) -> None:
        """moved_bytes: over the connection so far, both ways."""
        self._moved_bytes = moved_bytes
        self._monotonic_s = monotonic_s
        self.begin()

    def begin(self) -> None:
        """Measure from now on."""
        self._began_s, self._before = self._monotonic_s(), self._moved_bytes()

    @property
    def moved_bytes(self) -> int:
        """Since then."""
        return self._moved_bytes() - self._before

    def next_page_bytes(self, last_bytes: int) -> int:
        """How large a page to ask for after one of so many bytes."""
        took_s = self._monotonic_s() - self._began_s
        return next_page_bytes(last_bytes, self.moved_bytes, took_s)
