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
    if asked.command not in (None, "demo"):
        return run(asked)
    from cop_desktop.app import run_window  # Qt only where there is a window
    from cop_desktop.demo.running import run_demo

    return run_window(asked.data) if asked.command is None else run_demo(asked, run_window)


if __name__ == "__main__":
    sys.exit(main())
