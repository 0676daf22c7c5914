"""The place at the foot of a thread where replies are written and edited."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import IconButton, push_button
from cop_desktop.ui.widgets.composer.composer import Composer, ComposerShape
from cop_desktop.ui.widgets.icon_label import IconLabel
from cop_desktop.ui.widgets.labels import ElidedLabel

MOST_CHARS = 20_000


class ReplyBox(QWidget):
    """A line that invites to write, and the composer it turns into.

    `target_dropped`: what is written is to answer the topic itself, or no reply is to be edited.
    """

    opened = Signal()
    target_dropped = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.composer = Composer(
            theme,
            ComposerShape(
                self.tr("Your reply"),
                self.tr("Post reply"),
                self.tr("Write a reply…"),
                least_lines=2,
                most_lines=10,
                max_chars=MOST_CHARS,
            ),
        )
        self.prompt = push_button(theme, self.tr("Write a reply…"), "prompt", "reply")
        self.prompt.setToolTip(self.tr("Write a reply (R)"))
        self.prompt.clicked.connect(self.open)
        self._target = self._make_target()
        self._open = False
        self._lay_out()
        self.composer.editor.installEventFilter(self)
        self._settle()

    def open(self) -> None:
        """Shows the composer and goes there."""
        self._open = True
        self._settle()
        self.composer.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.opened.emit()

    def close_if_empty(self) -> None:
        """Back to one line when nothing is written and nothing is edited."""
        if self.composer.is_empty() and not self._target.isVisibleTo(self):
            self._open = False
            self._settle()

    def is_open(self) -> bool:
        return self._open

    def show_open(self, *, is_open: bool) -> None:
        """With the composer or without; the keyboard stays where it is."""
        self._open = is_open
        self._settle()

    def show_target(self, icon: str, words: str) -> None:
        """What the text will do, over the composer; "" for a reply to the topic."""
        self._target.setVisible(bool(words))
        self._target_words.setText(words)
        self._target_icon.set_icon(icon or "reply", "accent")
        self.composer.editor.setAccessibleDescription(words)
        self._settle()

    def show_verb(self, words: str) -> None:
        """What the composer's button says."""
        self.composer.set_submit(words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escape and event.type() == QEvent.Type.KeyPress:
            if self._target.isVisibleTo(self):
                self.target_dropped.emit()
            else:
                self.close_if_empty()
            return True
        return super().eventFilter(watched, event)

    def _make_target(self) -> QWidget:
        target = QWidget()
        self._target_icon = IconLabel(self._theme, "reply", "accent", 16)
        self._target_words = ElidedLabel("", "strong")
        drop = IconButton(self._theme, "close", self.tr("Answer the topic instead"), "Esc")
        drop.clicked.connect(self._on_drop)
        row = QHBoxLayout(target)
        pad(self._theme, row, (4, 0, 0, 0), 6)
        row.addWidget(self._target_icon)
        row.addWidget(self._target_words, 1)
        row.addWidget(drop)
        target.hide()
        return target

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        pad(self._theme, column, (16, 8, 16, 12), 4)
        column.addWidget(self._target)
        column.addWidget(self.composer)
        column.addWidget(self.prompt)

    def _settle(self) -> None:
        self.composer.setVisible(self._open)
        self.prompt.setVisible(not self._open)

    def _on_drop(self) -> None:
        self.target_dropped.emit()
