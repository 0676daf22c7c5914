"""The window survives more calls into Qt than Python 3.11 has references to None."""

import subprocess
import sys

MANY_CALLS = """
import cop_desktop.ui
from PySide6.QtCore import QObject, QTimer

timer = QTimer()
for _ in range(300_000):
    timer.setInterval(5)
print("still here")
"""


def test_a_window_lives_through_more_calls_than_there_are_references_to_none() -> None:
    done = subprocess.run(
        [sys.executable, "-c", MANY_CALLS], capture_output=True, check=False, timeout=60
    )
    assert done.stdout.decode().strip() == "still here", done.stderr.decode()
