"""How much goes up at once, and when nothing does, so that what comes down is not held up by it."""

from collections.abc import Callable
from math import inf

from sync.client import pace


class Pushing:
    """What became of pushes so far. For one thread.

    most_bytes: of groups, at once. pushed: bytes of the groups in a request. request_bytes: of all
    of it, as something on the way sees it.
    """

    def __init__(self, monotonic_s: Callable[[], float]) -> None:
        """Nothing went up yet."""
        self.most_bytes = pace.LARGEST_PUSH_BYTES
        self._monotonic_s = monotonic_s
        self._cuts = 0
        self._waits_for_pull = False
        self._retries = pace.PutOff(monotonic_s)
        self._refused_bytes: float = inf
        self._look_s = inf

    @property
    def may_go(self) -> bool:
        """Whether the next request may push."""
        return not self._waits_for_pull and self._retries.is_over

    @property
    def left_s(self) -> list[float]:
        """In how many seconds something may go that was put off."""
        lefts = [self._look_s - self._monotonic_s(), self._retries.left_s]
        return [left_s for left_s in lefts if 0.0 < left_s < inf]

    def is_time_to_try_again(self) -> bool:
        """Whether what was kept back for its size is due; once."""
        is_time = self._monotonic_s() >= self._look_s
        if is_time:
            self._look_s, self._refused_bytes = inf, inf
        return is_time

    def refused(self, pushed: int, request_bytes: int, *, kept_back: bool) -> None:
        """It was too big. kept_back: it cannot be made smaller, and does not go for now."""
        self.most_bytes = pace.smaller_push_bytes(min(self.most_bytes, pushed))
        self._refused_bytes = min(self._refused_bytes, request_bytes)
        if kept_back:
            self._look_s = min(self._look_s, self._monotonic_s() + pace.KEPT_BACK_S)

    def cut(self, pushed: int, request_bytes: int) -> None:
        """It broke off or fell silent."""
        if not pushed:
            return
        self._cuts += 1
        if self._cuts >= pace.CUTS_BEFORE_PULLING:
            self.most_bytes, self._waits_for_pull = pace.SMALLEST_PUSH_BYTES, True
        elif request_bytes > pace.SMALLEST_PAGE_BYTES:
            self.most_bytes = pace.smaller_push_bytes(min(self.most_bytes, pushed))

    def answered(self, pushed: int, request_bytes: int) -> None:
        """It got through, be it without groups."""
        if not pushed:
            if self._waits_for_pull:
                self._waits_for_pull = False
                self._retries.failed(most_s=pace.MAX_DELAY_S)
            return
        self._cuts, self._waits_for_pull = 0, False
        self._retries.worked()
        if request_bytes >= self._refused_bytes:  # the way is another one by now
            self.begin_afresh()
        was_refused = self._refused_bytes < inf
        self.most_bytes = pace.next_push_bytes(self.most_bytes, was_refused=was_refused)

    def begin_afresh(self) -> None:
        """Everything may be tried again now; how often it failed still counts."""
        self._waits_for_pull = False
        self._retries.end()
        self._refused_bytes = inf
        if self._look_s < inf:
            self._look_s = self._monotonic_s()
