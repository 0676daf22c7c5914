"""A community of many years: 1,500 topics, one of 2,000 replies, and a window without stalls."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cop_desktop.app import Program
from cop_desktop.store import Changed, Replica
from cop_desktop.wiring.application import application
from cop_desktop.wiring.places import DISCUSSIONS
from sync.core.ids import Id
from tests.support.discussion_place import turn
from tests.support.replicas import COMMUNITY, ManualClock, opened
from tests.support.stall_meter import StallMeter
from tests.support.two_windows import end, page_of, replies_of
from tests.support.village import founded

pytestmark = pytest.mark.slow

TOPICS, REPLIES, LONGEST_THREAD, BATCH = 1_500, 8_000, 2_000, 100
WORDS = (
    "attendance",
    "wet season",
    "bus route with Elders",
    "breakfast costs",
    "housing for teachers",
    "two-way science",
)
PATIENCE_MS = 60_000
SHOWING = "showing the window for the first time"


def fill(replica: Replica) -> Id:
    """Many topics with a few replies each, and one with many, which is returned."""
    topics: list[Id] = []
    for start in range(0, TOPICS, BATCH):
        with replica.write() as action:
            for number in range(start, start + BATCH):
                title = f"{number}: {WORDS[number % len(WORDS)]}"
                body = f"What do you do about **{title}**? " * 6
                topics.append(action.create("topic", COMMUNITY, {"title": title, "body": body}))
    longest = topics[-1]
    for start in range(0, REPLIES, BATCH):
        with replica.write() as action:
            for number in range(start, start + BATCH):
                topic = longest if number < LONGEST_THREAD else topics[number % TOPICS]
                body = f"Reply {number}: we tried the {WORDS[number % len(WORDS)]} thing.\n\n" * 3
                action.create("post", COMMUNITY, {"topic": topic, "body": body})
    return longest


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Id]:
    """The folder of Anna's replica, which received all that Ben wrote; its longest topic."""
    folder = tmp_path_factory.mktemp("big")
    with founded(folder) as village:
        assert village.anna.account is not None  # hers is the first folder
        longest = fill(village.ben)
        village.server.exchange(village.ben, village.anna)
    return folder / "1", longest


@pytest.fixture
def program(qapp: QApplication, big: tuple[Path, Id]) -> Iterator[Program]:
    """The program on the big replica, not shown yet and without a server."""
    made = Program(application(), opened(big[0], ManualClock(seed=99, step_ms=1)), big[0])
    yield made
    end(made)


class Walk:
    """What a person does, with the longest stall of every step."""

    def __init__(self, program: Program, qtbot: QtBot) -> None:
        self.stalls: dict[str, float] = {}
        self.busy: dict[str, float] = {}
        self._program = program
        self._qtbot = qtbot

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Measures what is done within, until nothing is left to do."""
        with StallMeter() as meter:
            yield
            self.wait_for(lambda: self._program.jobs.pending == 0)
            turn()
        self.stalls[name], self.busy[name] = meter.longest_ms, meter.busiest_ms
        print(f"{name}: {meter.longest_ms:.0f} ms, of them busy {meter.busiest_ms:.0f} ms")

    def wait_for(self, condition: Callable[[], bool]) -> None:
        """Lets the window live until then."""
        self._qtbot.waitUntil(condition, timeout=PATIENCE_MS)


def test_a_big_community_opens_scrolls_searches_and_reads_and_prints_stalls(
    program: Program, big: tuple[Path, Id], qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    walk, window = Walk(program, qtbot), program.window
    with capsys.disabled():
        print()
        with walk.step(SHOWING):
            window.show_place(DISCUSSIONS)
            window.show()
            walk.wait_for(lambda: page_of(program).model.rowCount() > 0)
        topics = page_of(program).topics.list
        with walk.step("scrolling the list"):
            for _ in range(30):
                qtbot.keyClick(topics, Qt.Key.Key_PageDown)
                turn()
        with walk.step("going to the end of the list"):
            while page_of(program).model.rowCount() < TOPICS:
                before = page_of(program).model.rowCount()
                qtbot.keyClick(topics, Qt.Key.Key_End)
                walk.wait_for(lambda rows=before: page_of(program).model.rowCount() > rows)
        with walk.step("opening a thread of 2,000 replies"):
            page_of(program).open_topic(big[1])
            walk.wait_for(lambda: len(page_of(program).topic_pane.posts.order()) > LONGEST_THREAD)
            walk.wait_for(page_of(program).topic_pane.posts.is_complete)
        with walk.step("scrolling the thread"):
            bar = page_of(program).topic_pane.posts.verticalScrollBar()
            for tenth in range(11):
                bar.setValue(bar.maximum() * tenth // 10)
                turn()
        with walk.step("searching as one types"):
            window.open_search()
            for letter in "breakfast costs":
                qtbot.keyClicks(window.search, letter)
            walk.wait_for(lambda: window.current_place == "search")
            walk.wait_for(lambda: window.page("search").model.rowCount() > 0)
        with walk.step("reading what a sync brought"):
            program.hub.post_change(Changed.of([COMMUNITY], ("topic", "post")))
            window.show_place(DISCUSSIONS)
    assert page_of(program).model.rowCount() == TOPICS
    assert len(replies_of(program)) >= LONGEST_THREAD
    assert all(found > 0 for found in walk.stalls.values())  # the meter ran; how long is for people
