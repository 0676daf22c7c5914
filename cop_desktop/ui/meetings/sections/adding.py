"""What the line that adds does: keeps what was typed per meeting, clears what is committed."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject

from cop_desktop.ui.meetings.forms.entered import NotANumber, not_a_number
from cop_desktop.ui.meetings.tools import Id, MeetingsTools

Work = Callable[[Id, dict[str, Any]], Callable[[], Any]]


class AddLine(Protocol):
    """What something can be added in: `QuickAdd`, or a form that works like it."""

    added: Any

    def values(self) -> dict[str, Any]: ...

    def set_values(self, values: Mapping[str, Any]) -> None: ...

    def clear_added(self, values: Mapping[str, Any]) -> None: ...

    def keep(self, words: str = "") -> None: ...


class Adding(QObject):
    """The presenter of one such line. work: makes of meeting and values the verb to be run."""

    def __init__(self, line: AddLine, work: Work, tools: MeetingsTools, parent: QObject) -> None:
        super().__init__(parent)
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
        if self._meeting is not None:
            self._typed[self._meeting] = self._line.values()
        self._meeting = meeting
        self._line.set_values(self._typed.pop(meeting, {}))

    def _add(self, values: dict[str, Any]) -> None:
        if self._meeting is None:
            return
        try:
            work = self._work(self._meeting, values)
        except NotANumber:
            self._line.keep(not_a_number())
            return
        done = partial(self._on_added, self._meeting, values)
        self._tools.jobs.run(work, done, self._on_failed)

    def _on_added(self, meeting: Id, values: dict[str, Any], added: Any) -> None:
        self._tools.hub.post_change(added.changed)
        if meeting == self._meeting:
            self._line.clear_added(values)
        else:
            self._typed.pop(meeting, None)
            self._line.keep()

    def _on_failed(self, error: Exception) -> None:
        self._line.keep(self._tools.messages.for_error(error).sentence())
