"""Which underlined letters a window gives to two at once, so that neither is pressed by them."""

from collections import defaultdict
from collections.abc import Iterator

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QLabel, QMainWindow, QTabBar, QWidget


def clashing(window: QWidget) -> list[str]:
    """The letters that two of what is seen and can be used are on, menus of the bar among them."""
    on: dict[str, list[str]] = defaultdict(list)
    for words in _words_of(window):
        letter = QKeySequence.mnemonic(words).toString()
        if letter:
            on[letter].append(words)
    return [f"{letter}: {' | '.join(each)}" for letter, each in on.items() if len(each) > 1]


def _words_of(window: QWidget) -> Iterator[str]:
    if isinstance(window, QMainWindow):
        yield from (action.text() for action in window.menuBar().actions() if action.isVisible())
    for each in window.findChildren(QWidget):
        if each.window() is not window or not (each.isVisible() and each.isEnabled()):
            continue
        match each:
            case QAbstractButton():
                yield each.text()
            case QLabel() if each.buddy() is not None and each.buddy().isEnabled():
                yield each.text()
            case QTabBar():
                yield from (each.tabText(place) for place in range(each.count()))
