"""The tour: what a person would do in the first minutes, done in the real window, step by step.

Goes offline, writes, meets what somebody else wrote meanwhile, sends and receives; prints what
happened and leaves a picture of every step.
"""

import time
from collections.abc import Callable, Generator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer

from cop_desktop.demo.stage import Stage
from cop_desktop.sync_report import SyncReport
from cop_desktop.ui.discussions.page import DiscussionsPage
from cop_desktop.wiring.desk import Desk
from sync.catalogue.meetings import TIME_ZONE
from sync.core.ids import Id

_EVERY_MS: Final = 100
_SETTLE_S: Final = 0.6
_LONGEST_WAIT_S: Final = 60.0
_LOOK_BACK: Final = timedelta(days=40)

Ready: TypeAlias = Callable[[], bool]
Script: TypeAlias = Generator[Ready, None, None]

_LOOKED_FOR: Final = "bore water"
_REPLY: Final = (
    "The dish is off until the storm has passed, so I write this without a connection ({}). "
    "Has anybody else had this at their place?"
)
_MY_NOTE: Final = "Added by Tamsin without a connection ({}): I will bring the bus roster."
_THEIR_NOTE: Final = "Added by Marg, also without a connection ({}): the line is booked."


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
        # With the minute in them, so that a second tour does not take the first one's for its own.
        now = datetime.now(ZoneInfo(TIME_ZONE)).strftime("%A, %H:%M")
        self._reply = _REPLY.format(now)
        self._my_note, self._their_note = _MY_NOTE.format(now), _THEIR_NOTE.format(now)
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
        self._desk.window.show_place("discussions")
        yield from self._look("discussions")
        self._stage.stop_server()
        self._say("went offline: the server is stopped")
        topic = yield from self._write_reply()
        self._both_write_notes()
        before = self._report
        self._stage.start_server()
        self._desk.window.sync_wanted.emit()
        yield self._agreed
        self._say(f"came online and sent: {self._sent_since(before)}")
        yield self._merged
        self._say("merged: the notes have both people's words, on both computers")
        yield lambda: self._answered(topic)
        self._say("received: the second member read the reply and answered it")
        yield from self._look("answered")
        yield from self._see_places()
        yield from self._search()

    def _write_reply(self) -> Generator[Ready, None, Id]:
        page = self._page()
        space = self._desk.services.communities.mine()[0].id
        topic = self._desk.services.discussions.topics(space)[1].id
        page.open_topic(topic)
        yield page.topic_pane.is_showing
        yield from self._look("reading")
        page.topic_pane.reply_box.open()
        composer = page.topic_pane.reply_box.composer
        composer.set_text(self._reply)
        yield from self._pause()
        composer.submit()
        yield self._waits
        self._say("wrote a reply: it is safe on this computer and waits to go")
        yield from self._look("written-offline")
        return topic

    def _both_write_notes(self) -> None:
        meeting = self._last_meeting()
        meetings = self._desk.services.meetings
        base = meetings.meeting(meeting).notes
        saved = meetings.save_notes(meeting, f"{base.text}\n\n{self._my_note}\n", base)
        self._desk.hub.post_change(saved.changed)
        self._stage.second_writes(meeting, self._their_note)
        self._say("edited the same meeting notes on two computers, both offline")

    def _see_places(self) -> Script:
        seen = (self._desk.window.current_place, "search")  # already, and in a moment
        for key in [key for key in self._desk.window.place_keys() if key not in seen]:
            self._desk.window.show_place(key)
            yield from self._look(key)
        self._say("saw every place")

    def _search(self) -> Script:
        self._desk.window.search.setText(_LOOKED_FOR)
        yield from self._look("search")
        self._say(f"searched for “{_LOOKED_FOR}”, in threads, documents and minutes")
        self._desk.window.search.clear()
        self._desk.window.show_place(self._desk.window.place_keys()[0])
        yield from self._pause()

    # What the script uses

    def _agreed(self) -> bool:
        report = self._report
        return report is not None and report.agreed and not report.busy

    def _waits(self) -> bool:
        return self._desk.services.sync_status.standing().waiting > 0

    def _merged(self) -> bool:
        here = self._desk.services.meetings.meeting(self._last_meeting()).notes.text
        there = self._stage.notes_of_second(self._last_meeting())
        return self._my_note in here and self._their_note in here and here == there

    def _answered(self, topic: Id) -> bool:
        posts = self._desk.services.discussions.thread(topic).posts
        mine = {post.id for post in posts if post.body == self._reply}
        return any(post.parent in mine for post in posts)

    def _sent_since(self, before: SyncReport | None) -> str:
        report = self._report
        if before is None or report is None:
            return "nothing"
        return f"{report.up_bytes - before.up_bytes} bytes"

    def _last_meeting(self) -> Id:
        now = datetime.now(UTC)
        space = self._desk.services.communities.mine()[0].id
        rows = self._desk.services.meetings.meetings(space, now - _LOOK_BACK, now)
        held = [row.id for row in rows if row.id is not None]
        if not held:
            raise TourFailed("no meeting was held lately")
        return held[-1]

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
