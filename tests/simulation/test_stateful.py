"""The same world driven by Hypothesis, which looks for the shortest way to break it."""

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from tests.simulation.link import Mishap
from tests.simulation.people import Deed
from tests.simulation.script import Script, Step, Verb
from tests.simulation.village import scratch
from tests.simulation.world import World

COMPUTERS = 3
who = st.integers(0, COMPUTERS - 1)
dice = st.integers(0, 255)


class Community(RuleBasedStateMachine):
    """Three computers and a server; at the end of each example all must agree."""

    world: World

    @initialize()
    def found(self) -> None:
        self.world = World(scratch(), Script(COMPUTERS, ()))
        self.world.begin()
        for deed in ("TOPIC", "MEETING", "DECIDE", "NOTE"):
            self.world.do(Step(Verb.WRITE, 0, 0, deed))

    @rule(who=who, dice=dice, deed=st.sampled_from([deed.name for deed in Deed]))
    def write(self, **chosen: Any) -> None:
        self.world.do(Step(Verb.WRITE, chosen["who"], chosen["dice"], chosen["deed"]))

    @rule(who=who)
    def sync(self, who: int) -> None:
        self.world.do(Step(Verb.SYNC, who))

    @rule(seconds=st.sampled_from((1, 60, 4000)))
    def let_pass(self, seconds: int) -> None:
        self.world.do(Step(Verb.PASS, 0, seconds))

    @rule(who=who, mishap=st.sampled_from([mishap.name for mishap in Mishap]))
    def have_a_mishap(self, who: int, mishap: str) -> None:
        self.world.do(Step(Verb.MISHAP, who, 0, mishap))

    @rule(
        who=who, kind=st.sampled_from(("KILLED_BEFORE", "KILLED_AFTER")), commits=st.integers(0, 2)
    )
    def arm_a_kill(self, who: int, kind: str, commits: int) -> None:
        self.world.do(Step(Verb.TROUBLE, who, commits, kind))

    @rule(who=who)
    def start(self, who: int) -> None:
        self.world.do(Step(Verb.START, who))

    @rule(kind=st.sampled_from(("KILLED_BEFORE", "KILLED_AFTER")))
    def kill_the_server(self, kind: str) -> None:
        self.world.do(Step(Verb.SERVER_TROUBLE, 0, 0, kind))

    @rule()
    def start_the_server(self) -> None:
        self.world.do(Step(Verb.SERVER_START))

    def teardown(self) -> None:
        if hasattr(self, "world"):
            try:
                self.world.finish()
            finally:
                self.world.close()


Community.TestCase.settings = settings(max_examples=15, stateful_step_count=20)
TestCommunity = Community.TestCase
