"""`cop-desktop`: the window, or one command for support and scripts."""

import gc
import multiprocessing
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cop_desktop.commands.parser import parsed
from cop_desktop.commands.running import run

if TYPE_CHECKING:
    from cop_desktop.wiring.desk import Desk


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the command line asks for; the exit code."""
    multiprocessing.freeze_support()  # the frozen program starts itself to read documents
    asked = parsed(sys.argv[1:] if arguments is None else arguments)
    if asked.command is None:
        return _open_window(asked.data, in_background=asked.in_background)
    if asked.command == "demo":
        from cop_desktop.demo.running import run_demo

        return run_demo(asked, _open_window)
    return run(asked)


def _open_window(
    folder: Path, guest: "Callable[[Desk], None] | None" = None, *, in_background: bool = False
) -> int:
    """Open the window on the replica in this folder; `cop_desktop.app.run_window`."""
    gc.disable()  # nothing that is loaded now is garbage; looking for some takes long
    try:
        from cop_desktop.ui.loading import load_qt  # Qt only where there is a window

        load_qt()
        from cop_desktop.app import run_window

        return run_window(folder, guest, in_background=in_background)
    finally:
        gc.enable()


if __name__ == "__main__":
    sys.exit(main())
