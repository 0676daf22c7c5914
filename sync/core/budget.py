"""The data budget: what may cross the connection now, what waits for cheap hours, what to ask.

Pure: settings, bytes used, the moment, a size and a lane in; go, wait or ask out. What is small
(receipts, posts, fields, text as it is written) always goes.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

GB: Final = 1_000_000_000
SMALL_BYTES: Final = 500_000
"""So much of a larger lane goes without waiting or asking, while the allowance lasts."""
_ASKED_SHARE: Final = 10
"""More than one part in so many of what is left is asked about."""
_DAY: Final = timedelta(days=1)


class Internet(StrEnum):
    """What the connection is like, as the person says."""

    GOOD = "good"
    METERED = "metered"
    SOMETIMES = "sometimes"
    STICK = "stick"


class Lane(StrEnum):
    """What a transfer is, as far as the budget cares.

    SMALL: everything that was written lately. HISTORY: older parts of communities. FETCH, SEND: the
    content of files, down and up.
    """

    SMALL = "small"
    HISTORY = "history"
    FETCH = "fetch"
    SEND = "send"


@dataclass(frozen=True, slots=True)
class CheapHours:
    """Every day from `begins` until `ends`, local time; over midnight if `ends` is not later.

    free: what crosses then does not count against the allowance.
    """

    begins: time
    ends: time
    free: bool = True


@dataclass(frozen=True, slots=True)
class DataPlan:
    """What the person said about the connection.

    allowance_bytes: a month, None for no limit. renews_on: day of the month, 1 to 31; the last day
    in a shorter month. zone: of the cheap hours and of the days that are counted.
    """

    internet: Internet = Internet.GOOD
    allowance_bytes: int | None = None
    renews_on: int = 1
    cheap: CheapHours | None = None
    zone: str = "Australia/Darwin"


@dataclass(frozen=True, slots=True)
class Month:
    """The days from `first` until before `renews`, which share an allowance."""

    first: date
    renews: date


@dataclass(frozen=True, slots=True)
class Transfer:
    """What would cross. size_bytes: all that the lane still has to move, about."""

    lane: Lane
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Go:
    """Now."""


@dataclass(frozen=True, slots=True)
class WaitUntil:
    """Later. moment: in the future, UTC."""

    moment: datetime


@dataclass(frozen=True, slots=True)
class Ask:
    """When the person says so."""


Verdict: TypeAlias = Go | WaitUntil | Ask


@dataclass(frozen=True, slots=True)
class Amounts:
    """Bytes: counted this month; about how much each of the larger lanes still has to move.

    fetch: of files that are wanted when it is cheap; those wanted now are none of the budget's.
    """

    used: int = 0
    history: int = 0
    fetch: int = 0
    send: int = 0


@dataclass(frozen=True, slots=True)
class Permits:
    """Which of the larger lanes may go now.

    held: something waits for the budget. until: when that changes by itself, UTC; None if nothing
    is held, or if only the person can let it go. listen: a request may be held open for news; where
    bytes are counted, asking now and then costs a fraction of that.
    """

    history: bool = True
    fetch: bool = True
    send: bool = True
    held: bool = False
    until: datetime | None = None
    listen: bool = True


def day_of(plan: DataPlan, now: datetime) -> date:
    """The local day that is counted at this moment. now: aware."""
    return now.astimezone(ZoneInfo(plan.zone)).date()


def month_of(plan: DataPlan, now: datetime) -> Month:
    """The month of the allowance that this moment is in."""
    today = day_of(plan, now)
    turn = _turn(plan, today.year, today.month)
    if today < turn:
        return Month(_turn(plan, *_shifted(today, -1)), turn)
    return Month(turn, _turn(plan, *_shifted(today, 1)))


def _turn(plan: DataPlan, year: int, month: int) -> date:
    return date(year, month, min(max(plan.renews_on, 1), monthrange(year, month)[1]))


def _shifted(day: date, months: int) -> tuple[int, int]:
    years, month = divmod(day.month - 1 + months, 12)
    return day.year + years, month + 1


def renews_at(plan: DataPlan, now: datetime) -> datetime:
    """When the next month of the allowance begins, UTC."""
    return _moment(month_of(plan, now).renews, time(), plan.zone)


def is_cheap(plan: DataPlan, now: datetime) -> bool:
    """Whether this moment lies in the cheap hours."""
    return any(begins <= now < ends for begins, ends in _windows(plan, now))


def next_cheap(plan: DataPlan, now: datetime) -> datetime | None:
    """When cheap hours begin next, UTC, after this moment; None without such hours."""
    return min((begins for begins, _ends in _windows(plan, now) if begins > now), default=None)


def cheap_ends(plan: DataPlan, now: datetime) -> datetime | None:
    """When the cheap hours of this moment end, UTC; None outside of them."""
    ends = (end for begins, end in _windows(plan, now) if begins <= now < end)
    return max(ends, default=None)


def _windows(plan: DataPlan, now: datetime) -> list[tuple[datetime, datetime]]:
    """The cheap hours of yesterday, today and the two days after, in UTC."""
    if plan.cheap is None:
        return []
    today, hours = day_of(plan, now), plan.cheap
    overnight = _DAY if hours.ends <= hours.begins else timedelta()
    days = [today + count * _DAY for count in range(-1, 3)]
    return [
        (_moment(day, hours.begins, plan.zone), _moment(day + overnight, hours.ends, plan.zone))
        for day in days
    ]


def _moment(day: date, at: time, zone: str) -> datetime:
    """A local time in UTC; what summer time leaves out is as much later."""
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)


def counts(plan: DataPlan, now: datetime) -> bool:
    """Whether what crosses at this moment counts against the allowance."""
    return not (plan.cheap is not None and plan.cheap.free and is_cheap(plan, now))


def left_bytes(plan: DataPlan, used_bytes: int) -> int | None:
    """What is left of the allowance, at least 0; None without one."""
    return None if plan.allowance_bytes is None else max(plan.allowance_bytes - used_bytes, 0)


def decide(plan: DataPlan, now: datetime, used_bytes: int, transfer: Transfer) -> Verdict:
    """Whether so much may cross now. used_bytes: counted this month."""
    size_bytes = transfer.size_bytes
    if transfer.lane is Lane.SMALL or not counts(plan, now):
        return Go()
    left = left_bytes(plan, used_bytes)
    if left is not None and size_bytes > left:
        return WaitUntil(_relief(plan, now))
    if size_bytes <= SMALL_BYTES or is_cheap(plan, now):
        return Go()
    cheap_from = next_cheap(plan, now)
    if cheap_from is not None:
        return WaitUntil(cheap_from)
    if left is not None:
        return Go() if size_bytes * _ASKED_SHARE <= left else Ask()
    return Ask() if plan.internet is Internet.METERED else Go()


def _relief(plan: DataPlan, now: datetime) -> datetime:
    """When there is room again: the next free hours, or the next month."""
    renews = renews_at(plan, now)
    free_from = next_cheap(plan, now) if plan.cheap is not None and plan.cheap.free else None
    return renews if free_from is None else min(free_from, renews)


def permits(plan: DataPlan, now: datetime, amounts: Amounts) -> Permits:
    """Which lanes may go now, each judged by all that it still has to move."""
    sizes = {
        Lane.HISTORY: amounts.history,
        Lane.FETCH: amounts.fetch,
        Lane.SEND: amounts.send,
    }
    verdicts = {
        lane: decide(plan, now, amounts.used, Transfer(lane, size)) for lane, size in sizes.items()
    }
    held = [lane for lane, size in sizes.items() if size and not isinstance(verdicts[lane], Go)]
    moments = [verdict.moment for lane in held if isinstance(verdict := verdicts[lane], WaitUntil)]
    return Permits(
        history=isinstance(verdicts[Lane.HISTORY], Go),
        fetch=isinstance(verdicts[Lane.FETCH], Go),
        send=isinstance(verdicts[Lane.SEND], Go),
        held=bool(held),
        until=min(moments, default=None),
        listen=not (_is_measured(plan) and counts(plan, now)),
    )


def _is_measured(plan: DataPlan) -> bool:
    return plan.allowance_bytes is not None or plan.internet is Internet.METERED
