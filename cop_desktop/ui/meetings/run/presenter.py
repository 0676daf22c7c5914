"""Runs a meeting: lets the clock go, goes through the agenda, keeps where it is."""

from functools import partial
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from cop_desktop.services.meetings import Course, MeetingEdit, MeetingView, begun
from cop_desktop.ui.meetings.doing import Doing
from cop_desktop.ui.meetings.run.standing import Standing, standing_of
from cop_desktop.ui.meetings.run.view import RunView
from cop_desktop.ui.meetings.tools import Id, MeetingsTools
from cop_desktop.ui.widgets.notice_bar import Notice

_TICK_MS: Final = 1_000
_KEPT_EVERY: Final = 20
"""Ticks between two times that the course is kept, besides every change: what a power cut costs."""


class RunPresenter(QObject):
    """One meeting at a time.

    `ended` comes when it was marked as held; `reopened` carries one whose end is undone.
    """

    ended = Signal()
    reopened = Signal(bytes)

    def __init__(self, view: RunView, tools: MeetingsTools) -> None:
        super().__init__(view)
        self._view = view
        self._tools = tools
        self._doing = Doing(tools, self)
        self._meeting: MeetingView | None = None
        self._course: Course | None = None
        self._ticks = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.tick)
        view.card.next_wanted.connect(self.go_on)
        view.card.back_wanted.connect(self.go_back)
        view.card.pause_wanted.connect(self.pause)
        view.item_wanted.connect(self._go_to_key)
        view.end_wanted.connect(self.end)

    @property
    def meeting(self) -> Id | None:
        """The meeting that is run."""
        return self._meeting.id if self._meeting is not None else None

    def start(self, meeting: MeetingView, kept: Course | None) -> None:
        """Begins, or goes on where it was. kept: the course as it was kept last."""
        now = self._tools.times.now()
        self._meeting = meeting
        if kept is None:
            first = meeting.agenda[0].id if meeting.agenda else None
            kept = begun(now, first)
        self._take(kept.resumed(now) if kept.ended else kept.at(now))
        self._timer.start()

    def show_meeting(self, meeting: MeetingView) -> None:
        """The same meeting as it reads now."""
        if self._meeting is None or meeting.id != self._meeting.id:
            return
        self._meeting = meeting
        course = self._course
        if course is not None and course.item is None and not course.total_s and meeting.agenda:
            # The agenda was empty when it began: its first item is what is on.
            self._take(course.on(meeting.agenda[0].id, self._tools.times.now()))
        self._show()

    def leave(self) -> None:
        """Shows it no more; the clock goes on in what is kept."""
        self._timer.stop()
        if self._course is not None:
            self._take(self._course.at(self._tools.times.now()))
        self._meeting = self._course = None

    def tick(self) -> None:
        """Every second."""
        if self._course is None:
            return
        before = self._course
        self._course = before.at(self._tools.times.now())
        self._ticks += 1
        if self._ticks % _KEPT_EVERY == 0 or before.ticking != self._course.ticking:
            self._keep()
        self._show()

    def go_on(self) -> None:
        """To the next item; after the last, to none."""
        standing = self._standing()
        if standing is None:
            return
        if standing.now is not None:
            following = standing.next
            self._go_to(following.item.id if following else None)
        elif standing.items and not standing.is_done:
            self._go_to(standing.items[0].item.id)

    def go_back(self) -> None:
        """To the item before."""
        standing = self._standing()
        if standing is None or not standing.items:
            return
        place = standing.items.index(standing.now) if standing.now else len(standing.items)
        if place > 0:
            self._go_to(standing.items[place - 1].item.id)

    def pause(self) -> None:
        """Stops the clock, or lets it go on."""
        if self._course is not None:
            now = self._tools.times.now()
            ticking = self._course.ticking
            self._take(self._course.paused(now) if ticking else self._course.resumed(now))

    def end(self) -> None:
        """Marks the meeting as held; can be undone."""
        if self._meeting is None or self._course is None:
            return
        meeting = self._meeting
        self._take(self._course.closed(self._tools.times.now()))
        undo = partial(self._reopen, meeting.id, meeting.status)
        words = self.tr("The meeting is marked as held.")
        self._set_status(meeting.id, "held", Notice(words, "good", self.tr("&Undo"), undo))
        self.ended.emit()

    def _reopen(self, meeting: Id, status: str) -> None:
        self._set_status(meeting, status, None)
        self.reopened.emit(meeting)

    def _set_status(self, meeting: Id, status: str, told: Notice | None) -> None:
        edit = MeetingEdit(status=status)
        self._doing.do(partial(self._tools.meetings.edit_meeting, meeting, edit), told)

    def _go_to_key(self, key: str) -> None:
        self._go_to(bytes.fromhex(key))

    def _go_to(self, item: Id | None) -> None:
        if self._course is not None:
            self._take(self._course.on(item, self._tools.times.now()))

    def _take(self, course: Course) -> None:
        self._course = course
        self._keep()
        self._show()

    def _keep(self) -> None:
        if self._meeting is not None and self._course is not None:
            work = partial(self._tools.running.keep, self._meeting.id, self._course)
            self._tools.jobs.run(work, self._on_kept, self._doing.tell)

    def _on_kept(self, _nothing: Any) -> None:
        """Nobody else has to know."""

    def _standing(self) -> Standing | None:
        if self._meeting is None or self._course is None:
            return None
        return standing_of(self._meeting, self._course)

    def _show(self) -> None:
        standing = self._standing()
        if standing is not None and self._meeting is not None:
            self._view.show_standing(self._meeting, standing)
