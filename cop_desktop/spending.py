"""Between the connections of this computer and its data budget: counts, and asks what may go."""

import logging
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Protocol

from cop_desktop.store.data_use import DataUse
from cop_desktop.store.errors import StoreError
from sync.core.budget import Permits

_log = logging.getLogger(__name__)


class Counter(Protocol):
    """Bytes up and down so far (`sync.client.counting.Meter`)."""

    @property
    def up_bytes(self) -> int: ...
    @property
    def down_bytes(self) -> int: ...


class Spending:
    """What some connections cost. For one thread; the counters may be used by others."""

    def __init__(self, use: DataUse, counters: Sequence[Counter]) -> None:
        """counters: of all connections, from nothing."""
        self._use = use
        self._counters = tuple(counters)
        self._noted = (0, 0)

    def permits(self) -> Permits:
        """Which of the larger lanes may go now.

        Raises StoreError.
        """
        return self._use.permits()

    def seconds_until(self, moment: datetime | None) -> float | None:
        """How long until then, at least a second; None for None."""
        if moment is None:
            return None
        return max((moment - self._use.now().astimezone(UTC)).total_seconds(), 1.0)

    def note(self, took_s: float = 0.0, groups: int = 0) -> None:
        """Count what crossed since the last time, answered or not.

        took_s: for how long the connection did that and nothing else, 0 if unknown. groups: that
        came, if nothing else did. What cannot be written now is counted the next time.
        """
        up = sum(counter.up_bytes for counter in self._counters)
        down = sum(counter.down_bytes for counter in self._counters)
        try:
            self._use.note(up - self._noted[0], down - self._noted[1], took_s, groups)
        except StoreError as error:
            _log.warning("what crossed is not counted yet: %s", error)
        else:
            self._noted = (up, down)
