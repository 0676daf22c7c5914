"""Who was there, who sent apologies, who was missing."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum

from cop_desktop.intake.meeting.blocks import Block, BlockKind
from cop_desktop.intake.meeting.headings import Role, is_place, role_of
from cop_desktop.intake.meeting.names import initials_of, is_certain_name, is_name
from cop_desktop.intake.meeting.sections import Section
from cop_desktop.intake.meeting.tables import Table, tables_of


class Presence(Enum):
    """How somebody took part in a meeting."""

    PRESENT = "present"
    APOLOGY = "apology"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Attendee:
    """One name in the minutes. organisation, handle and initials are empty where not written."""

    name: str
    status: Presence
    organisation: str = ""
    handle: str = ""
    initials: str = ""


_STATUS = {
    Role.PRESENT: Presence.PRESENT,
    Role.APOLOGY: Presence.APOLOGY,
    Role.ABSENT: Presence.ABSENT,
}
MAX_PEOPLE = 1_000
_MAX_ON_A_LINE = 200
_HANDLE = re.compile(r"@([A-Za-z0-9][\w-]{0,38})")
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]{0,120})[)\]]?")
_LABEL = re.compile(r"([^:@(]{1,60}?)\s*:\s*(.+)$")
_CHAIR = r"(?:(?:co-?|vice[ -]?|acting |deputy )?chair(?:person|man|woman)?)"
_LABEL_ROLES = re.compile(
    rf"{_CHAIR}|facilitators?|convenors?|hosts?|president|secretary|treasurer|names?"
    r"|minutes?(?: ?-?takers?)?|notes?(?: ?-?takers?)?|scribes?|recorder|time ?keeper|members?"
    r"|guests?|staff|visitors?|observers?|speakers?|presenters?|apologies|online|zoom|teams"
    r"|in person|voting|non-voting|regular members?|board(?: members?)?|via \w+|by phone|remote",
    re.IGNORECASE,
)
_REMARKS = re.compile(
    rf"{_CHAIR}|facilitat\w+|convenor|host|secretary|treasurer|minute.*|note.*|scribe|voting"
    r"|non-voting|(?:joined|arrived|left|late|early|until|from|for|via|by|on|partial)\b.*|online"
    r"|remote(?:ly)?|zoom|teams|phone|in person|.*\battendee|guest|observer|s?he/\w+.*|they/\w+.*"
    r"|regular member|first (?:meeting|time).*|new",
    re.IGNORECASE,
)
_SAYS_STATUS = (
    (Presence.APOLOGY, re.compile(r"\b(?:apolog(?:y|ies)|regrets|excused)\b", re.IGNORECASE)),
    (Presence.ABSENT, re.compile(r"\b(?:absent|did not attend|not present)\b", re.IGNORECASE)),
)
_DASH = re.compile(r"\s+[-\u2013\u2014]+\s+|\s*[\u2013\u2014]\s*|\s+-(?=\w)")
_BETWEEN_NAMES = re.compile(r"\s*(?:,|\band\b|&)\s*(?:and\s+)?(?![^()]*\))")
_WORKPLACE = re.compile(
    r"\b(?:pre-?school|school|college|university|department|dept|cent(?:re|er)|institute|office"
    r"|council|foundation|association|ministry|agency|academy|primary|secondary|library)\b",
    re.IGNORECASE,
)
_ISSUE = re.compile(r"#\d|https?:")
_YES = re.compile(r"(?:y|yes|x|✓|✔|✅|☑|☒|1|p|present|attended|here)", re.IGNORECASE)
_NO = re.compile(r"(?:n|no|a|absent|✗|✘|0|did not attend)", re.IGNORECASE)


def attendance_of(sections: Iterable[Section]) -> tuple[Attendee, ...]:
    """Everybody named in the parts about attendance, each once, in reading order.

    Who stands in several lists was present if one of them says so.
    """
    found: dict[str, Attendee] = {}
    for section in sections:
        if section.role not in _STATUS:
            continue
        for person in _people(section):
            key = person.name.casefold()
            known = found.get(key)
            if known is None and len(found) < MAX_PEOPLE:
                found[key] = person
            elif known is not None:
                found[key] = _both(known, person)
    return tuple(found.values())


def _both(first: Attendee, second: Attendee) -> Attendee:
    """What two lists say of one person together."""
    was_there = Presence.PRESENT in (first.status, second.status)
    return Attendee(
        first.name,
        Presence.PRESENT if was_there else first.status,
        first.organisation or second.organisation,
        first.handle or second.handle,
        first.initials or second.initials,
    )


def _people(section: Section) -> Iterator[Attendee]:
    status = _STATUS[section.role]
    for table in tables_of(section.blocks):
        yield from _in_table(table, status)
    lines = [block for block in section.blocks if block.kind in (BlockKind.ITEM, BlockKind.LINE)]
    boxes = [block.done for block in lines if block.done is not None]
    has_list = any(block.kind is BlockKind.ITEM for block in lines)
    group = ""
    for block in section.blocks:
        if block.kind is BlockKind.HEADING:
            group = "" if _LABEL_ROLES.fullmatch(block.text.strip(": ")) else block.text.strip(": ")
        elif block.kind is not BlockKind.ROW and not block.struck:
            told = _by_box(block, boxes, status)
            for person in _in_line(block, told, sure=has_list and block.kind is BlockKind.ITEM):
                yield replace(person, organisation=person.organisation or group)


def _by_box(block: Block, boxes: list[bool], status: Presence) -> Presence:
    """A list with some boxes ticked is a roll: an empty box means not there."""
    if block.done is False and any(boxes) and status is Presence.PRESENT:
        return Presence.ABSENT
    return status


def _in_line(block: Block, status: Presence, *, sure: bool) -> Iterator[Attendee]:
    """The people on one line. sure: it stands in a list of people, one a line."""
    text = block.text.strip().lstrip("*•- ")
    if _ISSUE.search(text) or is_place(text):
        return
    label = _LABEL.match(text)
    group = ""
    if label and not _is_initials(label):
        title = label.group(1).strip()
        role = role_of(title)
        status = _STATUS.get(role, status) if role else status
        group = "" if role or _LABEL_ROLES.fullmatch(title) else title
        text, sure = label.group(2), False
    for entry in _entries(text, sure=sure):
        person = _person(entry, status)
        if person is not None:
            yield replace(person, organisation=person.organisation or group)


def _entries(text: str, *, sure: bool) -> list[str]:
    """One person each: a line of a list is one, other lines are split where names are."""
    if ";" in text:
        return [part.strip() for part in text.split(";") if part.strip()]
    parts: list[str] = []
    for part in (part.strip(" .") for part in _BETWEEN_NAMES.split(text, _MAX_ON_A_LINE)):
        if parts and _WORKPLACE.search(_BRACKETS.sub("", part)):
            parts[-1] += f", {part}"  # "Jane Smith, Paperbark College"
        elif part:
            parts.append(part)
    if not sure:
        return parts
    plain = [_BRACKETS.sub("", part) for part in parts]
    several = len(parts) > 2 and all(is_certain_name(part) and " " in part for part in plain)
    return parts if several else [text]


def _person(entry: str, status: Presence) -> Attendee | None:
    handle = _HANDLE.search(entry)
    for said, pattern in _SAYS_STATUS:
        if pattern.search(entry):
            status = said
    initials = ""
    label = _LABEL.match(entry)
    if label and _is_initials(label):
        initials, entry = label.group(1).strip(), label.group(2)
    remarks = list(_BRACKETS.findall(entry))
    bare = _BRACKETS.sub(" ", entry)
    bare = _HANDLE.sub("", bare).strip()
    parts = [part for part in _DASH.split(bare, maxsplit=1) if part.strip(" ,.*)?")]
    if not parts:
        return Attendee(handle.group(1), status, handle=handle.group(1)) if handle else None
    name, _, rest = parts[0].partition(",")
    remarks += [rest, *parts[1:]]
    name = " ".join(name.split()).strip(" .,*)?(")
    if not (is_certain_name(name) or (is_name(name) and handle)):
        return None
    initials = initials or next((one for one in remarks if _stands_for(one, name)), "")
    where = _organisation(remark for remark in remarks if remark not in (name, initials))
    return Attendee(name, status, where, handle.group(1) if handle else "", initials)


def _organisation(remarks: Iterable[str]) -> str:
    """The first remark that is no role, pronoun or note on coming and going.

    Organisations begin with a capital; account names and most notes do not.
    """
    for remark in remarks:
        parts = (_bare(part) for part in _HANDLE.sub("", remark).split(","))
        words = ", ".join(part for part in parts if part and not _is_remark(part))
        if words[:1].isupper():
            return words
    return ""


def _bare(words: str) -> str:
    return " ".join(words.split()).strip(" ,.-\u2013\u2014:;*)")


def _is_remark(words: str) -> bool:
    says_status = any(pattern.search(words) for _, pattern in _SAYS_STATUS)
    return says_status or _REMARKS.fullmatch(words) is not None


def _is_initials(label: re.Match[str]) -> bool:
    """Whether a label is like MD before Michael Dawson: letters used for somebody further down."""
    return _stands_for(label.group(1).strip(), _BRACKETS.sub("", label.group(2)).strip())


def _stands_for(letters: str, name: str) -> bool:
    return letters.isupper() and len(letters) <= 4 and initials_of(name.title())[:1] == letters[0]


def _in_table(table: Table, status: Presence) -> Iterator[Attendee]:
    """A table with a column of names, perhaps one of schools and one of ticks."""
    who = table.column(r"(?:full )?names?|members?|attendees?|participants?|who|person|present")
    where = table.column(
        r"organi[sz]ations?|schools?|affiliations?|institutions?|company|agency|team|site|from"
    )
    came = table.column(r"present|attend(?:ed|ance|ing)|status|here|y/?n|apolog(?:y|ies)")
    if who is None:
        return
    ticked = came is not None and any(_YES.fullmatch(cells[came].strip()) for cells in table.rows)
    for cells in table.rows:
        person = _person(cells[who], status) if cells[who] else None
        if person is None:
            continue
        if where is not None and where != who and cells[where]:
            person = replace(person, organisation=cells[where])
        if came is not None and came != who:
            empty = Presence.ABSENT if ticked and not cells[came] else person.status
            person = replace(person, status=_told(cells[came], empty))
        yield person


def _told(cell: str, status: Presence) -> Presence:
    for said, pattern in _SAYS_STATUS:
        if pattern.search(cell):
            return said
    if _YES.fullmatch(cell.strip()):
        return Presence.PRESENT
    return Presence.ABSENT if _NO.fullmatch(cell.strip()) else status
