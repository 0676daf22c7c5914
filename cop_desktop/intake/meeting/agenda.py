"""The agenda: what was to be talked about, for how long, and who led it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time

from cop_desktop.intake.meeting.blocks import Block, BlockKind
from cop_desktop.intake.meeting.headings import Role, role_of
from cop_desktop.intake.meeting.names import is_certain_name
from cop_desktop.intake.meeting.sections import Section, as_items
from cop_desktop.intake.meeting.tables import Table, tables_of
from cop_desktop.intake.meeting.times import first_time


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One point of an agenda. minutes: None where no duration is written."""

    title: str
    minutes: int | None = None
    presenter: str = ""


MAX_ITEMS = 500
_MAX_TITLE_CHARS = 300
_ISSUE = re.compile(r"\s*(?<!\w)#\d{1,6}\b")
_REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+")
_EXTRACTED = re.compile(r"\bextracted from\b.*\blabell?ed\b", re.IGNORECASE)
_DURATION = re.compile(
    r"\s*[(\[]?\s*[-\u2013\u2014]?\s*(\d{1,3})\s*[-\u2010]?\s*"
    r"(?:minutes?|mins?|m|['\u2019\u2032])(?![\w])\.?(?:\s*time ?box(?:ed)?)?\s*[)\]]?",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"[(\[]?\s*(?P<from>\d{1,2}(?::\d\d){1,2})\s*(?P<half>[ap]\.?m\.?)?\s*[-\u2013\u2014]\s*"
    r"(?P<to>\d{1,2}(?::\d\d){1,2})\s*(?:[ap]\.?m\.?)?\s*[)\]]?\s*[-\u2013\u2014:]?\s*",
    re.IGNORECASE,
)
_FROM_ZERO = re.compile(r"\W*00?:0")
_STARTS_AT = re.compile(
    r"^(?:\d{1,2}(?:[:.]\d\d)?\s*[ap]\.?m\.?|\d{1,2}:\d\d)(?:\s*[A-Z]{2,4}\b)?\s*[-\u2013\u2014:]?\s+",
    re.IGNORECASE,
)
_NUMBERING = re.compile(r"^(?:item\s+)?\d{1,2}(?:\.\d{1,2}){0,3}[.):]?\s+(?=\D)", re.IGNORECASE)
_LED_BY = re.compile(r"\s*(?:[-\u2013\u2014:]\s+|[(\[])([^()\[\]:]{2,60}?)[)\]]?\s*$")
_TOPIC = r"(?:agenda )?(?:items?|topics?|subject|sessions?|activity|title|description|what)"
_WHEN = (
    r"start(?:s| time)?|times?(?: \(?\w{2,4}\)?)?(?:stamps?)?|when|duration|minutes|mins?|length"
    r"|timing"
)
_WHO = r"speakers?|presenters?|lead(?:er)?s?|led by|who|owners?|facilitators?|responsible|person|by"


def agenda_of(sections: Iterable[Section], blocks: tuple[Block, ...]) -> tuple[AgendaItem, ...]:
    """The points of the agenda in order; of tables anywhere that have a column of agenda items."""
    found: list[AgendaItem] = []
    told = [section for section in sections if section.role is Role.AGENDA]
    for section in told:
        if not tables_of(section.blocks):
            found += _listed(section.blocks)
    found = list(_distinct(found))
    if not found:
        for table in tables_of(blocks):
            found += _in_table(table, sure=bool(told))
    return tuple(found)[:MAX_ITEMS]


def _distinct(items: Iterable[AgendaItem]) -> Iterator[AgendaItem]:
    """Without the points that stand twice, as where an agenda comes before its own minutes."""
    seen = set()
    for item in items:
        key = item.title.casefold()
        if key not in seen:
            seen.add(key)
            yield item


def _listed(blocks: tuple[Block, ...]) -> Iterator[AgendaItem]:
    headings = [block for block in blocks if block.kind is BlockKind.HEADING]
    if _is_extracted(blocks):
        yield from _extracted(blocks)
    elif headings:
        top = min(heading.level for heading in headings)
        chosen = [
            heading
            for heading in headings
            if heading.level == top and role_of(heading.text) is None
        ]
        yield from _timed(blocks, chosen)
    else:
        items = as_items(blocks)
        top = min((item.level for item in items), default=0)
        yield from _timed(items, [item for item in items if item.level == top])


def _is_extracted(blocks: tuple[Block, ...]) -> bool:
    """Agendas that a program drew up from issues: the points are those with an issue's number."""
    said = any(_EXTRACTED.search(block.text) for block in blocks)
    repositories = any(
        block.kind is BlockKind.HEADING and _REPOSITORY.fullmatch(block.text) for block in blocks
    )
    return (said or repositories) and any(_is_issue(block) for block in blocks)


def _is_issue(block: Block) -> bool:
    is_point = block.kind is BlockKind.ITEM and block.level == 0
    return is_point and bool(_ISSUE.search(block.text))


