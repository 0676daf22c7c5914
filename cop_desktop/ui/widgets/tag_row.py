"""Tags: shown as small words in a row, and edited in a field of their own."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QFrame, QHBoxLayout, QLineEdit, QPushButton, QWidget

from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import IconButton
from cop_desktop.ui.widgets.flow_layout import FlowLayout
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.landing import land_at
from cop_desktop.ui.widgets.tips import plain_tip

_MOST_PX = 280


def shortened(widget: QWidget, words: str, theme: Theme) -> str:
    """As much of a tag, or of a title on a button, as leaves room for others beside it."""
    most = theme.metrics.px(_MOST_PX)
    line = " ".join(words.split())
    return widget.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, most)


class TagRow(QWidget):
    """Shows tags; a click on one tells which, to look for others like it."""

    tag_chosen = Signal(str)

    def __init__(self, theme: Theme, tags: Sequence[str] = ()) -> None:
        super().__init__()
        self._theme = theme
        self._flow = FlowLayout(self)
        pad(theme, self._flow, 0, 4)
        self.setAccessibleName(self.tr("Tags"))
        self.show_tags(tags)

    def show_tags(self, tags: Sequence[str]) -> None:
        self._flow.clear()
        for tag in tags:
            button = QPushButton()
            button.setProperty("kind", "tag")
            shown = shortened(button, tag, self._theme)
            button.setText(shown.replace("&", "&&"))
            button.setToolTip(plain_tip(tag) if shown != tag else "")
            button.setAutoDefault(False)
            button.setAccessibleName(self.tr("Tag {0}").format(tag))
            button.setProperty("tag", tag)
            button.clicked.connect(self._on_click)
            self._flow.addWidget(button)
        self.setVisible(bool(tags))

    def _on_click(self) -> None:
        self.tag_chosen.emit(str(self.sender().property("tag")))


class TagField(QFrame):
    """Tags with a field to add more: Enter or a comma adds, Backspace takes the last away."""

    changed = Signal()

    def __init__(self, theme: Theme, name: str, known: Sequence[str] = ()) -> None:
        super().__init__()
        self._theme = theme
        self._tags: list[str] = []
        self.setObjectName("field")
        self._flow = FlowLayout(self)
        pad(theme, self._flow, (6, 3, 6, 3), 4)
        self._line = _TagLine(name)
        self._line.setMinimumWidth(theme.metrics.px(120))
        self._line.setPlaceholderText(self.tr("Add a tag"))
        self._line.added.connect(self._take)
        self._line.last_wanted.connect(self._drop_last)
        self.set_known(known)
        self._chips: dict[QObject, str] = {}
        self._flow.addWidget(self._line)
        land_at(self, self._line)

    @property
    def line(self) -> QLineEdit:
        """Where a tag is typed, for a label to name."""
        return self._line

    def set_known(self, known: Sequence[str]) -> None:
        """What is proposed while a tag is typed."""
        completer = QCompleter(list(known), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._line.setCompleter(completer)

    def tags(self) -> tuple[str, ...]:
        """The tags, with what is still being typed, in the order they were added."""
        rest = _clean(self._line.text())
        return tuple(self._tags) + ((rest,) if rest and rest not in self._tags else ())

    def set_tags(self, tags: Sequence[str]) -> None:
        self._tags = list(dict.fromkeys(filter(None, map(_clean, tags))))
        self._show()

    def _take(self, words: str) -> None:
        fresh = [tag for tag in map(_clean, words.split(",")) if tag]
        self._line.clear()
        self.set_tags([*self._tags, *fresh])
        self.changed.emit()

    def _drop_last(self) -> None:
        if self._tags:
            self.set_tags(self._tags[:-1])
            self.changed.emit()

    def _on_remove(self) -> None:
        gone = self._chips[self.sender()]
        self.set_tags([tag for tag in self._tags if tag != gone])
        self._line.setFocus()
        self.changed.emit()

    def _show(self) -> None:
        self._flow.removeWidget(self._line)
        self._flow.clear()
        self._chips.clear()
        for tag in self._tags:
            self._flow.addWidget(self._chip(tag))
        self._flow.addWidget(self._line)
        self._line.show()
        self.updateGeometry()

    def _chip(self, tag: str) -> QFrame:
        chip = QFrame()
        chip.setObjectName("tag")
        row = QHBoxLayout(chip)
        pad(self._theme, row, (6, 0, 0, 0), 2)
        row.addWidget(label(shortened(chip, tag, self._theme), wraps=False))
        remove = IconButton(self._theme, "close", self.tr("Remove the tag {0}").format(tag))
        remove.clicked.connect(self._on_remove)
        self._chips[remove] = tag
        row.addWidget(remove)
        return chip


class _TagLine(QLineEdit):
    """The field in which a tag is typed."""

    added = Signal(str)
    last_wanted = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("role", "bare")
        self.setAccessibleName(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ends = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.text() == ","
        if ends and self.text().strip():
            self.added.emit(self.text())
        elif event.key() == Qt.Key.Key_Backspace and not self.text():
            self.last_wanted.emit()
        elif event.text() != ",":
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        # The completer's list takes the focus for a moment: that is no leaving.
        popup = event.reason() == Qt.FocusReason.PopupFocusReason
        if self.text().strip() and not popup:
            self.added.emit(self.text())
        super().focusOutEvent(event)


def _clean(tag: str) -> str:
    return " ".join(tag.replace(",", " ").split())
