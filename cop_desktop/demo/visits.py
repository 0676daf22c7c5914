"""In which turns the members of the sample do their parts, so that few wait for what others sent.

Receiving is what costs most, eighteen times over: a member sits down only when much can be done,
and that first for which many others wait.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cop_desktop.demo.events import Event


@dataclass(frozen=True, slots=True)
class Visit:
    """A member sits down once, receives what others sent, does these things and sends them."""

    who: str
    events: tuple[Event, ...]


def visits(events: Sequence[Event]) -> list[Visit]:
    """All events in an order in which everybody has what they need.

    Each member does what they can in the order given. Raises ValueError if an event needs what
    nobody makes.
    """
    plan, found = _Plan(events), list[Visit]()
    while plan.left:
        visit = plan.visit(max(plan.left, key=plan.worth))
        if not visit.events:
            raise ValueError(f"the sample waits for what nobody does: {plan.left}")
        found.append(visit)
    return found


class _Plan:
    """What was made by now, and who has still to do what."""

    def __init__(self, events: Sequence[Event]) -> None:
        self.left: dict[str, list[Event]] = {}
        self._made: set[str] = set()
        self._behind = _behind(events)
        for event in events:
            self.left.setdefault(event.who, []).append(event)

    def visit(self, who: str) -> Visit:
        """What the member does now; noted as made."""
        done = _doable(self.left[who], self._made)
        self.left[who] = [event for event in self.left[who] if event not in done]
        if not self.left[who]:
            del self.left[who]
        self._made |= {event.makes for event in done if event.makes}
        return Visit(who, tuple(done))

    def worth(self, who: str) -> int:
        """How good a moment it is: how much can be done, and how much waits behind that."""
        return sum(1 + self._behind[e.makes] for e in _doable(self.left[who], self._made))


def _doable(events: Iterable[Event], has: set[str]) -> list[Event]:
    """Those that can be done in this order, with what comes of them."""
    known, done = set(has), []
    for event in events:
        if event.needs <= known:
            known.add(event.makes)
            done.append(event)
    return done


def _behind(events: Iterable[Event]) -> dict[str, int]:
    """How many times at least somebody has to wait for somebody else after it, by what is made."""
    waiting: defaultdict[str, list[Event]] = defaultdict(list)
    makers: dict[str, Event] = {}
    for event in events:
        makers[event.makes] = event
        for need in event.needs:
            waiting[need].append(event)
    found = {"": 0}

    def behind(made: str) -> int:
        if made not in found:
            found[made] = 0  # what waits for itself is told apart in the end, by nobody being able
            turns = (behind(e.makes) + (e.who != makers[made].who) for e in waiting[made])
            found[made] = max(turns, default=0)
        return found[made]

    for made in makers:
        behind(made)
    return found
