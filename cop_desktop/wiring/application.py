"""The one QApplication, named for the system, on a thread that others give way to."""

import sys

from PySide6.QtWidgets import QApplication

from cop_desktop import paths
from cop_desktop.ui.lasting import make_singletons_last
from cop_desktop.wiring.translating import speak_language_of_computer

_TURN_S = 0.001
"""So long one thread may keep the interpreter from another that asks for it. A fifth of what is
usual: the window asks often while the store thread computes, and waited as long each time."""


def application() -> QApplication:
    """The application; made when it is first asked for."""
    sys.setswitchinterval(_TURN_S)
    make_singletons_last()
    app = QApplication.instance() or _made()
    assert isinstance(app, QApplication)  # noqa: S101 - nobody makes another kind
    app.setApplicationName(paths.APP_NAME)
    app.setApplicationDisplayName(paths.APP_NAME)
    app.setDesktopFileName("cop-desktop")
    return app


def _made() -> QApplication:
    app = QApplication(sys.argv[:1])
    speak_language_of_computer(app, paths.resources_dir() / "translations")
    return app
