"""Does what is wished of who was there."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial, reduce
from typing import Any

from cop_desktop.services.meetings import SchoolTeam
from cop_desktop.ui.meetings.doing import Doing
from cop_desktop.ui.meetings.sections.attendance import AttendanceSection
from cop_desktop.ui.meetings.sections.section_presenter import SectionPresenter
from cop_desktop.ui.meetings.tools import Id, MeetingsTools
from cop_desktop.ui.widgets.notice_bar import Notice

PRESENT = "present"


@dataclass(frozen=True, slots=True)
class AllNoted:
    """Several people were noted at once."""

    ids: tuple[Id, ...]
    changed: Any


class AttendancePresenter(SectionPresenter):
    """Notes members and guests, one by one or all the rest at once."""

    def __init__(self, section: AttendanceSection, tools: MeetingsTools, doing: Doing) -> None:
        super().__init__(section, tools, doing)
        section.noted.connect(self._note)
        section.forgotten.connect(self._forget)
        section.rest_present_wanted.connect(self._note_rest)
        section.school_present_wanted.connect(self._note_school)
        doing.failed.connect(self._show_again)

    def _add(self, meeting: Id, values: dict[str, Any]) -> Any:
        name, school = values["name"], values["school"] or None
        return partial(self._tools.meetings.set_attendance, meeting, name, PRESENT, school=school)

    def _note(self, who: Id | str, status: str) -> None:
        if self._shown is not None:
            meeting = self._shown.meeting.id
            self._doing.do(partial(self._tools.meetings.set_attendance, meeting, who, status))

    def _forget(self, attendance: Id) -> None:
        self._doing.trash(attendance, self.tr("What was noted is taken back."))

    def _note_rest(self) -> None:
        if self._shown is not None:
            self._note_present(self._shown.meeting.id, self._shown.meeting.unmarked)

    def _note_school(self, school: str) -> None:
        if self._shown is not None:
            meeting = self._shown.meeting
            teams = [team for team in meeting.unmarked if team.school == school]
            self._note_present(meeting.id, teams)

    def _note_present(self, meeting: Id, teams: Iterable[SchoolTeam]) -> None:
        rest = [each.member for team in teams for each in team.people if each.member]
        if rest:
            work = partial(self._note_all, meeting, rest)
            self._doing.do(work, done=self._on_all_noted)

    def _note_all(self, meeting: Id, members: list[Id]) -> AllNoted:
        """On the store thread."""
        set_attendance = self._tools.meetings.set_attendance
        added = [set_attendance(meeting, member, PRESENT) for member in members]
        changed = reduce(_merged, (each.changed for each in added))
        return AllNoted(tuple(each.id for each in added), changed)

    def _on_all_noted(self, noted: AllNoted) -> None:
        words = self.tr("{0} noted as present.").format(len(noted.ids))
        undo = partial(self._forget_all, noted.ids)
        self._tools.show_notice(Notice(words, "good", self.tr("&Undo"), undo))

    def _forget_all(self, attendances: tuple[Id, ...]) -> None:
        for each in attendances:
            self._doing.do(partial(self._tools.meetings.move_to_trash, each))


def _merged(first: Any, second: Any) -> Any:
    return first.merged(second)
