"""Unknown words in the plain fields of forms: a line, and an area of several lines."""

from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextFormat,
)
from PySide6.QtWidgets import QLineEdit, QMenu, QPlainTextEdit

from cop_desktop.services.spelling import Word
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.announce import announce
from cop_desktop.ui.widgets.composer.spelling import SpellingMenu, wrong_words
from cop_desktop.ui.widgets.composer.word_menu import Speller, WordMenu


def wave(theme: Theme) -> QTextCharFormat:
    """What stands under an unknown word."""
    look = QTextCharFormat()
    look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    look.setUnderlineColor(theme.colour("bad"))
    return look


class LineSpelling(QObject):
    """Marks unknown words in a line, and proposes others from its menu and with F7."""

    def __init__(self, theme: Theme, line: QLineEdit, speller: Speller) -> None:
        super().__init__(line)
        self._theme, self._line, self._speller = theme, line, speller
        self._words = WordMenu(self, speller)
        self._marked: list[Word] = []
        self._composing = False
        line.installEventFilter(self)
        line.textChanged.connect(self._mark)
        line.cursorPositionChanged.connect(self._mark)
        speller.changed.connect(self._mark)
        theme.changed.connect(self._mark)

    def marked(self) -> list[str]:
        """The words that are marked, from the left."""
        return [word.text for word in self._marked]

    def menu_at(self, place: int) -> QMenu:
        """What can be done at a place of the text."""
        found = None if self._line.isReadOnly() else self._wrong_at(place)
        word = "" if found is None else found.text
        menu = self._line.createStandardContextMenu()
        return self._words.fill(menu, word, partial(self._replace, found))

    def go_to_next(self) -> None:
        """To the next unknown word, and its menu."""
        line = self._line
        after = line.selectionEnd() if line.hasSelectedText() else line.cursorPosition()
        found = next((word for word in self._wrong() if word.start >= after), None)
        if found is None:
            announce(line, self.tr("No unknown word"))
            return
        line.setSelection(found.start, found.end - found.start)
        announce(line, self.tr("{0}: not in the dictionary").format(found.text))
        self.menu_at(found.start).popup(self._under_cursor())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event:
            case QFocusEvent():
                if event.gotFocus():
                    self._speller.wake()
                self._mark()
            case QInputMethodEvent():
                # Marking is such an event itself, and would end what is being composed.
                self._composing = bool(event.preeditString())
            case QKeyEvent() if event.type() == QEvent.Type.KeyPress:
                if event.key() == Qt.Key.Key_F7:
                    self.go_to_next()
                    return True
            case QContextMenuEvent():
                self._open_by(event)
                return True
        return False

    def _open_by(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self.menu_at(self._line.cursorPositionAt(event.pos())).popup(event.globalPos())
        else:
            self.menu_at(self._line.cursorPosition()).popup(self._under_cursor())

    def _under_cursor(self) -> QPoint:
        return self._line.mapToGlobal(QPoint(self._line.cursorRect().left(), self._line.height()))

    def _wrong(self) -> list[Word]:
        return wrong_words(self._line.text(), self._speller)

    def _wrong_at(self, place: int) -> Word | None:
        return next((word for word in self._wrong() if word.start <= place <= word.end), None)

    def _replace(self, found: Word | None, words: str) -> None:
        if found is not None:
            self._line.setSelection(found.start, found.end - found.start)
            self._line.insert(words)

    def _mark(self) -> None:
        if self._composing:
            return
        here = self._line.cursorPosition()
        # Nobody is told that half a word is wrong.
        typed_at = here if self._line.hasFocus() else -1
        marked = [word for word in self._wrong() if word.end != typed_at]
        if not marked and not self._marked:
            return
        self._marked = marked
        look = QTextFormat(wave(self._theme))
        sort = QInputMethodEvent.AttributeType.TextFormat
        marks = [
            QInputMethodEvent.Attribute(sort, word.start - here, word.end - word.start, look)
            for word in marked
        ]
        # The only way that Qt has to format a part of a line.
        QCoreApplication.sendEvent(self._line, QInputMethodEvent("", marks))


class AreaSpelling(QSyntaxHighlighter):
    """The same for an area of several lines."""

    def __init__(self, theme: Theme, area: QPlainTextEdit, speller: Speller) -> None:
        super().__init__(area.document())
        self._theme, self._area, self._speller = theme, area, speller
        self._menu = SpellingMenu(area, speller)
        self._spared = -1
        area.installEventFilter(self)
        area.viewport().installEventFilter(self)
        area.cursorPositionChanged.connect(self._look_again)
        speller.changed.connect(self.rehighlight)
        theme.changed.connect(self.rehighlight)

    def highlightBlock(self, line: str) -> None:
        cursor = self._area.textCursor()
        typed_at = cursor.position() if self._area.hasFocus() else -1
        for word in wrong_words(line, self._speller):
            end = self.currentBlock().position() + word.end
            if end == typed_at:
                self._spared = end
            else:
                self.setFormat(word.start, word.end - word.start, wave(self._theme))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event:
            case QFocusEvent() if watched is self._area:
                if event.gotFocus():
                    self._speller.wake()
                else:
                    self._look_again()
            case QKeyEvent() if event.type() == QEvent.Type.KeyPress:
                if event.key() == Qt.Key.Key_F7:
                    self._menu.go_to_next()
                    return True
            case QContextMenuEvent():
                self._menu.open_by(event)
                return True
        return False

    def _look_again(self) -> None:
        """Marks the word that was spared while it was typed, once that is over."""
        here = self._area.textCursor().position() if self._area.hasFocus() else -1
        if self._spared not in (-1, here):
            block = self.document().findBlock(self._spared)
            self._spared = -1
            if block.isValid():
                self.rehighlightBlock(block)
