"""The words that somebody added to the dictionary of this computer, and taking them out again."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QListWidget,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.flow_layout import FlowLayout
from cop_desktop.ui.widgets.labels import label

MOST_CHARS = 40
_ROWS, _ROW_PX, _LINE_PX = 6, 28, 220


class WordsPart(QWidget):
    """A list, a button that takes out what is chosen in it, and a field to add a word."""

    add_wanted = Signal(str)
    forget_wanted = Signal(object)  # tuple[str, ...]

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(self.tr("My words"))
        self.list = _WordList(self.tr("My words"))
        self._frame = QFrame()
        self.line = QLineEdit()
        self.line.setMaxLength(MOST_CHARS)
        self.line.setAccessibleName(self.tr("A word to add"))
        self.line.setPlaceholderText(self.tr("A word to add"))
        self.add = push_button(theme, self.tr("&Add"), "", "new")
        self.forget = push_button(theme, self.tr("Ta&ke out"), "", "delete")
        self.note = label("", "small")
        self._lay_out()
        self._connect()
        self.show_words(())

    def show_words(self, words: Sequence[str]) -> None:
        """These words; what is chosen and still there stays chosen."""
        self.list.show_words(words)
        for part in (self._frame, self.forget):
            part.setVisible(bool(words))
        none = self.tr(
            "None yet. “Add to my words” in the menu of a word that is marked puts it here."
        )
        some = self.tr("They are right on this computer, and never marked.")
        self.note.setText(some if words else none)
        self._settle()

    def clear_added(self, word: str) -> None:
        """The word is kept: the field is free for the next."""
        if self.line.text().strip() == word:
            self.line.clear()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        pad(self._theme, column, (16, 10, 16, 12), 6)
        column.addWidget(label(self.tr("My words"), "strong"))
        column.addWidget(self.note)
        self._frame.setObjectName("field")
        inside = QVBoxLayout(self._frame)
        pad(self._theme, inside, 2, 0)
        inside.addWidget(self.list)
        column.addWidget(self._frame)
        below = QWidget()
        row = FlowLayout(below)
        pad(self._theme, row, 0, 8)
        for part in (self.forget, self.line, self.add):
            row.addWidget(part)
        column.addWidget(below)

    def _connect(self) -> None:
        self.list.itemSelectionChanged.connect(self._settle)
        self.list.forget_wanted.connect(self._want_forget)
        self.forget.clicked.connect(self._want_forget)
        self.line.textChanged.connect(self._settle)
        self.line.returnPressed.connect(self._want_add)
        self.add.clicked.connect(self._want_add)
        self._theme.changed.connect(self._settle)

    def _settle(self) -> None:
        self.forget.setEnabled(bool(self.list.chosen()))
        self.add.setEnabled(bool(self.line.text().strip()))
        self.line.setMinimumWidth(self._theme.metrics.px(_LINE_PX))
        rows = min(max(self.list.count(), 1), _ROWS)
        height = self._theme.metrics.px(_ROW_PX)
        self.list.set_row_height(height)
        self.list.setFixedHeight(rows * height + 2)

    def _want_forget(self) -> None:
        chosen = self.list.chosen()
        if chosen:
            self.forget_wanted.emit(chosen)

    def _want_add(self) -> None:
        word = self.line.text().strip()
        if word:
            self.add_wanted.emit(word)


class _WordList(QListWidget):
    """One word a line; several can be chosen. Del wishes them away."""

    forget_wanted = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def chosen(self) -> tuple[str, ...]:
        """The words that are chosen, from above."""
        items = (self.item(row) for row in range(self.count()))
        return tuple(item.text() for item in items if item.isSelected())

    def show_words(self, words: Sequence[str]) -> None:
        """What is chosen stays so; where that went, the keyboard stands at the next."""
        chosen, here = set(self.chosen()), self.currentRow()
        self.clear()
        self.addItems(list(words))
        self.setCurrentRow(min(max(here, 0), self.count() - 1))
        self.clearSelection()
        for row in range(self.count()):
            self.item(row).setSelected(self.item(row).text() in chosen)

    def set_row_height(self, height: int) -> None:
        """Tall enough to be hit with a finger."""
        for row in range(self.count()):
            self.item(row).setSizeHint(QSize(0, height))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and not event.modifiers():
            self.forget_wanted.emit()
        else:
            super().keyPressEvent(event)
