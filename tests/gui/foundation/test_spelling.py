"""Unknown words are marked while somebody types, and put right from the menu or by key."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QTextCharFormat, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from cop_desktop.paths import resources_dir
from cop_desktop.services.people import People, SchoolText
from cop_desktop.services.spelling import Spelling
from cop_desktop.store import Replica
from cop_desktop.ui.hub import Hub
from cop_desktop.ui.jobs import Jobs
from cop_desktop.ui.records.speller import WindowSpeller
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.composer.composer import Composer, ComposerShape
from cop_desktop.ui.widgets.composer.spelling import SpellingMenu
from tests.support.discussion_place import turn
from tests.support.replicas import enrolled
from tests.support.window_fixtures import theme

__all__ = ["theme"]

WAVE = QTextCharFormat.UnderlineStyle.WaveUnderline


@pytest.fixture
def replica(tmp_path: Path) -> Iterator[Replica]:
    with enrolled(tmp_path / "replica") as opened:
        yield opened


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs()
    yield made
    assert made.close()


@pytest.fixture
def hub() -> Hub:
    return Hub()


@pytest.fixture
def composer(theme: Theme, replica: Replica, jobs: Jobs, hub: Hub, qtbot) -> Composer:
    made = Composer(theme, ComposerShape("Text", "Post"))
    qtbot.addWidget(made)
    spelling = Spelling(replica, resources_dir() / "spelling")
    made.check_with(WindowSpeller(spelling, jobs, hub, made))
    made.show()
    qtbot.waitExposed(made)
    return made


def begin(composer: Composer, jobs: Jobs) -> None:
    composer.activateWindow()
    composer.editor.setFocus()
    settle(jobs)


def settle(jobs: Jobs) -> None:
    assert jobs.wait_idle()
    turn()


def marked(composer: Composer) -> list[str]:
    """The words with a wave under them."""
    found, block = [], composer.editor.document().begin()
    while block.isValid():
        for part in block.layout().formats():
            if part.format.underlineStyle() == WAVE:
                text = block.text().encode("utf-16-le")
                found.append(
                    text[part.start * 2 : (part.start + part.length) * 2].decode("utf-16-le")
                )
        block = block.next()
    return found


def put_cursor(composer: Composer, place: int) -> None:
    cursor = composer.editor.textCursor()
    cursor.setPosition(place)
    composer.editor.setTextCursor(cursor)


def menu_here(composer: Composer) -> QMenu:
    spelling = composer.editor.findChild(SpellingMenu)
    return spelling.menu_at(composer.editor.textCursor())


def choose(menu: QMenu, words: str) -> None:
    (action,) = [action for action in menu.actions() if action.text() == words]
    action.trigger()


def test_a_word_is_marked_when_it_is_finished_not_while_it_is_typed(
    composer: Composer, jobs: Jobs
) -> None:
    begin(composer, jobs)
    QTest.keyClicks(composer.editor, "We recieve")
    assert marked(composer) == []
    QTest.keyClicks(composer.editor, " them")
    assert marked(composer) == ["recieve"]


def test_half_a_word_that_is_left_is_marked(composer: Composer, jobs: Jobs) -> None:
    begin(composer, jobs)
    QTest.keyClicks(composer.editor, "recieve")
    assert marked(composer) == []
    QTest.keyClick(composer.editor, Qt.Key.Key_Home)
    assert marked(composer) == ["recieve"]


def test_marks_stand_at_their_words_behind_signs_of_two_units_and_in_formatted_text(
    composer: Composer, jobs: Jobs
) -> None:
    begin(composer, jobs)
    composer.set_text("😀😀 **recieve** `recieve`\n```\nrecieve\n```\n> recieve\n## Libary\n\nend")
    assert marked(composer) == ["recieve", "Libary"]


def test_nothing_is_read_before_somebody_writes(composer: Composer, jobs: Jobs) -> None:
    composer.set_text("recieve it")
    settle(jobs)
    assert marked(composer) == []
    begin(composer, jobs)
    assert marked(composer) == ["recieve"]


def test_the_menu_puts_a_word_right_as_one_step_of_undo(composer: Composer, jobs: Jobs) -> None:
    begin(composer, jobs)
    composer.editor.insertPlainText("We recieve it")
    put_cursor(composer, 6)
    choose(menu_here(composer), "receive")
    assert composer.text() == "We receive it"
    composer.editor.undo()
    assert composer.text() == "We recieve it"


def test_a_word_of_mine_is_right_at_once_and_after_a_restart(
    composer: Composer, jobs: Jobs, replica: Replica
) -> None:
    begin(composer, jobs)
    composer.editor.insertPlainText("The tjukurpa here")
    put_cursor(composer, 8)
    choose(menu_here(composer), "&Add “tjukurpa” to my words")
    assert marked(composer) == []
    settle(jobs)
    assert Spelling(replica, resources_dir() / "spelling").my_words() == ("tjukurpa",)


def test_spelling_is_turned_off_and_on_from_the_menu(composer: Composer, jobs: Jobs) -> None:
    begin(composer, jobs)
    composer.editor.insertPlainText("We recieve it")
    for expected in ([], ["recieve"]):
        choose(menu_here(composer), "Check &spelling")
        settle(jobs)
        assert marked(composer) == expected


def test_a_name_that_arrives_is_not_marked_any_more(
    composer: Composer, jobs: Jobs, hub: Hub, replica: Replica
) -> None:
    begin(composer, jobs)
    composer.editor.insertPlainText("At Wurrkaganyarra today")
    assert marked(composer) == ["Wurrkaganyarra"]
    added = People(replica).add_school(SchoolText("Wurrkaganyarra School"))
    hub.post_change(added.changed)
    turn()
    settle(jobs)
    assert marked(composer) == []


def test_f7_goes_from_one_unknown_word_to_the_next_and_opens_its_menu(
    composer: Composer, jobs: Jobs
) -> None:
    begin(composer, jobs)
    composer.editor.insertPlainText("We recieve it\nin the libary now")
    composer.editor.moveCursor(QTextCursor.MoveOperation.Start)
    for word, meant in (("recieve", "receive"), ("libary", "library")):
        QTest.keyClick(composer.editor, Qt.Key.Key_F7)
        assert composer.editor.textCursor().selectedText() == word
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        assert menu.actions()[0].text() == meant
        menu.close()
        turn()
    QTest.keyClick(composer.editor, Qt.Key.Key_F7)
    assert QApplication.activePopupWidget() is None


def test_shift_f10_opens_the_menu_of_the_word_at_the_cursor(composer: Composer, jobs: Jobs) -> None:
    begin(composer, jobs)
    composer.editor.insertPlainText("We recieve it")
    put_cursor(composer, 6)
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(composer.editor, QContextMenuEvent(reason, QPoint(0, 0), QPoint(0, 0)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.actions()[0].text() == "receive"
    assert "Paste" in " ".join(action.text().replace("&", "") for action in menu.actions())
    menu.close()
    turn()


def test_marking_says_nothing_changed(composer: Composer, jobs: Jobs, qtbot) -> None:
    begin(composer, jobs)
    composer.set_text("We recieve it")
    with qtbot.assertNotEmitted(composer.draft_changed):
        composer.editor.findChild(SpellingMenu)._speller.changed.emit()
        composer.tell_draft()


def test_where_there_is_no_dictionary_the_menu_says_so(
    theme: Theme, replica: Replica, jobs: Jobs, hub: Hub, qtbot, tmp_path: Path
) -> None:
    made = Composer(theme, ComposerShape("Text", "Post"))
    qtbot.addWidget(made)
    made.check_with(WindowSpeller(Spelling(replica, tmp_path), jobs, hub, made))
    made.show()
    qtbot.waitExposed(made)
    begin(made, jobs)
    made.editor.insertPlainText("We recieve it")
    assert marked(made) == []
    last = menu_here(made).actions()[-1]
    assert (last.text(), last.isEnabled()) == (
        "Spelling cannot be checked on this computer",
        False,
    )
