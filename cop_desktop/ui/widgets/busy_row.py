"""A line that says something is being done, how far it is, and lets people stop it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.labels import ElidedLabel


class BusyRow(QWidget):
    """Words, a progress bar, and "Cancel". Hidden until `show_busy`."""

    cancel_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._words = ElidedLabel("", "soft")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._cancel = push_button(theme, self.tr("Cancel"), "quiet")
        self._cancel.clicked.connect(self._want_cancel)
        row = QHBoxLayout()
        pad(theme, row, 0, 8)
        row.addWidget(self._words, 1)
        row.addWidget(self._cancel)
        column = QVBoxLayout(self)
        pad(theme, column, (0, 8, 0, 8), 4)
        column.addLayout(row)
        column.addWidget(self._bar)
        self.hide()

    def show_busy(self, words: str, done: int = 0, total: int = 0) -> None:
        """Total 0: how much there is is not known yet, the bar only shows that it goes on."""
        self._words.setText(words)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._bar.setAccessibleName(words)
        self.show()

    def show_idle(self) -> None:
        self.hide()

    def set_cancellable(self, cancellable: bool) -> None:
        self._cancel.setVisible(cancellable)

    def _want_cancel(self) -> None:
        self.cancel_wanted.emit()
