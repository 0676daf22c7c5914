"""The small window that is there while the sample community is being made."""

import threading
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout

from cop_desktop.demo.seeding import Told
from cop_desktop.ui.jobs import Jobs
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.labels import label

_WIDTH = 460


class Cancelled(Exception):
    """The person does not want to wait."""


class Preparing(QDialog):
    """Makes the sample on a thread of its own and shows how far it is. For one `run`.

    error: why it could not be made; None if it was, or if it was cancelled.
    """

    _told = Signal(int, int)

    def __init__(self, theme: Theme, make: Callable[[Told], None]) -> None:
        """make: called on the thread; told of progress, it lets through what that raises."""
        super().__init__()
        self.error: Exception | None = None
        self._make = make
        self._stopping = threading.Event()
        self._jobs = Jobs("sample", self)
        self.setWindowTitle(self.tr("CoP Desktop: sample community"))
        self.bar = QProgressBar(textVisible=False)
        self.bar.setAccessibleName(self.tr("How much of the sample community is made"))
        self.words = label("", "soft")
        self.cancel = push_button(theme, self.tr("Cancel"))
        self._lay_out(theme)
        self.cancel.clicked.connect(self.reject)
        self._told.connect(self._show_progress)

    def run(self) -> bool:
        """Whether the sample was made; keeps the window open until that is known."""
        QTimer.singleShot(0, self, self._begin)
        made = self.exec() == QDialog.DialogCode.Accepted
        self._jobs.close()
        return made

    def reject(self) -> None:
        """Cancel, also by Esc or by closing the window; it ends once nothing is left behind."""
        self._stopping.set()
        self.cancel.setEnabled(False)
        self.words.setText(self.tr("Tidying up…"))

    def _lay_out(self, theme: Theme) -> None:
        self.setMinimumWidth(theme.metrics.px(_WIDTH))
        column = QVBoxLayout(self)
        pad(theme, column, 24, 12)
        column.addWidget(label(self.tr("Preparing the sample community…"), "subtitle"))
        column.addWidget(
            label(
                self.tr(
                    "Eighteen invented members write on computers of their own, and a server "
                    "here carries it between them. This happens once."
                )
            )
        )
        column.addWidget(self.bar)
        row = QHBoxLayout()
        pad(theme, row, 0, 8)
        row.addWidget(self.words, 1)
        row.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignRight)
        column.addLayout(row)

    def _begin(self) -> None:
        self._jobs.run(self._work, self._on_made, self._on_failed)

    def _work(self) -> None:
        self._make(self._tell)

    def _tell(self, done: int, total: int) -> None:
        if self._stopping.is_set():
            raise Cancelled
        self._told.emit(done, total)

    def _show_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        if not self._stopping.is_set():
            self.words.setText(self.tr("{0} %").format(100 * done // total))

    def _on_made(self, _nothing: None) -> None:
        self.accept()

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, Cancelled):
            self.error = error
        super().reject()
