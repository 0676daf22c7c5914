"""A library item's way from draft to retirement, and who may take which step."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cop_desktop.services.access import Me
from cop_desktop.services.errors import NotAllowed, Why
from sync.catalogue.declare import Who
from sync.core.ids import Id

DRAFT: Final = "draft"
SUBMITTED: Final = "submitted"
IN_REVIEW: Final = "in review"
PUBLISHED: Final = "published"
RETIRED: Final = "retired"

DAYS_TO_ANSWER: Final = 14
"""How long a review usually takes; the reviewer may be given another day."""


class Step(StrEnum):
    """One step on the way. ASK: somebody to review it, also in place of who has it now."""

    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    RENEW = "renew"
    START_REVIEW = "start review"
    PUBLISH = "publish"
    SEND_BACK = "send back"
    ASK = "ask"
    RETIRE = "retire"
    REVIVE = "revive"


@dataclass(frozen=True, slots=True)
class Position:
    """Where an item is on its way, as far as steps depend on it."""

    status: str
    creator: Id
    reviewer: Id | None


@dataclass(frozen=True, slots=True)
class _Rule:
    """From which statuses to which one, and who may. CREATOR: who added it, or a facilitator.

    reviewer: whoever was asked to review it may, too.
    """

    before: tuple[str, ...]
    after: str
    who: Who
    reviewer: bool = False

    def lets(self, me: Me, at: Position) -> bool:
        asked = self.reviewer and at.status == IN_REVIEW and at.reviewer == me.member
        return asked or me.may(self.who, at.creator)


_RULES: Final = {
    Step.SUBMIT: _Rule((DRAFT,), SUBMITTED, Who.CREATOR),
    Step.WITHDRAW: _Rule((SUBMITTED,), DRAFT, Who.CREATOR),
    Step.RENEW: _Rule((PUBLISHED,), PUBLISHED, Who.FACILITATOR),
    # A published one is reviewed again when its day has come.
    Step.START_REVIEW: _Rule((SUBMITTED, PUBLISHED), IN_REVIEW, Who.FACILITATOR),
    Step.PUBLISH: _Rule((SUBMITTED, IN_REVIEW), PUBLISHED, Who.FACILITATOR, reviewer=True),
    Step.SEND_BACK: _Rule((SUBMITTED, IN_REVIEW), DRAFT, Who.FACILITATOR, reviewer=True),
    Step.ASK: _Rule((SUBMITTED, PUBLISHED, IN_REVIEW), IN_REVIEW, Who.FACILITATOR, reviewer=True),
    Step.RETIRE: _Rule((PUBLISHED,), RETIRED, Who.CREATOR),
    Step.REVIVE: _Rule((RETIRED,), PUBLISHED, Who.FACILITATOR),
}


def status_of(kept: str | None) -> str:
    """The status as it is shown: an item of which nobody said anything is a draft."""
    return kept or DRAFT


def steps_for(me: Me, at: Position) -> tuple[Step, ...]:
    """The steps that this member may take now, in their usual order."""
    return tuple(
        step for step, rule in _RULES.items() if at.status in rule.before and rule.lets(me, at)
    )


def status_after(step: Step, me: Me, at: Position) -> str:
    """The status that a step leads to.

    Raises NotAllowed if it cannot be taken from this status, or not by this member.
    """
    rule = _RULES[step]
    if not rule.lets(me, at):
        facilitators = rule.who is Who.FACILITATOR
        raise NotAllowed(Why.FACILITATORS_ONLY if facilitators else Why.NOT_YOURS)
    if at.status not in rule.before:
        raise NotAllowed(Why.WRONG_STATUS)
    return rule.after
