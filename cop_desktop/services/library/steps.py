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


class Step(StrEnum):
    """One step on the way."""

    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    START_REVIEW = "start review"
    SEND_BACK = "send back"
    PUBLISH = "publish"
    RETIRE = "retire"
    REVIVE = "revive"


@dataclass(frozen=True, slots=True)
class _Rule:
    """From which statuses to which one, and who may. CREATOR: who added it, or a facilitator."""

    before: tuple[str, ...]
    after: str
    who: Who


_RULES: Final = {
    Step.SUBMIT: _Rule((DRAFT,), SUBMITTED, Who.CREATOR),
    Step.WITHDRAW: _Rule((SUBMITTED,), DRAFT, Who.CREATOR),
    # A published one is reviewed again when its day has come.
    Step.START_REVIEW: _Rule((SUBMITTED, PUBLISHED), IN_REVIEW, Who.FACILITATOR),
    Step.SEND_BACK: _Rule((SUBMITTED, IN_REVIEW), DRAFT, Who.FACILITATOR),
    Step.PUBLISH: _Rule((SUBMITTED, IN_REVIEW), PUBLISHED, Who.FACILITATOR),
    Step.RETIRE: _Rule((PUBLISHED,), RETIRED, Who.CREATOR),
    Step.REVIVE: _Rule((RETIRED,), PUBLISHED, Who.FACILITATOR),
}


def status_of(kept: str | None) -> str:
    """The status as it is shown: an item of which nobody said anything is a draft."""
    return kept or DRAFT


def steps_for(status: str, me: Me, creator: Id) -> tuple[Step, ...]:
    """The steps that this member may take now, in their usual order."""
    return tuple(
        step for step, rule in _RULES.items() if status in rule.before and me.may(rule.who, creator)
    )


def status_after(step: Step, status: str, me: Me, creator: Id) -> str:
    """The status that a step leads to.

    Raises NotAllowed if it cannot be taken from this status, or not by this member.
    """
    rule = _RULES[step]
    if not me.may(rule.who, creator):
        facilitators = rule.who is Who.FACILITATOR
        raise NotAllowed(Why.FACILITATORS_ONLY if facilitators else Why.NOT_YOURS)
    if status not in rule.before:
        raise NotAllowed(Why.WRONG_STATUS)
    return rule.after
