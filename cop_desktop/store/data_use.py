"""What crossed the connection of this computer, day by day, and what may cross now.

Kept with the settings: by this replica for itself, so a member's other computer counts its own.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

import msgspec
from sqlalchemy import Connection, delete, func, select

from cop_desktop.store.database import Database
from cop_desktop.store.files import Files
from cop_desktop.store.kept import FILES, SETTINGS, SPACES, TO_FETCH
from cop_desktop.store.settings import Settings
from sync.core import budget
from sync.core.budget import Amounts, DataPlan, Internet, Permits
from sync.core.limits import CHUNK_BYTES

INTERNET: Final = "internet"
"""The setting with the answer of the first start: what the internet is like."""
_PLAN: Final = "data_plan"
_LET_GO: Final = "data_let_go_until_ms"
_SPEED: Final = "data_speed"
_DAY: Final = "data_used."
_KEPT_DAYS: Final = timedelta(days=400)
_GROUP_BYTES: Final = 185
"""What a group of an older part costs, while nothing was measured here: so much did 10,000 records
of real threads come to, heads included (`make bench`)."""
_GROUPS: Final = "data_groups"
"""What was measured: bytes down, and the groups that came with them."""
_LEAST_GROUPS: Final = 50
"""So many come with older parts; with fewer, heads count for more than groups do."""
_WEIGHT_GROUPS: Final = 500
"""How much the value from the benchmark weighs beside what was measured."""
_MOST_GROUPS: Final = 20_000
"""When so many were measured they count half, so that it goes by what is written lately."""
_LEAST_MEASURED_BYTES: Final = 16_000
_WHEN_CHEAP: Final = (
    select(func.count())
    .select_from(TO_FETCH)
    .join(FILES, FILES.c.file == TO_FETCH.c.file)
    .where(FILES.c.wanted > 0)
)
"""Chunks of files that are not wanted at once whatever it costs: those have it negative."""
_LEAST_SPEED_SHARE: Final = 0.3
"""How much one measurement weighs against those before it."""
_MS: Final = 1000


@dataclass(frozen=True, slots=True)
class Moved:
    """Bytes that crossed, heads and failed tries included.

    counted: of them, against the allowance; not what came and went in free hours.
    """

    up: int = 0
    down: int = 0
    counted: int = 0

    def __add__(self, other: "Moved") -> "Moved":
        return Moved(self.up + other.up, self.down + other.down, self.counted + other.counted)


class DataUse:
    """The data budget of one replica; may be used from several threads."""

    def __init__(self, database: Database, files: Files, wall_ms: Callable[[], int]) -> None:
        """wall_ms: milliseconds since 1970, corrected where this computer's clock is wrong."""
        self._database = database
        self._settings = Settings(database)
        self._files = files
        self._wall_ms = wall_ms

    def now(self) -> datetime:
        """The moment that decisions are made for, UTC."""
        return datetime.fromtimestamp(self._wall_ms() / _MS, UTC)

    def plan(self) -> DataPlan:
        """What the person said; what follows from the first start while nothing was said."""
        kept = self._settings.get(_PLAN)
        try:
            return msgspec.convert(kept, DataPlan)
        except msgspec.ValidationError:
            return default_plan(self._settings.get(INTERNET))

    def set_plan(self, plan: DataPlan) -> None:
        """Keep what the person said."""
        self._settings.set(_PLAN, msgspec.to_builtins(plan))

    def let_go(self, until: datetime | None) -> None:
        """Let everything go now, whatever the plan says; None ends that."""
        self._settings.set(_LET_GO, None if until is None else int(until.timestamp() * _MS))

    def let_go_until(self) -> datetime | None:
        """Until when everything goes because the person wants it; None usually."""
        until_ms = self._settings.get(_LET_GO)
        if not isinstance(until_ms, int) or until_ms <= self._wall_ms():
            return None
        return datetime.fromtimestamp(until_ms / _MS, UTC)

    def note(self, up_bytes: int, down_bytes: int, took_s: float = 0.0, groups: int = 0) -> None:
        """Count what just crossed.

        took_s: for how long it did nothing else, 0 if unknown. groups: that came with it, if
        nothing else did.
        """
        plan, now, total = self.plan(), self.now(), up_bytes + down_bytes
        if not total:
            return
        moved = Moved(up_bytes, down_bytes, total if budget.counts(plan, now) else 0)
        today = budget.day_of(plan, now)
        with self._database.bulk() as connection:
            found = _moved(connection, today, today)
            if found == Moved():  # a new day: the oldest go
                old = _DAY + (today - _KEPT_DAYS).isoformat()
                days = SETTINGS.c.name.between(_DAY, old)
                connection.execute(delete(SETTINGS).where(days))
            sums = found + moved
            value = json.dumps([sums.up, sums.down, sums.counted])
            row = {"name": _DAY + today.isoformat(), "value": value}
            connection.execute(SETTINGS.insert().prefix_with("OR REPLACE"), row)
        if took_s > 0 and total >= _LEAST_MEASURED_BYTES:
            self._note_speed(total / took_s)
        if groups >= _LEAST_GROUPS:
            self._note_groups(down_bytes, groups)

    def moved(self, first: date, last: date) -> Moved:
        """What crossed on these days, the last one included."""
        with self._database.read() as connection:
            return _moved(connection, first, last)

    def moved_this_month(self) -> Moved:
        """What crossed since the allowance was renewed."""
        month = budget.month_of(self.plan(), self.now())
        return self.moved(month.first, month.renews - timedelta(days=1))

    def speed_bytes_s(self) -> float | None:
        """How fast the connection was lately; None before it was measured."""
        speed = self._settings.get(_SPEED)
        return float(speed) if isinstance(speed, int | float) and speed > 0 else None

    def group_bytes(self) -> float:
        """What a group of an older part costs, going by those that came to this computer."""
        down_bytes, groups = self._measured()
        return (_GROUP_BYTES * _WEIGHT_GROUPS + down_bytes) / (_WEIGHT_GROUPS + groups)

    def amounts(self) -> Amounts:
        """What was used this month, and what the larger lanes still have to move."""
        up_bytes, _down_bytes = self._files.waiting_bytes()
        with self._database.read() as connection:
            kept = select(func.sum(SPACES.c.floor)).where(SPACES.c.lost == 0)
            older = connection.scalar(kept) or 0
            fetch_bytes = (connection.scalar(_WHEN_CHEAP) or 0) * CHUNK_BYTES
        return Amounts(
            used=self.moved_this_month().counted,
            history=round(older * self.group_bytes()),
            fetch=fetch_bytes,
            send=up_bytes,
        )

    def permits(self) -> Permits:
        """Which of the larger lanes may go now."""
        if self.let_go_until() is not None:
            return Permits()
        return budget.permits(self.plan(), self.now(), self.amounts())

    def _measured(self) -> tuple[int, int]:
        """Bytes down, and groups that came with them."""
        try:
            return msgspec.convert(self._settings.get(_GROUPS), tuple[int, int])
        except msgspec.ValidationError:
            return 0, 0

    def _note_groups(self, down_bytes: int, groups: int) -> None:
        before_bytes, before = self._measured()
        if before >= _MOST_GROUPS:
            before_bytes, before = before_bytes // 2, before // 2
        self._settings.set(_GROUPS, [before_bytes + down_bytes, before + groups])

    def _note_speed(self, speed: float) -> None:
        before = self.speed_bytes_s()
        if before is not None:
            speed = before + (speed - before) * _LEAST_SPEED_SHARE
        self._settings.set(_SPEED, round(speed))


def default_plan(answer: object) -> DataPlan:
    """What follows from the answer of the first start."""
    known = isinstance(answer, str) and answer in set(Internet)
    return DataPlan(internet=Internet(str(answer)) if known else Internet.GOOD)


def _moved(connection: Connection, first: date, last: date) -> Moved:
    days = SETTINGS.c.name.between(_DAY + first.isoformat(), _DAY + last.isoformat())
    found = connection.scalars(select(SETTINGS.c.value).where(days))
    return sum((Moved(*json.loads(value)) for value in found), Moved())
