"""In which turns the members of the sample do their parts, so that few wait for what others sent.

Receiving is what costs most, eighteen times over: a member receives only when something of theirs
builds on what others have made, and then as late as it can be.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cop_desktop.demo.timeline import Event


@dataclass(frozen=True, slots=True)
class Visit:
    """A member sits down once, does these things and sends them. receives: before doing them."""

    who: str
    receives: bool
    events: tuple[Event, ...]


def visits(events: Sequence[Event]) -> list[Visit]:
    """All events in an order in which everybody has what they need.

    Each member does what they can in the order given. Raises ValueError if an event needs what
    nobody makes.
    """
    plan = _Plan(events)
    found = [plan.visit(who, receives=False) for who in list(plan.left)]
    while plan.left:
        who = max(plan.left, key=plan.worth)
        visit = plan.visit(who, receives=True)
        if not visit.events:
            raise ValueError(f"the sample waits for what nobody does: {plan.left}")
        found.append(visit)
    return [visit for visit in found if visit.events]


class _Plan:
    """Who has what, and who has still to do what."""

    def __init__(self, events: Iterable[Event]) -> None:
        self.left: dict[str, list[Event]] = {}
        self._sent: set[str] = set()
        self._has: dict[str, set[str]] = {}
        for event in events:
            self.left.setdefault(event.who, []).append(event)
            self._has.setdefault(event.who, set())

    def visit(self, who: str, *, receives: bool) -> Visit:
        """What the member does now; noted as sent."""
        has = self._has[who]
        if receives:
            has |= self._sent
        done = _doable(self.left[who], has)
        self.left[who] = [event for event in self.left[who] if event not in done]
        if not self.left[who]:
            del self.left[who]
        made = {event.makes for event in done if event.makes}
        has |= made
        self._sent |= made
        return Visit(who, receives, tuple(done))

    def worth(self, who: str) -> int:
        """How good a moment it is to receive: how much can be done then."""
        return len(_doable(self.left[who], self._has[who] | self._sent))


def _doable(events: Iterable[Event], has: set[str]) -> list[Event]:
    """Those that can be done in this order, with what comes of them."""
    known, done = set(has), []
    for event in events:
        if event.needs <= known:
            known.add(event.makes)
            done.append(event)
    return done
