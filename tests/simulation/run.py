"""Runs seeds, shrinks what fails."""

from dataclasses import dataclass

from tests.simulation.script import Script, script_of
from tests.simulation.tally import Tally
from tests.simulation.village import scratch
from tests.simulation.world import World


@dataclass(frozen=True)
class Ran:
    """How a run went. failure: empty if everything held."""

    trace: list[str]
    tally: Tally
    failure: str


def run(script: Script) -> Ran:
    """One run of a script, in a folder of its own."""
    world = World(scratch(), script)
    try:
        world.run()
    except AssertionError as error:
        return Ran(world.trace, world.tally, str(error) or "assertion")
    except Exception as error:  # noqa: BLE001 - whatever a world raises is its failure
        return Ran(world.trace, world.tally, f"{type(error).__name__}: {error}")
    return Ran(world.trace, world.tally, "")


def run_seed(seed: int, twice: int = 1) -> Ran:
    """A run of a seed; of one in `twice` two runs, and a difference between them is a failure."""
    first = run(script_of(seed))
    if seed % twice:
        return first
    second = run(script_of(seed))
    if first.trace != second.trace and not first.failure:
        pairs = zip(first.trace, second.trace, strict=False)
        differs = next((a for a, b in pairs if a != b), "the end")
        return Ran(first.trace, first.tally, f"two runs of the seed differ at: {differs}")
    return first


def shrunk(script: Script, tries: int = 300) -> Script:
    """A shorter script that still fails (delta debugging, Zeller and Hildebrandt 2002)."""
    size = max(1, len(script.steps) // 2)
    while size and tries:
        start = 0
        while start < len(script.steps) and tries:
            shorter = script.without(start, start + size)
            tries -= 1
            if run(shorter).failure:
                script = shorter
            else:
                start += size
        size //= 2
    return script
