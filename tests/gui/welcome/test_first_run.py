"""The window over a replica that nobody has joined with."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cop_desktop.app import Program
from cop_desktop.ui.welcome.wizard import JOINING
from tests.support.replicas import opened
from tests.support.server import RunningServer


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path) -> Iterator[Program]:
    folder = tmp_path / "replica"
    made = Program(qapp, opened(folder), folder)
    made.start()
    yield made
    made.window.close()
    made.stop()


def test_who_has_not_joined_is_welcomed_and_begins_in_their_community(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    wizard = program.first_run.wizard
    assert wizard is not None
    assert wizard.isVisible()
    assert program.jobs.wait_idle()
    with RunningServer(tmp_path / "server") as server:
        server.create_community("Top End leaders")
        code = server.invite("Anna", "Top End leaders")
        wizard.who.form.set_values({"server": server.url, "code": code})
        for _ in range(3):
            wizard.go_on()
        qtbot.waitUntil(lambda: program.places.community is not None, timeout=30_000)
        assert wizard.step >= JOINING
        wizard.go_on()
    assert not wizard.isVisible()
    assert program.window.current_place == "home"
    assert not program.window.registry.action("file.join").isEnabled()


def test_who_leaves_can_come_back_from_the_menu(program: Program) -> None:
    wizard = program.first_run.wizard
    assert wizard is not None
    wizard.reject()
    assert not wizard.isVisible()
    program.window.registry.action("file.join").trigger()
    assert wizard.isVisible()
