"""`python -m tests.simulation --seeds 300 --start 1`: run seeds, print what was met."""

import argparse
import sys
import time

from tests.simulation.run import run_seed, shrunk
from tests.simulation.script import script_of
from tests.simulation.tally import Tally


def main() -> int:
    """0 if every seed held."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=100, help="how many")
    parser.add_argument("--start", type=int, default=1, help="the first")
    arguments = parser.parse_args()
    tally, failed, began_s = Tally(), 0, time.monotonic()
    for seed in range(arguments.start, arguments.start + arguments.seeds):
        ran = run_seed(seed)
        tally.add(ran.tally)
        if ran.failure:
            failed += 1
            print(f"seed {seed}: {ran.failure}\n{shrunk(script_of(seed))}", flush=True)
    print(tally.table())
    print(f"{arguments.seeds} seeds, {failed} failed, {time.monotonic() - began_s:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
