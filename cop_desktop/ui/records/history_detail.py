"""What one step of a history wrote, with what it changed marked."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cop_desktop.ui.records.compared_text import ComparedText
from cop_desktop.ui.records.differing import Stretch, differing
from cop_desktop.ui.records.fields import field_name
from cop_desktop.ui.records.history_steps import Written
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.labels import label


class StepDetail(QWidget):
    """Headline, who and when, and each field with its text and "Put this back"."""

    restore_wanted = Signal(str, str)  # field, text

    def __init__(self, theme: Theme, headline: str, said: str) -> None:
        super().__init__()
        self._theme = theme
        self._offers: dict[QObject, Written] = {}
        self.setObjectName("scrolled")
        self._parts = QVBoxLayout(self)
        pad(theme, self._parts, (16, 8, 16, 8), 8)
        self._parts.addWidget(label(headline, "subtitle"))
        self._parts.addWidget(label(said, "soft"))
        self._parts.addStretch(1)

    def add(self, written: Written) -> None:
        """One more field."""
        head = QHBoxLayout()
        pad(self._theme, head, (0, 8, 0, 0), 8)
        head.addWidget(label(field_name(written.field), "strong"), 1)
        if written.can_restore:
            button = push_button(self._theme, self.tr("Put this back"), "", "restore")
            button.clicked.connect(self._on_restore)
            self._offers[button] = written
            head.addWidget(button)
        words = written.text or self.tr("(empty)")
        whole = (Stretch(words, differs=False),)
        marked = differing(words, written.before) if written.before else whole
        text = ComparedText(self._theme, field_name(written.field), marked)
        place = self._parts.count() - 1
        self._parts.insertLayout(place, head)
        self._parts.insertWidget(place + 1, text)

    def _on_restore(self) -> None:
        written = self._offers[self.sender()]
        self.restore_wanted.emit(written.field, written.text)
