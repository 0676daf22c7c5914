"""A meeting on paper: its agenda to bring along, its minutes, the summary for who missed it."""

from PySide6.QtCore import QCoreApplication

from cop_desktop.services.meetings import ActionView, MeetingView
from cop_desktop.services.meetings.local_time import day_in_words, time_in_words, zone_named
from cop_desktop.services.papers import (
    Block,
    Item,
    Listing,
    Markdown,
    Paper,
    Section,
    Table,
    Tone,
    Words,
)
from cop_desktop.services.reading import one_line
from cop_desktop.ui.meetings.times import minutes_words
from cop_desktop.ui.meetings.words import choice_name
from cop_desktop.ui.paper.dialog import PaperChoice
from cop_desktop.ui.records.care_words import care_line
from cop_desktop.ui.records.saying import say

PRESENT = "present"


def _tr(words: str) -> str:
    return QCoreApplication.translate("MeetingPapers", words)


def papers_of(meeting: MeetingView) -> tuple[PaperChoice, ...]:
    """What can be printed of a meeting: agenda, minutes, and its summary if there is one."""
    made = MeetingPapers(meeting)
    choices = [
        PaperChoice(_tr("&Agenda"), made.agenda(), _tr("To bring along, with what is still open.")),
        PaperChoice(_tr("&Minutes"), made.minutes(), _tr("Who came, notes, decisions, actions.")),
    ]
    if meeting.summary.text.strip():
        words = _tr("For those who missed it, with decisions and actions.")
        choices.append(PaperChoice(_tr("&Summary"), made.summary(), words))
    return tuple(choices)


class MeetingPapers:
    """Builds the papers of one meeting."""

    def __init__(self, meeting: MeetingView) -> None:
        self._meeting = meeting

    def agenda(self) -> Paper:
        """The provocation, the items with minutes and leads, and what is still open."""
        sections = (
            self._provocation(),
            Section(_tr("Agenda"), self._agenda()),
            Section(_tr("Still open from earlier meetings"), self._carried()),
            Section(_tr("Bring along"), self._files()),
        )
        return self._paper(_tr("Agenda"), sections)

    def minutes(self) -> Paper:
        """All that was written down."""
        meeting = self._meeting
        notes = meeting.notes.text.strip()
        sections = (
            Section(_tr("Who was there"), self._attendance()),
            self._provocation(),
            Section(_tr("Agenda"), self._agenda()),
            Section(_tr("Notes"), (Markdown(notes),) if notes else ()),
            *self._outcomes(),
            Section(_tr("Still open from earlier meetings"), self._carried()),
            Section(_tr("Feedback that may be quoted"), self._feedback()),
            Section(_tr("Attached"), self._files()),
        )
        return self._paper(_tr("Minutes"), sections)

    def summary(self) -> Paper:
        """For those who missed it."""
        text = self._meeting.summary.text.strip()
        sections = (Section("", (Markdown(text),) if text else ()), *self._outcomes())
        return self._paper(_tr("Summary"), sections)

    def _paper(self, kind: str, sections: tuple[Section, ...]) -> Paper:
        meeting = self._meeting
        zone = zone_named(meeting.time_zone)
        local = meeting.starts.astimezone(zone)
        # With the year: paper is still there in other years.
        when = f"{day_in_words(meeting.day, say)}, {time_in_words(local.time(), zone, say)}"
        if meeting.duration_minutes:
            when = f"{when} · {minutes_words(meeting.duration_minutes)}"
        series = meeting.series_title if meeting.series_title != meeting.title else ""
        where = " · ".join(filter(None, (meeting.place, series)))
        foot = f"{meeting.title}, {day_in_words(meeting.day, say)}"
        lines = (when, where, care_line(meeting.care))
        return Paper(kind, meeting.title, lines, sections, foot)

    def _provocation(self) -> Section:
        words = self._meeting.provocation.strip()
        return Section(_tr("Provocation"), (Words(words, Tone.QUOTE),) if words else ())

    def _agenda(self) -> tuple[Block, ...]:
        items = tuple(
            Item(
                item.title,
                " · ".join(
                    filter(None, (minutes_words(item.minutes) if item.minutes else "", item.lead))
                ),
            )
            for item in self._meeting.agenda
        )
        return (Listing(items, numbered=True),) if items else ()

    def _attendance(self) -> tuple[Block, ...]:
        rows = []
        for team in self._meeting.attendance:
            by_status: dict[str, list[str]] = {}
            for person in team.people:
                by_status.setdefault(person.status or "", []).append(one_line(person.name))
            there = by_status.pop(PRESENT, [])
            others = [
                f"{choice_name(status)}: {', '.join(names)}" for status, names in by_status.items()
            ]
            school = one_line(team.school) or _tr("Without a school")
            rows.append((school, ", ".join(there), "; ".join(others)))
        head = (_tr("School"), _tr("Present"), _tr("Not there"))
        return (Table(head, tuple(rows), (3, 4, 3)),) if rows else ()

    def _outcomes(self) -> tuple[Section, ...]:
        decided = tuple(Item(each.text) for each in self._meeting.decisions)
        return (
            Section(_tr("Decisions"), (Listing(decided, numbered=True),) if decided else ()),
            Section(_tr("Actions"), self._actions(self._meeting.actions)),
        )

    def _carried(self) -> tuple[Block, ...]:
        return self._actions(tuple(each.action for each in self._meeting.carried))

    def _actions(self, actions: tuple[ActionView, ...]) -> tuple[Block, ...]:
        items = []
        for action in actions:
            due = _tr("by {0}").format(day_in_words(action.due, say)) if action.due else ""
            detail = " · ".join(filter(None, (action.owner_name or _tr("nobody yet"), due)))
            items.append(Item(action.text, detail, action.done))
        return (Listing(tuple(items)),) if items else ()

    def _feedback(self) -> tuple[Block, ...]:
        """Only of those who said that it may be quoted."""
        quoted = tuple(
            Item(said.text, said.name) for said in self._meeting.feedback if said.may_quote
        )
        return (Listing(quoted),) if quoted else ()

    def _files(self) -> tuple[Block, ...]:
        files = tuple(Item(file.name) for file in self._meeting.files)
        return (Listing(files),) if files else ()
