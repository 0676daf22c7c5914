"""Reading the minutes of one meeting: the whole text, and in it what can be told apart.

Nothing is made up: what is not recognised stays in the notes alone.
"""

from dataclasses import dataclass
from datetime import date, time
from itertools import islice
from pathlib import Path

from cop_desktop.intake import limits
from cop_desktop.intake.detect import detect
from cop_desktop.intake.errors import Empty, NoAccess, NotSupported, TooLarge
from cop_desktop.intake.file_types import FileType, Kind
from cop_desktop.intake.formats.content import Content
from cop_desktop.intake.meeting.agenda import agenda_of
from cop_desktop.intake.meeting.blocks import blocks_of
from cop_desktop.intake.meeting.naming import first_lines, series_of, title_of
from cop_desktop.intake.meeting.outcomes import Action, actions_of, decisions_of
from cop_desktop.intake.meeting.owners import People
from cop_desktop.intake.meeting.people import Attendee, Presence, attendance_of
from cop_desktop.intake.meeting.points import AgendaItem
from cop_desktop.intake.meeting.sections import sections_of
from cop_desktop.intake.meeting.when import held_on, starts_at
from cop_desktop.intake.text import tidy

__all__ = [
    "Action",
    "AgendaItem",
    "Attendee",
    "Minutes",
    "Presence",
    "Written",
    "read_minutes",
    "recognise_minutes",
]


@dataclass(frozen=True, slots=True)
class Minutes:
    """One meeting as its minutes tell it.

    series_hint: the title without what differs from one meeting to the next; may be empty.
    held_on: None when no full date is written. starts_at: on the clock of `starts_zone`, which is
    "" when the minutes name none, else as written ("ET"). notes_markdown: every word of the file.
    notes: for the person who brings it in, whole sentences; usually none.
    """

    title: str
    series_hint: str
    notes_markdown: str
    size_bytes: int
    held_on: date | None = None
    starts_at: time | None = None
    starts_zone: str = ""
    agenda: tuple[AgendaItem, ...] = ()
    attendance: tuple[Attendee, ...] = ()
    decisions: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()
    notes: tuple[str, ...] = ()


def read_minutes(path: Path) -> Minutes:
    """The minutes at `path`: Markdown, plain text, Word, a web page or a PDF with words in it.

    Depends on the file's bytes and name alone. See ExtractionWorker for hostile files.
    Raises Unreadable.
    """
    file_type = detect(path)
    try:
        size_bytes = path.stat().st_size
        content = _content(path, file_type)
    except OSError as error:
        raise NoAccess from error
    markdown = tidy(content.text)
    if not markdown.strip():
        raise Empty("The file has no words that can be read.")
    if len(markdown) > limits.MAX_NOTES_CHARS:
        raise TooLarge("The text is too long for the minutes of one meeting.")
    notes = tuple(note for note in (file_type.note, *content.notes) if note)
    about = Written(path.name, size_bytes, content.titles, notes)
    return recognise_minutes(markdown, about)


@dataclass(frozen=True, slots=True)
class Written:
    """What is known of minutes beside their text. titles: candidates, best first."""

    file_name: str
    size_bytes: int
    titles: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def recognise_minutes(markdown: str, about: Written) -> Minutes:
    """What can be told apart in the text of some minutes."""
    blocks = blocks_of(markdown)
    sections = sections_of(blocks)
    title = title_of((*about.titles, *first_lines(blocks)), about.file_name)
    day = held_on(blocks, title, about.file_name)
    clock = starts_at(blocks, title)
    attendance = attendance_of(sections)
    people = People.of(attendance, day)
    return Minutes(
        title=title,
        series_hint=series_of(title),
        notes_markdown=markdown,
        size_bytes=about.size_bytes,
        held_on=day,
        starts_at=clock.at if clock else None,
        starts_zone=clock.zone if clock else "",
        agenda=agenda_of(sections, blocks, people),
        attendance=attendance,
        decisions=decisions_of(sections, blocks),
        actions=actions_of(sections, blocks, people),
        notes=about.notes,
    )


def _content(path: Path, file_type: FileType) -> Content:
    match file_type.kind:
        case Kind.MARKDOWN | Kind.PLAIN:
            from cop_desktop.intake.formats.plain import front_matter, headings, read_text

            text = read_text(path)
            said, body = front_matter(text)
            return Content(text=text, titles=(said.get("title", ""), *islice(headings(body), 2)))
        case Kind.WORD:
            from cop_desktop.intake.formats.word import read_word_as_markdown

            return read_word_as_markdown(path)
        case Kind.PDF:
            from cop_desktop.intake.formats.pdf import read_pdf

            return read_pdf(path)
        case Kind.WEB:
            from cop_desktop.intake.formats.web import read_web

            return read_web(path)
        case Kind.SLIDES | Kind.PICTURE | Kind.TABLE:
            raise NotSupported(f"It is {file_type.label}; minutes cannot be read from one.")
