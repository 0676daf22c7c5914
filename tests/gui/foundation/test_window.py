"""The window around the screens: places, keys, narrow layout, memory."""

import subprocess
import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget

from cop_desktop.ui.shell.actions import ActionRegistry, ActionSpec, Menu
from cop_desktop.ui.shell.keys_dialog import KeysDialog, key_lines
from cop_desktop.ui.shell.place_button import PlaceButton
from cop_desktop.ui.shell.window_memory import MemoryInMind
from cop_desktop.ui.theme.theme import Appearance, Theme
from cop_desktop.ui.widgets.notice_bar import Notice
from tests.support.demo_pages import DemoPage, DemoWindow
from tests.support.stall_meter import StallMeter

CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
Open = Callable[..., DemoWindow]


@pytest.fixture
def memory() -> MemoryInMind:
    return MemoryInMind()


@pytest.fixture
def open_window(theme: Theme, qtbot, memory: MemoryInMind) -> Open:
    def open_one(width: int = 1366, height: int = 768) -> DemoWindow:
        window = DemoWindow(theme, memory)
        qtbot.addWidget(window)
        window.resize(width, height)
        window.show()
        window.show_place("discussions")
        qtbot.waitUntil(lambda: window.width() == width)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    return open_one


def buttons(window: DemoWindow) -> dict[str, PlaceButton]:
    return {b.property("place"): b for b in window.rail.findChildren(PlaceButton)}


def test_a_page_is_built_when_it_is_first_gone_to_and_only_then(open_window: Open) -> None:
    window = open_window()
    assert window.built == ["discussions"]
    window.show_place("settings")
    window.show_place("discussions")
    window.show_place("settings")
    assert window.built == ["discussions", "parts"]
    assert not window.is_built("library")


def test_a_page_hears_when_it_is_shown_and_left(open_window: Open, qtbot) -> None:
    window = open_window()
    page = window.page("discussions")
    with qtbot.waitSignal(page.hidden_away):
        window.show_place("settings")
    with qtbot.waitSignals([page.shown, window.place_shown]):
        window.show_place("discussions")
    assert window.windowTitle() == "Discussions - CoP Desktop"


def test_ctrl_and_a_number_go_to_a_place(open_window: Open, qtbot) -> None:
    window = open_window()
    qtbot.keyClick(window, Qt.Key.Key_1, CTRL)
    assert window.current_place == "home"
    qtbot.keyClick(window, Qt.Key.Key_2, CTRL)
    assert window.current_place == "discussions"


def test_a_click_and_enter_in_the_rail_go_to_a_place(open_window: Open, qtbot) -> None:
    window = open_window()
    qtbot.mouseClick(buttons(window)["people"], Qt.MouseButton.LeftButton)
    assert window.current_place == "people"
    assert [key for key, b in buttons(window).items() if b.isChecked()] == ["people"]
    buttons(window)["people"].setFocus()
    qtbot.keyClick(buttons(window)["people"], Qt.Key.Key_Up)
    assert buttons(window)["meetings"].hasFocus()
    assert window.current_place == "people"
    qtbot.keyClick(buttons(window)["meetings"], Qt.Key.Key_Return)
    assert window.current_place == "meetings"


def test_a_place_says_how_many_are_unread(open_window: Open) -> None:
    window = open_window()
    assert buttons(window)["discussions"].accessibleName() == "Discussions, 3 unread"
    window.rail.set_count("discussions", 0)
    assert buttons(window)["discussions"].accessibleName() == "Discussions"


