"""Meetings with all that belongs to them as pages and tables."""

from contextlib import ExitStack

from sqlalchemy import select

from cop_desktop.services.export import page
from cop_desktop.services.export.desk import Desk, utc
from cop_desktop.services.export.folder import Table
from cop_desktop.services.export.markdown import html_of
from cop_desktop.services.export.names import page_name
from cop_desktop.services.export.page import Step
from cop_desktop.services.meetings.calendar import plan_of
from cop_desktop.services.meetings.local_time import day_in_words
from cop_desktop.services.meetings.reading import read_meeting
from cop_desktop.services.meetings.views import ActionView, AgendaView, DecisionView, MeetingView
from sync.core.ids import Id, id_text

_MEETINGS = (
    *("id", "title", "series", "day", "starts UTC", "minutes", "place", "status"),
    *("provocation", "notes", "summary", "page"),
)
_DECISIONS = ("id", "meeting", "day", "decision")
_ACTIONS = ("id", "meeting", "day", "action", "owner", "due", "done")
_ATTENDANCE = ("meeting", "day", "name", "school", "status")


def export_meetings(desk: Desk, base: str, space: Id, trail: tuple[Step, ...]) -> int:
    """Every meeting of a space that was opened and is not in the trash; how many."""
    table = desk.replica.tables["meeting"]
    query = select(table.c.id).where(table.c.space == space, table.c.trashed.is_(False))
    meetings = desk.rows.scalars(query.order_by(table.c.starts.desc(), table.c.id)).all()
    lines = []
    with ExitStack() as tables:

        def opened(name: str, columns: tuple[str, ...]) -> Table:
            return tables.enter_context(desk.folder.table(f"{base}/{name}.csv", columns))

        listed = opened("meetings", _MEETINGS)
        decided, agreed = opened("decisions", _DECISIONS), opened("actions", _ACTIONS)
        attended = opened("attendance", _ATTENDANCE)
        for record in meetings:
            meeting = read_meeting(desk.replica, desk.rows, record)
            day = meeting.day.isoformat()
            name = f"{day}-{page_name(meeting.title, record)}"
            listed.add(*_cells(meeting, f"meetings/{name}"))
            for decision in meeting.decisions:
                decided.add(id_text(decision.id), meeting.title, day, decision.text)
            for action in meeting.actions:
                agreed.add(
                    *(id_text(action.id), meeting.title, day, action.text, action.owner_name),
                    *(action.due, "yes" if action.done else "no"),
                )
            for team in meeting.attendance:
                for person in team.people:
                    attended.add(meeting.title, day, person.name, team.school, person.status)
            content = _page(desk, base, meeting, (*trail, Step("Meetings", "index.html")))
            desk.folder.write(f"{base}/meetings/{name}", content)
            lines.append((page.text(day_in_words(meeting.day)), page.link(name, meeting.title)))
            desk.advanced(meeting.title)
    body = [_series(desk, space), page.table(("Day", "Meeting"), lines)]
    desk.folder.write(f"{base}/meetings/index.html", page.page("Meetings", trail, body))
    return len(meetings)


def _series(desk: Desk, space: Id) -> str:
    table = desk.replica.tables["series"]
    query = select(table).where(table.c.space == space, table.c.trashed.is_(False))
    found = desk.rows.execute(query.order_by(table.c.title, table.c.id)).mappings().all()
    items = []
    for row in found:
        plan = plan_of(row)
        words = page.text(": ".join(filter(None, (row["title"], plan.in_words() if plan else ""))))
        items.append(words + html_of(row["purpose"] or ""))
    return page.listing(items)


def _page(desk: Desk, base: str, meeting: MeetingView, trail: tuple[Step, ...]) -> str:
    agenda = (
        page.text(item.title)
        + page.small(f"{item.minutes} minutes" if item.minutes else "", item.lead)
        for item in meeting.agenda
    )
    present = (
        f"{page.text(team.school or 'Guests')}: "
        + page.text(", ".join(f"{p.name} ({p.status})" for p in team.people))
        for team in meeting.attendance
    )
    actions = (
        page.text(action.text)
        + page.small(
            action.owner_name,
            f"due {day_in_words(action.due)}" if action.due else "",
            "done" if action.done else "open",
        )
        for action in meeting.actions
    )
    quoted = (html_of(s.text) + page.small(s.name) for s in meeting.feedback if s.may_quote)
    parts: list[AgendaView | DecisionView | ActionView | MeetingView] = [meeting]
    parts += [*meeting.agenda, *meeting.decisions, *meeting.actions]
    contested = (desk.versions(part.id, two=part.two_versions) for part in parts)
    body = [
        page.small(day_in_words(meeting.day), meeting.time_text, meeting.place, meeting.status),
        page.small(meeting.series_title, meeting.source),
        page.care(meeting.care),
        html_of(meeting.provocation),
        *_part("Summary", html_of(meeting.summary.text)),
        *_part("Agenda", page.listing(agenda)),
        *_part("Present", page.listing(present)),
        *_part("Notes", html_of(meeting.notes.text)),
        *_part("Decisions", page.listing(html_of(one.text) for one in meeting.decisions)),
        *_part("Actions", page.listing(actions)),
        *_part("Feedback that may be quoted", page.listing(quoted)),
        *_part("Files", desk.attached(base, meeting.files)),
        *contested,
    ]
    return page.page(meeting.title, trail, body)


def _part(title: str, html: str) -> tuple[str, ...]:
    return (f"<h2>{page.text(title)}</h2>", html) if html else ()


def _cells(meeting: MeetingView, path: str) -> tuple[object, ...]:
    return (
        id_text(meeting.id),
        meeting.title,
        meeting.series_title,
        meeting.day.isoformat(),
        utc(meeting.starts),
        meeting.duration_minutes,
        meeting.place,
        meeting.status,
        meeting.provocation,
        meeting.notes.text,
        meeting.summary.text,
        path,
    )
