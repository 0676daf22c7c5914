"""What the whole window relies on in the Qt binding."""

import sys

import PySide6
from PySide6.QtWidgets import QLabel


def test_qt_calls_do_not_use_up_none(qtbot) -> None:
    """PySide6 6.12.0 gives back a None it never took, which ends Python before 3.12."""
    shown = QLabel()
    qtbot.addWidget(shown)
    before = sys.getrefcount(None)
    for _ in range(200):
        shown.update()
    lost = before - sys.getrefcount(None)
    assert lost < 100, (
        f"PySide6 {PySide6.__version__} on Python {sys.version.split()[0]} crashes after some"
        " thousand calls: use PySide6 6.11 with Python 3.11, or Python 3.12 and later"
    )
