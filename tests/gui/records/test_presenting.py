"""What went wrong is said, unless nobody is there any more who asked for it."""

from PySide6.QtCore import QObject

from cop_desktop.services.errors import NotAllowed, Why
from cop_desktop.ui.records.presenting import Presenting
from tests.support.discussion_place import turn
from tests.support.record_desk import RecordDesk


class Asking(Presenting):
    def ask(self) -> None:
        self._window_tools.jobs.run(_refuse, self._hear, self._say_trouble)

    def _hear(self, _answer: None) -> None:
        raise AssertionError("it was refused")


def _refuse() -> None:
    raise NotAllowed(Why.NOT_YOURS)


def test_a_trouble_is_said_once_with_what_to_do(desk: RecordDesk) -> None:
    Asking(desk.window, desk.tools).ask()
    desk.settle()
    assert len(desk.notices) == 1


def test_nothing_is_said_for_somebody_who_is_gone(desk: RecordDesk) -> None:
    owner = QObject()
    asking = Asking(owner, desk.tools)
    asking.ask()
    owner.deleteLater()
    turn()
    desk.settle()
    assert desk.notices == []
