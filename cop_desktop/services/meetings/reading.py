"""One meeting with all that belongs to it, as it is read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, select

from cop_desktop.services.access import Me, me_in
from cop_desktop.services.attachments import files_of
from cop_desktop.services.care import care_for
from cop_desktop.services.meetings.actions import action_view, carried_into
from cop_desktop.services.meetings.afterwards import feedback_of, missed_by_me
from cop_desktop.services.meetings.cared import care_of_meetings
from cop_desktop.services.meetings.local_time import day_of, time_in_words, zone_named
from cop_desktop.services.meetings.views import (
    ActionView,
    AgendaView,
    Attendee,
    DecisionView,
    MeetingView,
    SchoolTeam,
)
from cop_desktop.services.reading import UNKNOWN_MEMBER, moment, names_of, one_line, required_row
from cop_desktop.store import ItemState, Replica, TextSnapshot
from sync.catalogue.meetings import MEETING_NOTES
from sync.core.errors import Malformed
from sync.core.ids import Id, parse_id
from sync.core.text import EMPTY_TEXT

NO_NOTES = TextSnapshot("", EMPTY_TEXT)
PLANNED = "planned"


def read_meeting(replica: Replica, rows: Connection, meeting: Id) -> MeetingView:
    """A meeting with everything of it that is here.

    Raises NotFound.
    """
    row = required_row(rows, replica.tables["meeting"], meeting)
    desk = _Desk(replica, rows, row, me_in(replica, rows, row["space"]))
    zone = zone_named(row["time_zone"])
    starts = moment(row["starts"] or 0)
    people = desk.people()
    return MeetingView(
        id=meeting,
        space=row["space"],
        series=row["series"],
        series_title=desk.series_title(),
        title=one_line(row["title"]),
        day=day_of(starts, zone),
        starts=starts,
        duration_minutes=row["duration_minutes"],
        time_zone=zone.key,
        time_text=time_in_words(starts.astimezone(zone).time(), zone),
        place=one_line(row["place"]),
        provocation=row["provocation"] or "",
        status=row["status"] or PLANNED,
        source=row["source"] or "",
        agenda=desk.agenda(),
        notes=notes_of(replica, rows, row),
        summary=replica.text("meeting", meeting, "summary"),
        attendance=people.noted(),
        unmarked=people.unmarked(),
        decisions=desk.decisions(),
        actions=desk.actions(),
        carried=carried_into(replica, rows, row, desk.me),
        feedback=feedback_of(replica, rows, row, desk.me),
        missed=bool(missed_by_me(replica, rows, row["space"], [row])),
        care=care_of_meetings(replica, rows, [meeting]).get(meeting),
        files=files_of(replica, rows, [meeting]).get(meeting, ()),
        may_remove=desk.me.may_delete("meeting", row),
        trashed=bool(row["trashed"]),
        state=replica.item_states([meeting])[meeting],
        two_versions=row["versions"] > 0,
    )


def notes_of(replica: Replica, rows: Connection, meeting: RowMapping) -> TextSnapshot:
    """The notes of a meeting, and what an edit of them is made against."""
    notes = MEETING_NOTES.id_for(meeting["space"], meeting["id"])
    table = replica.tables["meeting_notes"]
    if rows.scalar(select(table.c.id).where(table.c.id == notes)) is None:
        return NO_NOTES
    return replica.text("meeting_notes", notes, "text")


@dataclass(frozen=True, slots=True)
class _Desk:
    """What the parts of one meeting are read with."""

    replica: Replica
    rows: Connection
    meeting: RowMapping
    me: Me

    def children(self, kind: str) -> list[RowMapping]:
        """The meeting's records of this kind that are not in the trash, in their order."""
        table = self.replica.tables[kind]
        query = select(table).where(
            table.c.meeting == self.meeting["id"], table.c.trashed.is_(False)
        )
        return sorted(self.rows.execute(query).mappings(), key=in_order)

    def states(self, children: Iterable[RowMapping]) -> Mapping[Id, ItemState]:
        return self.replica.item_states([child["id"] for child in children])

    def series_title(self) -> str:
        table = self.replica.tables["series"]
        query = select(table.c.title).where(table.c.id == self.meeting["series"])
        return one_line(self.rows.scalar(query))

    def agenda(self) -> tuple[AgendaView, ...]:
        found = self.children("agenda_item")
        states = self.states(found)
        return tuple(
            AgendaView(
                id=row["id"],
                title=one_line(row["title"]),
                minutes=row["minutes"],
                lead=one_line(row["lead"]),
                state=states[row["id"]],
                two_versions=row["versions"] > 0,
            )
            for row in found
        )

    def decisions(self) -> tuple[DecisionView, ...]:
        found = self.children("decision")
        states = self.states(found)
        return tuple(
            DecisionView(row["id"], row["text"] or "", states[row["id"]], row["versions"] > 0)
            for row in found
        )

    def actions(self) -> tuple[ActionView, ...]:
        found = self.children("action")
        states = self.states(found)
        names = names_of(self.rows, self.replica.tables["member"], [r["owner"] for r in found])
        return tuple(action_view(row, names, self.me, states[row["id"]]) for row in found)

    def people(self) -> "_People":
        tables = self.replica.tables
        members, schools = tables["member"], tables["school"]
        memberships = tables["membership"]
        school_names = {
            row.id: one_line(row.name)
            for row in self.rows.execute(select(schools.c.id, schools.c.name))
        }
        profiles = {
            row.id: _Profile(one_line(row.name), school_names.get(row.school, ""))
            for row in self.rows.execute(select(members.c.id, members.c.name, members.c.school))
        }
        belong = select(memberships.c.member).where(
            memberships.c.space == self.meeting["space"],
            memberships.c.trashed.is_(False),
            memberships.c.ended.is_(None),
        )
        noted, belonging = self.children("attendance"), set(self.rows.scalars(belong))
        # Of those who died nobody is asked whether they came.
        asked = belonging - care_for(self.replica, self.rows, belonging).keys()
        return _People(noted, self.states(noted), profiles, asked)


