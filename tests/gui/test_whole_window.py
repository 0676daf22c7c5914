"""The whole program: window, store thread, sync thread, against a server on loopback."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cop_desktop.app import Program, run_window
from cop_desktop.services.discussions import NewTopic
from cop_desktop.services.library import NewItem
from tests.support.two_windows import Town, founded_town, page_of, replies_of, topics_of, write

ROOT = Path(__file__).resolve().parents[2]
ALL_WELL = "Everything sent and received"
PATIENCE_MS = 30_000
AT_ONCE_MS = 2_000

PROGRAM = """
import sys, threading
from pathlib import Path
from PySide6.QtCore import QTimer
from cop_desktop.app import run_window
from cop_desktop.services.discussions import NewTopic
from cop_desktop.ui.widgets.notice_bar import NoticeBar

def guest(desk):
    def close():
        desk.window.close()
    def write_and_close():
        space = desk.services.communities.mine()[0].id
        for number in range(20):
            new = NewTopic(f"Topic {{number}}")
            work = lambda new=new: desk.services.discussions.start_topic(space, new).changed
            desk.jobs.run(work, desk.hub.post_change)
        close()
    def tell_and_close():
        for bar in desk.window.findChildren(NoticeBar):
            print(bar.notice.words)
        close()
    QTimer.singleShot(0, desk.window, {deed})

