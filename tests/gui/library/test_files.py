"""Files of items: dropped on the list, pasted, compared, and a first look at them."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cop_desktop.services.library import Library, NewItem
from cop_desktop.ui.library.comparing import ComparedDialog, compared
from cop_desktop.ui.library.page import LibraryPage
from cop_desktop.ui.library.picture import PictureButton, small_picture
from cop_desktop.ui.widgets.form.form import FormDialog
from sync.core.ids import Id
from tests.support.desk_window import DeskWindow
from tests.support.replicas import COMMUNITY


@pytest.fixture
def route(anna: DeskWindow) -> Id:
    """An item of Anna's that is open in her window."""
    item = anna.desk.services.library.add_item(COMMUNITY, NewItem("Bus route")).id
    page = anna.library
    page.show_community(COMMUNITY)
    anna.settle()
    page.open_item(item)
    anna.settle()
    return item


def forms(place: DeskWindow) -> list[FormDialog]:
    return [each for each in place.window.findChildren(FormDialog) if each.isVisible()]


def drop(page: LibraryPage, at: QPoint, *paths: Path) -> None:
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    page.listing.list.dropEvent(QDropEvent(QPointF(at), copy, dragged, left, none))


def written(folder: Path, name: str, words: str = "words") -> Path:
    (folder / name).write_text(words)
    return folder / name


def names(place: DeskWindow, item: Id) -> list[str]:
    return [file.name for file in place.desk.services.library.item(item).versions]


def test_a_file_dropped_on_an_item_of_the_list_becomes_its_newest(
    anna: DeskWindow, route: Id, tmp_path: Path
) -> None:
    page = anna.library
    row = page.listing.list.visualRect(page.rows.index(0)).center()
    drop(page, row, written(tmp_path, "route.txt"))
    anna.settle()
    assert names(anna, route) == ["route.txt"]
    assert anna.notices == ["“route.txt” was added to “Bus route”."]


def test_a_file_dropped_beside_the_items_becomes_a_new_one(
    anna: DeskWindow, route: Id, tmp_path: Path
) -> None:
    page = anna.library
    below = page.listing.list.viewport().rect().bottomRight() - QPoint(5, 5)
    drop(page, below, written(tmp_path, "Heat_policy 2024.txt"))
    anna.settle()
    (dialog,) = forms(anna)
    assert dialog.form.values()["title"] == "Heat policy 2024"
    dialog.confirm()
    anna.settle()
    assert page.detail.title.text() == "Heat policy 2024"
    assert page.detail.files.rows()[0].accessibleName() == "Heat_policy 2024.txt"


def test_several_files_become_a_draft_each(anna: DeskWindow, route: Id, tmp_path: Path) -> None:
    page = anna.library
    page.presenter.add_files("", [str(written(tmp_path, name)) for name in ("one.txt", "two.txt")])
    anna.settle()
    items = anna.desk.services.library.items(COMMUNITY)
    assert {(item.title, item.status, item.files) for item in items} == {
        ("Bus route", "draft", 0),
        ("one", "draft", 1),
        ("two", "draft", 1),
    }


def test_a_pasted_picture_goes_to_the_item_and_leaves_nothing_behind(
    anna: DeskWindow, route: Id
) -> None:
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(0x336699)
    QApplication.clipboard().setImage(picture)
    anna.library.detail.buttons["file"].setFocus()
    anna.window.registry.action("edit.paste").trigger()
    anna.settle()
    assert names(anna, route) == ["picture 1.png"]
    assert not list((anna.desk.folder / "staging").rglob("*.png"))
    (row,) = anna.library.detail.files.rows()
    assert row.findChildren(PictureButton)


def test_the_next_version_asks_what_changed_and_shows_it_by_words(
    anna: DeskWindow, route: Id, tmp_path: Path, qtbot: QtBot
) -> None:
    library = Library(anna.replica, extract=Path.read_text)
    older = library.attach(route, written(tmp_path, "a.txt", "Leave at seven. Walk it.")).id
    page = anna.library
    anna.tell("file_version")
    page.detail.files_dropped.emit([str(written(tmp_path, "b.txt", "x"))])
    anna.settle()
    anna.press_notice()
    (dialog,) = forms(anna)
    dialog.form.set_values({"note": "An hour later"})
    dialog.confirm()
    anna.settle()
    assert library.item(route).versions[0].note == "An hour later"
    newer = library.attach(route, written(tmp_path, "c.txt", "Leave at eight. Walk it.")).id
    found = compared(library.worded_file(newer), library.worded_file(older))
    assert [part.text.strip() for part in found.in_newer if part.differs] == ["eight"]
    assert [part.text.strip() for part in found.in_older if part.differs] == ["seven"]
    anna.tell("file_version")
    page.detail.files.wished.emit("compare", library.item(route).versions[0])
    anna.settle()
    (shown,) = anna.window.findChildren(ComparedDialog)
    assert "cannot be compared" in shown.said.text()  # nothing was read out of the one between
    shown.reject()


def test_only_true_pictures_within_limits_are_made_small(tmp_path: Path) -> None:
    picture = QImage(2_000, 1_000, QImage.Format.Format_RGB32)
    picture.fill(0x336699)
    assert picture.save(str(tmp_path / "large.jpg"))
    small = QImage.fromData(small_picture(tmp_path / "large.jpg") or b"")
    assert (small.width(), small.height()) == (640, 320)
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/hosts"/></svg>'
    for words in ("no picture", drawing):
        assert small_picture(written(tmp_path, "false.png", words)) is None
