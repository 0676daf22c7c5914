"""Settings: found by any word, kept where they belong, and put back with one click."""

from datetime import time
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QTimeEdit
from pytestqt.qtbot import QtBot

from cop_desktop.services.spelling import IS_ON, Spelling
from cop_desktop.ui.settings.page import SettingsPage
from cop_desktop.ui.settings.presenter import SettingsPresenter
from cop_desktop.ui.settings.words_part import WordsPart
from cop_desktop.ui.shell import preferences as prefer
from cop_desktop.ui.shell.preferences import USUAL, Preferences
from cop_desktop.ui.shell.window_memory import MemoryInMind
from cop_desktop.ui.theme.theme import Appearance
from cop_desktop.ui.welcome.answers import Shared
from cop_desktop.wiring.date_language import DateLanguage
from sync.core.budget import Internet
from tests.gui.settings.conftest import Login
from tests.support.desk_window import DeskWindow, nameless
from tests.support.fetched_files import age, attached, fetch
from tests.support.tab_walk import passed_over
from tests.support.village import Village


def choose(page: SettingsPage, key: str, value: str) -> None:
    """As somebody does with the arrow keys."""
    box = page.rows[key].editor
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def click(qtbot: QtBot, page: SettingsPage, key: str) -> None:
    box = page.rows[key].editor
    assert isinstance(box, QCheckBox)
    qtbot.keyClick(box, Qt.Key.Key_Space)


def left(page: SettingsPage) -> list[str]:
    return [key for key, row in page.rows.items() if row.isVisibleTo(page)]


def test_the_look_holds_at_once_and_is_put_back_with_one_click(
    page: SettingsPage, ben: DeskWindow, qtbot: QtBot
) -> None:
    theme, row = ben.desk.theme, page.rows["look"]
    theme.set_appearance(Appearance.SYSTEM)
    assert not row.back.isVisible()
    choose(page, "look", "dark")
    assert theme.appearance is Appearance.DARK
    assert row.back.text() == "Put back: Same as the computer"
    qtbot.mouseClick(row.back, Qt.MouseButton.LeftButton)
    assert theme.appearance is Appearance.SYSTEM
    assert row.value() == "system"
    assert not row.back.isVisible()


def test_text_size_from_the_menu_is_shown_here_too(page: SettingsPage, ben: DeskWindow) -> None:
    ben.window.registry.action("view.larger").trigger()
    assert page.rows["text_size"].value() == "110"
    choose(page, "text_size", "200")
    assert ben.desk.theme.text_scale == 2.0
    assert page.rows["text_size"].back.text() == "Put back: 100 %"
    ben.window.registry.action("view.usual").trigger()


def test_what_was_chosen_on_an_earlier_day_can_be_made_usual_again(
    page: SettingsPage, ben: DeskWindow, qtbot: QtBot
) -> None:
    ben.window.preferences.put(prefer.QUIET_FROM, "20:30")
    ben.window.show_place("sync")
    ben.window.show_place("settings")
    row = page.rows[prefer.QUIET_FROM]
    assert row.value() == "20:30"
    assert row.back.text() == "Put back: 6:00 pm"
    editor = row.editor
    assert isinstance(editor, QTimeEdit)
    qtbot.keyClick(editor, Qt.Key.Key_Up)
    assert ben.window.preferences.get(prefer.QUIET_FROM) == "21:30"
    assert row.back.text() == "Put back: 8:30 pm"
    row.back.click()
    assert ben.window.preferences.get(prefer.QUIET_FROM) == "20:30"


def test_what_makes_no_sense_now_cannot_be_chosen(page: SettingsPage, qtbot: QtBot) -> None:
    quiet_from = page.rows[prefer.QUIET_FROM].editor
    assert quiet_from.isEnabled()
    click(qtbot, page, prefer.NOTIFY)
    assert not page.rows[prefer.MENTIONS].editor.isEnabled()
    assert not quiet_from.isEnabled()
    page.rows[prefer.NOTIFY].back.click()
    assert quiet_from.isEnabled()


