"""One item: adding and changing it, its way through review, its files, the trash."""

import threading
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from cop_desktop.services.library import ItemEdit, ItemView, NewItem
from cop_desktop.ui.library.file_row import FileRow
from cop_desktop.ui.library.page import LibraryPage
from cop_desktop.ui.records.badge_label import BadgeLabel
from cop_desktop.ui.records.history import HistoryDialog
from cop_desktop.ui.records.trash import TrashDialog
from cop_desktop.ui.records.versions_dialog import VersionsDialog
from cop_desktop.ui.widgets.form.form import FormDialog
from sync.core.ids import Id
from tests.support.desk_window import DeskWindow
from tests.support.replicas import COMMUNITY
from tests.support.village import Village

PATIENCE_MS = 20_000


def opened(place: DeskWindow) -> LibraryPage:
    page = place.library
    page.show_community(COMMUNITY)
    place.settle()
    return page


def item_of(place: DeskWindow, item: Id) -> ItemView:
    return place.desk.services.library.item(item)


@pytest.fixture
def route(anna: DeskWindow) -> Id:
    """An item of Anna's that is open in her window."""
    new = NewItem("Bus route", summary="Walk it with Elders.", type="guide")
    item = anna.desk.services.library.add_item(COMMUNITY, new).id
    opened(anna).open_item(item)
    anna.settle()
    return item


def dialog_of(place: DeskWindow, kind: type[QDialog] = FormDialog) -> QDialog:
    place.settle()
    (found,) = [each for each in place.window.findChildren(kind) if each.isVisible()]
    return found


def form_of(place: DeskWindow) -> FormDialog:
    dialog = dialog_of(place)
    assert isinstance(dialog, FormDialog)
    return dialog


def press(place: DeskWindow, button: QPushButton, qtbot: QtBot) -> None:
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    place.settle()


def steps(page: LibraryPage) -> dict[str, QPushButton]:
    found = page.detail.review._steps.findChildren(QPushButton)
    return {each.text().replace("&", ""): each for each in found if not each.isHidden()}


def file_rows(page: LibraryPage) -> list[FileRow]:
    return [row for row in page.detail.findChildren(FileRow) if not row.isHidden()]


def file_buttons(page: LibraryPage) -> dict[str, QPushButton]:
    (row,) = file_rows(page)
    return {each.text(): each for each in row.findChildren(QPushButton)}


def words_of(row: FileRow) -> str:
    return " ".join(label.text() for label in row.findChildren(QLabel))


def test_a_new_item_is_entered_in_a_form_and_opens(anna: DeskWindow, qtbot: QtBot) -> None:
    page = opened(anna)
    press(anna, page.listing.new, qtbot)
    dialog = form_of(anna)
    dialog.form.set_values(
        {"title": "Bus route", "summary": "With **Elders**.", "type": "guide", "tags": ("bus",)}
    )
    dialog.confirm()
    anna.settle()
    assert not anna.window.findChildren(FormDialog)
    assert page.detail.title.text() == "Bus route"
    assert page.detail.facts.text().startswith("Draft · Guide · Anna")
    assert "With Elders." in page.detail.summary.toPlainText()


def test_an_item_needs_a_title_and_says_so_where_it_is_missing(
    anna: DeskWindow, qtbot: QtBot
) -> None:
    page = opened(anna)
    press(anna, page.listing.new, qtbot)
    dialog = form_of(anna)
    dialog.confirm()
    anna.settle()
    assert dialog.isVisible()
    assert page.rows.rowCount() == 0
    dialog.reject()


def test_changing_an_item_keeps_what_it_said_before_as_the_start(
    anna: DeskWindow, route: Id, qtbot: QtBot
) -> None:
    page = anna.library
    press(anna, page.detail.buttons["change"], qtbot)
    dialog = form_of(anna)
    assert dialog.form.values()["summary"] == "Walk it with Elders."
    dialog.form.set_values({"title": "Bus routes", "summary": "Walk them with Elders."})
    dialog.confirm()
    anna.settle()
    assert page.detail.title.text() == "Bus routes"
    assert item_of(anna, route).summary.text == "Walk them with Elders."


