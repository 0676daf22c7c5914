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
    return [dialog.list.item(row).text() for row in range(dialog.list.count())]


def test_it_opens_on_its_first_page_and_lists_all(dialog: GuideDialog) -> None:
    assert titles(dialog) == [page.title for page in PAGES]
    assert PAGES[0].key == "index"
    assert dialog.list.currentRow() == 0


def test_only_pages_with_the_words_are_listed(dialog: GuideDialog) -> None:
    dialog._fill("agenda")
    assert "Meetings" in " ".join(titles(dialog))
    assert len(titles(dialog)) < len(PAGES)
    dialog._fill("no page says this")
    assert titles(dialog) == []


def test_a_link_leads_to_its_page(dialog: GuideDialog) -> None:
    assert any(LINK + "first-steps" in page.text for page in PAGES)
    dialog._follow(LINK + "first-steps")
    first_steps = next(page for page in PAGES if page.key == "first-steps")
    assert dialog.list.currentItem().text() == first_steps.title
