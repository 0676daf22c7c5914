"""What the system says of the network reaches the sync thread, and only what is worth a try."""

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QNetworkInformation
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cop_desktop.app import Program
from cop_desktop.wiring.reachability import Reachability
from tests.support.replicas import enrolled
from tests.support.two_windows import end

Way = QNetworkInformation.Reachability


class Network(QObject):
    """The system's knowledge, as a test says."""

    reachabilityChanged = Signal(object)  # noqa: N815 - Qt's name
    isBehindCaptivePortalChanged = Signal(bool)  # noqa: N815 - Qt's name


class Hints:
    """Counts what would reach the sync thread."""

    def __init__(self) -> None:
        self.count = 0

    def network_back(self) -> None:
        self.count += 1

    def stop(self) -> None:
        """Nothing runs."""


@pytest.mark.parametrize(
    ("way", "told"),
    [(Way.Unknown, 0), (Way.Disconnected, 0), (Way.Local, 1), (Way.Site, 1), (Way.Online, 1)],
)
def test_any_network_that_comes_up_is_told_and_none_that_goes(way: Way, told: int) -> None:
    network, hints = Network(), Hints()
    reachability = Reachability(network)  # type: ignore[arg-type]
    reachability.came_back.connect(hints.network_back)
    network.reachabilityChanged.emit(way)
    assert hints.count == told


def test_signing_in_at_a_portal_is_told() -> None:
    network, hints = Network(), Hints()
    reachability = Reachability(network)  # type: ignore[arg-type]
    reachability.came_back.connect(hints.network_back)
    network.isBehindCaptivePortalChanged.emit(True)
    assert hints.count == 0
    network.isBehindCaptivePortalChanged.emit(False)
    assert hints.count == 1


def test_a_system_that_knows_nothing_of_the_network_is_no_trouble() -> None:
    assert Reachability(None).parent() is None


def test_the_window_passes_the_hint_on_to_the_sync_thread(
    qapp: QApplication, tmp_path: Path, qtbot: QtBot
) -> None:
    program = Program(qapp, enrolled(tmp_path / "1"), tmp_path / "1")
    hints = Hints()
    program.reachability.came_back.emit()  # before anything runs: nobody to tell
    program._background = hints  # type: ignore[assignment]
    program.reachability.came_back.emit()
    assert hints.count == 1
    end(program)
