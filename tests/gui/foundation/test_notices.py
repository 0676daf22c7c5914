"""Messages that do not stop anybody."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.notice_bar import MOST_AT_ONCE, SHOWN_MS, Notice, NoticeStack


class Hearer:
    """Counts what a notice calls."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def undo(self) -> None:
        self.heard.append("undo")

    def gone(self) -> None:
        self.heard.append("gone")


@pytest.fixture
def stack(theme: Theme, qtbot) -> NoticeStack:
    window, elsewhere, made = QWidget(), QLineEdit(), NoticeStack(theme)
    column = QVBoxLayout(window)
    column.addWidget(elsewhere)
    column.addWidget(made)
    qtbot.addWidget(window)
    window.move(300, 300)  # away from the mouse, which rests at the corner
    window.show()
    elsewhere.setFocus()
    qtbot.waitUntil(elsewhere.hasFocus)
    made.window_of_test = window
    return made


@pytest.fixture
def hearer() -> Hearer:
    return Hearer()


def undo_notice(hearer: Hearer, shown_ms: int = SHOWN_MS) -> Notice:
    return Notice("Reply posted.", "plain", "&Undo", hearer.undo, hearer.gone, shown_ms)


def test_a_notice_stays_ten_seconds_by_itself(stack: NoticeStack, hearer: Hearer) -> None:
    bar = stack.show_notice(undo_notice(hearer))
    assert bar._timer.isActive()
    assert bar._timer.interval() == 10_000


def test_its_button_takes_no_letter_from_the_page_that_is_shown(stack, hearer: Hearer) -> None:
    button = stack.show_notice(undo_notice(hearer)).findChild(QPushButton)
    assert button.text() == "Undo"
    assert button.shortcut().isEmpty()


def test_undo_is_called_once_and_the_notice_goes(stack, hearer: Hearer, qtbot) -> None:
    bar = stack.show_notice(undo_notice(hearer))
    button = bar.findChild(QPushButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    bar.act()
    assert hearer.heard == ["undo"]
    assert stack.bars() == []
    assert not stack.isVisible()


def test_a_notice_that_runs_out_says_that_it_is_gone(stack, hearer: Hearer, qtbot) -> None:
    stack.show_notice(undo_notice(hearer, shown_ms=30))
    qtbot.waitUntil(lambda: hearer.heard == ["gone"])
    assert stack.bars() == []


def test_time_stands_still_under_the_mouse(stack, hearer: Hearer, qtbot) -> None:
    bar = stack.show_notice(undo_notice(hearer, shown_ms=60))
    here = QPointF(2, 2)
    QApplication.sendEvent(bar, QEnterEvent(here, here, here))
    assert bar.is_paused
    assert hearer.heard == []
    QApplication.sendEvent(bar, QEvent(QEvent.Type.Leave))
    assert not bar.is_paused
    qtbot.waitUntil(lambda: hearer.heard == ["gone"])


def test_time_stands_still_while_the_keyboard_is_on_it(stack, hearer: Hearer, qtbot) -> None:
    bar = stack.show_notice(undo_notice(hearer))
    bar.findChild(QPushButton).setFocus()
    qtbot.waitUntil(lambda: bar.is_paused)
    bar.findChild(QPushButton).clearFocus()
    qtbot.waitUntil(lambda: not bar.is_paused)


def test_a_trouble_stays_until_it_is_closed(stack: NoticeStack, qtbot) -> None:
    bar = stack.show_notice(Notice("The disk is full.", "bad", shown_ms=0))
    qtbot.wait(30)
    assert stack.bars() == [bar]
    bar.close_notice()
    assert stack.bars() == []


def test_only_the_newest_few_stand_there(stack: NoticeStack) -> None:
    for number in range(MOST_AT_ONCE + 2):
        stack.show_notice(Notice(f"notice {number}"))
    assert [bar.notice.words for bar in stack.bars()] == ["notice 2", "notice 3", "notice 4"]


def test_the_same_words_do_not_pile_up(stack: NoticeStack) -> None:
    for _ in range(3):
        stack.show_notice(Notice("No connection.", "warn", shown_ms=0))
    assert len(stack.bars()) == 1


def test_what_is_still_up_is_let_go_when_the_window_closes(stack, hearer: Hearer) -> None:
    stack.show_notice(undo_notice(hearer))
    stack.close_all()
    assert hearer.heard == ["gone"]


@pytest.mark.parametrize("width", [700, 1400])
@pytest.mark.parametrize("words", ["Done.", "Should this program start by itself? " * 2])
def test_words_have_room_beside_the_button_however_narrow_and_large(
    stack: NoticeStack, hearer: Hearer, theme: Theme, width: int, words: str
) -> None:
    theme.set_text_scale(2.0)
    stack.window_of_test.resize(width, 500)
    bar = stack.show_notice(Notice(words, "plain", "&Undo", hearer.undo))
    QApplication.processEvents()
    QApplication.processEvents()
    button = bar.findChild(QPushButton)
    said = next(each for each in bar.findChildren(QLabel) if each.text() == words)
    assert said.height() >= said.heightForWidth(said.width())
    assert said.geometry().right() < button.geometry().left()
    assert bar.width() <= stack.window_of_test.width()
