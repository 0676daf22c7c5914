"""Bringing in from the window: what, from where; how far; what came of it."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QProgressBar
from pytestqt.qtbot import QtBot

if TYPE_CHECKING:
    from tests.gui.intake.conftest import Bench

WORDS = "Every school walks its bus route with two Elders in the first week of term."


def test_a_folder_of_documents_is_in_the_library_and_reported(bench: "Bench", qtbot: QtBot) -> None:
    bench.put("Bus routes.md", f"# Bus routes\n\n{WORDS}\n")
    bench.put("Breakfast.txt", f"Breakfast at half past seven.\n\n{WORDS}\n")
    bench.put("setup.exe", "MZ")
    bench.bring_in()
    assert bench.dialog.headline.text() == "2 added, 0 already there, 1 left out."
    report = bench.dialog.text.toPlainText()
    assert "setup.exe: This file could run as a program" in report
    assert len(bench.titles()) == 2
    qtbot.waitUntil(lambda: len(bench.changes) == 1)
    assert bench.dialog.busy.isHidden()
    assert bench.dialog.go.isEnabled()


def test_the_second_time_nothing_is_added(bench: "Bench") -> None:
    bench.put("Bus routes.md", f"# Bus routes\n\n{WORDS}\n")
    bench.bring_in()
    bench.bring_in()
    assert bench.dialog.headline.text() == "0 added, 1 already there, 0 left out."
    assert len(bench.titles()) == 1


def test_stopping_keeps_what_is_done_and_shows_the_report(bench: "Bench", qtbot: QtBot) -> None:
    for number in range(40):
        bench.put(f"Guide {number:02}.md", f"# Guide {number}\n\n{WORDS}\n")
    bench.dialog.path.setText(str(bench.folder))
    bench.dialog.go.click()
    bar = bench.dialog.busy.findChild(QProgressBar)
    assert bar is not None
    qtbot.waitUntil(lambda: "Guide" in bar.accessibleName(), timeout=20_000)
    bench.dialog.reject()
    assert bench.dialog.isVisible()
    assert bench.jobs.wait_idle(30_000)
    assert bench.dialog.headline.text().startswith("Stopped.")
    before = len(bench.titles())
    assert before < 40
    bench.bring_in()
    assert len(bench.titles()) == 40
    assert f"{before} already there" in bench.dialog.headline.text()


def test_a_path_that_is_not_there_is_said_before_anything_begins(bench: "Bench") -> None:
    bench.dialog.path.setText(str(bench.folder / "nothing"))
    bench.dialog.go.click()
    assert bench.dialog.problem.isVisible()
    assert not bench.dialog.running.is_on


def test_the_report_can_be_copied_and_saved(bench: "Bench", tmp_path: Path) -> None:
    bench.put("Bus routes.md", f"# Bus routes\n\n{WORDS}\n")
    bench.bring_in()
    bench.dialog.copy.click()
    assert QGuiApplication.clipboard().text().startswith("1 added")
    bench.dialog.save_report(str(tmp_path / "report.txt"))
    assert (tmp_path / "report.txt").read_text(encoding="utf-8").startswith("1 added")
    bench.dialog.save_report(str(tmp_path / "no folder" / "report.txt"))
    assert "could not be written" in bench.dialog.problem.text()
