"""The small list of people under the cursor after "@"."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView

from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.composer.editor import Editor

MOST_OFFERED = 8
_LEAST_PX, _MOST_PX = 240, 440
_FRAME_PX, _PADDING_PX = 2, 2
"""As in the style sheet; the padding grows with the text."""

_STEPS: dict[int, int] = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Return: 0,
    Qt.Key.Key_Enter: 0,
    Qt.Key.Key_Tab: 0,
    Qt.Key.Key_Escape: 0,
}


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody to mention: what the list shows, and the Markdown that is put in."""

    shown: str
    words: str


class MentionList(QListView):
    """Offers members while "@name" is typed; Enter or Tab takes one, Esc none."""

    mention_typed = Signal(str)

    def __init__(self, theme: Theme, editor: Editor) -> None:
        super().__init__(editor)
        self._theme = theme
        self._editor = editor
        self._offered: tuple[Mention, ...] = ()
        self._asked = ""
        self._names = QStringListModel(self)
        self.setModel(self._names)
        self.setObjectName("mentions")
        self.setAccessibleName(self.tr("Members to mention"))
        # Never takes the focus: typing goes on while the list is up.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.clicked.connect(self._take)
        self.hide()
        editor.installEventFilter(self)
        editor.cursorPositionChanged.connect(self._look)
        # The editor itself is silent while another text is put into it.
        editor.document().contentsChanged.connect(self._look_again)

    def offer(self, mentions: Sequence[Mention]) -> None:
        """Shows who fits what was typed last; nobody: the list goes."""
        self._offered = tuple(mentions[:MOST_OFFERED])
        if not self._offered or not self._asked:
            self.hide()
            return
        self._names.setStringList([mention.shown for mention in self._offered])
        self.setCurrentIndex(self._names.index(0))
        self._place()
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.hide()
        keys = event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
        if self.isVisible() and keys and isinstance(event, QKeyEvent):
            return self._on_key(event)
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        if event.key() not in _STEPS or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
        elif _STEPS[event.key()]:
            row = (self.currentIndex().row() + _STEPS[event.key()]) % len(self._offered)
            self.setCurrentIndex(self._names.index(row))
        else:
            self._take()
        return True

    def _look(self) -> None:
        word = self._editor.word_before_cursor()
        asked = word[1:] if word.startswith("@") and len(word) > 1 else ""
        if asked == self._asked:
            return
        self._asked = asked
        if asked:
            self.mention_typed.emit(asked)
        else:
            self.hide()

    def _look_again(self) -> None:
        if self.isVisible():
            self._look()

    def _take(self) -> None:
        row = self.currentIndex().row()
        if 0 <= row < len(self._offered):
            self._editor.replace_word_before_cursor(self._offered[row].words)
        self.hide()

    def _place(self) -> None:
        metrics = self._theme.metrics
        cursor = self._editor.cursorRect()
        # In the window's own coordinates, above the cursor when there is no room below.
        window = self._editor.window()
        if self.parent() is not window:
            self.setParent(window)
        self.ensurePolished()  # rows are as tall as the style says
        around = 2 * (_FRAME_PX + metrics.space(_PADDING_PX))
        height = self.sizeHintForRow(0) * len(self._offered) + around
        whole = self.sizeHintForColumn(0) + around
        width = min(max(whole, metrics.px(_LEAST_PX)), metrics.px(_MOST_PX), self._editor.width())
        below = self._editor.viewport().mapTo(window, cursor.bottomLeft())
        top = below.y() + metrics.tight
        if top + height > window.height():
            top = self._editor.viewport().mapTo(window, cursor.topLeft()).y() - height
        left = min(below.x(), window.width() - width - metrics.gap)
        self.setGeometry(max(left, 0), max(top, 0), width, height)
        self.move(QPoint(max(left, 0), max(top, 0)))
