"""What stands before something to be looked at with care, until somebody wishes to see it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cop_desktop.services.care import CareView
from cop_desktop.ui.records.care_words import asked_words, care_words
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.empty_state import EmptyState
from cop_desktop.ui.widgets.labels import set_property
from cop_desktop.ui.widgets.landing import land_at


class CareCover(QWidget):
    """Quiet words, and a button; `show_wanted` comes when it is pressed."""

    show_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._words = EmptyState(theme, "care", "", "")
        self._words.set_action(self.tr("Show anyway"))
        set_property(self._words.button, "kind", "")  # nobody is urged to look
        self._words.action_wanted.connect(self.show_wanted)
        column = QVBoxLayout(self)
        pad(theme, column, 0, 0)
        column.addWidget(self._words)
        land_at(self, self._words.button)

    def show_care(self, care: CareView) -> None:
        """Who asked for it, and what for."""
        self.setAccessibleName(care_words())
        self._words.set_words(care_words(), asked_words(care))
