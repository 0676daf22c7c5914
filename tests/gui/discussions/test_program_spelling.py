"""The whole program checks spelling in what is written under a topic."""

from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cop_desktop.app import Program
from cop_desktop.services.discussions import Discussions, NewTopic
from cop_desktop.ui.discussions.page import DiscussionsPage
from cop_desktop.ui.widgets.composer.spelling import SpellingMenu
from tests.support.replicas import COMMUNITY, ManualClock, opened
from tests.support.two_windows import end
from tests.support.village import founded

PATIENCE_MS = 20_000


def test_a_reply_is_checked_as_soon_as_somebody_writes_one(
    qapp: QApplication, tmp_path: Path, qtbot: QtBot
) -> None:
    with founded(tmp_path) as village:
        topic = Discussions(village.anna).start_topic(COMMUNITY, NewTopic("Roads")).id
        village.meet()
    program = Program(qapp, opened(tmp_path / "1", ManualClock(seed=99, step_ms=1)), tmp_path / "1")
    program.window.show()
    qtbot.waitUntil(lambda: program.places.community is not None, timeout=PATIENCE_MS)
    page = program.window.show_place("discussions")
    assert isinstance(page, DiscussionsPage)
    page.open_topic(topic)
    box = page.topic_pane.reply_box
    qtbot.waitUntil(lambda: page.presenter.replying.target is not None, timeout=PATIENCE_MS)
    program.window.activateWindow()
    box.open()
    speller = box.composer.editor.findChild(SpellingMenu)._speller
    qtbot.waitUntil(lambda: speller.is_ready, timeout=PATIENCE_MS)
    assert (speller.is_wrong("recieve"), speller.is_wrong("receive")) == (True, False)
    end(program)
