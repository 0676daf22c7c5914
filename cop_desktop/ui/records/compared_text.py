"""A text with what differs marked; what is long and alike is left out until it is asked for."""

from collections.abc import Sequence

from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from cop_desktop.ui.records.differing import Stretch, folded
from cop_desktop.ui.records.marked_text import MarkedText
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme


class ComparedText(QWidget):
    """As tall as what it shows."""

    def __init__(self, theme: Theme, name: str, stretches: Sequence[Stretch]) -> None:
        super().__init__()
        self._whole, self._short = tuple(stretches), folded(stretches)
        self.text = MarkedText(theme, name)
        self.all = QToolButton()
        self.all.setProperty("kind", "link")
        self.all.setText(self.tr("Show all of it"))
        self.all.setAccessibleName(self.tr("Show all of it: {0}").format(name))
        self.all.setVisible(self._short != self._whole)
        self.all.clicked.connect(self._show_all)
        column = QVBoxLayout(self)
        pad(theme, column, 0, 4)
        column.addWidget(self.text)
        column.addWidget(self.all)
        self.text.show_stretches(self._short)

    def _show_all(self) -> None:
        self.all.hide()
        self.text.show_stretches(self._whole)
        self.text.setFocus()
