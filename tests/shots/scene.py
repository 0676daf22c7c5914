"""What a picture is of, and in which house."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.shots.house import House

TYPICAL, EMPTY, HUGE, NEW = "typical", "empty", "huge", "new"
"""The sample community; nothing written yet; very much of all; nobody has joined yet."""
ALL = (TYPICAL, EMPTY, HUGE)
"""Where somebody has joined a community."""


@dataclass(frozen=True, slots=True)
class Scene:
    """go: what somebody does until it is seen. after: what puts it back, for the next picture."""

    name: str
    go: Callable[[House], object]
    houses: tuple[str, ...] = (TYPICAL,)
    after: Callable[[House], object] | None = None