@dataclass(frozen=True, slots=True)
class _Profile:
    name: str
    school: str


@dataclass(frozen=True, slots=True)
class _People:
    """Who came, and who could have. asked: the members of the community who may be noted."""

    rows: list[RowMapping]
    states: Mapping[Id, ItemState]
    profiles: Mapping[Id, _Profile]
    asked: set[Id]

    def noted(self) -> tuple[SchoolTeam, ...]:
        """Those of whom something is noted, by school."""
        return _by_school((self._school(row), self._attendee(row)) for row in self.rows)

    def unmarked(self) -> tuple[SchoolTeam, ...]:
        """Members of the community of whom nothing is noted, by school."""
        known = {member_of(row) for row in self.rows}
        return _by_school(
            (profile.school, Attendee(None, profile.name, member, None, None))
            for member, profile in self.profiles.items()
            if member in self.asked and member not in known
        )

    def _profile(self, row: RowMapping) -> _Profile | None:
        member = member_of(row)
        return self.profiles.get(member) if member else None

    def _school(self, row: RowMapping) -> str:
        profile = self._profile(row)
        return row["school"] or (profile.school if profile else "")

    def _attendee(self, row: RowMapping) -> Attendee:
        profile = self._profile(row)
        member = member_of(row)
        name = profile.name if profile else UNKNOWN_MEMBER if member else row["who"] or ""
        return Attendee(row["id"], name, member, row["status"], self.states[row["id"]])


def member_of(attendance: RowMapping) -> Id | None:
    """The member that an attendance is of; None for a guest."""
    member: Id | None = attendance["member"]
    if member is not None:
        return member
    try:
        return parse_id(attendance["who"] or "")
    except Malformed:
        return None


def _by_school(people: Iterable[tuple[str, Attendee]]) -> tuple[SchoolTeam, ...]:
    teams: defaultdict[str, list[Attendee]] = defaultdict(list)
    for school, person in people:
        teams[school].append(person)
    return tuple(
        SchoolTeam(school, tuple(sorted(teams[school], key=_by_name)))
        for school in sorted(teams, key=_named_first)
    )


def _named_first(school: str) -> tuple[bool, str]:
    return not school, school.casefold()


def _by_name(person: Attendee) -> tuple[str, bytes]:
    return person.name.casefold(), person.id or person.member or b""


def in_order(row: RowMapping) -> tuple[int, int, Id]:
    """Sorts the parts of a meeting: by their place, then as they were added."""
    place = row.get("place_in_order")
    return place if place is not None else 0, row["created_clock"], row["id"]
