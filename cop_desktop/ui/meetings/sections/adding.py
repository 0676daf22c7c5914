"""What the line that adds does: keeps what was typed per meeting, clears what is committed."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from cop_desktop.ui.meetings.forms.entered import NotANumber, not_a_number
from cop_desktop.ui.meetings.sections.line_drafts import AddLine, LineDrafts
from cop_desktop.ui.meetings.tools import Id, MeetingsTools

Work = Callable[[Id, dict[str, Any]], Callable[[], Any]]


class Adding(QObject):
    """The presenter of one such line. work: makes of meeting and values the verb to be run."""

    def __init__(self, line: AddLine, work: Work, tools: MeetingsTools, parent: QObject) -> None:
        super().__init__(parent)
        name = type(parent).__name__.removesuffix("Presenter").casefold()
        self._drafts = LineDrafts(line, name, tools, self)
        self._line = line
        self._work = work
        self._tools = tools
        self._meeting: Id | None = None
        self._typed: dict[Id, dict[str, Any]] = {}
        line.added.connect(self._add)

    def show_meeting(self, meeting: Id) -> None:
        """Another meeting: what was typed for the one before comes back with it."""
        if meeting == self._meeting:
            return
        self._drafts.leave()
        if self._meeting is not None:
            self._typed[self._meeting] = self._line.values()
        self._meeting = meeting
        known = self._typed.pop(meeting, None)
        self._line.set_values(known or {})
        self._drafts.begin(meeting, load=known is None)

    def _add(self, values: dict[str, Any]) -> None:
        if self._meeting is None:
            return
        try:
            work = self._work(self._meeting, values)
        except NotANumber:
            self._line.keep(not_a_number(), "minutes")
            return
        done = partial(self._on_added, self._meeting, values)
        self._tools.jobs.run(work, done, self._on_failed)

    def _on_added(self, meeting: Id, values: dict[str, Any], added: Any) -> None:
        self._tools.hub.post_change(added.changed)
        self._drafts.forget(meeting)
        if meeting == self._meeting:
            self._line.clear_added(values)
        else:
            self._typed.pop(meeting, None)
            self._line.keep()

    def _on_failed(self, error: Exception) -> None:
        self._line.keep(self._tools.messages.for_error(error).sentence())
