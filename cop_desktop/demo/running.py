"""`cop-desktop demo`: the window on the sample community, or the tour where there is no screen."""

import sys
import tempfile
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from cop_desktop import paths
from cop_desktop.demo.screen import NoScreen, has_screen, virtual_screen
from cop_desktop.demo.stage import Stage
from cop_desktop.demo.tour import Tour
from cop_desktop.wiring.desk import Desk

FOLDER_NAME = "CoP Desktop sample"


class OpenWindow(Protocol):
    """Opens the window on a folder until it is closed; guest is told of it once it is shown."""

    def __call__(self, folder: Path, guest: Callable[[Desk], None] | None = None) -> int: ...


def run_demo(asked: Namespace, open_window: OpenWindow) -> int:
    """Run the demonstration; the exit code."""
    default = asked.data == paths.default_data_dir()
    folder = paths.default_data_dir().with_name(FOLDER_NAME) if default else asked.data
    stage = Stage(folder)
    print(f"The sample community is kept in {folder}")
    stage.prepare(_Told().tell)
    if has_screen():
        return _with_window(stage, open_window)
    print("There is no screen here, so the tour runs on a virtual one and leaves pictures.")
    try:
        with virtual_screen():
            return _with_tour(stage, open_window, asked.shots)
    except NoScreen as error:
        print(f"No tour: {error}", file=sys.stderr)
        return 1


def _with_window(stage: Stage, open_window: OpenWindow) -> int:
    stage.start()
    print("A central server runs on this computer; the second member answers what you write.")
    try:
        return open_window(stage.person_folder)
    finally:
        stage.stop()


def _with_tour(stage: Stage, open_window: OpenWindow, shots: Path | None) -> int:
    folder = shots or Path(tempfile.mkdtemp(prefix="cop-desktop-tour-"))
    folder.mkdir(parents=True, exist_ok=True)
    stage.start()
    tour = Tour(stage, folder)
    try:
        ended = open_window(stage.person_folder, tour.begin)
    finally:
        stage.stop()
    print(f"Pictures are in {folder}")
    return ended or tour.exit_code


class _Told:
    """Prints how far the preparation is, a line for every tenth."""

    def __init__(self) -> None:
        self._tenth = -1

    def tell(self, done: int, total: int) -> None:
        """Print, if there is something new to say."""
        tenth = 10 * done // total
        if tenth > self._tenth:
            self._tenth = tenth
            print(f"Preparing the sample community: {10 * tenth} %", flush=True)