def test_what_somebody_else_changed_while_the_form_was_open_stays(
    anna: DeskWindow, ben: DeskWindow, village: Village, route: Id, qtbot: QtBot
) -> None:
    press(anna, anna.library.detail.buttons["change"], qtbot)
    dialog = form_of(anna)
    village.meet()
    library = ben.desk.services.library
    before = library.item(route).summary
    library.save_summary(route, f"{before.text}\n\nAsk the families first.", before)
    elsewhere = village.another_computer(village.anna.account.member)  # type: ignore[union-attr]
    village.meet()
    type(library)(elsewhere).edit_item(route, ItemEdit(title="Routes of all buses"))
    village.meet()
    anna.tell("library_item")
    dialog.form.set_values({"credit": "Tom", "summary": "Do walk it with Elders."})
    dialog.confirm()
    anna.settle()
    now = item_of(anna, route)
    assert now.title == "Routes of all buses"
    assert now.credit == "Tom"
    assert now.summary.text == "Do walk it with Elders.\n\nAsk the families first."


def test_two_titles_written_at_the_same_time_are_both_kept(
    anna: DeskWindow, village: Village, route: Id, qtbot: QtBot
) -> None:
    page = anna.library
    press(anna, page.detail.buttons["change"], qtbot)
    dialog = form_of(anna)
    elsewhere = village.another_computer(village.anna.account.member)  # type: ignore[union-attr]
    village.meet()
    library = type(anna.desk.services.library)(elsewhere)
    library.edit_item(route, ItemEdit(title="Routes of all buses"))
    village.meet()
    anna.tell("library_item")
    assert dialog.form.values()["title"] == "Bus route"  # what is typed stays
    dialog.form.set_values({"title": "The bus, and who drives it"})
    dialog.confirm()
    anna.settle()
    now = item_of(anna, route)
    assert now.title == "The bus, and who drives it"
    assert now.two_versions
    assert page.detail.buttons["versions"].isVisible()


def test_news_from_others_leaves_the_keyboard_where_it_was(
    anna: DeskWindow, village: Village, route: Id
) -> None:
    page = anna.library
    button = steps(page)["Submit for review"]
    button.setFocus()
    library = anna.desk.services.library
    anna.desk.hub.post_change(library.edit_item(route, ItemEdit(credit="Tom")))
    anna.settle()
    assert page.detail.more_facts.text() == "Credit: Tom"
    assert anna.window.focusWidget() is button
    button.click()
    anna.settle()
    assert anna.window.focusWidget() in steps(page).values()


def test_what_somebody_else_moved_to_the_trash_is_named_and_can_be_put_back(
    anna: DeskWindow, village: Village, route: Id, qtbot: QtBot
) -> None:
    page = anna.library
    elsewhere = village.another_computer(village.anna.account.member)  # type: ignore[union-attr]
    village.meet()
    type(anna.desk.services.library)(elsewhere).move_to_trash(route)
    village.meet()
    anna.tell("library_item")
    assert page.detail._nothing._headline.text() == "“Bus route” is in the trash."
    press(anna, page.detail._nothing._button, qtbot)
    assert page.detail.currentIndex() == 1
    assert not item_of(anna, route).trashed


def test_the_item_says_that_it_has_not_left_this_computer(
    anna: DeskWindow, village: Village, route: Id
) -> None:
    page = anna.library

    def marks() -> list[str]:
        return [each.accessibleName() for each in page.detail._marks.findChildren(BadgeLabel)]

    assert marks() == ["On this computer"]
    village.meet()
    anna.tell("library_item")
    assert [each for each in marks() if each] == []


def test_a_narrow_window_shows_all_of_an_item(anna: DeskWindow, route: Id) -> None:
    page = anna.library
    page.detail.setFixedWidth(420)
    anna.settle()
    for button in page.detail.buttons.values():
        if button.isVisible():
            right = button.mapTo(page.detail, button.rect().topRight()).x()
            assert right < page.detail.width(), button.text()


def test_an_item_goes_through_review_by_its_buttons(
    anna: DeskWindow, route: Id, qtbot: QtBot
) -> None:
    page = anna.library
    for button, status, asks in (
        ("Submit for review", "submitted", False),
        ("Review it myself", "in review", False),
        ("Publish…", "published", True),
        ("Retire", "retired", False),
        ("Publish again…", "published", True),
    ):
        press(anna, steps(page)[button], qtbot)
        if asks:
            form_of(anna).confirm()
            anna.settle()
        assert item_of(anna, route).status == status
    assert page.detail.facts.text().startswith("Published")
    assert "To be looked at again by" in page.detail.more_facts.text()


