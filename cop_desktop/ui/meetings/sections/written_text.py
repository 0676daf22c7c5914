"""A long text that everybody writes, saved while it is typed; words of others are put in."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cop_desktop.ui.meetings.sections.patch import Edit, edits, units
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.composer.composer import Composer, ComposerShape
from cop_desktop.ui.widgets.landing import land_at


class WrittenText(QWidget):
    """A composer. `typed` carries the text to be saved."""

    typed = Signal(str)
    link_activated = Signal(str)

    def __init__(self, theme: Theme, shape: ComposerShape) -> None:
        super().__init__()
        self.composer = Composer(theme, shape)
        self.composer.draft_changed.connect(self.typed)
        self.composer.link_activated.connect(self.link_activated)
        column = QVBoxLayout(self)
        pad(theme, column, 0, 0)
        column.addWidget(self.composer)
        land_at(self, self.composer.editor)

    def text(self) -> str:
        """What stands there."""
        return self.composer.text()

    def set_text(self, text: str) -> None:
        """The text of another meeting."""
        if text != self.text():
            self.composer.set_text(text)
            self.composer.editor.moveCursor(QTextCursor.MoveOperation.Start)

    def take_in(self, text: str) -> None:
        """Words of others, put in where they belong; the cursor stays among its own words."""
        editor = self.composer.editor
        before = self.text()
        changes = edits(before, text)
        own = editor.textCursor()
        places = [_moved(before, place, changes) for place in (own.anchor(), own.position())]
        scroll = editor.verticalScrollBar().value()
        # Not told as typing: these words are saved already.
        editor.blockSignals(True)
        cursor = QTextCursor(editor.document())
        cursor.beginEditBlock()
        for edit in changes:
            cursor.setPosition(units(before, edit.start))
            cursor.setPosition(units(before, edit.end), QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(edit.words)
        cursor.endEditBlock()
        own.setPosition(places[0])
        own.setPosition(places[1], QTextCursor.MoveMode.KeepAnchor)
        editor.setTextCursor(own)
        editor.blockSignals(False)
        editor.verticalScrollBar().setValue(scroll)

    def show_saved(self, text: str, words: str) -> None:
        """Says that this text is saved, if it is still what stands here."""
        self.composer.show_saved(text, words)

    def show_problem(self, words: str) -> None:
        self.composer.show_problem(words)


def _moved(before: str, place: int, changes: list[Edit]) -> int:
    """Where a place of the cursor is after the changes; what is put in right there comes after."""
    moved = place
    for edit in changes:
        start, end = units(before, edit.start), units(before, edit.end)
        if start < place:
            moved += len(edit.words.encode("utf-16-le")) // 2 - (min(end, place) - start)
    return moved
