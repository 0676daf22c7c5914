"""What a person sees of the demonstration before its window is there, and its end by a signal."""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from cop_desktop import paths
from cop_desktop.demo.interrupts import interrupts_to
from cop_desktop.demo.preparing import Preparing
from cop_desktop.demo.stage import Stage
from cop_desktop.ui.collecting import GuiCollector
from cop_desktop.ui.messages import Messages
from cop_desktop.ui.theme.system_look import QtSystemLook
from cop_desktop.ui.theme.theme import Theme, ThemeFiles
from cop_desktop.wiring.application import application
from cop_desktop.wiring.single_window import raise_other

if TYPE_CHECKING:
    from cop_desktop.demo.guests import OpenWindow
    from cop_desktop.wiring.desk import Desk

_log = logging.getLogger(__name__)


class NotMade(Exception):
    """The sample could not be made; the person has been told why."""


def made_ready(stage: Stage, is_stale: bool) -> bool:
    """Whether the sample is there: made with a window that shows how far it is, if it was not.

    is_stale: the person is asked whether to make it anew. False: they do not want to wait. Raises
    NotMade.
    """
    app = application()
    there = stage.made_at is not None
    if there and not (is_stale and wants_it_anew(stage)):
        return True
    return _prepared(app, stage) or there


def wants_it_anew(stage: Stage) -> bool:
    """What the person answers when asked."""
    made = stage.made_at
    day = "" if made is None else f"{made:%d %B %Y}".lstrip("0")
    asking = QMessageBox(QMessageBox.Icon.Question, paths.APP_NAME, "")
    asking.setText(_words("The sample community was made on {0}.").format(day))
    asking.setInformativeText(
        _words(
            "Its dates count from that day, so by now its meetings are past and its threads are "
            "quiet. Make it anew? What you wrote in it is then removed."
        )
    )
    anew = asking.addButton(_words("&Make it anew"), QMessageBox.ButtonRole.DestructiveRole)
    keep = asking.addButton(_words("&Keep it as it is"), QMessageBox.ButtonRole.RejectRole)
    asking.setDefaultButton(keep)
    with interrupts_to(asking.reject):
        asking.exec()
    return asking.clickedButton() is anew


def brought_to_front(stage: Stage) -> bool:
    """Whether the window that is open on the sample came to the front."""
    application()
    return raise_other(stage.person_folder)


def shown(
    stage: Stage, open_window: "OpenWindow", guest: "Callable[[Desk], None] | None" = None
) -> int:
    """Open the window until it is closed; the exit code. guest: as in OpenWindow."""
    application()  # signals are heard by its timer
    with interrupts_to(QApplication.closeAllWindows):
        return open_window(stage.person_folder, guest)


def _prepared(app: QApplication, stage: Stage) -> bool:
    files = ThemeFiles(paths.resources_dir(), paths.cache_dir())
    theme = Theme(app, files, QtSystemLook(app.styleHints(), app))
    window = Preparing(theme, stage.prepare)
    collector = GuiCollector()
    collector.start()
    app.setQuitOnLastWindowClosed(False)  # another window follows
    try:
        with interrupts_to(window.reject):
            made = window.run()
    finally:
        app.setQuitOnLastWindowClosed(True)
        collector.stop()
    if window.error is not None:
        _log.error("the sample was not made", exc_info=window.error)
        QMessageBox.critical(None, paths.APP_NAME, Messages().for_error(window.error).sentence())
        raise NotMade from window.error
    return made


def _words(text: str) -> str:
    return QCoreApplication.translate("Demonstration", text)
