"""One bringing in at a time, on a thread of its own, told and stopped from the window."""

import threading
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from cop_desktop.services.intake import Ears, IntakeReport, Material
from cop_desktop.ui.intake.tools import IntakeTools
from sync.core.ids import Id


class Running(QObject):
    """`progressed` carries a Progress, `ended` the IntakeReport, `failed` the error."""

    progressed = Signal(object)
    ended = Signal(object)
    failed = Signal(object)

    def __init__(self, tools: IntakeTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self._stop = threading.Event()
        self.is_on = False

    def begin(self, material: Material, path: Path, space: Id) -> None:
        """Bring it in; what is there already is not brought in again."""
        self._stop.clear()
        self.is_on = True
        ears = Ears(self.progressed.emit, self._stop.is_set)
        work = partial(self._tools.intake.bring_in, material, path, space, ears)
        self._tools.jobs.run(work, self._on_ended, self._on_failed)

    def stop(self) -> None:
        """End at the next whole thing; what is done stays."""
        self._stop.set()

    def _on_ended(self, report: IntakeReport) -> None:
        self.is_on = False
        self._tools.hub.post_change(report.changed)
        self.ended.emit(report)

    def _on_failed(self, error: Exception) -> None:
        self.is_on = False
        self.failed.emit(error)
