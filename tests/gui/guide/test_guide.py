"""The guide is read without a connection: pages, words in them, links between them."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cop_desktop import paths
from cop_desktop.ui.guide.dialog import GuideDialog
from cop_desktop.ui.guide.finding import Found, find
from cop_desktop.ui.guide.pages import LINK, GuidePage, page_for, read_pages
from cop_desktop.ui.widgets.rows import ROW_ROLE, Row
from tests.support.demo_pages import make_theme

PAGES = read_pages(paths.resources_dir() / "guide")


@pytest.fixture
def dialog(qapp: QApplication, qtbot: QtBot, look_cache: Path) -> GuideDialog:
    window = QWidget()
    qtbot.addWidget(window)
    made = GuideDialog(make_theme(qapp, look_cache), PAGES, window)
    made.window_kept_alive = window  # type: ignore[attr-defined]
    return made


def titles(dialog: GuideDialog) -> list[str]:
    return [dialog.rows.index(row).data() for row in range(dialog.rows.rowCount())]


def test_it_opens_on_its_first_page_and_lists_all(dialog: GuideDialog) -> None:
    assert titles(dialog) == [page.title for page in PAGES]
    assert PAGES[0].key == "index"
    assert dialog.list.current_key() == "index"


def test_only_pages_with_the_words_are_listed(dialog: GuideDialog) -> None:
    dialog._fill("agenda")
    assert "Meetings" in " ".join(titles(dialog))
    assert len(titles(dialog)) < len(PAGES)
    dialog._fill("wombat burrow")
    assert titles(dialog) == []
    assert "No page" in dialog.view.markdown()
    dialog._fill("")
    assert dialog.view.markdown() == PAGES[0].text


def test_words_are_found_in_any_order_the_best_page_first_and_marked_in_it(
    dialog: GuideDialog, qtbot: QtBot
) -> None:
    dialog.show()
    dialog._fill("reply quote")
    assert titles(dialog)[0] == "Discussions"
    row: Row = dialog.rows.index(0).data(ROW_ROLE)
    assert "eply" in row.snippet
    assert "**" not in row.snippet
    assert dialog.view.textCursor().selectedText().casefold().startswith(("reply", "quote"))
    dialog._fill("exempt")
    qtbot.waitUntil(lambda: dialog._scroll.verticalScrollBar().value() > 0)
    assert dialog.view.textCursor().selectedText() == "exempt"
    dialog.show_page("index")
    assert len(titles(dialog)) == len(PAGES)
    assert dialog.view.markdown() == PAGES[0].text


def test_who_a_page_is_for_is_said_beside_it(dialog: GuideDialog) -> None:
    rows = {page.key: dialog.rows.index(at).data(ROW_ROLE) for at, page in enumerate(PAGES)}
    assert rows["for-it"].snippet == "For whoever looks after computers"
    assert rows["facilitating"].snippet == "For facilitators"
    assert rows["discussions"].snippet.startswith("A discussion is a topic with replies")
    assert list(rows)[-1] == "for-it"


def test_a_place_has_its_page_and_others_the_first() -> None:
    keys = {place: page_for(place, PAGES) for place in ("discussions", "search", "sync", "moon")}
    assert keys == {
        "discussions": "discussions",
        "search": "searching",
        "sync": "syncing",
        "moon": "index",
    }
    assert page_for("settings", PAGES) == "settings"


def test_accents_and_unfinished_words_do_not_matter() -> None:
    page = GuidePage("p", "Café", "# Café\n\nWhere the *naïve* go.")
    assert [one.snippet for one in find([page], "NAIV")] == ["Where the naïve go."]
    assert find([page], "cafe") == [Found(page, "")]
    assert find([page], "aive") == []  # in the middle of a word


def test_a_link_leads_to_its_page(dialog: GuideDialog) -> None:
    assert any(LINK + "first-steps" in page.text for page in PAGES)
    dialog._follow(LINK + "first-steps")
    assert dialog.list.current_key() == "first-steps"
    assert dialog.view.markdown() == next(p.text for p in PAGES if p.key == "first-steps")


def test_lines_are_broken_by_the_window_not_by_the_file(tmp_path: Path) -> None:
    source = "# Title\n\nOne sentence\nin two lines.\n\n- an item\n  that goes on\n- another\n"
    table = "1. first\n   still\n2. second\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    (tmp_path / "index.md").write_text(source + table, encoding="utf-8")
    (page,) = read_pages(tmp_path)
    assert page.text == (
        "# Title\n\nOne sentence in two lines.\n\n- an item that goes on\n- another\n"
        "1. first still\n2. second\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    )
