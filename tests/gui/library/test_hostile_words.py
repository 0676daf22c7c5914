"""Names, texts and files made to break or to fetch something do neither in the library."""

import zlib
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from cop_desktop.services.care import Care
from cop_desktop.services.library import Library, NewItem, UseText, WordedFile
from cop_desktop.ui.library.citing import CiteDialog
from cop_desktop.ui.library.comparing import ComparedDialog, compared
from cop_desktop.ui.library.page import LibraryPage
from cop_desktop.ui.library.picture import small_picture
from cop_desktop.ui.widgets.form.form import FormDialog
from sync.core.ids import Id
from tests.support import hostile_words
from tests.support.cut_off import cut_off
from tests.support.desk_window import DeskWindow
from tests.support.hostile_words import HEAPED, LINES, TURNED, UNBROKEN
from tests.support.replicas import BEN, COMMUNITY
from tests.support.village import Village


def written(village: Village, file: Path, title: str) -> Id:
    """An item of Ben's, sent back with remarks, used, adapted; his name asks for a picture."""
    name, text = hostile_words.markup(file), hostile_words.text_that_asks(file)
    ben = Library(village.ben)
    item = ben.add_item(COMMUNITY, NewItem("Route", summary=text)).id
    with village.ben.write() as action:
        action.set("member", BEN, {"name": name})
        fields = {"title": title, "tags": [UNBROKEN, name], "strategies": [TURNED, UNBROKEN]}
        fields |= {"authors": name, "credit": text, "review_note": text, "status": "published"}
        action.set("library_item", item, {**fields, "type": UNBROKEN, "evidence": LINES})
    report = ben.report_use(item, UseText(text)).id
    ben.thank(report)
    ben.adapt(item)
    village.meet()
    return item


def harmless(*windows: QWidget) -> None:
    for window in windows:
        assert hostile_words.red_pixels(window) == 0
        assert hostile_words.rich_tips(window) == []
        assert cut_off(window) == []


def opened(place: DeskWindow, item: Id) -> LibraryPage:
    page = place.library
    page.show_community(COMMUNITY)
    place.settle()
    page.open_item(item)
    place.settle()
    return page


@pytest.mark.parametrize("title", [LINES + TURNED + HEAPED[:200], UNBROKEN])
def test_an_item_its_card_and_its_dialogs_show_words_alone(
    anna: DeskWindow, village: Village, tmp_path: Path, title: str
) -> None:
    item = written(village, hostile_words.red_picture(tmp_path), title)
    page = opened(anna, item)
    harmless(page.detail)
    page.listing.cards_wanted.emit(True)
    for key in ("cite", "change"):
        page.detail.buttons[key].click()
        anna.settle()
    shown = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    assert {CiteDialog, FormDialog} <= {kind for each in shown for kind in type(each).__mro__}
    harmless(*shown)
    for window in shown:
        if window is not anna.window:
            window.close()
    Care(village.ben).flag(item, hostile_words.markup(tmp_path / "secret.png"))
    village.meet()
    anna.tell("care_flag")
    harmless(page.detail)
    assert (anna.handed.links, anna.handed.paths) == ([], [])


def test_versions_of_blanks_and_of_one_endless_line_are_compared(
    anna: DeskWindow, village: Village, tmp_path: Path, qtbot
) -> None:
    item = Library(village.anna).add_item(COMMUNITY, NewItem("Route")).id
    (tmp_path / f"{HEAPED[:9]}.txt").write_text("words")
    library = anna.desk.services.library
    library.attach(item, tmp_path / f"{HEAPED[:9]}.txt")
    (file,) = library.item(item).versions
    line = "word " * 40_000
    for newer, older in (
        (" " * 9_000 + "a" + " " * 9_000, " " * 9_000 + "b" + " " * 9_000),
        ("x" * 300_000, "x" * 299_999 + "y"),
        (line + "end", "start " + line),
        ("\u202e" + HEAPED * 40, HEAPED * 40),
    ):
        found = compared(WordedFile(file, newer), WordedFile(file, older))
        dialog = ComparedDialog(anna.window._theme, anna.desk.when, found)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitExposed(dialog)
        assert found.differs


def test_a_picture_that_is_none_or_would_fill_the_memory_is_not_shown(tmp_path: Path) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = zlib.crc32(kind + data).to_bytes(4, "big")
        return len(data).to_bytes(4, "big") + kind + data + crc

    size = (100_000).to_bytes(4, "big")
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size * 2 + b"\x08\x02\x00\x00\x00")
    bomb += chunk(b"IDAT", zlib.compress(b"\0" * 1_000_000)) + chunk(b"IEND", b"")
    drawing = b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>"
    for content in (bomb, bomb[:40], b"\x89PNG", b"GIF89a" + b"\xff" * 99, drawing, b""):
        (tmp_path / "picture.png").write_bytes(content)
        assert small_picture(tmp_path / "picture.png") is None
