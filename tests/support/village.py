"""A community of three: Anna looks after it, Ben and Cleo take part; each has a computer."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from cop_desktop.store import Replica
from sync.catalogue.declare import Role
from sync.core.ids import Id
from tests.support.meeting_point import MeetingPoint
from tests.support.replicas import ANNA, BEN, COMMUNITY, ManualClock, enrolled

CLEO = b"c" * 16
NAMES = {ANNA: "Anna", BEN: "Ben", CLEO: "Cleo"}


class Village:
    """The replicas of all, opened when first looked at, and the place where they meet.

    Clocks turn by a millisecond with every look at them, so that nothing happens at the same time.
    """

    def __init__(self, folder: Path, server: MeetingPoint, opened: ExitStack) -> None:
        self.server = server
        self._folder = folder
        self._opened = opened
        self._clocks: dict[int, ManualClock] = {}
        self._replicas: list[Replica] = []
        self._first: dict[Id, Replica] = {}

    @property
    def anna(self) -> Replica:
        """The facilitator's replica."""
        return self._first_of(ANNA)

    @property
    def ben(self) -> Replica:
        """A member's replica."""
        return self._first_of(BEN)

    @property
    def cleo(self) -> Replica:
        """Another member's replica."""
        return self._first_of(CLEO)

    def meet(self) -> None:
        """Everybody whose computer is there sends and receives everything."""
        self.server.exchange(*self._replicas)

    def another_computer(self, member: Id) -> Replica:
        """One more computer of a member, which has received nothing yet."""
        number = len(self._replicas) + 1
        clock = self._clocks[number] = ManualClock(seed=number, step_ms=1)
        clock.now_ms = max(clock.now_ms, self.server.now_ms)
        replica = enrolled(
            self._folder / str(number), member=member, name=NAMES[member], clock=clock
        )
        self._replicas.append(self._opened.enter_context(replica))
        return replica

    def turn_clocks(self, *, seconds: float = 0, days: float = 0) -> None:
        """Time goes by for everybody."""
        for clock in self._clocks.values():
            clock.turn(seconds=seconds, days=days)
        self.server.now_ms += round((seconds + days * 86_400) * 1000)

    def _first_of(self, member: Id) -> Replica:
        if member not in self._first:
            self._first[member] = self.another_computer(member)
            self.server.exchange(self._first[member], rounds=1)
        return self._first[member]


@contextmanager
def founded(folder: Path) -> Iterator[Village]:
    """A new village; the server knows everybody."""
    server = MeetingPoint()
    server.add_community(COMMUNITY, "Top End Leaders")
    for member, name in NAMES.items():
        role = Role.FACILITATOR if member == ANNA else Role.MEMBER
        server.add_member(member, name, COMMUNITY, role)
    with ExitStack() as opened:
        yield Village(folder, server, opened)
