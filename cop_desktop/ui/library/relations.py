"""What an item was adapted from, and what others made of it."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from cop_desktop.services.library import ItemView, Origin
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.flow_layout import FlowLayout
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.tag_row import shortened
from cop_desktop.ui.widgets.tips import plain_tip


class Relations(QWidget):
    """Gone while there are none. `open_wanted` carries the id of an item."""

    open_wanted = Signal(bytes)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Built on each other"))
        self.origin = _Line(theme, self.tr("Adapted from"))
        self.made = _Line(theme, self.tr("Others built on it"))
        column = QVBoxLayout(self)
        pad(theme, column, 0, 8)
        for part in (self.origin, self.made):
            column.addWidget(part)
            part.open_wanted.connect(self.open_wanted)

    def show_item(self, item: ItemView) -> None:
        origin = item.adapted_from
        self.origin.show_items((origin,) if origin is not None and origin.title else ())
        self.made.show_items(item.adaptations)
        self.setVisible(not self.origin.isHidden() or not self.made.isHidden())


class _Line(QWidget):
    """A heading, and a button for each item."""

    open_wanted = Signal(bytes)

    def __init__(self, theme: Theme, words: str) -> None:
        super().__init__()
        self._shown: tuple[Origin, ...] | None = None
        self._theme, self._words = theme, words
        inside = QWidget()
        self._flow = FlowLayout(inside)
        pad(theme, self._flow, 0, 4)
        column = QVBoxLayout(self)
        pad(theme, column, 0, 4)
        column.addWidget(label(words, "section"))
        column.addWidget(inside)

    def show_items(self, items: tuple[Origin, ...]) -> None:
        if items == self._shown:
            return
        self._shown = items
        self._flow.clear()
        for item in items:
            words = self.tr("{0} ({1})").format(item.title, item.author)
            button = QPushButton()
            button.setProperty("kind", "tag")
            shown = shortened(button, words, self._theme)
            button.setText(shown.replace("&", "&&"))
            button.setToolTip(plain_tip(words) if shown != words else "")
            button.setAutoDefault(False)
            button.setAccessibleName(f"{self._words}: {words}")
            button.clicked.connect(partial(self.open_wanted.emit, item.id))
            self._flow.addWidget(button)
        self.setVisible(bool(items))
