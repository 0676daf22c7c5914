"""The program in the language of this computer, where somebody has translated it."""

import logging
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

CATALOGUE, SYSTEMS_OWN = "cop_desktop", "qtbase"
_SOURCE = "en"

_log = logging.getLogger(__name__)


def speak_language_of_computer(app: QCoreApplication, folder: Path) -> str | None:
    """Have every text to come translated; the language, None for the English of the code."""
    language = best_language(folder, QLocale.system().uiLanguages())
    if language is None or not _install(app, folder / f"{CATALOGUE}_{language}.qm"):
        return None
    # Words of the toolkit, such as those of its dialogs' buttons: where it has them.
    qt_folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    for tongue in _wider(language):
        if _install(app, qt_folder / f"{SYSTEMS_OWN}_{tongue}.qm"):
            break
    return language


def best_language(folder: Path, wanted: Iterable[str]) -> str | None:
    """The first wanted language that there is a catalogue of; none comes after English.

    wanted: as in "de-AT", the most wanted first.
    """
    for language in wanted:
        for tongue in _wider(language.replace("-", "_")):
            if (folder / f"{CATALOGUE}_{tongue}.qm").is_file():
                return tongue
            if tongue == _SOURCE:
                return None
    return None


def _wider(language: str) -> list[str]:
    """A language, then without its country, as in ["de_AT", "de"]."""
    parts = language.split("_")
    return ["_".join(parts[:count]) for count in range(len(parts), 0, -1)]


def _install(app: QCoreApplication, catalogue: Path) -> bool:
    translator = QTranslator(app)
    if catalogue.is_file() and translator.load(str(catalogue)):
        return app.installTranslator(translator)
    if catalogue.is_file():
        _log.warning("this translation cannot be read: %s", catalogue)
    translator.deleteLater()
    return False