def test_another_kind_of_internet_is_another_data_plan(page: SettingsPage, ben: DeskWindow) -> None:
    budget = ben.desk.services.sync_status.budget
    choose(page, "internet", Internet.METERED.value)
    ben.settle()
    assert budget.plan().internet is Internet.METERED
    assert ben.handed.wishes == 1
    presenter = page.presenter
    assert isinstance(presenter, SettingsPresenter)
    assert "Satellite" in presenter.budget._part.plan.text()
    page.rows["internet"].back.click()
    ben.settle()
    assert budget.plan().internet is Internet.GOOD


def test_the_answers_of_the_first_start_are_what_is_shown(
    page: SettingsPage, ben: DeskWindow
) -> None:
    ben.replica.settings.set("internet", Internet.STICK.value)
    ben.replica.settings.set("shared_computer", Shared.OWN_SIGN_IN.value)
    ben.window.show_place("settings")
    ben.settle()
    assert page.rows["internet"].value() == Internet.STICK.value
    assert page.rows["shared_computer"].value() == Shared.OWN_SIGN_IN.value


def test_on_a_shared_sign_in_the_program_does_not_run_on(
    page: SettingsPage, ben: DeskWindow, login: Login, qtbot: QtBot
) -> None:
    click(qtbot, page, "start_at_login")
    click(qtbot, page, prefer.STAY)
    ben.settle()
    assert login.on
    assert ben.window.preferences.get(prefer.STAY)
    choose(page, "shared_computer", Shared.SAME_SIGN_IN.value)
    ben.settle()
    assert ben.replica.settings.get("shared_computer") == Shared.SAME_SIGN_IN.value
    assert not login.on
    assert not ben.window.preferences.get(prefer.STAY)
    assert not page.rows["start_at_login"].editor.isEnabled()
    assert not page.rows[prefer.STAY].editor.isEnabled()


def test_spelling_is_turned_off_and_on_again(
    page: SettingsPage, ben: DeskWindow, qtbot: QtBot
) -> None:
    assert page.rows["spelling"].value() is True
    click(qtbot, page, "spelling")
    ben.settle()
    assert ben.replica.settings.get(IS_ON) is False
    page.rows["spelling"].back.click()
    ben.settle()
    assert ben.replica.settings.get(IS_ON) is True
    assert page.rows["spelling"].value() is True


