"""`cop-desktop demo`: the window on the sample community, or the tour where there is no screen."""

import sys
import tempfile
from argparse import Namespace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from cop_desktop import paths
from cop_desktop.demo.content import read_sample
from cop_desktop.demo.guests import OpenWindow
from cop_desktop.demo.interrupts import ends_tidily
from cop_desktop.demo.plug import listen_for_enter
from cop_desktop.demo.screen import NoScreen, virtual_screen
from cop_desktop.demo.stage import InUse, Stage
from cop_desktop.wiring.screen import has_screen

FOLDER_NAME: Final = "CoP Desktop sample"
STALE_AFTER: Final = timedelta(days=30)
_INTERRUPTED: Final = 130


def run_demo(asked: Namespace, open_window: OpenWindow) -> int:
    """Run the demonstration; the exit code."""
    default = asked.data == paths.default_data_dir()
    folder = paths.default_data_dir().with_name(FOLDER_NAME) if default else asked.data
    print(f"The sample community is kept in {folder}", flush=True)
    stage = Stage(folder, read_sample(paths.resources_dir() / "sample"))
    try:
        with ends_tidily():
            if has_screen():
                return _on_screen(stage, open_window)
            return _without_screen(stage, open_window, asked.shots)
    except InUse:
        print("It is open already, or being made at this moment, by another start of it.")
        return 1
    except KeyboardInterrupt:
        print("\nStopped.")
        return _INTERRUPTED


def is_stale(stage: Stage) -> bool:
    """Whether the sample was made so long ago that its coming meetings are past ones."""
    return stage.made_at is not None and datetime.now(UTC) - stage.made_at > STALE_AFTER


def _on_screen(stage: Stage, open_window: OpenWindow) -> int:
    from cop_desktop.ui.loading import load_qt  # Qt only where there is a window

    load_qt()
    from cop_desktop.demo import showing

    try:
        with stage:
            if not showing.made_ready(stage, is_stale(stage)):
                print("Cancelled; nothing was made.")
                return 0
            stage.start()
            print("A server runs on this computer, and a second member answers what you write.")
            listen_for_enter(stage, sys.stdin)
            return showing.shown(stage, open_window)
    except showing.NotMade:
        return 1
    except InUse:
        if showing.brought_to_front(stage):
            print("It is open already; its window comes to the front.")
            return 0
        raise


def _without_screen(stage: Stage, open_window: OpenWindow, shots: Path | None) -> int:
    print("There is no screen here, so the tour runs on a virtual one and leaves pictures.")
    try:
        with virtual_screen(), stage:
            if stage.made_at is None or is_stale(stage):
                stage.prepare(_Told().tell)
            return _with_tour(stage, open_window, shots)
    except NoScreen as error:
        print(f"No tour: {error}", file=sys.stderr)
        return 1


def _with_tour(stage: Stage, open_window: OpenWindow, shots: Path | None) -> int:
    from cop_desktop.ui.loading import load_qt

    load_qt()
    from cop_desktop.demo.showing import shown
    from cop_desktop.demo.tour import Tour

    folder = shots or Path(tempfile.mkdtemp(prefix="cop-desktop-tour-"))
    folder.mkdir(parents=True, exist_ok=True)
    stage.start()
    tour = Tour(stage, folder)
    ended = shown(stage, open_window, tour.begin)
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
