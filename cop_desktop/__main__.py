"""`cop-desktop`: the window, or one command for support and scripts."""

import multiprocessing
import sys
from collections.abc import Sequence

from cop_desktop.commands.parser import parsed
from cop_desktop.commands.running import run


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the command line asks for; the exit code."""
    multiprocessing.freeze_support()  # the frozen program starts itself to read documents
    asked = parsed(sys.argv[1:] if arguments is None else arguments)
    if asked.command is not None:
        return run(asked)
    from cop_desktop.app import run_window  # Qt only where there is a window

    return run_window(asked.data)


if __name__ == "__main__":
    sys.exit(main())
