"""The program while nobody looks: closing to the icon beside the clock, coming back, ending."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cop_desktop import paths
from cop_desktop.app import Program
from cop_desktop.ui.notifying.tray import Tray
from cop_desktop.ui.shell import preferences as prefer
from cop_desktop.ui.widgets.application import application
from cop_desktop.ui.widgets.sync_sentence import SyncWords
from tests.support.replicas import enrolled
from tests.support.two_windows import end


class Ended:
    """Notes that the program would end."""

    def __init__(self) -> None:
        self.times = 0

    def note(self) -> None:
        self.times += 1


@pytest.fixture
def program(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Program]:
    """A program on a system that has a place beside the clock."""
    monkeypatch.setattr(Tray, "is_there", True)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    made = Program(qapp, enrolled(tmp_path / "replica"), tmp_path / "replica")
    yield made
    made.staying.close()
    end(made)
    assert qapp.quitOnLastWindowClosed()


def test_closing_ends_the_program_unless_somebody_wants_it_to_stay(
    program: Program, qtbot: QtBot
) -> None:
    program.staying.start(in_background=False)
    window = program.window
    window.preferences.put(prefer.STAY, value=True)
    with qtbot.waitSignal(window.tucked_away):
        window.close()
    assert not window.isVisible()
    assert not QApplication.quitOnLastWindowClosed()
    program.staying.tray.open_wanted.emit()
    assert window.isVisible()
    assert QApplication.quitOnLastWindowClosed()
    window.preferences.put(prefer.STAY, value=False)
    with qtbot.waitSignal(window.closed):
        window.close()


def test_quitting_ends_it_also_while_its_window_is_out_of_sight(
    program: Program, qtbot: QtBot
) -> None:
    ended = Ended()
    program.staying.end = ended.note
    program.staying.start(in_background=True)
    assert not program.window.isVisible()
    program.window.preferences.put(prefer.STAY, value=True)
    with qtbot.waitSignal(program.window.closed):
        program.staying.tray.quit_wanted.emit()
    assert ended.times == 1


def test_the_dock_brings_the_window_back(
    program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    program.staying.start(in_background=False)
    window = program.window
    window.preferences.put(prefer.STAY, value=True)
    with qtbot.waitSignal(window.tucked_away):
        window.close()
    # What Qt makes of a click in the Dock, whatever was active before.
    application().applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    assert not window.isVisible()
    application().applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert window.isVisible()
    assert QApplication.quitOnLastWindowClosed()


def test_elsewhere_nothing_but_a_wish_for_it_brings_the_window_back(
    program: Program, qtbot: QtBot
) -> None:
    program.staying.start(in_background=True)
    QCoreApplication.processEvents()
    application().applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert not program.window.isVisible()


def test_the_icon_says_how_syncing_stands_and_leads_to_the_settings(program: Program) -> None:
    program.staying.start(in_background=False)
    program.window.sentence.show_words(SyncWords("3 things waiting to go & safe"))
    tray = program.staying.tray
    assert tray.status.text() == "3 things waiting to go && safe"
    assert [action.text() for action in tray.menu.actions() if action.text()][1:] == [
        "&Open CoP Desktop",
        "&Sync now",
        "Se&ttings",
        "&Quit",
    ]
    tray.settings_wanted.emit()
    assert program.window.current_place == "settings"


def test_what_is_told_while_the_program_ends_is_no_fault(program: Program) -> None:
    tray = program.staying.tray
    program.staying.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    program.window.sentence.show_words(SyncWords("Everything sent and received"))
    assert not tray._icon.isVisible()


def test_starting_with_the_computer_is_asked_once_and_leads_to_the_setting(
    program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked() -> list[str]:
        return [bar.notice.words for bar in program.window.notices.bars()]

    for _ in range(2):
        program.staying.start(in_background=False)
        program.jobs.wait_idle()
    assert asked() == []  # never of a folder like the sample's
    monkeypatch.setattr(paths, "default_data_dir", lambda: program.desk.folder)
    program.staying.start(in_background=False)
    program.jobs.wait_idle()
    assert asked() == []  # not at the very first start
    program.staying.start(in_background=False)
    qtbot.waitUntil(lambda: len(asked()) == 1)
    program.window.notices.bars()[0].act()
    assert program.window.current_place == "settings"
    program.staying.start(in_background=False)
    program.jobs.wait_idle()
    assert asked() == []
