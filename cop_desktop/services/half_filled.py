"""Forms that were being filled when the program ended; kept on this computer until sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final, TypeAlias

from cop_desktop.store import Replica

Entered: TypeAlias = str | bool | date | time | tuple[str, ...] | None
_NAME: Final = "half_filled."


@dataclass(frozen=True, slots=True)
class HalfFilled:
    """One field that somebody has changed. before: what stood there when they began."""

    before: Entered
    entered: Entered


class HalfFilledForms:
    """By place: whichever text names a form, and what it is about."""

    def __init__(self, replica: Replica) -> None:
        self._replica = replica

    def entered(self, place: str) -> Mapping[str, HalfFilled]:
        """Field → what was entered there and not sent; empty where nothing was."""
        kept = self._replica.settings.get(_NAME + place)
        if not isinstance(kept, dict):
            return {}
        return {
            name: HalfFilled(_read(pair[0]), _read(pair[1]))
            for name, pair in kept.items()
            if isinstance(pair, list) and len(pair) == 2
        }

    def keep(self, place: str, entered: Mapping[str, HalfFilled]) -> None:
        """On the disk when this returns; nothing entered forgets the place."""
        told = {name: [_told(one.before), _told(one.entered)] for name, one in entered.items()}
        self._replica.settings.set(_NAME + place, told or None)


def _told(value: Entered) -> Any:
    match value:
        case date():
            return {"day": value.isoformat()}
        case time():
            return {"time": value.isoformat()}
    return value


def _read(value: Any) -> Entered:
    match value:
        case {"day": str(day)}:
            return date.fromisoformat(day)
        case {"time": str(clock)}:
            return time.fromisoformat(clock)
        case list():
            return tuple(str(each) for each in value)
    return value if isinstance(value, str | bool) else None
