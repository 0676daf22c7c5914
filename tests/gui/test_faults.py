"""A mistake of ours: a calm page, a report without anybody's words, and nothing lost."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from cop_desktop.app import Program, run_window
from cop_desktop.faults import report_of
from cop_desktop.services.drafts import Drafts, place_of_topic
from cop_desktop.services.errors import NotFound
from tests.support.replicas import COMMUNITY, enrolled
from tests.support.two_windows import end, page_of

SECRET = "what Anna wrote about a student"


class Clumsy:
    """Raises what nobody expects."""

    def stumble(self) -> None:
        raise KeyError(SECRET)

    def misread(self) -> None:
        raise NotFound("topic", b"t" * 16)

    def hear(self, _answer: object) -> None:
        """Never comes."""


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path) -> Iterator[Program]:
    made = Program(qapp, enrolled(tmp_path / "replica"), tmp_path / "replica")
    made.window.show()
    made.window.show_place("discussions")
    yield made
    made.faults.close()
    end(made)


def test_an_error_in_the_window_shows_a_page_and_what_was_being_written_stays(
    program: Program, qtbot: QtBot
) -> None:
    clumsy = Clumsy()
    page = page_of(program)
    qtbot.waitUntil(lambda: program.places.community is not None)
    page.start_topic()
    page.form.title.setFocus()
    qtbot.keyClicks(page.form.title, "Half a thought")
    with capture_exceptions() as heard:
        program.faults.listen(program.jobs)
        QTimer.singleShot(0, clumsy.stumble)
        qtbot.waitUntil(lambda: program.faults.dialog is not None)
        QTimer.singleShot(0, clumsy.stumble)
        dialog = program.faults.dialog
        assert dialog is not None
        qtbot.waitUntil(dialog.again.isVisible)
        program.faults.close()
    assert [kind for kind, *_ in heard] == [KeyError, KeyError]  # as before, it is not swallowed
    assert dialog.isVisible()
    dialog.copy.click()
    report = QGuiApplication.clipboard().text()
    assert "stumble, line" in report
    assert "KeyError" in report
    assert SECRET not in report
    assert str(Path(__file__).parent) not in report
    program.staying.end = dict  # its window is shown: closing it is enough
    dialog.restart.click()
    assert program.starts_again
    assert not program.window.isVisible()
    program.jobs.wait_idle()
    kept = Drafts(program.replica).load(place_of_topic(COMMUNITY))
    assert kept is not None
    assert kept.title == "Half a thought"


def test_an_error_of_a_job_that_there_are_no_words_for_is_told_and_others_are_not(
    program: Program, qtbot: QtBot
) -> None:
    clumsy = Clumsy()
    program.faults.listen(program.jobs, program.slow_jobs)
    program.jobs.run(clumsy.misread, clumsy.hear, clumsy.hear)
    assert program.jobs.wait_idle()
    program.slow_jobs.run(clumsy.stumble, clumsy.hear, clumsy.hear)
    qtbot.waitUntil(lambda: program.faults.dialog is not None)
    dialog = program.faults.dialog
    assert dialog is not None
    assert "in a job" in dialog.report.toPlainText()
    assert "NotFound" not in dialog.report.toPlainText()
    dialog.go_on.click()
    assert not dialog.isVisible()
    assert program.window.isVisible()


def test_a_mistake_at_the_start_is_said_instead_of_no_window(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[QMessageBox] = []

    def broken(_self: Program, *, in_background: bool) -> None:
        raise KeyError(SECRET)

    monkeypatch.setattr(Program, "start", broken)

    def note(box: QMessageBox) -> None:
        shown.append(box)

    def no_room(_folder: Path) -> None:
        raise OSError("no log today")

    monkeypatch.setattr(QMessageBox, "exec", note)
    monkeypatch.setattr("cop_desktop.app.start_log", no_room)
    enrolled(tmp_path / "replica").close()
    assert run_window(tmp_path / "replica") == 1
    (box,) = shown
    assert "safe on this computer" in box.text()
    assert "broken, line" in box.detailedText()
    assert SECRET not in box.text() + box.detailedText()
    box.deleteLater()


def test_a_report_tells_what_came_from_what() -> None:
    try:
        try:
            Clumsy().stumble()
        except KeyError as error:
            raise ValueError(SECRET) from error
    except ValueError as error:
        report = report_of(error, "a test", datetime(2026, 8, 12, 7, 30, tzinfo=UTC))
    assert "2026-08-12 07:30 UTC" in report
    assert report.index("builtins.ValueError") < report.index("builtins.KeyError")
    assert SECRET not in report
