"""What a topic is for: the nine activities, each with what it means."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QWidget

from cop_desktop.ui.discussions.words import ACTIVITIES, translated
from cop_desktop.ui.discussions.writing.choice_card import ChoiceCard
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme

_COLUMN_PX = 225


class ActivityChooser(QWidget):
    """Cards beside and under each other, as many in a row as fit; "" for none of them."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._keys = [*(activity.key for activity in ACTIVITIES), ""]
        self._columns = 0
        self._group = QButtonGroup(self)
        self._grid = QGridLayout(self)
        pad(theme, self._grid, 0, 8)
        self.setAccessibleName(self.tr("Kind of topic"))
        cards = [(translated(a.name), translated(a.sentence)) for a in ACTIVITIES]
        cards.append((self.tr("Something else"), self.tr("A conversation of no particular kind.")))
        for number, (name, sentence) in enumerate(cards):
            self._group.addButton(ChoiceCard(theme, name, sentence), number)
        self._group.button(len(cards) - 1).setChecked(True)
        self._group.idClicked.connect(self._on_click)
        self._arrange(2)

    def value(self) -> str:
        """The key of the activity; "" for none."""
        return self._keys[self._group.checkedId()]

    def set_value(self, key: str) -> None:
        """Another choice, told to nobody; an activity that is not known here is none."""
        number = self._keys.index(key) if key in self._keys else len(self._keys) - 1
        self._group.button(number).setChecked(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(max(event.size().width() // self._theme.metrics.px(_COLUMN_PX), 1))

    def _arrange(self, columns: int) -> None:
        columns = min(columns, 3)
        if columns == self._columns:
            return
        self._columns = columns
        for card in self._group.buttons():
            self._grid.removeWidget(card)
        for place, card in enumerate(self._group.buttons()):
            self._grid.addWidget(card, place // columns, place % columns)
        for column in range(3):
            self._grid.setColumnStretch(column, int(column < columns))

    def _on_click(self, number: int) -> None:
        self.changed.emit()