def test_f6_goes_round_the_panes_and_comes_back_to_where_one_was(open_window, qtbot) -> None:
    window = open_window()
    page = window.page("discussions")
    page.list.setFocus()
    seen = []
    for _ in range(6):
        qtbot.keyClick(window, Qt.Key.Key_F6)
        seen.append(next(p for p in window.panes() if p.isAncestorOf(QApplication.focusWidget())))
    assert [window.panes().index(pane) for pane in seen] == [3, 4, 0, 1, 2, 3]
    page.filter.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert page.composer.editor.hasFocus()
    qtbot.keyClick(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert page.filter.hasFocus()


def test_ctrl_k_goes_to_anything_but_makes_a_link_while_writing(open_window, qtbot) -> None:
    window = open_window()
    page = window.page("discussions")
    page.list.setFocus()
    with qtbot.waitSignal(window.go_to_wanted):
        qtbot.keyClick(page.list, Qt.Key.Key_K, CTRL)
    page.composer.editor.setFocus()
    qtbot.keyClick(page.composer.editor, Qt.Key.Key_K, CTRL)
    assert page.composer.editor.hasFocus()
    assert page.composer.text() == "[](https://)"


def test_ctrl_e_searches_from_anywhere_and_while_writing(open_window: Open, qtbot) -> None:
    window = open_window()
    page = window.page("discussions")
    for field in (page.list, page.composer.editor):
        field.setFocus()
        qtbot.keyClick(field, Qt.Key.Key_E, CTRL)
        assert window.search.hasFocus()


def test_f5_and_f1_ask_for_sync_and_help(open_window: Open, qtbot) -> None:
    window = open_window()
    with qtbot.waitSignal(window.sync_wanted):
        qtbot.keyClick(window, Qt.Key.Key_F5)
    with qtbot.waitSignal(window.help_wanted):
        qtbot.keyClick(window, Qt.Key.Key_F1)


def test_the_sentence_asks_for_the_sync_page(open_window: Open, qtbot) -> None:
    window = open_window()
    with qtbot.waitSignal(window.sync_page_wanted):
        window.sentence.clicked.emit()


def test_every_menu_and_entry_has_a_mnemonic_or_is_a_place(open_window: Open) -> None:
    window = open_window()
    menus = [action for action in window.menuBar().actions() if action.menu()]
    assert [menu.text() for menu in menus] == ["&File", "&Edit", "&View", "&Go", "&Sync", "&Help"]
    for menu in menus:
        texts = [a.text() for a in menu.menu().actions() if a.text() and menu.text() != "&Go"]
        assert all("&" in text for text in texts), texts
        letters = [text[text.index("&") + 1].lower() for text in texts]
        assert len(letters) == len(set(letters)), (menu.text(), letters)


def test_quit_stands_last_after_a_line_whatever_came_later(open_window: Open) -> None:
    window = open_window()
    late = ActionSpec("file.late", "&Join…", Menu.FILE, group="join")
    window.registry.add(late)
    *_, before, line, last = window._menus.menu(Menu.FILE).actions()
    assert last is window.registry.action("file.quit")
    assert last.menuRole() is QAction.MenuRole.QuitRole
    assert line.isSeparator()
    assert before is window.registry.action("file.late")


def test_no_two_actions_of_one_place_share_a_key(open_window: Open) -> None:
    window = open_window()
    for place in ("", "discussions"):
        keys = [
            spec.shortcut
            for spec in window.registry.specs()
            if spec.shortcut and spec.place in ("", place)
        ]
        assert len(keys) == len(set(keys))


def test_a_places_action_is_there_only_while_it_is_shown(open_window: Open) -> None:
    window = open_window()
    reply = window.registry.action("discussions.reply")
    assert reply.isVisible()
    assert reply.isEnabled()
    window.show_place("settings")
    assert not reply.isVisible()
    assert not reply.isEnabled()


def test_an_action_that_makes_no_sense_now_stays_off_in_its_place(open_window: Open) -> None:
    window = open_window()
    window.registry.set_enabled("discussions.reply", False)
    window.show_place("settings")
    window.show_place("discussions")
    assert not window.registry.action("discussions.reply").isEnabled()
    window.registry.set_enabled("discussions.reply", True)
    assert window.registry.action("discussions.reply").isEnabled()


class Slot:
    def __init__(self) -> None:
        self.calls = 0

    def call(self) -> None:
        self.calls += 1


def test_a_letter_key_works_in_a_list_and_is_a_letter_in_a_field(open_window, qtbot) -> None:
    window, slot = open_window(), Slot()
    window.registry.connect_slot("discussions.reply", slot.call)
    page = window.page("discussions")
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_R)
    assert slot.calls == 1
    page.composer.editor.setFocus()
    qtbot.keyClick(page.composer.editor, Qt.Key.Key_R)
    assert slot.calls == 1
    assert page.composer.text() == "r"


