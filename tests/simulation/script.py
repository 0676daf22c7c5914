"""What happens in a simulated world, as a list of steps: made from a seed, shrunk, kept, run."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum, auto

from tests.simulation.link import Mishap
from tests.simulation.people import Deed

COMPUTERS = 8
LATE = (6, 7)
"""Computers that enrol only when a step says so."""
MOST_COMPUTERS = COMPUTERS + 2
"""With clones."""
CHUNK_CUT = "CHUNK_CUT"
"""The mishap of a chunk alone: the connection breaks in the middle of the next one."""
LONG_S = 1000
"""Longer than any engine rests."""
YEAR_MS = 365 * 24 * 3600 * 1000


class Verb(StrEnum):
    """What a step does."""

    WRITE = auto()
    SYNC = auto()
    PASS = auto()
    MISHAP = auto()
    MEANWHILE = auto()
    LINK_DOWN = auto()
    LINK_UP = auto()
    TROUBLE = auto()
    MEND = auto()
    KILL = auto()
    STOP = auto()
    START = auto()
    CLOCK = auto()
    ENROL = auto()
    SNAPSHOT = auto()
    RESTORE = auto()
    CLONE = auto()
    SECOND_PROCESS = auto()
    SERVER_TROUBLE = auto()
    SERVER_STOP = auto()
    SERVER_START = auto()
    SERVER_CLOCK = auto()
    SERVER_BACKUP = auto()
    SERVER_RESTORE = auto()
    SERVER_RESTORE_TOLD = auto()
    TAKE_OUT = auto()
    LET_IN = auto()
    FORGE = auto()
    PROGRAM = auto()


@dataclass(frozen=True)
class Step:
    """One step. who: number of a computer. number: amount, or the dice of what it does.

    what: name of a deed, mishap or trouble. inner: for MEANWHILE, what happens then.
    """

    verb: Verb
    who: int = 0
    number: int = 0
    what: str = ""
    inner: "Step | None" = None

    def __repr__(self) -> str:
        """As it is written in a regression."""
        told = [f"Verb.{self.verb.name}", str(self.who), str(self.number)]
        if self.what or self.inner:
            told.append(repr(self.what))
        if self.inner:
            told.append(repr(self.inner))
        return f"Step({', '.join(told)})"


@dataclass(frozen=True)
class Script:
    """Steps of a world with so many computers from the beginning.

    frame_bytes: how large the frames of long answers are, 0 for as large as usual.
    """

    computers: int
    steps: tuple[Step, ...]
    frame_bytes: int = 0

    def without(self, start: int, stop: int) -> "Script":
        """The script with some steps left out."""
        return replace(self, steps=self.steps[:start] + self.steps[stop:])

    def __str__(self) -> str:
        """As it is written in a regression."""
        lines = "".join(f"        {step!r},\n" for step in self.steps)
        return f"Script(\n    {self.computers},\n    (\n{lines}    ),\n    {self.frame_bytes},\n)"


Maker = Callable[[random.Random, int], Step]


def _choice(verb: Verb, names: Sequence[str]) -> Maker:
    return lambda dice, who: Step(verb, who, dice.randrange(1 << 16), dice.choice(names))


def _plain(verb: Verb) -> Maker:
    return lambda dice, who: Step(verb, who, dice.randrange(1 << 16))


def _pass(dice: random.Random, _who: int) -> Step:
    return Step(Verb.PASS, 0, dice.choice((1, 3, 10, 60, 600, LONG_S)))


def _trouble(verb: Verb, names: Sequence[str]) -> Maker:
    return lambda dice, who: Step(verb, who, dice.choice((0, 0, 1, 2, 3)), dice.choice(names))


def _clock(verb: Verb) -> Maker:
    skews = (-10 * YEAR_MS, 10 * YEAR_MS, -5_000, 90_000, 0)
    return lambda dice, who: Step(verb, who, dice.choice(skews))


def _late(dice: random.Random, _who: int) -> Step:
    return Step(Verb.ENROL, dice.choice(LATE))


_DEEDS = [deed.name for deed in Deed]
_INNER: tuple[Maker, ...] = (
    _choice(Verb.WRITE, _DEEDS),
    _plain(Verb.SYNC),
    _plain(Verb.KILL),
    _plain(Verb.SERVER_STOP),
)


def _meanwhile(dice: random.Random, who: int) -> Step:
    inner = dice.choice(_INNER)(dice, dice.choice((who, dice.randrange(COMPUTERS))))
    return Step(Verb.MEANWHILE, who, 0, "", inner)


_ALWAYS: tuple[tuple[float, Maker], ...] = (
    (4, _pass),
    (3, _plain(Verb.SYNC)),
    (2, _plain(Verb.START)),
    (1, _plain(Verb.LINK_UP)),
    (1, _plain(Verb.SERVER_START)),
)
_SOMETIMES: tuple[tuple[float, Maker], ...] = (
    (6, _choice(Verb.MISHAP, [mishap.name for mishap in Mishap])),
    (3, _choice(Verb.MISHAP, ["ANSWER_LOST", "ANSWER_CUT", "DUPLICATED", "REPLAYED"])),
    (2, _choice(Verb.MISHAP, [CHUNK_CUT])),
    (2, _plain(Verb.LINK_DOWN)),
    (3, _trouble(Verb.TROUBLE, ["KILLED_BEFORE", "KILLED_AFTER", "POWER_CUT"])),
    (2, _trouble(Verb.TROUBLE, ["FULL", "ERROR", "COMMIT_ERROR"])),
    (1, _plain(Verb.KILL)),
    (1, _plain(Verb.STOP)),
    (1, _clock(Verb.CLOCK)),
    (1, _late),
    (0.5, _plain(Verb.SECOND_PROCESS)),
    (1.5, _plain(Verb.SNAPSHOT)),
    (0.7, _plain(Verb.RESTORE)),
    (0.4, _plain(Verb.CLONE)),
    (2, _trouble(Verb.SERVER_TROUBLE, ["KILLED_BEFORE", "KILLED_AFTER", "FULL"])),
    (1, _plain(Verb.SERVER_STOP)),
    (0.5, _clock(Verb.SERVER_CLOCK)),
    (1.5, _plain(Verb.SERVER_BACKUP)),
    (1, _plain(Verb.SERVER_RESTORE)),
    (0.7, _plain(Verb.SERVER_RESTORE_TOLD)),
    (0.7, _plain(Verb.TAKE_OUT)),
    (0.7, _plain(Verb.LET_IN)),
    (0.7, _plain(Verb.FORGE)),
    (1.5, _choice(Verb.PROGRAM, ["OLDER", "NEWER", "NEWER", "USUAL"])),
    (4, _meanwhile),
)


_WITH_A_TALE = 0.5
_FRAME_BYTES = (0, 0, 0, 0, 100, 400)
_BEGINNING = (
    Step(Verb.PASS, 0, 3),
    *(Step(Verb.WRITE, 0, 0, deed) for deed in ("TOPIC", "REPLY", "MEETING", "DECIDE", "NOTE")),
    Step(Verb.SYNC, 0),
    Step(Verb.PASS, 0, 3),
)
"""Everybody learns of the community, so that they can write; and there is something to work on."""


def _tales(dice: random.Random, one: int, other: int) -> tuple[tuple[Step, ...], ...]:
    """What random steps seldom come to by themselves, of two computers."""
    late, passes = dice.choice(LATE), Step(Verb.PASS, 0, 10)
    restores = Step(dice.choice((Verb.SERVER_RESTORE, Verb.SERVER_RESTORE_TOLD)))

    def write(who: int, *deeds: str) -> tuple[Step, ...]:
        return tuple(Step(Verb.WRITE, who, 0, deed) for deed in deeds)

    enrolled = (Step(Verb.SERVER_BACKUP), Step(Verb.ENROL, late), passes, *write(late, "TOPIC"))
    cut = Step(Verb.MISHAP, one, 0, CHUNK_CUT), Step(Verb.MISHAP, other, 0, CHUNK_CUT)
    words = write(other, "OPEN_DECISION", "REWORD")
    out = Step(Verb.TAKE_OUT, other), passes, *write(other, "TOPIC", "REPLY")
    return (
        (*enrolled, passes, restores, passes, *write(late, "REPLY")),
        (*write(one, "OPEN_DECISION"), *words, *write(one, "REWORD"), passes),
        (*write(one, "ATTACH"), *cut, passes, *write(other, "WANT"), passes),
        (*out, passes, Step(Verb.LET_IN, other), passes, *write(other, "NOTE")),
        (Step(Verb.SNAPSHOT, one), *write(one, "TOPIC"), passes, Step(Verb.RESTORE, one)),
        (Step(Verb.SECOND_PROCESS, one), Step(Verb.SERVER_TROUBLE, 0, 0, "FULL"), passes),
    )


def script_of(seed: int) -> Script:
    """The script of a seed.

    Each seed has some sorts of deeds and faults and not others (swarm testing, Groce et al. 2012):
    a fault that stops everything would else hide what others do.
    """
    dice = random.Random(seed)
    computers = dice.choice((2, 2, 3, 3, 4, LATE[0]))
    deeds = dice.sample(_DEEDS, dice.randrange(4, 11))
    sorts = [*_ALWAYS, *(sort for sort in _SOMETIMES if dice.random() < 0.45)]
    sorts.append((12, _choice(Verb.WRITE, deeds)))
    weights = [weight for weight, _ in sorts]
    makers = [maker for _, maker in sorts]
    length = dice.randrange(25, 60)
    steps = [
        maker(dice, dice.randrange(computers)) for maker in dice.choices(makers, weights, k=length)
    ]
    if dice.random() < _WITH_A_TALE:
        one, other = dice.sample(range(computers), 2)
        at = dice.randrange(length)
        steps[at:at] = dice.choice(_tales(dice, one, other))
    return Script(computers, (*_BEGINNING, *steps), dice.choice(_FRAME_BYTES))
