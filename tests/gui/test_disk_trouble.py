"""A disk that is full, damaged or may not be written, as the window shows it."""

import random
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cop_desktop.app import Program
from cop_desktop.services.discussions import NewTopic
from cop_desktop.store import Replica, room
from cop_desktop.store.errors import ReplicaInUse
from cop_desktop.store.layout import Layout
from cop_desktop.ui.messages import Messages
from cop_desktop.ui.widgets.composer.composer import Composer
from cop_desktop.wiring import caretaking, opening, waiting
from cop_desktop.wiring.waiting import waited_for
from sync.core.ids import Id
from tests.support.disks import MIB, Filler, small_disk, write_protected
from tests.support.replicas import COMMUNITY, enrolled, opened
from tests.support.two_windows import Town, end, founded_town, page_of, write

PATIENCE_MS = 30_000
ALL_WELL = "Everything sent and received"
NEARLY_FULL = "The disk of this computer is nearly full"
FULL = "The disk of this computer is full"


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A small disk, small bounds, and a caretaker who looks all the time."""
    monkeypatch.setattr(room, "RECEIVING_BYTES", 12 * MIB)
    monkeypatch.setattr(room, "RESERVE_BYTES", 4 * MIB)
    monkeypatch.setattr(room, "WRITING_BYTES", MIB)
    monkeypatch.setattr(caretaking, "FIRST_MS", 50)
    monkeypatch.setattr(caretaking, "EVERY_MS", 50)
    with small_disk(tmp_path / "disk", 60 * MIB) as folder:
        yield folder


@pytest.fixture
def town(qapp: QApplication, disk: Path) -> Iterator[Town]:
    with founded_town(qapp, disk) as made:
        yield made


def notices_of(program: Program) -> list[str]:
    return [bar.notice.words for bar in program.window.notices.bars()]


def begun(anna: Program, town: Town, qtbot: QtBot) -> Id:
    """The topic that Anna starts, once there is a reserve."""
    qtbot.waitUntil(Layout(anna.desk.folder).reserve.exists, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: anna.places.community is not None, timeout=PATIENCE_MS)
    discussions = anna.desk.services.discussions
    write(anna, discussions.start_topic, town.community, NewTopic("Wet season roads"))
    qtbot.waitUntil(lambda: len(discussions.topics(town.community)) == 1, timeout=PATIENCE_MS)
    return discussions.topics(town.community)[0].id


def composer_of(program: Program) -> Composer:
    pane = page_of(program).topic_pane
    [found] = [each for each in pane.findChildren(Composer) if not each.editor.isReadOnly()]
    return found


def test_a_disk_that_runs_full_stops_receiving_and_then_takes_the_reserve(
    town: Town, disk: Path, qtbot: QtBot
) -> None:
    anna, filler = town.open(town.joined("Anna")), Filler(disk)
    topic = begun(anna, town, qtbot)
    filler.leave(6 * MIB)
    qtbot.waitUntil(lambda: [n[:40] for n in notices_of(anna)] == [NEARLY_FULL], timeout=5_000)
    discussions, sentence = anna.desk.services.discussions, anna.window.sentence
    write(anna, discussions.reply, topic, "Saved and sent all the same.")
    qtbot.waitUntil(lambda: sentence.words.startswith(NEARLY_FULL), timeout=PATIENCE_MS)
    standing = anna.desk.services.sync_status.standing
    qtbot.waitUntil(lambda: standing().waiting == 0, timeout=PATIENCE_MS)
    filler.leave(0)
    write(anna, discussions.reply, topic, "Saved where the reserve was.")
    qtbot.waitUntil(lambda: notices_of(anna)[-1].startswith(FULL), timeout=PATIENCE_MS)
    assert len(notices_of(anna)) == 1, "what is no longer so is not said any more"
    qtbot.waitUntil(lambda: len(discussions.thread(topic).posts) == 2, timeout=PATIENCE_MS)
    filler.leave_all()
    qtbot.waitUntil(lambda: sentence.words.startswith(ALL_WELL), timeout=PATIENCE_MS)
    qtbot.waitUntil(Layout(anna.desk.folder).reserve.exists, timeout=PATIENCE_MS)


def test_what_is_typed_stays_in_its_box_while_not_even_the_reserve_is_left(
    town: Town, disk: Path, qtbot: QtBot
) -> None:
    anna, filler = town.open(town.joined("Anna")), Filler(disk)
    topic = begun(anna, town, qtbot)
    page_of(anna).open_topic(topic)
    qtbot.waitUntil(page_of(anna).topic_pane.is_showing, timeout=PATIENCE_MS)
    composer, discussions = composer_of(anna), anna.desk.services.discussions
    anna.replica._database.checkpoint()
    filler.leave(0)
    anna.replica.reserve.give_up()
    filler.leave(0)
    text = " ".join(f"{random.getrandbits(64):x}" for _ in range(900))
    composer.set_text(text)
    composer.submit()
    qtbot.waitUntil(lambda: FULL in composer._status.text(), timeout=PATIENCE_MS)
    assert composer.text() == text
    assert discussions.thread(topic).posts == ()
    filler.leave_all()
    composer.submit()
    qtbot.waitUntil(composer.is_empty, timeout=PATIENCE_MS)
    assert [post.body for post in discussions.thread(topic).posts] == [text.strip()]


def shown(qapp: QApplication, start: opening.Start, folder: Path) -> Program:
    program = Program(qapp, start.replica, folder)
    program.window.show()
    program.tell(start)
    return program


def test_a_folder_that_may_not_be_written_opens_for_reading_and_says_so(
    qapp: QApplication, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "anna"
    with enrolled(folder) as replica, replica.write() as action:
        action.create("topic", COMMUNITY, {"title": "Wet season roads"})
    with write_protected(folder):
        start = waited_for(lambda: opening.opened(folder))
        assert start.trouble is not None
        program = shown(qapp, start, folder)
        program.start()
        try:
            sentence = program.window.sentence
            wanted = "The folder with your community may not be written to ·"
            qtbot.waitUntil(lambda: sentence.words.startswith(wanted), timeout=PATIENCE_MS)
            assert "You can read everything" in notices_of(program)[0]
        finally:
            end(program)


def test_a_damaged_replica_says_whether_anything_was_lost(tmp_path: Path) -> None:
    with enrolled(tmp_path / "anna") as replica:
        page = replica._database.driver(replica._database._writer).execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'topic'"
        )
        at = (page.fetchone()[0] - 1) * 4096
    path = Layout(tmp_path / "anna").database
    for spoiled, words in ((at, "Nothing of it is lost"), (0, "as far as it could be read")):
        with path.open("r+b") as file:
            file.seek(spoiled)
            file.write(b"\xff" * 100)
        Layout(tmp_path / "anna").open_marker.touch()
        start = opening.opened(tmp_path / "anna")
        start.replica.close()
        [notice] = opening.notices(start, Messages())
        assert words in notice.words
        assert notice.shown_ms == 0


def test_a_replica_that_a_command_has_open_for_a_moment_is_waited_for(
    qapp: QApplication, tmp_path: Path
) -> None:
    busy = opened(tmp_path)
    with pytest.raises(ReplicaInUse):
        waited_for(lambda: opening.opened(tmp_path))
    tries: list[float] = []

    def close_at_the_second(_seconds: float) -> None:
        tries.append(_seconds)
        busy.close()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening.time, "sleep", close_at_the_second)
        start = opening.opened(tmp_path, patience_s=60)
    assert isinstance(start.replica, Replica)
    assert len(tries) == 1
    start.replica.close()


def test_waiting_long_is_explained(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    shown_once = threading.Event()

    class Seen(waiting.PleaseWait):
        def show(self) -> None:
            super().show()
            shown_once.set()

    monkeypatch.setattr(waiting, "PATIENCE_MS", 1)
    monkeypatch.setattr(waiting, "PleaseWait", Seen)
    assert waited_for(partial(shown_once.wait, 20))
    assert not any(each.isVisible() for each in qapp.topLevelWidgets() if isinstance(each, Seen))