def test_a_member_is_offered_only_the_steps_that_are_theirs(
    ben: DeskWindow, anna: DeskWindow, village: Village, route: Id, qtbot: QtBot
) -> None:
    village.meet()
    page = opened(ben)
    page.open_item(route)
    ben.settle()
    assert steps(page) == {}
    assert not page.detail.buttons["trash"].isVisible()
    press(ben, page.detail.buttons["adapt"], qtbot)
    (origin,) = page.detail.relations.origin.findChildren(QPushButton)
    assert origin.text() == "Bus route (Anna)"
    assert "Submit for review" in steps(page)


def test_a_step_that_is_not_allowed_any_more_is_explained(
    anna: DeskWindow, route: Id, qtbot: QtBot
) -> None:
    page = anna.library
    button = steps(page)["Submit for review"]
    anna.desk.services.library.submit(route)  # on the other computer, say
    press(anna, button, qtbot)
    assert anna.notices


def test_a_file_that_is_here_opens_and_is_saved_elsewhere(
    anna: DeskWindow, route: Id, tmp_path: Path, qtbot: QtBot
) -> None:
    page = anna.library
    file = tmp_path / "route.txt"
    file.write_text("Seven o'clock at the store.")
    page.detail.files_dropped.emit([str(file)])
    anna.settle()
    assert anna.notices == ["“route.txt” was added to “Bus route”."]
    assert "on this computer" in words_of(file_rows(page)[0])
    press(anna, file_buttons(page)["Open"], qtbot)
    (copy,) = anna.handed.paths
    assert copy.read_text() == "Seven o'clock at the store."
    version = item_of(anna, route).versions[0]
    page.presenter._filing._actions.save_to(version, str(tmp_path / "copy.txt"))
    anna.settle()
    assert (tmp_path / "copy.txt").read_text() == "Seven o'clock at the store."


def test_a_file_without_a_program_for_it_says_what_one_can_do(
    anna: DeskWindow, route: Id, tmp_path: Path, qtbot: QtBot
) -> None:
    page = anna.library
    file = tmp_path / "route.txt"
    file.write_text("Seven.")
    page.detail.files_dropped.emit([str(file)])
    anna.settle()
    anna.handed.programs = False
    press(anna, file_buttons(page)["Open"], qtbot)
    assert any("You can save a copy" in words for words in anna.notices)


