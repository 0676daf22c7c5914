"""The language in which fields and calendars of the system's toolkit write days and months."""

from PySide6.QtCore import QLocale, QObject

from cop_desktop.ui.shell import preferences as prefer
from cop_desktop.ui.shell.main_window import MainWindow


class DateLanguage(QObject):
    """That of the program, so that one window does not speak two languages; or the computer's."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.preferences.changed.connect(self._on_change)
        self._apply()

    def _on_change(self, name: str) -> None:
        if name == prefer.DATES:
            self._apply()

    def _apply(self) -> None:
        # A translation puts its own language here, as in de_AT.
        ours = QLocale(self.tr("en_AU"))
        if ours.language() is QLocale.Language.C:  # what is no language
            ours = QLocale(QLocale.Language.English, QLocale.Country.Australia)
        of_computer = self._window.preferences.get(prefer.DATES) == prefer.DATES_OF_COMPUTER
        locale = QLocale.system() if of_computer else ours
        QLocale.setDefault(locale)  # for dialogs to come
        self._window.setLocale(locale)  # for what is open
