"""Where the keyboard lands in a pane."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cop_desktop.ui.widgets.landing import land_at, landing_of
from tests.support.tab_walk import stops_of


@pytest.fixture
def pane(qtbot: QtBot) -> QWidget:
    """A pane with three fields in a window with one more."""
    window = QWidget()
    qtbot.addWidget(window)
    outer, inner = QWidget(), QWidget()
    for parent, parts in ((window, (QLineEdit(), outer)), (outer, (inner,))):
        column = QVBoxLayout(parent)
        for part in parts:
            column.addWidget(part)
    column = QVBoxLayout(inner)
    for name in ("first", "second", "third"):
        column.addWidget(QLineEdit(objectName=name))
    land_at(inner, inner.findChild(QLineEdit, "second"))
    land_at(outer, inner)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    outer.window_kept_alive = window  # type: ignore[attr-defined]
    return outer


def test_a_pane_that_is_gone_to_hands_the_keyboard_on(pane: QWidget, qtbot: QtBot) -> None:
    second = pane.findChild(QLineEdit, "second")
    assert landing_of(pane) is second
    pane.setFocus(Qt.FocusReason.ShortcutFocusReason)
    qtbot.waitUntil(second.hasFocus)


def test_tab_goes_to_all_that_stands_beside_the_landing(pane: QWidget) -> None:
    pane.setFocus()
    names = [stop.objectName() for stop in stops_of(pane.window())]
    assert names == ["second", "third", "", "first"]
