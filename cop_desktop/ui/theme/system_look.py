"""What the system asks for: light or dark, more contrast or not, and when that changes."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QStyleHints


class SystemLook(QObject):
    """The system's wishes. This base never changes: light, usual contrast."""

    changed = Signal()

    def dark(self) -> bool:
        return False

    def more_contrast(self) -> bool:
        return False

    def force_dark(self, dark: bool | None) -> None:
        """Asks the system to draw its own parts (title bar, menus) so; None gives it back."""


class QtSystemLook(SystemLook):
    """The wishes as Qt reads them from Windows, macOS or the Linux desktop."""

    def __init__(self, hints: QStyleHints, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hints = hints
        hints.colorSchemeChanged.connect(self._tell)
        hints.accessibility().contrastPreferenceChanged.connect(self._tell)

    def dark(self) -> bool:
        return bool(self._hints.colorScheme() == Qt.ColorScheme.Dark)

    def more_contrast(self) -> bool:
        preference = self._hints.accessibility().contrastPreference()
        return bool(preference == Qt.ContrastPreference.HighContrast)

    def force_dark(self, dark: bool | None) -> None:
        if dark is None:
            self._hints.unsetColorScheme()
        else:
            scheme = Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light
            self._hints.setColorScheme(scheme)

    def _tell(self) -> None:
        self.changed.emit()