def _extracted(blocks: tuple[Block, ...]) -> Iterator[AgendaItem]:
    """Issues, and between them the headings that no program wrote."""
    heading: Block | None = None
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            heading = None if _REPOSITORY.fullmatch(block.text) else block
            if heading is not None and role_of(heading.text) is None:
                yield from _timed(blocks, [heading])
        elif _is_issue(block):
            yield from _timed(blocks, [block])


def _timed(around: tuple[Block, ...], chosen: list[Block]) -> Iterator[AgendaItem]:
    """The chosen blocks as points.

    A duration may stand on the line below; a start time tells how long the point before it was.
    """
    places = {id(block): place for place, block in enumerate(around)}
    starts = [first_time(block.text) if _STARTS_AT.match(block.text) else None for block in chosen]
    for index, block in enumerate(chosen):
        item = _point(block.text)
        if item is None:
            continue
        below = around[places[id(block)] + 1 : places[id(block)] + 2]
        if item.minutes is None and below:
            item = replace(item, minutes=_only_duration(below[0].text))
        start, end = starts[index], starts[index + 1] if index + 1 < len(starts) else None
        if item.minutes is None and start is not None and end is not None:
            item = replace(item, minutes=_between(start.at, end.at))
        yield item


def _point(text: str) -> AgendaItem | None:
    """A line such as "3. Budget (10 mins) - Jane Smith"; None when it leaves no title."""
    minutes = None
    span = _SPAN.match(text)
    if span:
        minutes = _span_minutes(span.group("from"), span.group("to"), recorded=False)
        text = text[span.end() :]
    text = _STARTS_AT.sub("", text)
    text = _NUMBERING.sub("", text)
    duration = _DURATION.search(text)
    if duration and minutes is None:
        minutes = int(duration.group(1)) or None
        text = text[: duration.start()] + text[duration.end() :]
    text = _ISSUE.sub("", text).strip(" \t:;-\u2013\u2014")
    presenter = ""
    led_by = _LED_BY.search(text)
    if led_by and led_by.start() > 0 and _are_names(led_by.group(1)):
        presenter = led_by.group(1).strip()
        text = text[: led_by.start()].strip(" \t:;-\u2013\u2014")
    if not any(char.isalpha() for char in text):
        return None
    return AgendaItem(text[:_MAX_TITLE_CHARS], minutes, presenter)


def _are_names(text: str) -> bool:
    """Two words at least: "Budget - Overview" has no presenter."""
    names = re.split(r",|&|\band\b|/", text)
    return all(is_certain_name(name.strip()) and " " in name.strip() for name in names)


def _only_duration(text: str) -> int | None:
    match = _DURATION.fullmatch(text)
    return int(match.group(1)) or None if match else None


def _in_table(table: Table, *, sure: bool) -> Iterator[AgendaItem]:
    """The rows of a table whose heads say that it is an agenda. sure: it stands below that word."""
    topic = table.column(r"agenda(?: items?| topics?)?[ \d/-]*")
    when = table.column(_WHEN)
    if topic is None and (sure or when is not None):
        topic = table.column(_TOPIC)
    if topic is None:
        return
    who = table.column(_WHO)
    rows = [row for row in table.rows if sum(bool(cell) for cell in row) > 1 or len(row) == 1]
    starts = [first_time(row[when]) if when is not None else None for row in rows]
    recorded = when is not None and any(_FROM_ZERO.match(row[when]) for row in rows[:2])
    for index, row in enumerate(rows):
        item = _point(row[topic])
        if item is None:
            continue
        end = starts[index + 1] if index + 1 < len(rows) else None
        start = starts[index]
        minutes = _cell_minutes(row[when], recorded=recorded) if when is not None else None
        if minutes is None and start is not None and end is not None:
            minutes = _between(start.at, end.at)
        presenter = row[who] if who is not None and who != topic else ""
        yield AgendaItem(item.title, item.minutes or minutes, presenter or item.presenter)


def _cell_minutes(cell: str, *, recorded: bool) -> int | None:
    span = _SPAN.match(cell)
    if span:
        return _span_minutes(span.group("from"), span.group("to"), recorded=recorded)
    if cell.strip().isdecimal() and len(cell.strip()) <= 3:
        return int(cell) or None
    return _only_duration(cell)


def _span_minutes(start: str, end: str, *, recorded: bool) -> int | None:
    """Minutes from 9:00 to 9:45; of a recording, whose two parts are minutes and seconds."""
    first, last = ([int(part) for part in said.split(":")] for said in (start, end))
    if recorded and len(first) == len(last) == 2:
        first, last = [0, *first], [0, *last]
    first, last = ([*parts, 0][:3] for parts in (first, last))
    seconds = (last[0] - first[0]) * 3600 + (last[1] - first[1]) * 60 + last[2] - first[2]
    return max(round(seconds / 60), 1) if 0 < seconds < 8 * 3600 else None


def _between(start: time, end: time) -> int | None:
    """Whole minutes from one point to the next; None past midday gaps that are no duration."""
    day = datetime(2000, 1, 1)  # noqa: DTZ001 - only the difference counts
    minutes = int((datetime.combine(day, end) - datetime.combine(day, start)).total_seconds() // 60)
    return minutes if 0 < minutes <= 8 * 60 else None
