"""Where the dialogs that ask for a file open."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QDir
from PySide6.QtWidgets import QFileDialog, QLineEdit

from cop_desktop.ui.widgets.file_dialog import open_where_last


@pytest.fixture(autouse=True)
def no_dialog_was_open_before(qtbot) -> Iterator[None]:
    """Qt remembers for the whole process where a dialog was."""
    forget(qtbot)
    yield
    forget(qtbot)


def forget(qtbot) -> None:
    dialog = QFileDialog()
    qtbot.addWidget(dialog)
    dialog.setDirectory(QDir.currentPath())


def opened(qtbot) -> QFileDialog:
    dialog = QFileDialog()
    qtbot.addWidget(dialog)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    open_where_last(dialog)
    dialog.open()
    return dialog


@pytest.mark.parametrize("has_documents", [True, False])
def test_the_first_dialog_opens_in_the_documents(
    qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_documents: bool
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    wanted = tmp_path / "Documents" if has_documents else tmp_path
    wanted.mkdir(exist_ok=True)
    if QDir.homePath() != str(tmp_path):
        pytest.skip("the system alone says where the documents are")
    assert Path(opened(qtbot).directory().path()) == wanted


def test_the_next_dialog_opens_where_a_file_was_chosen(qtbot, tmp_path: Path) -> None:
    chosen = tmp_path / "notes.txt"
    chosen.write_text("notes")
    dialog = opened(qtbot)
    line = dialog.findChild(QLineEdit)
    assert line is not None
    line.setText(str(chosen))
    with qtbot.waitSignal(dialog.fileSelected):
        dialog.accept()
    assert Path(opened(qtbot).directory().path()) == tmp_path
