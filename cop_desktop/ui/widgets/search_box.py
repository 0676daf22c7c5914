"""A field to search or filter with, and a button that clears it."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from cop_desktop.ui.theme.theme import Theme

SETTLE_MS = 120
"""Wait after a keystroke before searching: shorter than noticed, longer than fast typing."""


class SearchBox(QLineEdit):
    """Tells what is looked for as it is typed; Esc clears, Down goes to what was found."""

    search_changed = Signal(str)
    search_entered = Signal(str)
    results_wanted = Signal()

    def __init__(self, theme: Theme, name: str, hint: str = "") -> None:
        super().__init__()
        self.setProperty("role", "search")
        self.setAccessibleName(name)
        self.setPlaceholderText(hint or name)
        self._glass = QAction(theme.icon("search", "text_soft"), "", self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self._clear = QAction(theme.icon("close", "text_soft"), self.tr("Clear"), self)
        self._clear.setVisible(False)
        self._clear.triggered.connect(self.clear)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._tell_change)
        self.textChanged.connect(self._on_text)
        self.returnPressed.connect(self._tell_entry)

    def event(self, event: QEvent) -> bool:
        # Esc belongs to the text while there is some: not to a dialog or to "Back".
        match event:
            case QKeyEvent() if event.type() == QEvent.Type.ShortcutOverride and self.text():
                if event.key() == Qt.Key.Key_Escape:
                    event.accept()
                    return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.results_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _on_text(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._settle.start()

    def _tell_change(self) -> None:
        self.search_changed.emit(self.text().strip())

    def _tell_entry(self) -> None:
        self._settle.stop()
        self.search_entered.emit(self.text().strip())
