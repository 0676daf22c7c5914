"""What the whole window relies on in the Qt binding."""

import subprocess
import sys

LONG_SESSION = """
import cop_desktop.ui
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
shown = QLabel()
for _ in range(60_000):
    shown.update()
print("still here", flush=True)
"""


def test_very_many_calls_of_qt_do_not_end_python() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LONG_SESSION],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "still here" in done.stdout, done.stderr[-500:]
