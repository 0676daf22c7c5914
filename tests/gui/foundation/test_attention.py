"""Whether anybody can see the window: what decides how fast news has to come."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cop_desktop.wiring.attention import Attention


def test_it_tells_when_the_window_goes_out_of_sight_and_comes_back(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    attention = Attention(window)
    told: list[bool] = []
    attention.changed.connect(told.append)
    window.show()
    window.showMinimized()
    window.hide()
    window.showNormal()
    assert told == [True, False, True]
