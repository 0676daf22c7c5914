"""The one QApplication, named for the system."""

import sys

from PySide6.QtWidgets import QApplication

from cop_desktop import paths
from cop_desktop.ui.lasting import make_singletons_last


def application() -> QApplication:
    """The application; made when it is first asked for."""
    make_singletons_last()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)  # noqa: S101 - nobody makes another kind
    app.setApplicationName(paths.APP_NAME)
    app.setApplicationDisplayName(paths.APP_NAME)
    app.setDesktopFileName("cop-desktop")
    return app