def test_a_file_of_somebody_else_is_downloaded_on_wish(
    anna: DeskWindow, ben: DeskWindow, village: Village, route: Id, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "route.txt"
    file.write_text("The bus leaves at seven.\n" * 4_000)
    anna.desk.services.library.attach(route, file)
    village.meet()
    page = opened(ben)
    page.open_item(route)
    ben.settle()
    (row,) = file_rows(page)
    assert "nobody has sent it yet" in words_of(row) or "not downloaded yet" in words_of(row)
    press(ben, file_buttons(page)["Download"], qtbot)
    assert "comes with the next connection" in words_of(file_rows(page)[0])
    assert set(file_buttons(page)) == {"Do not download"}


def test_dropped_files_become_versions_the_newest_first(
    anna: DeskWindow, route: Id, tmp_path: Path
) -> None:
    page = anna.library
    for name in ("first.txt", "second.txt"):
        (tmp_path / name).write_text(name)
        dragged = QMimeData()
        dragged.setUrls([QUrl.fromLocalFile(str(tmp_path / name))])
        copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        none = Qt.KeyboardModifier.NoModifier
        page.detail.dropEvent(QDropEvent(QPointF(5, 5), copy, dragged, left, none))
        anna.settle()
    assert [row.accessibleName() for row in file_rows(page)] == ["second.txt", "first.txt"]


def test_a_large_file_holds_nothing_up_while_it_is_read(
    anna: DeskWindow, route: Id, tmp_path: Path, qtbot: QtBot
) -> None:
    page, held = anna.library, threading.Event()
    anna.desk.slow_jobs.run(partial(held.wait, PATIENCE_MS / 1000), anna.handed.hear)
    file = tmp_path / "route.txt"
    file.write_text("Seven o'clock at the store.")
    page.detail.files_dropped.emit([str(file)])
    assert page.detail.files.coming.text() == "Adding route.txt…"
    other = anna.desk.services.library.add_item(COMMUNITY, NewItem("Road times"))
    page.open_item(other.id)
    qtbot.waitUntil(lambda: page.detail.title.text() == "Road times", timeout=PATIENCE_MS)
    assert page.detail.files.coming.text() == ""
    assert item_of(anna, route).versions == ()  # the store thread went past it
    held.set()
    anna.settle()
    assert anna.notices == ["“route.txt” was added to “Bus route”."]
    assert [file.name for file in item_of(anna, route).versions] == ["route.txt"]


def test_a_program_is_refused_with_a_reason(anna: DeskWindow, route: Id, tmp_path: Path) -> None:
    program = tmp_path / "setup.exe"
    program.write_bytes(b"MZ" + bytes(200))
    page = anna.library
    page.detail.files_dropped.emit([str(program)])
    anna.settle()
    assert anna.notices
    assert not file_rows(page)


def test_the_trash_is_undone_for_ten_seconds(anna: DeskWindow, route: Id, qtbot: QtBot) -> None:
    page = anna.library
    press(anna, page.detail.buttons["trash"], qtbot)
    assert page.rows.rowCount() == 0
    assert page.detail.currentIndex() == 0
    assert anna.notices == ["“Bus route” is in the trash."]
    anna.press_notice()
    assert page.rows.rowCount() == 1
    assert page.detail.title.text() == "Bus route"
    assert page.detail.currentIndex() == 1


def test_after_the_trash_nothing_can_be_done_to_what_is_gone(
    anna: DeskWindow, route: Id, qtbot: QtBot
) -> None:
    page = anna.library
    press(anna, page.detail.buttons["trash"], qtbot)
    anna.window.registry.action("library.change").trigger()
    anna.settle()
    assert not [each for each in anna.window.findChildren(FormDialog) if each.isVisible()]


def test_two_versions_are_offered_to_be_looked_at(
    anna: DeskWindow, ben: DeskWindow, village: Village, qtbot: QtBot, route: Id
) -> None:
    elsewhere = village.another_computer(village.anna.account.member)  # type: ignore[union-attr]
    village.meet()
    library = anna.desk.services.library
    type(library)(elsewhere).edit_item(route, ItemEdit(title="Routes of the bus"))
    library.edit_item(route, ItemEdit(title="All bus routes"))
    village.meet()
    anna.tell("library_item")
    page = anna.library
    anna.settle()
    press(anna, page.detail.buttons["versions"], qtbot)
    dialog = dialog_of(anna, VersionsDialog)
    dialog.reject()


def test_the_history_of_an_item_opens(anna: DeskWindow, route: Id, qtbot: QtBot) -> None:
    press(anna, anna.library.detail.buttons["history"], qtbot)
    assert dialog_of(anna, QDialog).isVisible()
    QApplication.closeAllWindows()


def test_history_versions_and_trash_have_keys(anna: DeskWindow, route: Id) -> None:
    page, registry = anna.library, anna.window.registry
    anna.settle()
    for key, kind in (
        ("library.history", HistoryDialog),
        ("library.show_trash", TrashDialog),
    ):
        assert registry.spec(key).shortcut
        registry.action(key).trigger()
        anna.settle()
        dialog_of(anna, kind).reject()
    registry.action("library.versions").trigger()
    anna.settle()
    assert anna.notices == ["There is only one version."]
    page.detail.trash_wanted.emit()
    anna.settle()
    assert not registry.action("library.history").isEnabled()


def test_changing_an_item_keeps_a_type_that_only_a_newer_program_knows(
    anna: DeskWindow, village: Village, route: Id
) -> None:
    with village.anna.write() as action:
        action.set("library_item", route, {"type": "podcast", "evidence": "hearsay"})
    page = opened(anna)
    page.open_item(route)
    anna.settle()
    assert "Podcast" in page.detail.facts.text()
    page.detail.buttons["change"].click()
    dialog = form_of(anna)
    assert dialog.form.editor("type").currentText() == "Podcast"
    dialog.form.set_values({"title": "Bus route, new"})
    dialog.confirm()
    anna.settle()
    item = item_of(anna, route)
    assert (item.title, item.type, item.evidence) == ("Bus route, new", "podcast", "hearsay")
