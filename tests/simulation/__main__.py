"""`python -m tests.simulation --seeds 300 --start 1`: run seeds, print what was met."""

import argparse
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from tests.simulation.people import Deed
from tests.simulation.run import Ran, run_seed, shrunk
from tests.simulation.script import script_of
from tests.simulation.tally import Tally

ENOUGH_SEEDS = 300
"""So many meet every fault there is, or the script's weights are wrong."""


def main() -> int:
    """0 if every seed held and, of many, everything was met that can be."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=300, help="how many")
    parser.add_argument("--start", type=int, default=1, help="the first")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes at once")
    parser.add_argument("--twice", type=int, default=1, help="one in so many runs twice")
    arguments = parser.parse_args()
    tally, failed, began_s = Tally(), 0, time.monotonic()
    runs = partial(run_seed, twice=arguments.twice)
    seeds = range(arguments.start, arguments.start + arguments.seeds)
    with ProcessPoolExecutor(arguments.jobs) as pool:
        for seed, ran in zip(seeds, pool.map(runs, seeds), strict=True):
            tally.add(ran.tally)
            if ran.failure:
                failed += 1
                _tell(seed, ran)
    print(tally.table())
    print(f"{arguments.seeds} seeds, {failed} failed, {time.monotonic() - began_s:.0f} s")
    never = tally.never(deed.name for deed in Deed) if arguments.seeds >= ENOUGH_SEEDS else []
    if never:
        print(f"never met: {', '.join(never)}")
    return 1 if failed or never else 0


def _tell(seed: int, ran: Ran) -> None:
    print(f"seed {seed}: {ran.failure}\n{shrunk(script_of(seed))}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
