"""What it takes to print and save."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cop_desktop.ui.jobs import Jobs
from cop_desktop.ui.records.window_tools import WindowTools
from cop_desktop.ui.shell.window_memory import WindowMemory


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperTools(WindowTools):
    """slow_jobs: a thread for writing files. memory: where the folder is remembered.

    open_path: hands a file to the system's own program; False when there is none for it.
    """

    slow_jobs: Jobs
    memory: WindowMemory
    open_path: Callable[[Path], bool]