def test_dates_are_in_the_language_of_the_program_unless_the_computers_is_wished(
    page: SettingsPage, ben: DeskWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = QLocale()
    german = QLocale(QLocale.Language.German)
    monkeypatch.setattr(QLocale, "system", lambda: german)
    language = DateLanguage(ben.window)
    field = QDateEdit(QDate(2026, 8, 12), page)
    field.setDisplayFormat("dddd")
    try:
        assert field.text() == "Wednesday"
        choose(page, prefer.DATES, prefer.DATES_OF_COMPUTER)
        assert field.text() == "Mittwoch"
        assert QLocale().language() is QLocale.Language.German
        page.rows[prefer.DATES].back.click()
        assert field.text() == "Wednesday"
    finally:
        language.deleteLater()
        QLocale.setDefault(before)


def test_what_the_system_refuses_is_said_and_not_shown_as_done(
    page: SettingsPage, ben: DeskWindow, login: Login, qtbot: QtBot
) -> None:
    login.fails = True
    click(qtbot, page, "start_at_login")
    ben.settle()
    assert page.rows["start_at_login"].value() is False
    assert len(ben.notices) == 1


def test_any_word_finds_a_setting(page: SettingsPage) -> None:
    found = {
        "dark": ["look"],
        "Zoom": ["text_size"],
        "satel": ["internet"],
        "disk": [],  # the part about room has no settings of its own
        "quiet week": ["quiet_weekend"],
    }
    for typed, keys in found.items():
        page.find(typed)
        assert left(page) == keys
        assert not page.nothing.isVisible()


def test_when_nothing_is_found_all_can_be_shown_again(page: SettingsPage, qtbot: QtBot) -> None:
    page.search.setText("wombat")
    qtbot.waitUntil(page.nothing.isVisible)
    assert left(page) == []
    page.nothing.action_wanted.emit()
    qtbot.waitUntil(lambda: len(left(page)) == len(page.rows))


def test_room_is_shown_by_what_it_is_for(page: SettingsPage) -> None:
    presenter = page.presenter
    assert isinstance(presenter, SettingsPresenter)
    part = presenter.storage._part
    assert "of the disk are free" in part.sum.text()
    assert part.lines()[0].startswith("All that was written")
    assert not part.room.isEnabled()
    assert "Nothing can be removed" in part.note.text()
    assert nameless(page) == []  # as of every other control here


def test_everything_is_reached_with_tab_and_is_large_enough(
    page: SettingsPage, ben: DeskWindow
) -> None:
    page.search.setFocus()
    left = passed_over(ben.window)
    assert [one for one in left if not isinstance(one.parent(), QTimeEdit)] == []
    small = [
        row.setting.key
        for row in page.rows.values()
        if row.editor.height() < 24 or (row.back.isVisible() and row.back.height() < 24)
    ]
    assert small == []


def test_a_spoilt_preference_is_the_usual_one() -> None:
    memory = MemoryInMind()
    preferences = Preferences(memory)
    for spoilt in (b"\xff", b"17", b'"yes"', b""):
        memory.put(f"preference.{prefer.NOTIFY}", spoilt)
        assert preferences.get(prefer.NOTIFY) is USUAL[prefer.NOTIFY]
    assert time.fromisoformat(preferences.get(prefer.QUIET_UNTIL)) == time(7)


def test_downloaded_files_are_removed_but_those_that_are_to_stay(
    page: SettingsPage, ben: DeskWindow, village: Village, tmp_path: Path
) -> None:
    large = attached(village.anna, tmp_path, "large.pdf", b"a" * 90_000)
    small = attached(village.anna, tmp_path, "small.pdf", b"b" * 5_000)
    village.meet()
    fetch(ben.replica, village.anna, large, small)
    age(ben.replica)
    ben.window.show_place("settings")
    ben.settle()
    presenter = page.presenter
    assert isinstance(presenter, SettingsPresenter)
    presenter.storage._part.room.click()
    ben.settle()
    dialog = presenter.storage.dialog
    assert dialog is not None
    assert dialog.remove.text() == "&Remove 2 files, 95 kB"
    dialog.table.item(1, 0).setCheckState(Qt.CheckState.Unchecked)
    assert dialog.remove.text() == "&Remove 1 file, 90 kB"
    dialog.remove.click()
    ben.settle()
    assert ben.notices == ["1 file removed, 90 kB more room on the disk."]
    assert [(one.id, one.kept) for one in ben.desk.services.storage.fetched()] == [(small, True)]


def test_my_own_words_are_added_found_taken_out_by_key_and_brought_back(
    page: SettingsPage, ben: DeskWindow
) -> None:
    spelling = Spelling(ben.replica, Path("nowhere"))
    part = page.findChild(WordsPart)
    assert isinstance(part, WordsPart)
    assert "None yet" in part.note.text()
    for word in ("tjukurpa", "Balanda", "yidaki"):
        part.line.setText(f" {word} ")
        QTest.keyClick(part.line, Qt.Key.Key_Return)
        ben.settle()
    assert part.line.text() == ""
    page.find("my words")
    assert part.isVisible()
    part.list.selectAll()
    part.list.item(0).setSelected(False)
    QTest.keyClick(part.list, Qt.Key.Key_Delete)
    ben.settle()
    assert spelling.my_words() == ("Balanda",)
    assert [part.list.item(row).text() for row in range(part.list.count())] == ["Balanda"]
    ben.press_notice()
    assert spelling.my_words() == ("Balanda", "tjukurpa", "yidaki")
    assert nameless(page) == []