def test_one_key_cannot_be_two_actions(theme: Theme) -> None:
    registry = ActionRegistry(theme)
    registry.add(ActionSpec("a", "&A", Menu.FILE))
    with pytest.raises(ValueError, match="already"):
        registry.add(ActionSpec("a", "&B", Menu.FILE))


def test_two_actions_that_can_be_asked_for_at_once_are_not_on_one_key(theme: Theme) -> None:
    registry = ActionRegistry(theme)
    registry.add(ActionSpec("find", "&Find", Menu.EDIT, "Ctrl+E"))
    registry.add(ActionSpec("pin", "&Pin", Menu.EDIT, "P", place="topics"))
    registry.add(ActionSpec("print", "&Print", Menu.EDIT, "P", place="papers"))
    with pytest.raises(ValueError, match="both on"):
        registry.add(ActionSpec("edit", "&Edit", Menu.EDIT, "ctrl+e", place="topics"))
    with pytest.raises(ValueError, match="both on"):
        registry.add(ActionSpec("part", "&Part", Menu.EDIT, "F2", place="topics", also=("P",)))


def test_the_list_of_keys_is_made_from_the_actions(open_window: Open, qtbot, theme) -> None:
    window = open_window()
    lines = key_lines(window.registry.specs(), {"discussions": "Discussions"})
    assert ("Discussions", "R", "Reply") in lines
    assert ("Everywhere", "F5", "Sync now") in lines
    assert ("While writing", "Ctrl+B", "Bold") in lines
    dialog = KeysDialog(theme, lines)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog._search.setText("reply")
    qtbot.waitUntil(lambda: dialog.shown_lines() == [("Discussions", "R", "Reply")])


def test_question_mark_opens_the_list_of_keys(open_window: Open, qtbot) -> None:
    window = open_window()
    page = window.page("discussions")
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Question, Qt.KeyboardModifier.ShiftModifier)
    dialog = window.findChild(KeysDialog)
    assert dialog.isVisible()
    dialog.accept()


def test_at_1024_the_places_are_icons_with_tooltips(open_window: Open) -> None:
    window = open_window(1024, 700)
    assert window.rail.is_compact()
    assert buttons(window)["people"].toolTip() == "People (Ctrl+5)"
    page = window.page("discussions")
    assert not page.is_narrow()
    assert page.list.isVisible()
    assert page.composer.isVisible()
    assert window.minimumSizeHint().width() <= 1024
    assert window.minimumSizeHint().height() <= 700


def test_a_wide_window_has_the_places_by_name(open_window: Open) -> None:
    window = open_window()
    assert not window.rail.is_compact()
    assert buttons(window)["people"].toolTip() == ""


def test_when_narrow_list_and_detail_take_turns(open_window: Open, qtbot) -> None:
    window = open_window(720, 600)
    page = window.page("discussions")
    assert page.is_narrow()
    assert page.list.isVisible()
    assert not page.composer.isVisible()
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert page.composer.isVisible()
    assert not page.list.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert page.list.isVisible()
    assert page.list.hasFocus()
    page.show_detail()
    qtbot.mouseClick(page._back, Qt.MouseButton.LeftButton)
    assert page.list.isVisible()
    window.resize(1366, 768)
    qtbot.waitUntil(lambda: not page.is_narrow())
    assert page.list.isVisible()
    assert page.composer.isVisible()
    assert not page._back.isVisible()


def test_large_text_makes_the_same_window_narrow(open_window: Open, theme: Theme, qtbot) -> None:
    window = open_window()
    theme.set_text_scale(2.0)
    qtbot.waitUntil(window.page("discussions").is_narrow)
    assert window.rail.is_compact()


def test_list_and_detail_are_as_wide_as_before_once_both_fit_again(
    open_window: Open, qtbot
) -> None:
    window = open_window()
    page = window.page("discussions")
    page._splitter.setSizes([400, 700])
    kept = page.split()
    window.resize(720, 600)
    qtbot.waitUntil(page.is_narrow)
    assert page.split() == kept
    window.resize(1366, 768)
    qtbot.waitUntil(lambda: not page.is_narrow())
    assert page._splitter.sizes()[0] == 400


