"""A process with a window, which says when it can be used, or how it bore much work."""

import gc
import importlib
import json
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

from cop_desktop.ui.loading import load_qt

gc.disable()  # as the program does while it loads
load_qt()

from PySide6.QtCore import QObject, QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication, QMainWindow  # noqa: E402

from cop_desktop.app import Program, run_window  # noqa: E402
from cop_desktop.commands.session import system_clock  # noqa: E402
from cop_desktop.store import Replica  # noqa: E402
from cop_desktop.ui.collecting import GuiCollector  # noqa: E402
from cop_desktop.wiring.application import application  # noqa: E402
from cop_desktop.wiring.desk import Desk  # noqa: E402
from cop_desktop.wiring.places import DISCUSSIONS  # noqa: E402

_LONGEST_S: Final = 120.0
_OPENED: Final = 5
"""The thread is opened so often; the quickest counts."""


class Usable(QObject):
    """Says when the window is there and nothing is left to read for it; then ends the program."""

    def __init__(self, is_usable: Callable[[], bool]) -> None:
        super().__init__(QApplication.instance())
        self._is_usable = is_usable
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(1)

    def _look(self) -> None:
        if self._is_usable():
            self._timer.stop()
            moment_s = time.monotonic()
            loaded = [name for name in list(sys.modules) if name.startswith(("cop_", "sync"))]
            print(json.dumps({"usable_s": moment_s, "loaded": loaded}), flush=True)
            QApplication.quit()


def start(folder: Path) -> None:
    """The whole program on that replica."""

    def begin(desk: Desk) -> None:
        Usable(lambda: desk.window.isVisible() and not desk.jobs.pending)

    run_window(folder, begin)


def empty(modules: list[str]) -> None:
    """A window with nothing in it, and all that the program had loaded when it could be used."""
    for module in modules:
        importlib.import_module(module)
    app = application()
    window = QMainWindow()
    window.show()
    Usable(window.isVisible)
    app.exec()


def work(folder: Path, topic: bytes) -> dict[str, Any]:
    """How long opening a thread takes, how much memory, how long the window stalls."""
    from tests.benchmarks.storing import GROUPS, pages
    from tests.benchmarks.texts import texts
    from tests.benchmarks.windows import ARRIVING, THREAD
    from tests.support.stall_meter import StallMeter
    from tests.support.two_windows import end, page_of

    program = Program(application(), Replica.open(folder, system_clock()), folder)
    program.window.show_place(DISCUSSIONS)
    program.window.show()
    collector = GuiCollector(program.window)
    collector.start()
    _wait(lambda: page_of(program).model.rowCount() > 0 and not program.jobs.pending)
    model = page_of(program).model
    other = model.item(model.index(1, 0)).id  # the first is the thread that is measured
    took_ms = []
    for _ in range(_OPENED):
        page_of(program).open_topic(other)
        _wait(lambda: not program.jobs.pending)
        began_s = time.perf_counter()
        page_of(program).open_topic(topic)
        _wait(lambda: len(page_of(program).topic_pane.posts.order()) > THREAD)
        took_ms.append((time.perf_counter() - began_s) * 1000)
        _wait(lambda: not program.jobs.pending)
    memory_mb = _most_memory_mb()
    coming = pages(texts().replies, GROUPS + ARRIVING, 500, after=GROUPS)
    with StallMeter() as meter:
        arriving = threading.Thread(target=partial(_absorb, program, coming))
        arriving.start()
        _wait(lambda: not arriving.is_alive() and not program.jobs.pending)
    collector.stop()
    end(program)
    return {
        "thread_ms": round(min(took_ms), 1),
        "memory_mb": round(memory_mb, 1),
        "stall_ms": round(meter.longest_ms, 1),
        "busiest_ms": round(meter.busiest_ms, 1),
    }


def _most_memory_mb() -> float:
    """The most that this process ever held in memory, in MB of 2**20 bytes; on Linux.

    `getrusage` also counts what the process held that started this one.
    """
    lines = Path("/proc/self/status").read_text().splitlines()
    [found] = [line for line in lines if line.startswith("VmHWM:")]
    return int(found.split()[1]) / 1024


def _absorb(program: Program, coming: list[Any]) -> None:
    for page, reply in coming:
        done = program.replica.sync_side.absorb(page, reply, [])
        program.hub.post_change(done.changed)


def _wait(condition: Callable[[], bool]) -> None:
    """Let the window live until then."""
    until_s = time.monotonic() + _LONGEST_S
    while not condition():
        if time.monotonic() > until_s:
            raise TimeoutError("the window did not come to rest")
        QApplication.processEvents()
        time.sleep(0.0005)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["start", folder]:
            start(Path(folder))
        case ["empty", *modules]:
            empty(modules)
        case ["work", folder, topic]:
            print(json.dumps(work(Path(folder), bytes.fromhex(topic))))
