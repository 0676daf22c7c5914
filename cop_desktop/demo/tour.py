"""The tour: what a person would do in the first minutes, done in the real window, step by step.

Goes offline, writes, meets what somebody else wrote meanwhile, sends and receives; prints what
happened and leaves a picture of every step.
"""

import time
from collections.abc import Callable, Generator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, TypeAlias

from PySide6.QtCore import QObject, QTimer

from cop_desktop.background import SyncReport
from cop_desktop.demo.stage import Stage
from cop_desktop.ui.discussions.page import DiscussionsPage
from cop_desktop.wiring.desk import Desk
from sync.core.ids import Id

_EVERY_MS: Final = 100
_SETTLE_S: Final = 0.6
_LONGEST_WAIT_S: Final = 60.0
_LOOK_BACK: Final = timedelta(days=40)

Ready: TypeAlias = Callable[[], bool]
Script: TypeAlias = Generator[Ready, None, None]

MINE: Final = "Our road is closed until the river drops, so I am writing this without a connection."
THEIRS: Final = "Written on another laptop at the same time, also without a connection."


class TourFailed(Exception):
    """A step did not come about in time."""


class Tour(QObject):
    """Walks through the window once. exit_code: 0 if every step came about."""

    def __init__(self, stage: Stage, folder: Path) -> None:
        """folder: for the pictures."""
        super().__init__()
        self.exit_code = 1
        self._stage = stage
        self._folder = folder
        self._shots = 0
        self._report: SyncReport | None = None
        self._ready: Ready = _at_once
        self._since_s = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self._go_on)

    def begin(self, desk: Desk) -> None:
        """Start walking, now that the window is shown."""
        self._desk = desk
        desk.hub.status_changed.connect(self._hear)
        self._script = self._steps()
        self._timer.start()

    def _go_on(self) -> None:
        try:
            if self._ready():
                self._ready = next(self._script)
                self._since_s = time.monotonic()
            elif time.monotonic() - self._since_s > _LONGEST_WAIT_S:
                self._fail()
        except StopIteration:
            self.exit_code = 0
            self._end()
        except Exception:
            self._end()
            raise

    def _fail(self) -> None:
        self._say("a step did not come about in time")
        self._end()

    def _end(self) -> None:
        self._timer.stop()
        self._desk.window.close()

    def _hear(self, report: SyncReport) -> None:
        self._report = report

    # The script

    def _steps(self) -> Script:
        yield self._agreed
        self._say("opened the window: everything is received, both sides agree")
        yield from self._look("discussions")
        topic = yield from self._write_offline()
        yield from self._both_write_notes()
        yield from self._come_together(topic)
        yield from self._see_places()

    def _write_offline(self) -> Generator[Ready, None, Id]:
        self._stage.stop_server()
        self._say("went offline: the server is stopped")
        page = self._page()
        space = self._desk.services.communities.mine()[0].id
        topic = self._desk.services.discussions.topics(space)[1].id
        page.open_topic(topic)
        yield page.topic_pane.is_showing
        yield from self._look("reading")
        page.topic_pane.reply_box.open()
        composer = page.topic_pane.reply_box.composer
        composer.set_text(MINE)
        yield from self._pause()
        composer.submit()
        yield self._waits
        self._say("wrote a reply: it is safe on this computer and waits")
        yield from self._look("written-offline")
        return topic

    def _both_write_notes(self) -> Script:
        meeting = self._last_meeting()
        meetings = self._desk.services.meetings
        base = meetings.meeting(meeting).notes
        saved = meetings.save_notes(meeting, f"{base.text}\n\n{MINE}\n", base)
        self._desk.hub.post_change(saved.changed)
        self._stage.second_writes(meeting, THEIRS)
        self._say("edited the same meeting notes on two computers, both offline")
        yield _at_once

    def _come_together(self, topic: Id) -> Script:
        self._stage.start_server()
        self._desk.window.sync_wanted.emit()
        yield self._agreed
        self._say("came online: sent what waited")
        yield self._merged
        self._say("merged: the notes have both people's words")
        yield lambda: self._answered(topic)
        self._say("received: the second member answered")
        yield from self._look("answered")

    def _see_places(self) -> Script:
        self._desk.window.search.setText("bore water")
        yield from self._look("search")
        for key in self._desk.window.place_keys():
            self._desk.window.show_place(key)
            yield from self._look(key)
        self._say("saw every place")

    # What the script uses

    def _agreed(self) -> bool:
        report = self._report
        return report is not None and report.agreed and not report.busy

    def _waits(self) -> bool:
        return self._desk.services.sync_status.standing().waiting > 0

    def _merged(self) -> bool:
        text = self._desk.services.meetings.meeting(self._last_meeting()).notes.text
        return MINE in text and THEIRS in text

    def _answered(self, topic: Id) -> bool:
        posts = self._desk.services.discussions.thread(topic).posts
        mine = [post for post in posts if post.body == MINE]
        return any(post.parent == mine[0].id for post in posts) if mine else False

    def _last_meeting(self) -> Id:
        now = datetime.now(UTC)
        space = self._desk.services.communities.mine()[0].id
        rows = self._desk.services.meetings.meetings(space, now - _LOOK_BACK, now)
        return next(row.id for row in reversed(rows) if row.id is not None)

    def _page(self) -> DiscussionsPage:
        page = self._desk.window.page("discussions")
        if not isinstance(page, DiscussionsPage):
            raise TourFailed("the discussions are somewhere else")
        return page

    def _look(self, name: str) -> Script:
        yield from self._pause()
        self._shots += 1
        file = self._folder / f"{self._shots:02}-{name}.png"
        self._desk.window.grab().save(str(file))

    def _pause(self) -> Script:
        until_s = time.monotonic() + _SETTLE_S
        yield lambda: time.monotonic() > until_s and self._desk.jobs.pending == 0

    def _say(self, words: str) -> None:
        print(f"- {words}", flush=True)


def _at_once() -> bool:
    return True
