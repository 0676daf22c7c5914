"""The one QApplication, with its type."""

from typing import cast

from PySide6.QtWidgets import QApplication


def application() -> QApplication:
    """The application that runs. Raises RuntimeError before it was made."""
    app = QApplication.instance()
    if app is None:
        raise RuntimeError("no widget can be made before the QApplication")
    return cast(QApplication, app)
