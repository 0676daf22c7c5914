"""Bringing in is asked for from the File menu."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cop_desktop.app import Program
from sync.core.ids import id_text
from tests.support.replicas import COMMUNITY, enrolled


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path) -> Iterator[Program]:
    folder = tmp_path / "replica"
    made = Program(qapp, enrolled(folder), folder)
    yield made
    made.window.close()
    made.stop()


def test_the_dialog_opens_on_the_community_that_is_shown(program: Program, qtbot: QtBot) -> None:
    program.window.show()
    assert program.jobs.wait_idle()
    program.window.registry.action("file.bring_in").trigger()
    qtbot.waitUntil(lambda: program.bringing_in.dialog is not None)
    dialog = program.bringing_in.dialog
    assert dialog is not None
    assert dialog.isVisible()
    assert dialog.form.values()["community"] == id_text(COMMUNITY)
    dialog.leave.click()
    assert program.bringing_in.dialog is None