def test_sizes_and_look_are_remembered(open_window: Open, memory, theme: Theme, qtbot) -> None:
    window = open_window()
    page = window.page("discussions")
    page._splitter.setSizes([500, 600])
    split = page._splitter.sizes()
    window.registry.action("view.dark").trigger()
    window.registry.action("view.larger").trigger()
    window.close()
    theme.set_appearance(Appearance.LIGHT)
    theme.set_text_scale(1.0)
    again = open_window()
    assert theme.appearance is Appearance.DARK
    assert theme.text_scale == 1.1
    assert again.registry.action("view.dark").isChecked()
    qtbot.waitUntil(lambda: abs(again.page("discussions")._splitter.sizes()[0] - split[0]) <= 2)


def test_a_spoilt_memory_is_no_reason_not_to_open(open_window: Open, memory) -> None:
    for name in ("window", "split.discussions", "appearance", "text_size"):
        memory.put(name, b"\xff\x00nonsense")
    assert open_window().isVisible()


def test_closing_lets_notices_go_and_tells(open_window: Open, qtbot) -> None:
    window, slot = open_window(), Slot()
    window.show_notice(Notice("Deleted.", action="&Undo", gone=slot.call))
    with qtbot.waitSignal(window.closed):
        window.close()
    assert slot.calls == 1


def test_the_edit_menu_acts_on_the_field_with_the_keyboard(open_window: Open) -> None:
    window = open_window()
    page = window.page("discussions")
    page.composer.editor.setFocus()
    page.composer.editor.insertPlainText("typed")
    window.registry.action("edit.undo").trigger()
    assert page.composer.text() == ""
    window.registry.action("edit.redo").trigger()
    assert page.composer.text() == "typed"


def test_undo_takes_back_what_was_just_done_where_nothing_was_typed(open_window, qtbot) -> None:
    window, first, second = open_window(), Slot(), Slot()
    page = window.page("discussions")
    window.show_notice(Notice("Deleted.", action="&Undo", acted=first.call))
    window.show_notice(Notice("Moved.", action="&Undo", acted=second.call))
    window.show_notice(Notice("Somebody mentioned you.", action="&Open"))
    page.composer.editor.setFocus()
    page.composer.editor.insertPlainText("typed")
    window.registry.action("edit.undo").trigger()
    assert page.composer.text() == ""
    assert (first.calls, second.calls) == (0, 0)
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Z, CTRL)
    assert (first.calls, second.calls) == (0, 1)
    qtbot.keyClick(page.list, Qt.Key.Key_Z, CTRL)
    qtbot.keyClick(page.list, Qt.Key.Key_Z, CTRL)
    assert (first.calls, second.calls) == (1, 1)


def test_the_community_is_chosen_from_the_menu(open_window: Open, qtbot) -> None:
    window = open_window()
    second: QAction = window.rail._menu.actions()[1]
    with qtbot.waitSignal(window.rail.community_chosen) as told:
        second.trigger()
    assert told.args == ["c2"]


def test_every_control_that_takes_the_keyboard_has_a_name(open_window: Open) -> None:
    window = open_window()
    page = window.page("discussions")
    assert isinstance(page, DemoPage)
    nameless = [
        widget
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and not widget.accessibleName()
        and not getattr(widget, "text", str)()
        and not widget.metaObject().className().startswith(("QScroll", "QSplitter"))
    ]
    assert nameless == []


def test_the_first_page_appears_without_a_long_stall(theme: Theme, qtbot, memory) -> None:
    with StallMeter() as meter:
        window = DemoWindow(theme, memory)
        qtbot.addWidget(window)
        window.show()
        window.show_place("discussions")
        qtbot.wait(1)
    print(f"window and first page: {meter.longest_ms:.0f} ms")
    assert meter.busiest_ms < 600


def test_a_program_that_ends_without_closing_its_window_ends_quietly() -> None:
    session = (
        "import sys, tempfile\n"
        "from pathlib import Path\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from cop_desktop.ui.shell.window_memory import MemoryInMind\n"
        "from tests.support.demo_pages import DemoWindow, make_theme\n"
        "app = QApplication([])\n"
        "theme = make_theme(app, Path(tempfile.mkdtemp()))\n"
        "window = DemoWindow(theme, MemoryInMind())\n"
        "window.show_place('discussions').list.setFocus()\n"
        "window.show()\n"
        "app.processEvents()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", session], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
