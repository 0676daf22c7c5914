"""The kill loop: blocks of kills, each followed by a calm in which everything is looked at."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.killing.checking import check_calm, check_end
from tests.killing.town import Town, founded

_BLOCK: Final = 25
_NAMES: Final = ("ann", "ben", "eva")


@dataclass(frozen=True, slots=True)
class Asked:
    """rounds: how often the desktops, together, and the server are killed. desks: how many."""

    rounds: int
    seed: int
    desks: int = len(_NAMES)


@dataclass
class Found:
    """What came of it. problems: empty, or something is wrong with the program."""

    desk_kills: int = 0
    server_kills: int = 0
    cuts: int = 0
    asked: int = 0
    saved: int = 0
    groups: int = 0
    problems: list[str] = field(default_factory=list)

    def sentence(self) -> str:
        """All of it in a line."""
        return (
            f"desktop killed {self.desk_kills} times, server {self.server_kills} times, "
            f"link cut {self.cuts} times; {self.saved} of {self.asked} writes were told as saved, "
            f"{self.groups} groups; {len(self.problems)} problems"
        )


def run(folder: Path, asked: Asked, told: Callable[[Found], None] = lambda _found: None) -> Found:
    """Kill as asked in this folder. told: after each block."""
    dice = random.Random(asked.seed)
    with founded(folder, _NAMES[: asked.desks], asked.seed) as town:
        town.start()
        town.calm()
        for person in town.people:
            person.write_one_of_each(town.places)
        found = Found()
        for began in range(0, asked.rounds, _BLOCK):
            kills = min(_BLOCK, asked.rounds - began)
            town.killed(kills, kills, dice)
            town.calm()
            found = _counted(town, check_calm(town))
            told(found)
            if found.problems:
                return found
        for person in town.people:
            person.living.say({"verb": "want"})
        town.calm()
        town.stop()
        problems, groups = check_end(town)
        found = _counted(town, problems)
        found.groups = groups
        return found


def _counted(town: Town, problems: list[str]) -> Found:
    return Found(
        desk_kills=sum(person.living.kills for person in town.people),
        server_kills=town.serving.kills,
        cuts=town.proxy.counted.cuts,
        asked=sum(len(person.asked) for person in town.people),
        saved=sum(len(person.saved) for person in town.people),
        problems=problems,
    )
