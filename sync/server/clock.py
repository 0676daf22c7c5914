"""Time and randomness as the server takes them from outside, so that tests can give others."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from sync.core.ids import RandomBytes

_NS_PER_MS = 1_000_000


@dataclass(frozen=True, slots=True)
class Clock:
    """wall_ms: milliseconds since 1970, may jump. random_bytes: unguessable, that many."""

    wall_ms: Callable[[], int]
    random_bytes: RandomBytes


def _system_ms() -> int:
    return time.time_ns() // _NS_PER_MS


SYSTEM_CLOCK = Clock(_system_ms, secrets.token_bytes)