code = run_window(Path(sys.argv[1]), guest)
others = [each.name for each in threading.enumerate() if each is not threading.main_thread()]
print(f"ended with {{code}}; still running: {{others}}")
sys.exit(code)
"""


@pytest.fixture
def town(qapp: QApplication, tmp_path: Path) -> Iterator[Town]:
    with founded_town(qapp, tmp_path) as made:
        yield made


def wait_until_well(program: Program, qtbot: QtBot) -> None:
    words = program.window.sentence
    qtbot.waitUntil(lambda: words.words.startswith(ALL_WELL), timeout=PATIENCE_MS)


def has_sent(program: Program) -> bool:
    return program.desk.services.sync_status.standing().waiting == 0


def run_program(folder: Path, deed: str) -> subprocess.CompletedProcess[str]:
    """The program as a process of its own, which does something once its window is shown."""
    command = [sys.executable, "-c", PROGRAM.format(deed=deed), str(folder)]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=90)


def open_pair(town: Town, qtbot: QtBot) -> tuple[Program, Program]:
    pair = town.open(town.joined("Anna")), town.open(town.joined("Ben"))
    for program in pair:
        qtbot.waitUntil(lambda p=program: p.places.community is not None, timeout=PATIENCE_MS)
        wait_until_well(program, qtbot)
    return pair


def test_what_one_member_posts_appears_in_the_open_window_of_another(
    town: Town, qtbot: QtBot
) -> None:
    anna, ben = open_pair(town, qtbot)
    discussions = anna.desk.services.discussions
    write(anna, discussions.start_topic, town.community, NewTopic("Wet season roads"))
    qtbot.waitUntil(lambda: anna.jobs.pending == 0 and has_sent(anna), timeout=PATIENCE_MS)
    pushed_s = time.monotonic()
    qtbot.waitUntil(lambda: topics_of(ben) == ["Wet season roads"], timeout=AT_ONCE_MS)
    topic = discussions.topics(town.community)[0].id
    page_of(ben).open_topic(topic)
    qtbot.waitUntil(page_of(ben).topic_pane.is_showing, timeout=PATIENCE_MS)
    print(f"\na topic was shown {time.monotonic() - pushed_s:.2f} s after it was pushed")
    write(anna, discussions.reply, topic, "The crossing is open again.")
    qtbot.waitUntil(lambda: anna.jobs.pending == 0 and has_sent(anna), timeout=PATIENCE_MS)
    pushed_s = time.monotonic()
    qtbot.waitUntil(lambda: replies_of(ben) == ["The crossing is open again."], timeout=AT_ONCE_MS)
    print(f"a reply was shown {time.monotonic() - pushed_s:.2f} s after it was pushed")
    wait_until_well(anna, qtbot)
    wait_until_well(ben, qtbot)


def test_what_is_written_offline_waits_in_words_and_goes_when_the_server_is_back(
    town: Town, qtbot: QtBot
) -> None:
    anna, ben = open_pair(town, qtbot)
    town.stop_server()
    topic = NewTopic("Written without a connection")
    write(anna, anna.desk.services.discussions.start_topic, town.community, topic)
    sentence = anna.window.sentence
    waits = "1 thing waiting to go, safe on this computer"
    qtbot.waitUntil(lambda: sentence.words.startswith(waits), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: topics_of(anna) == [topic.title], timeout=PATIENCE_MS)
    anna.window.sync_wanted.emit()
    qtbot.waitUntil(lambda: "server" in sentence.words, timeout=PATIENCE_MS)
    assert sentence.words.startswith(waits)
    town.start_server()
    anna.window.sync_wanted.emit()
    wait_until_well(anna, qtbot)
    ben.window.sync_wanted.emit()
    qtbot.waitUntil(lambda: topics_of(ben) == topics_of(anna), timeout=PATIENCE_MS)


def test_a_file_is_called_sent_only_when_all_of_it_went(
    town: Town, qtbot: QtBot, tmp_path: Path
) -> None:
    anna = town.open(town.joined("Anna"))
    qtbot.waitUntil(lambda: anna.places.community is not None, timeout=PATIENCE_MS)
    wait_until_well(anna, qtbot)
    said: list[str] = []
    anna.hub.status_changed.connect(lambda _report: said.append(anna.window.sentence.words))
    route = tmp_path / "route.txt"
    route.write_text("".join(f"Stop {number} of the bus route.\n" for number in range(20_000)))
    library = anna.desk.services.library
    item = library.add_item(town.community, NewItem("Bus route"))
    write(anna, library.attach, item.id, route)
    qtbot.waitUntil(lambda: any("of files" in words for words in said), timeout=PATIENCE_MS)
    wait_until_well(anna, qtbot)
    assert anna.desk.services.sync_status.standing().up_bytes == 0


def test_closing_the_window_ends_the_program_and_every_thread(town: Town, qtbot: QtBot) -> None:
    folder = town.joined("Anna")
    ended = run_program(folder, "close")
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout == "ended with 0; still running: []\n"
    assert "Traceback" not in ended.stderr
    again = town.open(folder)  # the replica was let go
    wait_until_well(again, qtbot)


def test_closing_finishes_what_was_still_being_written(town: Town, qtbot: QtBot) -> None:
    folder = town.joined("Anna")
    wait_until_well(town.open(folder), qtbot)
    town.end_programs()
    ended = run_program(folder, "write_and_close")
    assert ended.returncode == 0, ended.stderr
    assert "Traceback" not in ended.stderr
    again = town.open(folder)
    assert len(again.desk.services.discussions.topics(town.community)) == 20


def test_a_damaged_replica_is_put_together_again_and_the_person_is_told(
    town: Town, qtbot: QtBot
) -> None:
    folder = town.joined("Anna")
    wait_until_well(town.open(folder), qtbot)
    town.end_programs()
    database = folder / "replica.sqlite"
    database.write_bytes(b"scratched" * 1000 + database.read_bytes()[9000:])
    ended = run_program(folder, "tell_and_close")
    assert ended.returncode == 0, ended.stderr
    assert "was damaged and has been put together again" in ended.stdout
    assert list(folder.glob("damaged-*/replica.sqlite"))


def test_without_a_screen_the_program_says_so(tmp_path: Path) -> None:
    without = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "cop_desktop", "--data", str(tmp_path / "replica")]
    ended = subprocess.run(
        command, check=False, capture_output=True, text=True, timeout=90, env=without
    )
    assert ended.returncode == 1
    assert "There is no screen here" in ended.stderr
    assert not (tmp_path / "replica").exists()


def test_a_second_start_brings_the_first_window_to_the_front(town: Town, qtbot: QtBot) -> None:
    folder = town.joined("Anna")
    first = town.open(folder)
    first.window.showMinimized()
    assert first.window.isMinimized()
    with qtbot.waitSignal(first._single.raise_wanted):
        assert run_window(folder) == 0
    assert not first.window.isMinimized()
    assert first.window.isVisible()


def test_enter_in_the_search_box_shows_results_from_anywhere(town: Town, qtbot: QtBot) -> None:
    anna = town.open(town.joined("Anna"))
    qtbot.waitUntil(lambda: anna.places.community is not None, timeout=PATIENCE_MS)
    topic = NewTopic("Wet season roads")
    write(anna, anna.desk.services.discussions.start_topic, town.community, topic)
    box = anna.window.search
    box.setText("season")
    box.returnPressed.emit()
    assert anna.window.current_place == "search"
    page = anna.window.page("search")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1, timeout=PATIENCE_MS)  # type: ignore[attr-defined]
    page.open.click()  # type: ignore[attr-defined]
    qtbot.waitUntil(page_of(anna).topic_pane.is_showing, timeout=PATIENCE_MS)
    assert anna.window.current_place == "discussions"
