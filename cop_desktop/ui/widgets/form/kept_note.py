"""The line that says that what was entered earlier is here again, and takes it away on wish."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.announce import announce
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.labels import label


class KeptNote(QWidget):
    """Hidden until there is something to say. One button: discards, and then takes that back."""

    discard_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._is_discarded = False
        self._words = label("", "soft")
        self.button = push_button(theme, "", "quiet")
        self.button.clicked.connect(self._on_press)
        row = QHBoxLayout(self)
        pad(theme, row, 0, 8)
        row.addWidget(self._words, 1)
        row.addWidget(self.button)
        self.hide()

    def words(self) -> str:
        """What is said."""
        return self._words.text()

    def show_kept(self) -> None:
        """What was entered earlier stands in the fields."""
        self._is_discarded = False
        self._say(self.tr("Here again: what you had entered and not sent yet."), self.tr("Discard"))

    def show_discarded(self) -> None:
        """It was taken away, and can be had back until something else is typed."""
        self._is_discarded = True
        self._say(self.tr("What you had entered is discarded."), self.tr("Put it back"))

    def note_typing(self) -> None:
        """Something is typed: what was discarded stays so."""
        if self._is_discarded:
            self.hide()

    def _say(self, words: str, offer: str) -> None:
        self._words.setText(words)
        self.button.setText(offer)
        self.button.setAccessibleDescription(words)
        self.show()
        announce(self, words)

    def _on_press(self) -> None:
        if self._is_discarded:
            self.back_wanted.emit()
        else:
            self.discard_wanted.emit()
