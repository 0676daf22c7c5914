"""Bringing in minutes: each becomes a meeting, with notes, people, decisions and actions."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Final, TypeAlias

from sqlalchemy import select

from cop_desktop.intake.minutes import Minutes
from cop_desktop.services.file_names import media_type
from cop_desktop.services.files import FileFields
from cop_desktop.services.intake.candidates import Candidate, Candidates, kept
from cop_desktop.services.intake.pieces import ellipsed, pieces
from cop_desktop.services.intake.reading_ahead import Reader, ReadingAhead
from cop_desktop.services.intake.run import Run, Whole
from cop_desktop.services.intake.zones import zone_of
from cop_desktop.services.meetings.local_time import moment_of
from cop_desktop.services.meetings.parts import GAP
from cop_desktop.services.reading import milliseconds, moment
from cop_desktop.store import Action
from sync.catalogue import CATALOGUE
from sync.catalogue.communities import texts_space
from sync.catalogue.declare import DOCUMENT, LINE
from sync.catalogue.library import FILE_VERSION
from sync.catalogue.meetings import ATTENDANCE, MEETING, MEETING_NOTES
from sync.core.ids import Hash, Id, natural_id
from sync.core.limits import MAX_OPS_PER_GROUP
from sync.core.ops import Value

_ORIGIN: Final = "minutes"
_NOON: Final = time(12)
_NOTES: Final = MEETING_NOTES.by_name["text"].limit
_GO_ON: Final = "\n\n*(The notes go on in the attached file.)*"
_ROOM_FOR_THE_REST: Final = 20
_NO_DAY: Final = "No day is written in it, so the meeting stands at the day of the file."
_NO_TIME: Final = "{} without a time of day: their meetings stand at noon."
_LONG: Final = "The notes are very long; their end is in the attached file, and is found there."
Part: TypeAlias = tuple[str, Id, dict[str, Value]]
"""Kind, id and fields of something that belongs to a meeting."""


def bring_in_minutes(run: Run, path: Path, reader: Reader) -> None:
    """Bring in one file of minutes, or all of a folder. Ends early when the run is stopped."""

    def meeting_id(content: Hash) -> Id:
        return natural_id(MEETING.number, run.space, _ORIGIN, content)

    series = _series(run)
    candidates = Candidates(run, MEETING.name, meeting_id)
    reading = ReadingAhead(run, reader, reader.read_minutes)
    without_time = 0
    for candidate, minutes in reading.results(candidates.those_in(path)):
        if candidates.is_there(candidate):
            continue  # an equal file was still being read when this one was looked at
        without_time += minutes.starts_at is None
        _Bringing(run, candidate, minutes, series.get(minutes.series_hint.casefold())).add()
    if without_time:
        run.remark(path.name, [_NO_TIME.format(without_time)])


def _series(run: Run) -> dict[str, Id]:
    """The series of the community by title: minutes that name one belong to it."""
    table = run.replica.tables["series"]
    query = select(table.c.title, table.c.id).where(
        table.c.space == run.space, table.c.trashed.is_(False)
    )
    with run.replica.read() as rows:
        return {row.title.casefold(): row.id for row in rows.execute(query) if row.title}


@dataclass(frozen=True, slots=True)
class _Bringing:
    """The minutes of one meeting on their way in."""

    run: Run
    candidate: Candidate
    minutes: Minutes
    series: Id | None

    def add(self) -> None:
        """Let the meeting be written with all that belongs to it."""
        recipe = kept(self.run, self.candidate)
        if recipe is None:
            return
        self.run.remark(self.candidate.name, self.minutes.notes)
        meeting, space = self.candidate.record, self.run.space
        name = self.candidate.own_name
        file = natural_id(FILE_VERSION.number, meeting, _ORIGIN)
        attached = FileFields(meeting, ellipsed(name, LINE), media_type(name), recipe).fields()
        notes, is_whole = self._notes()
        fields = self._meeting()
        parts = list(self._parts())

        def write(action: Action) -> None:
            action.create(MEETING.name, space, fields, record=meeting)
            action.create(MEETING_NOTES.name, space, {"meeting": meeting, "text": notes})
            action.create(FILE_VERSION.name, space, attached, record=file)
            if not is_whole and self.run.holds(texts_space(space)):
                said = {"file": file, "text": self.minutes.notes_markdown[:DOCUMENT]}
                action.create("extracted_text", texts_space(space), said)
            room = MAX_OPS_PER_GROUP - _ROOM_FOR_THE_REST
            for number, (kind, record, part) in enumerate(parts, start=1):
                if number % room == 0:
                    action.new_groups()
                action.create(kind, space, part, record=record)

        makes = [(MEETING.name, meeting), (FILE_VERSION.name, file)]
        makes += [(kind, record) for kind, record, _ in parts]
        self.run.add(Whole(write, tuple(makes), len(notes)))

    def _meeting(self) -> dict[str, Value]:
        zone = zone_of(self.minutes.starts_zone)
        at = self.minutes.starts_at
        if self.minutes.held_on is not None:
            starts = moment_of(self.minutes.held_on, at or _NOON, zone)
        else:
            written = self.candidate.path.stat().st_mtime
            starts = datetime.fromtimestamp(written, UTC)
            self.run.remark(self.candidate.name, [_NO_DAY])
        return {
            "series": self.series,
            "title": ellipsed(self.minutes.title, LINE),
            "starts": milliseconds(starts),
            "time_zone": zone.key,
            "status": "held" if starts <= moment(self.run.replica.now_ms()) else "planned",
            "source": ellipsed(self.candidate.name, LINE),
        }

    def _notes(self) -> tuple[str, bool]:
        """The notes as far as they fit, and whether that is all of them."""
        whole = self.minutes.notes_markdown
        if len(whole) <= _NOTES:
            return whole, True
        self.run.remark(self.candidate.name, [_LONG])
        return next(pieces(whole, _NOTES - len(_GO_ON))) + _GO_ON, False

    def _parts(self) -> Iterator[Part]:
        """What can be told apart in the minutes, each with an id that follows from its words."""
        met: Counter[tuple[str, str]] = Counter()
        for kind, text, fields in self._told_apart():
            met[kind, text] += 1
            key = (self.candidate.record, _ORIGIN, text, met[kind, text])
            record = natural_id(CATALOGUE.by_name[kind].number, *key)
            given = {name: value for name, value in fields.items() if value not in ("", None)}
            yield kind, record, {"meeting": self.candidate.record, **given}
        yield from self._people()

    def _told_apart(self) -> Iterator[tuple[str, str, dict[str, Value]]]:
        """Kind, words and fields."""
        for number, item in enumerate(self.minutes.agenda):
            title = ellipsed(item.title, LINE)
            fields = {"title": title, "minutes": item.minutes, "lead": item.presenter}
            yield "agenda_item", title, {**fields, "place_in_order": number * GAP}
        for number, text in enumerate(self.minutes.decisions):
            yield "decision", text, {"text": text, "place_in_order": number * GAP}
        for number, action in enumerate(self.minutes.actions):
            fields = {
                "text": action.text,
                "owner_name": ellipsed(action.owner, LINE),
                "due": action.due.isoformat() if action.due else None,
                "done": action.done,
            }
            yield "action", action.text, {**fields, "place_in_order": number * GAP}

    def _people(self) -> Iterator[Part]:
        """Who came: by name alone, because the minutes do not say which member is meant."""
        meeting = self.candidate.record
        people = {ellipsed(person.name, LINE): person for person in self.minutes.attendance}
        for name, person in people.items():
            fields = {
                "meeting": meeting,
                "who": name,
                "school": ellipsed(person.organisation, LINE) or None,
                "status": person.status.value,
            }
            yield "attendance", ATTENDANCE.id_for(self.run.space, meeting, name), fields
