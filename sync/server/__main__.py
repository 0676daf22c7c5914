"""`cop-server`: the central server and the commands of the people who run it.

Exit codes: 0 done, 1 `check` found something wrong, 2 wrong usage, 4 refused (a message says why).
"""

import argparse
import sys
from collections.abc import Sequence

from sync import __version__
from sync.server.commands import people, serve, upkeep
from sync.server.commands.common import REFUSED, shared_options
from sync.server.errors import NeedsOperator, Unavailable


def main(argv: Sequence[str] | None = None) -> int:
    """The exit code of the command."""
    args = _parser().parse_args(argv)
    try:
        return int(args.run(args))
    except (NeedsOperator, Unavailable) as error:
        print(f"cop-server: {error}", file=sys.stderr)
        return REFUSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="cop-server", description="CoP Desktop's central server.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    shared = shared_options()
    for area in (serve, people, upkeep):
        area.add(commands, shared)
    return parser


if __name__ == "__main__":
    sys.exit(main())
