"""The place at the foot of a thread where replies are written and edited."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cop_desktop.services.reading import snippet
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import IconButton, push_button
from cop_desktop.ui.widgets.composer.composer import Composer, ComposerShape
from cop_desktop.ui.widgets.icon_label import IconLabel
from cop_desktop.ui.widgets.labels import ElidedLabel
from sync.catalogue.declare import PARAGRAPHS

LEAST_LINES, MOST_LINES = 2, 10
_AROUND_PROMPT_PX = 64


class ReplyBox(QWidget):
    """A line that invites to write, and the composer it turns into.

    `left`: back to the replies. `target_dropped`: what is written is to answer the topic itself,
    or no reply is to be edited.
    """

    opened = Signal()
    left = Signal()
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
                least_lines=LEAST_LINES,
                most_lines=MOST_LINES,
                max_chars=PARAGRAPHS,
            ),
        )
        self.prompt = push_button(theme, "", "prompt", "reply")
        self.prompt.setToolTip(self.tr("Write a reply (R)"))
        self.prompt.clicked.connect(self.open)
        self._target = self._make_target()
        self._has_target = False
        self._open = False
        self._say_prompt(self.tr("Write a reply…"))
        self._lay_out()
        self.composer.editor.installEventFilter(self)
        self._settle()

    def show_draft(self, text: str) -> None:
        """Says in one line that there is a draft, which opening the box brings back."""
        self._open = False
        self._say_prompt(self.tr("Go on with your draft: {0}").format(snippet(text)))
        self._settle()

    def fit_into(self, height: int) -> None:
        """Leaves more than half of `height` to what is read."""
        editor = self.composer.editor
        line = editor.height_of_lines(2) - editor.height_of_lines(1)
        room = height * 2 // 5 - self._theme.metrics.px(100)
        self.composer.set_most_lines(min(max(room // max(line, 1), LEAST_LINES), MOST_LINES))

    def open(self) -> None:
        """Shows the composer and goes there."""
        self._open = True
        self._settle()
        self.composer.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.opened.emit()

    def close_if_empty(self) -> None:
        """Back to one line when nothing is written and nothing is edited."""
        if self.composer.is_empty() and not self._has_target:
            self.show_closed()

    def is_open(self) -> bool:
        return self._open

    def show_closed(self) -> None:
        """Back to the line that invites to write."""
        self._open = False
        self._say_prompt(self.tr("Write a reply…"))
        self._settle()

    def show_target(self, icon: str, words: str) -> None:
        """What the text will do, over the composer; "" for a reply to the topic."""
        self._has_target = bool(words)
        self._target_words.setText(words)
        self._target_icon.set_icon(icon or "reply", "accent")
        self.composer.editor.setAccessibleDescription(words)
        self._settle()

    def show_verb(self, words: str) -> None:
        """What the composer's button says."""
        self.composer.set_submit(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_prompt()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        # The list of members to mention has its own use for the key.
        if (
            escape
            and event.type() == QEvent.Type.KeyPress
            and not self.composer.mentions.isVisible()
        ):
            if self._has_target:
                self.target_dropped.emit()
            else:
                self.close_if_empty()
                self.left.emit()
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

    def _say_prompt(self, words: str) -> None:
        self.prompt.setAccessibleName(words)
        self._fit_prompt()

    def _fit_prompt(self) -> None:
        words, room = self.prompt.accessibleName(), self.prompt.width()
        room -= self._theme.metrics.px(_AROUND_PROMPT_PX)
        elide = Qt.TextElideMode.ElideRight
        shown = self.prompt.fontMetrics().elidedText(words, elide, max(room, 0))
        self.prompt.setText(shown.replace("&", "&&"))

    def _settle(self) -> None:
        if self._open:
            self._say_prompt(self.tr("Write a reply…"))
        self.composer.setVisible(self._open)
        self._target.setVisible(self._open and self._has_target)
        self.prompt.setVisible(not self._open)

    def _on_drop(self) -> None:
        self.target_dropped.emit()
