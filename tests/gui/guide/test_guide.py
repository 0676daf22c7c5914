"""The guide is read without a connection: pages, words in them, links between them."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cop_desktop import paths
from cop_desktop.ui.guide.dialog import GuideDialog
from cop_desktop.ui.guide.pages import LINK, read_pages
from tests.support.demo_pages import make_theme

PAGES = read_pages(paths.resources_dir() / "guide")


@pytest.fixture
def dialog(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> GuideDialog:
    window = QWidget()
    qtbot.addWidget(window)
    made = GuideDialog(make_theme(qapp, tmp_path), PAGES, window)
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
    dialog._fill("no page says this")
    assert titles(dialog) == []
    assert "No page" in dialog.view.markdown()
    dialog._fill("")
    assert dialog.view.markdown() == PAGES[0].text


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
