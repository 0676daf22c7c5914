"""A field to search or filter with, and a button that clears it."""

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit

from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import IconButton

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
        self._theme = theme
        self._clear = IconButton(theme, "close", self.tr("Clear"))
        self._clear.setParent(self)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Esc does it by keyboard
        self._clear.clicked.connect(self.clear)
        self._clear.hide()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._tell_change)
        self.textChanged.connect(self._on_text)
        self.returnPressed.connect(self._tell_entry)
        theme.changed.connect(self._place)
        self._place()

    def event(self, event: QEvent) -> bool:
        # Esc belongs to the text while there is some: not to a dialog or to "Back".
        match event:
            case QKeyEvent() if event.type() == QEvent.Type.ShortcutOverride and self.text():
                if event.key() == Qt.Key.Key_Escape:
                    event.accept()
                    return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = self._theme.metrics.px(16)
        glass = QRect(self._theme.metrics.px(10), (self.height() - side) // 2, side, side)
        self._theme.icons.paint(QPainter(self), glass, "search", "text_soft")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.results_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _place(self) -> None:
        px = self._theme.metrics.px
        self.setTextMargins(px(22), 0, px(26), 0)
        side = px(28)
        place = QRect(self.width() - side - 3, (self.height() - side) // 2, side, side)
        self._clear.setGeometry(place)

    def _on_text(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._settle.start()

    def _tell_change(self) -> None:
        self.search_changed.emit(self.text().strip())

    def _tell_entry(self) -> None:
        self._settle.stop()
        self.search_entered.emit(self.text().strip())
