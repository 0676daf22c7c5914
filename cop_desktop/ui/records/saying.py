"""The language of the window for services that put sentences together."""

from PySide6.QtCore import QCoreApplication


def say(words: str) -> str:
    """As `Say` of the services wants it."""
    return QCoreApplication.translate("Services", words)
