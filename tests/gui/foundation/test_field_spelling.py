"""Unknown words in the lines and areas of forms are marked and put right."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit

from cop_desktop.paths import resources_dir
from cop_desktop.services.spelling import Spelling
from cop_desktop.ui.hub import Hub
from cop_desktop.ui.jobs import Jobs
from cop_desktop.ui.records.speller import WindowSpeller
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.composer.field_spelling import AreaSpelling, LineSpelling
from cop_desktop.ui.widgets.form.fields import FormField, Kind
from cop_desktop.ui.widgets.form.form import FieldForm
from tests.support.discussion_place import turn
from tests.support.replicas import enrolled
from tests.support.window_fixtures import theme

__all__ = ["theme"]

WAVE = QTextCharFormat.UnderlineStyle.WaveUnderline
FIELDS = (
    FormField("title", "Title", spelled=True),
    FormField("year", "Year"),
    FormField("summary", "Summary", Kind.MULTILINE),
)


@pytest.fixture
def form(theme: Theme, tmp_path: Path, qtbot) -> Iterator[FieldForm]:
    jobs = Jobs()
    with enrolled(tmp_path / "replica") as replica:
        made = FieldForm(theme, FIELDS)
        qtbot.addWidget(made)
        spelling = Spelling(replica, resources_dir() / "spelling")
        made.check_with(WindowSpeller(spelling, jobs, Hub(), made))
        made.show()
        qtbot.waitExposed(made)
        made.activateWindow()
        line_of(made).setFocus()
        turn()
        assert jobs.wait_idle()
        turn()
        yield made
        assert jobs.close()


def line_of(form: FieldForm) -> QLineEdit:
    line = form.editor("title")
    assert isinstance(line, QLineEdit)
    return line


def spelling_of(form: FieldForm) -> LineSpelling:
    found = line_of(form).findChild(LineSpelling)
    assert isinstance(found, LineSpelling)
    return found


def choose(menu: QMenu, words: str) -> None:
    (action,) = [action for action in menu.actions() if action.text() == words]
    action.trigger()
    menu.close()


def test_a_word_of_a_title_is_marked_when_it_is_finished_and_put_right_from_the_menu(
    form: FieldForm, qtbot
) -> None:
    line = line_of(form)
    QTest.keyClicks(line, "We recieve")
    assert spelling_of(form).marked() == []
    line.insert(" 😀")
    QTest.keyClicks(line, " thm")
    assert spelling_of(form).marked() == ["recieve"]
    line.setCursorPosition(0)
    assert spelling_of(form).marked() == ["recieve", "thm"]
    with qtbot.waitSignal(form.changed):
        choose(spelling_of(form).menu_at(5), "receive")
    assert form.values()["title"] == "We receive 😀 thm"
    line.undo()
    assert form.values()["title"] == "We recieve 😀 thm"


def test_marks_are_seen_and_change_neither_the_text_nor_what_can_be_undone(
    form: FieldForm,
) -> None:
    line = line_of(form)
    form.set_values({"title": "the recieve"})
    line.setCursorPosition(0)
    marked = line.grab().toImage()
    line.findChild(LineSpelling)._speller.add("recieve")
    assert spelling_of(form).marked() == []
    assert line.grab().toImage() != marked
    assert (line.text(), line.isUndoAvailable()) == ("the recieve", False)


def test_what_is_being_composed_is_left_alone(form: FieldForm) -> None:
    line = line_of(form)
    line.setText("recieve it ")
    QApplication.sendEvent(line, QInputMethodEvent("ng", []))
    composing = line.grab().toImage()
    line.findChild(LineSpelling)._speller.changed.emit()
    assert line.grab().toImage() == composing
    composed = QInputMethodEvent("", [])
    composed.setCommitString("ng")
    QApplication.sendEvent(line, composed)
    assert (line.text(), spelling_of(form).marked()) == ("recieve it ng", ["recieve"])


def test_f7_goes_through_the_unknown_words_of_line_and_area(form: FieldForm) -> None:
    line_of(form).setText("Libary of the recieve")
    line_of(form).setCursorPosition(0)
    area = form.editor("summary")
    assert isinstance(area, QPlainTextEdit)
    area.setPlainText("A libary")
    for field, meant in ((line_of(form), "Library"), (area, "library")):
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_F7)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        assert menu.actions()[0].text() == meant
        menu.close()
        turn()


def test_words_of_an_area_are_marked_and_a_year_is_not(form: FieldForm) -> None:
    area = form.editor("summary")
    assert isinstance(area, QPlainTextEdit)
    area.setPlainText(f"recieve it\n{'recieve ' * 40_000}")
    formats = area.document().begin().layout().formats()
    assert [part.format.underlineStyle() for part in formats] == [WAVE]
    assert area.document().lastBlock().layout().formats() == []
    assert area.document().findChild(AreaSpelling) is not None
    assert form.editor("year").findChild(LineSpelling) is None
