"""Hears of mistakes of ours from every thread, and tells of them on a calm page."""

import logging
import sys
import threading
from types import TracebackType

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from cop_desktop.faults import report_of
from cop_desktop.ui.jobs import Jobs
from cop_desktop.ui.messages import Messages
from cop_desktop.ui.shell.fault_dialog import FaultDialog
from cop_desktop.ui.theme.theme import Theme

_log = logging.getLogger(__name__)


class Faults(QObject):
    """From `listen` until `close`. `restart_wanted`: somebody wants the program anew.

    Whoever heard of unexpected errors before still does.
    """

    restart_wanted = Signal()
    _met = Signal(object, str)

    def __init__(self, theme: Theme, messages: Messages, window: QWidget) -> None:
        super().__init__(window)
        self._theme, self._messages, self._window = theme, messages, window
        self._before = sys.excepthook, threading.excepthook
        self._listens = False
        self._times = 0
        self.dialog: FaultDialog | None = None
        # Queued also on the GUI thread: what is being done there may be half done.
        self._met.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def listen(self, *jobs: Jobs) -> None:
        """Hear of what nobody handles, and of what these meet and there are no words for."""
        self._listens = True
        self._before = sys.excepthook, threading.excepthook
        sys.excepthook, threading.excepthook = self._on_error, self._on_thread_error
        for each in jobs:
            each.error_met.connect(self._on_job_error)

    def close(self) -> None:
        """Hear no more."""
        if self._listens:
            self._listens = False
            sys.excepthook, threading.excepthook = self._before

    def _on_error(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, Exception):
            _log.error("a fault of ours", exc_info=(kind, error, trace))
            self._note(error, "the window")
        self._before[0](kind, error, trace)

    def _on_thread_error(self, args: threading.ExceptHookArgs) -> None:
        error, thread = args.exc_value, args.thread
        if isinstance(error, Exception):
            name = "a thread" if thread is None else thread.name
            _log.error("a fault of ours in %s", name, exc_info=error)
            self._note(error, name)
        self._before[1](args)

    def _on_job_error(self, error: Exception) -> None:
        if not self._messages.knows(error):
            self._note(error, "a job")

    def _note(self, error: BaseException, where: str) -> None:
        if self._listens and shiboken6.isValid(self):
            self._met.emit(error, where)

    def _show(self, error: BaseException, where: str) -> None:
        """One page at a time: what fails at every turn of a timer fails often."""
        if self.dialog is not None and self.dialog.isVisible():
            self._times += 1
            self.dialog.count(self._times)
            return
        self._times = 0
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = FaultDialog(self._theme, report_of(error, where), self._window)
        self.dialog.restart_wanted.connect(self.restart_wanted)
        self.dialog.open()
