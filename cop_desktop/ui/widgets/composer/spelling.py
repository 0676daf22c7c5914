"""Unknown words in an editor: which one is meant, what is proposed instead, and the keys for it."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QPoint, Qt, SignalInstance
from PySide6.QtGui import QAction, QContextMenuEvent, QTextBlock, QTextCursor
from PySide6.QtWidgets import QMenu, QTextEdit

from cop_desktop.services.spelling import Word, words_in
from cop_desktop.ui.widgets.announce import announce


class Speller(Protocol):
    """Judges words; asked on the GUI thread while somebody types."""

    @property
    def changed(self) -> SignalInstance:
        """Other words may be unknown now."""
        ...

    @property
    def is_on(self) -> bool: ...

    @property
    def is_ready(self) -> bool:
        """Whether there is a dictionary to look into."""
        ...

    def wake(self) -> None:
        """Somebody is about to write: gets the dictionary ready, once."""
        ...

    def is_wrong(self, word: str) -> bool:
        """False for what is not known yet to be wrong, and while it is off."""
        ...

    def suggestions(self, word: str) -> tuple[str, ...]: ...

    def add(self, word: str) -> None: ...

    def turn(self, on: bool) -> None: ...


def by_units(line: str) -> str:
    """The line with two signs for each that Qt counts as two, so that places are the same."""
    if line.isascii():
        return line
    return "".join("\ue000\ue000" if ord(sign) > 0xFFFF else sign for sign in line)


def wrong_words(line: str, speller: Speller) -> list[Word]:
    """The unknown words of a line; their places count as Qt does."""
    return [word for word in words_in(by_units(line)) if speller.is_wrong(word.text)]


class SpellingMenu(QObject):
    """Opens the menu of an editor, at the mouse or by key, with what may have been meant."""

    def __init__(self, editor: QTextEdit, speller: Speller) -> None:
        super().__init__(editor)
        self._editor = editor
        self._speller = speller

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
        menu = self._editor.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        usual = menu.actions()
        for action in self._of_word(menu, _wrong_at(cursor, self._speller)):
            menu.addAction(action)
        menu.addActions(usual)
        menu.addSeparator()
        menu.addAction(self._switch(menu))
        return menu

    def _switch(self, menu: QMenu) -> QAction:
        is_on, is_ready = self._speller.is_on, self._speller.is_ready
        words = self.tr("Check &spelling")
        if is_on and not is_ready:
            words = self.tr("Spelling cannot be checked on this computer")
        check = self._action(menu, words, self._toggle)
        check.setCheckable(True)
        check.setChecked(is_on and is_ready)
        check.setEnabled(is_ready or not is_on)
        return check

    def _of_word(self, menu: QMenu, wrong: QTextCursor | None) -> list[QAction]:
        if wrong is None or self._editor.isReadOnly():
            return []
        word = wrong.selectedText()
        proposed = self._speller.suggestions(word)
        actions = [
            self._action(menu, words, partial(self._replace, wrong, words)) for words in proposed
        ]
        for action in actions[:1]:
            font = action.font()
            font.setBold(True)
            action.setFont(font)
        if not proposed:
            actions.append(QAction(self.tr("Nothing to propose"), menu))
            actions[-1].setEnabled(False)
        add = self.tr("&Add “{0}” to my words").format(word)
        actions.append(self._action(menu, add, partial(self._speller.add, word)))
        actions.append(QAction(menu))
        actions[-1].setSeparator(True)
        return actions

    def _action(self, menu: QMenu, words: str, act: Callable[[], None]) -> QAction:
        action = QAction(words, menu)
        action.triggered.connect(partial(_act, act))
        return action

    def _replace(self, wrong: QTextCursor, words: str) -> None:
        wrong.insertText(words)
        self._editor.setTextCursor(wrong)

    def _toggle(self) -> None:
        self._speller.turn(not self._speller.is_on)

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


def _act(act: Callable[[], None], _checked: bool = False) -> None:
    act()
