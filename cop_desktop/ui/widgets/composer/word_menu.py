"""What the menu of an unknown word holds, whichever field it stands in."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Qt, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu


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

    def read_again(self) -> None:
        """Something was changed elsewhere."""
        ...


class WordMenu(QObject):
    """Puts what may have been meant over the usual lines of a field's menu."""

    def __init__(self, owner: QObject, speller: Speller) -> None:
        super().__init__(owner)
        self._speller = speller

    def fill(self, menu: QMenu, word: str, replace: Callable[[str], None]) -> QMenu:
        """The menu, with this in it. word: the unknown one, "" for none."""
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        usual = menu.actions()
        for action in self._of_word(menu, word, replace) if word else ():
            menu.addAction(action)
        menu.addActions(usual)
        menu.addSeparator()
        menu.addAction(self._switch(menu))
        return menu

    def _of_word(
        self, menu: QMenu, word: str, replace: Callable[[str], None]
    ) -> tuple[QAction, ...]:
        proposed = self._speller.suggestions(word)
        actions = [_action(menu, words, partial(replace, words)) for words in proposed]
        for action in actions[:1]:
            font = action.font()
            font.setBold(True)
            action.setFont(font)
        if not proposed:
            actions.append(QAction(self.tr("Nothing to propose"), menu))
            actions[-1].setEnabled(False)
        add = self.tr("&Add “{0}” to my words").format(word)
        line = QAction(menu)
        line.setSeparator(True)
        return (*actions, _action(menu, add, partial(self._speller.add, word)), line)

    def _switch(self, menu: QMenu) -> QAction:
        is_on, is_ready = self._speller.is_on, self._speller.is_ready
        words = self.tr("Check &spelling")
        if is_on and not is_ready:
            words = self.tr("Spelling cannot be checked on this computer")
        check = _action(menu, words, self._toggle)
        check.setCheckable(True)
        check.setChecked(is_on and is_ready)
        check.setEnabled(is_ready or not is_on)
        return check

    def _toggle(self) -> None:
        self._speller.turn(not self._speller.is_on)


def _action(menu: QMenu, words: str, act: Callable[[], None]) -> QAction:
    action = QAction(words, menu)
    action.triggered.connect(partial(_act, act))
    return action


def _act(act: Callable[[], None], _checked: bool = False) -> None:
    act()
