"""The data budget of this computer: what was used, what waits, what a fetch would cost."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from cop_desktop.services.errors import NotAChoice
from cop_desktop.store import Replica
from sync.core import budget
from sync.core.budget import DataPlan, Go, Lane, Transfer, Verdict, WaitUntil

LET_GO: Final = timedelta(hours=4)
_LAST_DAY: Final = 31


@dataclass(frozen=True, slots=True)
class HeldPart:
    """What waits for the budget. size_bytes: about. until: when it goes by itself, UTC.

    until is None for what only the person lets go.
    """

    lane: Lane
    size_bytes: int
    until: datetime | None


@dataclass(frozen=True, slots=True)
class BudgetStanding:
    """How the month stands.

    used_bytes: against the allowance, by this computer; free_bytes: beside that, in free hours.
    left_bytes: None without an allowance. since, renews: first days of this month and the next.
    cheap_until: None outside of cheap hours. let_go_until: while everything goes because the person
    wants it.
    """

    plan: DataPlan
    now: datetime
    used_bytes: int
    free_bytes: int
    left_bytes: int | None
    since: date
    renews: date
    cheap_until: datetime | None = None
    let_go_until: datetime | None = None
    held: tuple[HeldPart, ...] = ()

    def holds(self, lane: Lane) -> HeldPart | None:
        """What waits of this lane; None if nothing does."""
        return next((part for part in self.held if part.lane is lane), None)


@dataclass(frozen=True, slots=True)
class Cost:
    """What moving so much costs.

    seconds: at the speed of late, None before that was measured. share: of what is left of the
    allowance, 1.0 for all of it; None without an allowance, or in free hours. verdict: whether it
    would go now by itself.
    """

    size_bytes: int
    seconds: float | None
    share: float | None
    verdict: Verdict

    @property
    def goes(self) -> bool:
        """Whether it goes now without waiting or asking."""
        return isinstance(self.verdict, Go)


class DataBudget:
    """Settings and standing; every verb is one transaction. Nothing of it is synced."""

    def __init__(self, replica: Replica) -> None:
        self._use = replica.data_use

    def plan(self) -> DataPlan:
        """What the person said, or what follows from the first start."""
        return self._use.plan()

    def set_plan(self, plan: DataPlan) -> DataPlan:
        """Keep what the person says; the plan until now, for an undo.

        Raises NotAChoice.
        """
        if not 1 <= plan.renews_on <= _LAST_DAY:
            raise NotAChoice("renews_on", str(plan.renews_on))
        if plan.allowance_bytes is not None and plan.allowance_bytes < 0:
            raise NotAChoice("allowance", str(plan.allowance_bytes))
        before = self._use.plan()
        self._use.set_plan(replace(plan, zone=before.zone))
        return before

    def fetch_anyway(self) -> datetime:
        """Let everything that waits go now; until when that holds."""
        until = self._use.now() + LET_GO
        self._use.let_go(until)
        return until

    def wait_again(self) -> None:
        """What is large waits for its hours again."""
        self._use.let_go(None)

    def standing(self) -> BudgetStanding:
        """How the month stands, and what waits."""
        use, plan, now = self._use, self._use.plan(), self._use.now()
        moved, month = use.moved_this_month(), budget.month_of(plan, now)
        let_go_until = use.let_go_until()
        return BudgetStanding(
            plan=plan,
            now=now,
            used_bytes=moved.counted,
            free_bytes=moved.up + moved.down - moved.counted,
            left_bytes=budget.left_bytes(plan, moved.counted),
            since=month.first,
            renews=month.renews,
            cheap_until=budget.cheap_ends(plan, now),
            let_go_until=let_go_until,
            held=() if let_go_until is not None else self._held(plan, now),
        )

    def cost(self, size_bytes: int, lane: Lane = Lane.FETCH) -> Cost:
        """What it would cost to move so much more now."""
        use, plan, now = self._use, self._use.plan(), self._use.now()
        used = use.moved_this_month().counted
        left, speed = budget.left_bytes(plan, used), use.speed_bytes_s()
        verdict = budget.decide(plan, now, used, Transfer(lane, size_bytes))
        counted = left is not None and budget.counts(plan, now)
        return Cost(
            size_bytes=size_bytes,
            seconds=None if speed is None else size_bytes / speed,
            share=size_bytes / max(left, 1) if counted and left is not None else None,
            verdict=Go() if use.let_go_until() is not None else verdict,
        )

    def _held(self, plan: DataPlan, now: datetime) -> tuple[HeldPart, ...]:
        amounts = self._use.amounts()
        sizes = (
            (Lane.SEND, amounts.send),
            (Lane.FETCH, amounts.fetch),
            (Lane.HISTORY, amounts.history),
        )
        found = []
        for lane, size in sizes:
            verdict = budget.decide(plan, now, amounts.used, Transfer(lane, size))
            if size and not isinstance(verdict, Go):
                until = verdict.moment if isinstance(verdict, WaitUntil) else None
                found.append(HeldPart(lane, size, until))
        return tuple(found)
