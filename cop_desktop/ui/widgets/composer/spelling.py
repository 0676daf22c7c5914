"""Unknown words in an editor: which one is meant, what is proposed instead, and the keys for it."""

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QContextMenuEvent, QTextBlock, QTextCursor
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QTextEdit

from cop_desktop.services.spelling import Word, words_in
from cop_desktop.ui.widgets.announce import announce
from cop_desktop.ui.widgets.composer.word_menu import Speller, WordMenu

__all__ = ["LONGEST_LINE", "Speller", "SpellingMenu", "by_units", "wrong_words"]


LONGEST_LINE: Final = 4_000
"""Longer lines are shown plain: what looks at words must never make typing slow."""


def by_units(line: str) -> str:
    """The line with two signs for each that Qt counts as two, so that places are the same."""
    if line.isascii():
        return line
    return "".join("\ue000\ue000" if ord(sign) > 0xFFFF else sign for sign in line)


def wrong_words(line: str, speller: Speller) -> list[Word]:
    """The unknown words of a line; their places count as Qt does. Of a very long one, none."""
    if len(line) > LONGEST_LINE:
        return []
    return [word for word in words_in(by_units(line)) if speller.is_wrong(word.text)]


class SpellingMenu(QObject):
    """Opens the menu of an editor, at the mouse or by key, with what may have been meant."""

    def __init__(self, editor: QTextEdit | QPlainTextEdit, speller: Speller) -> None:
        super().__init__(editor)
        self._editor = editor
        self._speller = speller
        self._words = WordMenu(self, speller)

    def open_by(self, event: QContextMenuEvent) -> None:
        """The menu that a right click or Shift+F10 asks for."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self._open(self._editor.cursorForPosition(event.pos()), event.globalPos())
        else:
            self._open(self._editor.textCursor(), self._under_cursor())

    def go_to_next(self) -> bool:
        """To the next unknown word, and its menu; False when there is none."""
        here = self._editor.textCursor()
        # From where the selection begins, so that the word it stands at is not left out twice.
        found = self._next(here.block(), here.selectionEnd() - here.block().position())
        if found is None:
            announce(self._editor, self.tr("No unknown word"))
            return False
        self._editor.setTextCursor(found)
        self._editor.ensureCursorVisible()
        announce(self._editor, self.tr("{0}: not in the dictionary").format(found.selectedText()))
        self._open(found, self._under_cursor())
        return True

    def menu_at(self, cursor: QTextCursor) -> QMenu:
        """What can be done at a place of the text."""
        wrong = None if self._editor.isReadOnly() else _wrong_at(cursor, self._speller)
        word = "" if wrong is None else wrong.selectedText()
        replace = partial(self._replace, wrong or cursor)
        return self._words.fill(self._editor.createStandardContextMenu(), word, replace)

    def _replace(self, wrong: QTextCursor, words: str) -> None:
        wrong.insertText(words)
        self._editor.setTextCursor(wrong)

    def _next(self, block: QTextBlock, after: int) -> QTextCursor | None:
        while block.isValid():
            for word in wrong_words(block.text(), self._speller):
                if word.start >= after:
                    return _selected(block, word)
            block, after = block.next(), 0
        return None

    def _open(self, cursor: QTextCursor, place: QPoint) -> None:
        self.menu_at(cursor).popup(place)

    def _under_cursor(self) -> QPoint:
        place = self._editor.cursorRect().bottomLeft()
        return self._editor.viewport().mapToGlobal(place)


def _wrong_at(cursor: QTextCursor, speller: Speller) -> QTextCursor | None:
    """The unknown word at a place, selected; None for none."""
    block = cursor.block()
    place = cursor.selectionStart() - block.position()
    for word in wrong_words(block.text(), speller):
        if word.start <= place <= word.end:
            return _selected(block, word)
    return None


def _selected(block: QTextBlock, word: Word) -> QTextCursor:
    cursor = QTextCursor(block)
    cursor.setPosition(block.position() + word.start)
    cursor.setPosition(block.position() + word.end, QTextCursor.MoveMode.KeepAnchor)
    return cursor
