"""Forms that were being filled when the program ended; kept on this computer until sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeAlias

from cop_desktop.services.records import Records

Entered: TypeAlias = str | bool | date | tuple[str, ...] | None
_NAME: Final = "half_filled."
_DAY: Final = "day"


@dataclass(frozen=True, slots=True)
class HalfFilled:
    """One field that somebody has changed. before: what stood there when they began."""

    before: Entered
    entered: Entered


class HalfFilledForms(Records):
    """By place: whichever text names a form, and what it is about."""

    def half_filled(self, place: str) -> Mapping[str, HalfFilled]:
        """Field → what was entered there and not sent; empty where nothing was."""
        kept = self._replica.settings.get(_NAME + place)
        if not isinstance(kept, dict):
            return {}
        return {
            name: HalfFilled(_read(pair[0]), _read(pair[1]))
            for name, pair in kept.items()
            if isinstance(pair, list) and len(pair) == 2
        }

    def keep_half_filled(self, place: str, entered: Mapping[str, HalfFilled]) -> None:
        """On the disk when this returns; nothing entered forgets the place."""
        told = {name: [_told(one.before), _told(one.entered)] for name, one in entered.items()}
        self._replica.settings.set(_NAME + place, told or None)


def _told(value: Entered) -> Any:
    return {_DAY: value.isoformat()} if isinstance(value, date) else value


def _read(value: Any) -> Entered:
    if isinstance(value, dict):
        return date.fromisoformat(value[_DAY])
    if isinstance(value, list):
        return tuple(str(each) for each in value)
    return value if isinstance(value, str | bool) else None
