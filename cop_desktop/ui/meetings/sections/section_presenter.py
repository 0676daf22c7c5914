"""What those have in common who do what is wished of a section."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Protocol, TypeVar

from cop_desktop.services.people import MemberRow
from cop_desktop.ui.meetings.doing import Doing
from cop_desktop.ui.meetings.sections.adding import Adding
from cop_desktop.ui.meetings.sections.editing import Editing
from cop_desktop.ui.meetings.sections.section import Section, Shown
from cop_desktop.ui.meetings.tools import Id, MeetingsTools
from cop_desktop.ui.records.presenting import Presenting


class _Record(Protocol):
    @property
    def id(self) -> Id: ...


P = TypeVar("P", bound=_Record)


class SectionPresenter(Presenting):
    """Base of them: knows what is shown, adds with the section's line, and changes in a dialog."""

    _section: Section

    def __init__(self, section: Section, tools: MeetingsTools, doing: Doing) -> None:
        super().__init__(section, tools)
        self._section, self._tools, self._doing = section, tools, doing
        self._shown: Shown | None = None
        self._adding = Adding(section, section.add, self._add, tools)
        self._editing = Editing(section, tools)

    def show_meeting(self, shown: Shown) -> None:
        """Another meeting, or the same as it is now."""
        self._shown = shown
        self._adding.show_meeting(shown.meeting.id)
        self._section.show_meeting(shown)

    @property
    def _members(self) -> tuple[MemberRow, ...]:
        return self._shown.members if self._shown else ()

    def _add(self, meeting: Id, values: dict[str, Any]) -> Callable[[], Any]:
        """On the GUI thread: the work that adds. To be overridden; may raise NotANumber."""
        raise NotImplementedError

    def _show_again(self) -> None:
        """What was promised did not happen: it goes back to what is true."""
        if self._shown is not None:
            self._section.show_meeting(self._shown)

    def _move(self, verb: Callable[[Id, Id | None], Any], key: str, before: str) -> None:
        """verb: puts a part before another one; before: its key, "" for the end."""
        place = bytes.fromhex(before) if before else None
        self._doing.do(partial(verb, bytes.fromhex(key), place))


def part_of(parts: Iterable[P], key: str) -> P | None:
    """The part whose row has this key; None if it is gone."""
    return next((part for part in parts if part.id.hex() == key), None)
