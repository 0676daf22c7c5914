"""`python -m tests.killing --rounds 500 --seed 1`: kill desktops and server so often each."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.killing.loop import Asked, Found, run


def main() -> int:
    """0 if nothing was lost, nothing doubled, and all agreed."""
    parser = argparse.ArgumentParser(prog="python -m tests.killing", description=__doc__)
    parser.add_argument(
        "--rounds", type=int, default=50, help="kills of desktops, and of the server"
    )
    parser.add_argument("--seed", type=int, default=1, help="of the moments and the writing")
    parser.add_argument("--desks", type=int, default=3, choices=(2, 3), help="desktop programs")
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="killing-"))
    print(f"in {folder}", flush=True)
    began_s = time.monotonic()
    found = run(folder, Asked(arguments.rounds, arguments.seed, arguments.desks), _tell)
    _tell(found)
    print(f"seed {arguments.seed}, {time.monotonic() - began_s:.0f} s")
    return 1 if found.problems else 0


def _tell(found: Found) -> None:
    print("\n".join((found.sentence(), *found.problems)), flush=True)


if __name__ == "__main__":
    sys.exit(main())
