"""Fills home, goes where people choose, does on the spot what can be done there."""

from functools import partial

from PySide6.QtCore import QTimer

from cop_desktop.services.home import (
    FirstStep,
    NewsLine,
    Overview,
    ThreadNews,
    Waiting,
    WaitingSort,
)
from cop_desktop.services.whereabouts import Destination
from cop_desktop.ui.home.doing import Doing
from cop_desktop.ui.home.dwelling import Dwelling
from cop_desktop.ui.home.page import HomePage, Told
from cop_desktop.ui.home.tools import CATCH_UP, TEN_MINUTES, HomeTools
from cop_desktop.ui.home.words import DONE, NO_ANSWER, READ
from cop_desktop.ui.records.dialogs import RecordTools, show_versions
from cop_desktop.ui.records.presenting import Presenting
from cop_desktop.ui.widgets.notice_bar import Notice

_SETTLE_MS = 400
"""A sync brings change after change: home is read once for all of them."""


class HomePresenter(Presenting):
    """Reads again while home is shown and something changes."""

    def __init__(self, page: HomePage, tools: HomeTools) -> None:
        super().__init__(page, tools)
        self._page, self._tools = page, tools
        self._overview: Overview | None = None
        self._two_versions: tuple[Waiting, ...] | None = None
        self._doing = Doing(page, tools)
        self.dwelling = Dwelling(self)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._read)
        self._connect()

    def _connect(self) -> None:
        page, tools = self._page, self._tools
        page.shown.connect(self._arrive)
        page.attended.connect(self._arrive)
        page.left.connect(self._leave)
        page.opened.connect(self._open)
        page.acted.connect(self._act)
        page.all_seen_wanted.connect(self._see_all)
        page.catch_up_wanted.connect(partial(tools.show_place, CATCH_UP))
        page.start_wanted.connect(tools.start_topic)
        page.ten_minutes.wanted.connect(partial(tools.show_place, TEN_MINUTES))
        page.meeting.wanted.connect(self._open_meeting)
        page.steps.step_wanted.connect(self._begin_step)
        page.steps.hide_wanted.connect(self._hide_steps)
        self.dwelling.looked_at.connect(self._note_seen)
        tools.hub.changed.connect(self._on_change)
        tools.hub.status_changed.connect(self._on_status)

    # Reading

    def _arrive(self) -> None:
        self._tools.jobs.run(self._tools.home.arrive, self._on_arrived, self._on_cannot_note)

    def _on_arrived(self, _nothing: None) -> None:
        self._read()

    def _on_cannot_note(self, error: Exception) -> None:
        self._say_trouble(error)
        self._read()  # what is here can be read even so

    def _read(self) -> None:
        home, jobs = self._tools.home, self._tools.jobs
        jobs.run(home.overview, self._on_read, self._say_trouble, "home.read")
        jobs.run(home.two_versions, self._on_two_versions, self._say_trouble, "home.versions")

    def _on_read(self, overview: Overview) -> None:
        self._overview = overview
        self._show()
        if self._page.isVisible() and self._page.isActiveWindow():
            self.dwelling.attend()

    def _on_two_versions(self, found: tuple[Waiting, ...]) -> None:
        if found != self._two_versions:
            self._two_versions = found
            self._show()

    def _show(self) -> None:
        if self._overview is not None:
            self._page.show_told(Told(self._overview, self._two_versions))

    def _on_change(self, _changed: object) -> None:
        if self._page.isVisible():
            self._settle.start()

    def _on_status(self, _status: object) -> None:
        overview = self._overview
        if overview is not None and (overview.coming or overview.empty):
            self._on_change(None)

    # Having seen it

    def _leave(self) -> None:
        self._settle.stop()  # also because the program ends: then nobody reads any more
        self.dwelling.leave()
        if self.dwelling.was_looked_at:
            self._note_seen()

    def _note_seen(self) -> None:
        if self._overview is not None:
            work = partial(self._tools.home.note_seen, self._overview.mark)
            self._tools.jobs.run(work, self._on_noted, self._say_trouble, "home.seen")

    def _on_noted(self, _nothing: None) -> None:
        """Nothing of it is shown."""

    def _see_all(self) -> None:
        if self._overview is not None:
            work = partial(self._tools.home.start_from, self._overview.mark)
            self._tools.jobs.run(work, self._on_all_seen, self._say_trouble)

    def _on_all_seen(self, before: str) -> None:
        words = self.tr("News counts from now on. What you have not read stays unread.")
        undo = partial(self._start_from_again, before)
        self._tools.show_notice(Notice(words, "good", self.tr("&Undo"), undo))
        self._read()

    def _start_from_again(self, before: str) -> None:
        work = partial(self._tools.home.start_from, before)
        self._tools.jobs.run(work, self._on_started_again, self._say_trouble)

    def _on_started_again(self, _mark: str) -> None:
        self._read()

    # Going and doing

    def _open(self, goal: object) -> None:
        if isinstance(goal, Waiting):
            self._open_waiting(goal)
        elif isinstance(goal, ThreadNews):
            self._go(
                Destination(
                    "post" if goal.first else "topic",
                    goal.first or goal.topic,
                    "topic",
                    goal.topic,
                    goal.title,
                    goal.community,
                )
            )
        elif isinstance(goal, NewsLine):
            self._go(
                Destination(
                    goal.open_kind,
                    goal.open_id,
                    goal.open_kind,
                    goal.open_id,
                    goal.title,
                    goal.community,
                )
            )

    def _open_waiting(self, each: Waiting) -> None:
        if each.sort is WaitingSort.REFUSED:
            self._tools.show_place("sync")
        elif each.sort is WaitingSort.TWO_VERSIONS:
            tools = RecordTools.of(self._tools, self._tools.discussions)
            show_versions(self._page.window(), tools, each.record)
        else:
            kind = "post" if each.record != each.open_id else each.open_kind
            self._go(
                Destination(
                    kind,
                    each.record,
                    each.open_kind,
                    each.open_id,
                    each.title,
                    each.community,
                )
            )

    def _go(self, where: Destination) -> None:
        self._tools.open_record(where)

    def _open_meeting(self) -> None:
        meeting = None if self._overview is None else self._overview.meeting
        if meeting is None or meeting.row.id is None:
            self._tools.show_place("meetings")
            return
        record = meeting.row.id
        self._go(
            Destination(
                "meeting",
                record,
                "meeting",
                record,
                meeting.row.title,
                meeting.community,
            )
        )

    def _begin_step(self, step: FirstStep) -> None:
        if step is FirstStep.PROFILE:
            me = self._tools.me()
            self._go(Destination("member", me, "member", me, "", None))
        elif step is FirstStep.READ:
            self._tools.show_place("discussions")
        else:
            self._tools.start_topic()

    def _hide_steps(self) -> None:
        home = self._tools.home
        self._tools.jobs.run(home.hide_first_steps, self._on_hidden, self._say_trouble)

    def _on_hidden(self, _nothing: None) -> None:
        undo = self._show_steps_again
        words = self.tr("The first things to do are hidden.")
        self._tools.show_notice(Notice(words, "plain", self.tr("&Undo"), undo))
        self._read()

    def _show_steps_again(self) -> None:
        work = partial(self._tools.home.hide_first_steps, hidden=False)
        self._tools.jobs.run(work, self._on_arrived, self._say_trouble)

    def _act(self, verb: str, goal: object) -> None:
        if verb == READ and isinstance(goal, ThreadNews):
            self._doing.mark_read(goal.topic, goal.title)
        elif verb == DONE and isinstance(goal, Waiting):
            self._doing.finish(goal.record)
        elif verb == NO_ANSWER and isinstance(goal, Waiting):
            self._doing.dismiss(goal.record)
