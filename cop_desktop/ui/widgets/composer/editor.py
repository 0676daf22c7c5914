"""The text field of the composer: plain text, its keys, and what may be dropped on it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit

from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.composer import formatting
from cop_desktop.ui.widgets.composer.formatting import Replacement, Stretch
from cop_desktop.ui.widgets.composer.highlighter import MarkdownHighlighter
from cop_desktop.ui.widgets.composer.spelling import Speller, SpellingMenu

Formatter = Callable[[Stretch], Replacement | None]


def _bold(chosen: Stretch) -> Replacement:
    return formatting.toggle_wrap(chosen, "**")


def _italic(chosen: Stretch) -> Replacement:
    return formatting.toggle_wrap(chosen, "*")


FORMATTERS: dict[str, Formatter] = {
    "bold": _bold,
    "italic": _italic,
    "heading": formatting.cycle_heading,
    "list": formatting.toggle_bullets,
    "numbered-list": formatting.toggle_numbers,
    "quote": formatting.toggle_quote,
    "link": formatting.insert_link,
}

_CTRL = Qt.KeyboardModifier.ControlModifier
_CTRL_SHIFT = _CTRL | Qt.KeyboardModifier.ShiftModifier

_KEYS: dict[tuple[Qt.KeyboardModifier, int], str] = {
    (_CTRL, Qt.Key.Key_B): "bold",
    (_CTRL, Qt.Key.Key_I): "italic",
    (_CTRL, Qt.Key.Key_K): "link",
    (_CTRL_SHIFT, Qt.Key.Key_H): "heading",
    (_CTRL_SHIFT, Qt.Key.Key_7): "numbered-list",
    (_CTRL_SHIFT, Qt.Key.Key_Ampersand): "numbered-list",
    (_CTRL_SHIFT, Qt.Key.Key_8): "list",
    (_CTRL_SHIFT, Qt.Key.Key_Asterisk): "list",
    (_CTRL_SHIFT, Qt.Key.Key_9): "quote",
    (_CTRL_SHIFT, Qt.Key.Key_ParenLeft): "quote",
}


class Editor(QTextEdit):
    """Plain text with Markdown shown live. Files and pictures are offered, never put in."""

    submit_wanted = Signal()
    files_offered = Signal(object)
    picture_pasted = Signal(QImage)
    left = Signal()
    focus_changed = Signal()
    dropping_changed = Signal(bool)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAcceptRichText(False)
        self.setAccessibleName(name)
        # Tab leaves the field, as everywhere else; a list is indented with blanks.
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(theme.metrics.gap)
        self._highlighter = MarkdownHighlighter(theme, self.document())
        self._speller: Speller | None = None
        self._spelling: SpellingMenu | None = None

    def check_with(self, speller: Speller) -> None:
        """Marks words that the speller does not know, and proposes others."""
        self._speller = speller
        self._spelling = SpellingMenu(self, speller)
        self._highlighter.check_with(speller, self._typed_at)
        self.cursorPositionChanged.connect(self._highlighter.look_again)

    def text(self) -> str:
        """Every character as typed, no-break blanks included; lines end as in Python."""
        raw = self.document().toRawText()
        return raw.replace("\u2029", "\n").replace("\u2028", "\n")

    def set_text(self, text: str) -> None:
        """Another text; undo does not lead back to the one before."""
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def apply(self, formatter: Formatter) -> bool:
        """Does what a formatter says as one step of undo; False when it has nothing to do."""
        text = self.text()
        cursor = self.textCursor()
        chosen = Stretch(
            text,
            _characters(text, cursor.selectionStart()),
            _characters(text, cursor.selectionEnd()),
        )
        wanted = formatter(chosen)
        if wanted is None or self.isReadOnly():
            return False
        cursor.setPosition(_units(text, wanted.start))
        cursor.setPosition(_units(text, wanted.end), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(wanted.words)
        after = self.text()
        cursor.setPosition(_units(after, wanted.select_start))
        cursor.setPosition(_units(after, wanted.select_end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        return True

    def word_before_cursor(self) -> str:
        """What stands between the last blank and the cursor."""
        cursor = self.textCursor()
        before = cursor.block().text().encode("utf-16-le")[: cursor.positionInBlock() * 2]
        words = before.decode("utf-16-le").split()
        return words[-1] if words and before.decode("utf-16-le")[-1:].strip() else ""

    def replace_word_before_cursor(self, words: str) -> None:
        """Puts `words` and a blank in place of `word_before_cursor`."""
        cursor = self.textCursor()
        length = len(self.word_before_cursor().encode("utf-16-le")) // 2
        cursor.setPosition(cursor.position() - length, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(words + " ")
        self.setTextCursor(cursor)

    def height_of_lines(self, lines: int) -> int:
        """Pixels that `lines` lines of body text take, margins included."""
        return lines * self.fontMetrics().lineSpacing() + 2 * round(
            self.document().documentMargin()
        )

    def sizeHint(self) -> QSize:
        return QSize(self._theme.metrics.px(320), self.height_of_lines(3))

    def event(self, event: QEvent) -> bool:
        # Ctrl+K is "link" while writing and "find" everywhere else.
        match event:
            case QKeyEvent() if event.type() == QEvent.Type.ShortcutOverride:
                if (event.modifiers(), event.key()) in _KEYS:
                    event.accept()
                    return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_F7 and self._spelling is not None:
            self._spelling.go_to_next()
            return
        format_name = _KEYS.get((event.modifiers(), event.key()))
        if enter and event.modifiers() & _CTRL:
            self.submit_wanted.emit()
        elif format_name is not None:
            self.apply(FORMATTERS[format_name])
        elif enter and not event.modifiers() and self.apply(formatting.continue_item):
            self.ensureCursorVisible()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._speller is not None:
            self._speller.wake()
        self.focus_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._highlighter.look_again()
        self.focus_changed.emit()
        self.left.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._spelling is None:
            super().contextMenuEvent(event)
        else:
            self._spelling.open_by(event)

    def _typed_at(self) -> int:
        """Where the next letter would go; -1 while the keyboard is elsewhere."""
        return self.textCursor().position() if self.hasFocus() else -1

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() or source.hasImage() or bool(local_files(source))

    def insertFromMimeData(self, source: QMimeData) -> None:
        files = local_files(source)
        if files:
            self.files_offered.emit(files)
        elif source.hasImage() and not source.hasText():
            picture = source.imageData()
            if isinstance(picture, QImage) and not picture.isNull():
                self.picture_pasted.emit(picture)
        else:
            self.insertPlainText(source.text())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        super().dragEnterEvent(event)
        if not self.isReadOnly() and local_files(event.mimeData()):
            event.acceptProposedAction()
            self.dropping_changed.emit(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self.dropping_changed.emit(False)

    def dropEvent(self, event: QDropEvent) -> None:
        super().dropEvent(event)
        self.dropping_changed.emit(False)


def local_files(source: QMimeData) -> tuple[Path, ...]:
    """The files somebody drags or pastes; empty when any of them is a web address."""
    urls = source.urls()
    if not urls or not all(url.isLocalFile() for url in urls):
        return ()
    return tuple(Path(url.toLocalFile()) for url in urls)


def _characters(text: str, units: int) -> int:
    """Python characters in the first `units` UTF-16 units, which Qt counts by."""
    return len(text.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore"))


def _units(text: str, characters: int) -> int:
    return len(text[:characters].encode("utf-16-le")) // 2
