"""What the line that adds does: keeps what was typed per meeting, clears what is committed."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from cop_desktop.ui.meetings.forms.entered import NotANumber, not_a_number
from cop_desktop.ui.meetings.tools import Id, MeetingsTools
from cop_desktop.ui.records.keeping import Fields, Keepable, Keeping
from cop_desktop.ui.records.presenting import Presenting
from cop_desktop.ui.widgets.composer.word_menu import Speller
from cop_desktop.ui.widgets.form.kept_note import KeptNote

Work = Callable[[Id, dict[str, Any]], Callable[[], Any]]


class AddLine(Fields, Protocol):
    """What something can be added in: `QuickAdd`, or a form that works like it."""

    added: Any
    typed: Any
    kept: KeptNote

    def check_with(self, speller: Speller | None) -> None: ...

    def clear_added(self, values: Mapping[str, Any]) -> None: ...

    def keep(self, words: str = "", wrong: str = "") -> None: ...


class Adding(Presenting):
    """The presenter of one such line."""

    def __init__(self, owner: QWidget, line: AddLine, work: Work, tools: MeetingsTools) -> None:
        """owner: the section that the line is in. work: makes of meeting and values the verb."""
        super().__init__(owner, tools)
        self._name = type(owner).__name__.removesuffix("Section").casefold()
        self._line, self._work, self._tools = line, work, tools
        self._meeting: Id | None = None
        self._keeping = Keeping(owner, Keepable(line, line.typed, line.kept), tools)
        line.check_with(tools.speller)
        line.added.connect(self._add)

    def show_meeting(self, meeting: Id) -> None:
        """Another meeting: what was typed for the one before comes back with it."""
        if meeting == self._meeting:
            return
        self._keeping.leave()
        self._meeting = meeting
        self._line.set_values(dict.fromkeys(self._line.values()))
        self._keeping.begin(self._place(meeting))

    def _place(self, meeting: Id) -> str:
        return f"{self._name}:{meeting.hex()}"

    def _add(self, values: dict[str, Any]) -> None:
        if self._meeting is None:
            return
        try:
            work = self._work(self._meeting, values)
        except NotANumber:
            self._line.keep(not_a_number(), "minutes")
            return
        done = partial(self._on_added, self._meeting, values)
        self._tools.jobs.run(work, done, partial(self._on_failed, self._meeting))

    def _on_added(self, meeting: Id, values: dict[str, Any], added: Any) -> None:
        self._tools.hub.post_change(added.changed)
        if meeting == self._meeting:
            self._line.clear_added(values)
            self._keeping.settle()
        else:
            self._line.keep()
            self._keeping.forget_other(self._place(meeting))

    def _on_failed(self, meeting: Id, error: Exception) -> None:
        if meeting == self._meeting:
            self._line.keep(self._tools.messages.for_error(error).sentence())
        else:  # it waits there, to be tried again
            self._line.keep()
            self._say_trouble(error)
