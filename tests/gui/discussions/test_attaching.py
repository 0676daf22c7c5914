"""Files that take long to read, beside a screen that goes on."""

import threading
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cop_desktop.services.discussions import Discussions, NewTopic
from cop_desktop.store import Replica
from tests.support.discussion_place import DiscussionPlace, OpenPlace
from tests.support.replicas import COMMUNITY
from tests.support.village import Village

PATIENCE_MS = 20_000
NO_BUTTON, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


class Held:
    """A reading of files that does not come to its end before it is let go."""

    def __init__(self, place: DiscussionPlace) -> None:
        self._go = threading.Event()
        place.slow_jobs.run(self._wait, place.outside.hear)

    def let_go(self) -> None:
        self._go.set()

    def _wait(self) -> None:
        assert self._go.wait(PATIENCE_MS / 1000)


def staged(place: DiscussionPlace, folder: Path) -> None:
    path = folder / "bus route.txt"
    path.write_text("first left, then over the creek")
    place.page.topic_pane.reply_box.composer.files_offered.emit((path,))
    place.settle()


def test_a_large_file_does_not_hold_up_what_is_written_after_it(
    village: Village, open_place: OpenPlace, ben: Discussions, tmp_path: Path, qtbot: QtBot
) -> None:
    topic = ben.start_topic(COMMUNITY, NewTopic("Buses", "Which way?")).id
    place = open_place(village.ben)
    place.show_topic(topic)
    place.write("The way we walked")
    staged(place, tmp_path)
    held = Held(place)
    place.page.topic_pane.reply_box.composer.submit()
    qtbot.waitUntil(lambda: place.bodies() == ["The way we walked"], timeout=PATIENCE_MS)
    assert ben.thread(topic).posts[0].attachments == ()
    held.let_go()
    place.settle()
    assert [file.name for file in ben.thread(topic).posts[0].attachments] == ["bus route.txt"]


def test_a_file_dropped_anywhere_on_a_thread_goes_with_a_reply(
    village: Village, open_place: OpenPlace, ben: Discussions, tmp_path: Path
) -> None:
    topic = ben.start_topic(COMMUNITY, NewTopic("Buses", "Which way?")).id
    path = tmp_path / "bus route.txt"
    path.write_text("first left")
    place = open_place(village.ben)
    place.show_topic(topic)
    pane = place.page.topic_pane
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(path))])
    for make in (QDragEnterEvent, QDropEvent):
        event = make(QPointF(50, 50), Qt.DropAction.CopyAction, dropped, NO_BUTTON, NO_KEY)
        QApplication.sendEvent(pane, event)
        assert event.isAccepted()
    place.settle()
    assert pane.reply_box.is_open()
    assert [file.name for file in pane.reply_box.composer.strip.files] == ["bus route.txt"]


def test_what_was_not_attached_when_the_program_ended_is_attached_next_time(
    village: Village, open_place: OpenPlace, ben: Discussions, tmp_path: Path
) -> None:
    topic = ben.start_topic(COMMUNITY, NewTopic("Buses", "Which way?")).id
    post = ben.reply(topic, "The way we walked").id
    path = tmp_path / "bus route.txt"
    path.write_text("first left")
    place = open_place(village.ben)
    place.tools.files.staging.add(f"posted:{post.hex()}", (path,))
    place.close()
    assert names_of_files(village.ben, topic) == []
    second = open_place(village.ben)
    second.settle()
    second.close()
    open_place(village.ben).settle()
    assert names_of_files(village.ben, topic) == ["bus route.txt"]


def names_of_files(replica: Replica, topic: bytes) -> list[str]:
    return [file.name for file in Discussions(replica).thread(topic).posts[0].attachments]
