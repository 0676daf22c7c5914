"""Two members who write to the same things without a connection, and what each sees after it."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cop_desktop.app import Program
from cop_desktop.services.discussions import NewTopic
from cop_desktop.services.library import NewItem, UseText
from cop_desktop.ui.discussions.thread.opening_cell import OpeningCell
from cop_desktop.ui.library.page import LibraryPage
from cop_desktop.ui.library.uses_part import UsesPart
from tests.support.two_windows import Town, founded_town, page_of, replies_of, topics_of

PATIENCE_MS = 30_000


@pytest.fixture
def town(qapp: QApplication, tmp_path: Path) -> Iterator[Town]:
    with founded_town(qapp, tmp_path) as made:
        yield made


class Answer(QObject):
    """What a verb gave, once it is told to the window."""

    def __init__(self, program: Program) -> None:
        super().__init__(program.window)
        self._hub = program.hub
        self.given: list[Any] = []

    def take(self, answer: Any) -> None:
        self._hub.post_change(getattr(answer, "changed", answer))
        self.given.append(answer)


def do(program: Program, qtbot: QtBot, verb: Callable[..., Any], *args: Any) -> Any:
    """What a screen does when somebody writes; its answer."""
    answer = Answer(program)
    program.jobs.run(partial(verb, *args), answer.take)
    qtbot.waitUntil(lambda: bool(answer.given), timeout=PATIENCE_MS)
    return answer.given[0]


def until(qtbot: QtBot, shown: Callable[[], bool]) -> None:
    qtbot.waitUntil(shown, timeout=PATIENCE_MS)


def opening(program: Program) -> OpeningCell:
    cell = page_of(program).topic_pane.posts.cell("opening")
    assert isinstance(cell, OpeningCell)
    return cell


def shown_item(program: Program, item: bytes) -> LibraryPage:
    page = program.window.show_place("library")
    assert isinstance(page, LibraryPage)
    page.open_item(item)
    return page


def test_an_ending_a_reply_thanks_a_report_and_a_review_made_offline_reach_both_windows(
    town: Town, qtbot: QtBot
) -> None:
    anna, ben = town.open(town.joined("Anna")), town.open(town.joined("Ben"))
    talks, shelf = anna.desk.services.discussions, anna.desk.services.library
    theirs, their_shelf = ben.desk.services.discussions, ben.desk.services.library
    for program in (anna, ben):
        until(qtbot, lambda p=program: p.places.community is not None)
    topic = do(anna, qtbot, talks.start_topic, town.community, NewTopic("Roads")).id
    item = do(anna, qtbot, shelf.add_item, town.community, NewItem("Bus route")).id
    until(qtbot, lambda: topics_of(ben) == ["Roads"])
    for program in (anna, ben):
        page_of(program).open_topic(topic)
        until(qtbot, page_of(program).topic_pane.is_showing)
    town.stop_server()
    do(anna, qtbot, talks.end_topic, topic, "The crossing is **open**.")
    do(anna, qtbot, shelf.submit, item)
    do(ben, qtbot, theirs.reply, topic, "It was closed on Monday.")
    do(ben, qtbot, theirs.react, topic, "useful")
    report = do(ben, qtbot, their_shelf.report_use, item, UseText("With two buses.")).id
    town.start_server()
    for program in (anna, ben):
        program.window.sync_wanted.emit()
    uses = shown_item(anna, item).detail.uses
    until(qtbot, lambda: bool(uses.rows()))
    do(anna, qtbot, shelf.thank, report)
    for program in (anna, ben):
        detail = shown_item(program, item).detail
        until(qtbot, partial(is_thanked, detail.uses))
        assert detail.review.holder.text() == "Waiting for somebody to review it."
        assert detail.uses.rows()[0].text.toPlainText() == "With two buses."
        program.window.show_place("discussions")
        until(qtbot, lambda p=program: replies_of(p) == ["It was closed on Monday."])
        until(qtbot, lambda p=program: not opening(p).outcome.isHidden())
        assert opening(program).outcome.text.toPlainText() == "The crossing is open."
        assert opening(program).footer._useful.text().endswith("1")


def is_thanked(uses: UsesPart) -> bool:
    return any(row.thanks.text().endswith("1") for row in uses.rows())
