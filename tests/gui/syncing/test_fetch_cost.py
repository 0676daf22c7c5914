"""A large file is fetched only after its cost was shown; a small one comes without a question."""

from collections.abc import Iterator
from datetime import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from cop_desktop.services.attachments import FileView
from cop_desktop.services.library import Library, NewItem
from cop_desktop.ui.library.file_row import FileRow
from cop_desktop.ui.records.fetch_question import FetchQuestion
from cop_desktop.ui.records.files import FileActions
from sync.core.budget import GB, CheapHours, DataPlan, Internet
from tests.support.desk_window import DeskWindow
from tests.support.replicas import COMMUNITY
from tests.support.village import Village

NIGHT = DataPlan(Internet.METERED, GB, cheap=CheapHours(time(1), time(7)))


@pytest.fixture
def film(anna: DeskWindow, village: Village, tmp_path: Path) -> FileView:
    """Ben's film of 8 MB, as Anna sees it: only its reference is here."""
    path = tmp_path / "film.mp4"
    path.write_bytes(bytes(range(250)) * 32_000)
    library = Library(village.ben)
    file = library.attach(library.add_item(COMMUNITY, NewItem("Film")).id, path).id
    village.meet()
    return anna.desk.services.library.file(file)


@pytest.fixture
def actions(anna: DeskWindow) -> Iterator[FileActions]:
    made = FileActions(anna.window, anna.desk.file_tools)
    yield made
    made.deleteLater()


def asked(place: DeskWindow, actions: FileActions, film: FileView) -> FetchQuestion:
    actions.fetch(film)
    place.settle()
    assert actions.question is not None
    return actions.question


def test_on_a_good_connection_it_comes_without_a_question_and_says_what_it_costs(
    anna: DeskWindow, actions: FileActions, film: FileView
) -> None:
    anna.replica.data_use.note(0, 64_000, took_s=2.0)
    actions.fetch(film)
    anna.settle()
    assert actions.question is None
    said = "“film.mp4” comes with the next connection: 8.0 MB · about 4 minutes."
    assert anna.notices == [said]
    assert anna.desk.services.library.file(film.id).wanted


def test_its_cost_is_shown_and_it_is_left_for_the_cheap_hours(
    anna: DeskWindow, actions: FileActions, film: FileView, qtbot: QtBot
) -> None:
    anna.replica.data_use.set_plan(NIGHT)
    question = asked(anna, actions, film)
    assert question.informativeText() == "8.0 MB · less than 1 % of what is left this month"
    later = question.later
    assert later is not None
    assert later.text() == "&Download it from 1:00 am"
    later.setFocus()
    qtbot.keyClick(later, Qt.Key.Key_Space)
    anna.settle()
    assert anna.replica.sync_side.next_piece(cheap=False) is None
    assert anna.replica.sync_side.next_piece(cheap=True) is not None
    assert anna.notices == ["“film.mp4” is downloaded when data costs less."]


def test_what_is_wanted_now_whatever_it_costs_does_not_wait(
    anna: DeskWindow, actions: FileActions, film: FileView, qtbot: QtBot
) -> None:
    anna.replica.data_use.set_plan(NIGHT)
    qtbot.mouseClick(asked(anna, actions, film).now, Qt.MouseButton.LeftButton)
    anna.settle()
    assert anna.replica.sync_side.next_piece(cheap=False) is not None
    assert anna.desk.services.sync_status.budget.standing().held == ()


def test_escape_leaves_it_where_it_is(
    anna: DeskWindow, actions: FileActions, film: FileView, qtbot: QtBot
) -> None:
    anna.replica.data_use.set_plan(DataPlan(Internet.METERED))
    question = asked(anna, actions, film)
    assert question.later is None  # no time comes at which it costs less
    qtbot.keyClick(question, Qt.Key.Key_Escape)
    anna.settle()
    assert not anna.desk.services.library.file(film.id).wanted


def buttons_of(place: DeskWindow) -> dict[str, QPushButton]:
    (row,) = place.library.detail.findChildren(FileRow)
    return {button.text(): button for button in row.findChildren(QPushButton)}


def test_the_row_of_a_file_says_until_when_it_waits_and_offers_it_now_or_not_at_all(
    anna: DeskWindow, film: FileView
) -> None:
    files = anna.desk.services.library
    anna.replica.data_use.set_plan(NIGHT)
    files.want(film.id)
    page = anna.library
    page.show_community(COMMUNITY)
    page.open_item(film.target)
    anna.settle()
    (row,) = page.detail.findChildren(FileRow)
    said = [each.text() for each in row.findChildren(QLabel)]
    assert any("waits until 1:00 am" in words for words in said)
    assert set(buttons_of(anna)) == {"Download now", "Do not download"}
    buttons_of(anna)["Download now"].click()
    anna.settle()
    (question,) = anna.window.findChildren(FetchQuestion)
    question.now.click()
    anna.settle()
    assert files.file(film.id).at_once
    assert set(buttons_of(anna)) == {"Do not download"}
    buttons_of(anna)["Do not download"].click()
    anna.settle()
    assert not files.file(film.id).wanted
    assert set(buttons_of(anna)) == {"Download"}
