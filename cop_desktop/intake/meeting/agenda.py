"""The agenda: what was to be talked about, for how long, and who led it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from cop_desktop.intake.meeting.blocks import Block, BlockKind
from cop_desktop.intake.meeting.headings import Role, role_of
from cop_desktop.intake.meeting.owners import People
from cop_desktop.intake.meeting.points import (
    ISSUE,
    NUMBERING,
    STARTS_AT,
    AgendaItem,
    cell_minutes,
    minutes_between,
    only_duration,
    point,
)
from cop_desktop.intake.meeting.sections import Section, as_items
from cop_desktop.intake.meeting.tables import Table, tables_of
from cop_desktop.intake.meeting.times import first_time

MAX_ITEMS = 500
_REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+")
_EXTRACTED = re.compile(r"\bextracted from\b.*\blabell?ed\b", re.IGNORECASE)
_FROM_ZERO = re.compile(r"\W*00?:0")
_LEAST_NUMBERED = 3
_AGENDA_COLUMN = r"agenda(?: items?| topics?)?[ \d/-]*"
_TOPIC = r"(?:agenda )?(?:items?|topics?|subject|sessions?|activity|title|description|what)"
_TALK = r"(?:discussion|notes?|minutes|comments?|summary|outcomes?)(?: points)?"
_WHEN = (
    r"start(?:s| time)?|times?(?: \(?\w{2,4}\)?)?(?:stamps?)?|when|duration|minutes|mins?|length"
    r"|timing"
)
_WHO = r"speakers?|presenters?|lead(?:er)?s?|led by|who|owners?|facilitators?|responsible|person|by"
_ACTION_COLUMN = r".*\bactions?\b.*|tasks?"


def agenda_of(
    sections: Iterable[Section], blocks: tuple[Block, ...], people: People
) -> tuple[AgendaItem, ...]:
    """The points of the agenda, in order.

    Taken from the part under that heading; where there is none, from tables with a column of
    agenda items, or from the numbers in front of the minutes' headings.
    """
    told = [section for section in sections if section.role is Role.AGENDA]
    listed = (section for section in told if not tables_of(section.blocks))
    found = list(_distinct(item for part in listed for item in _listed(part.blocks, people)))
    if not found:
        for table in tables_of(blocks):
            found += _in_table(table, people, sure=bool(told))
    if not found:
        found += _timed(blocks, _numbered(blocks), people)
    return tuple(found)[:MAX_ITEMS]


def _distinct(items: Iterable[AgendaItem]) -> Iterator[AgendaItem]:
    """Without the points that stand twice, as where an agenda comes before its own minutes."""
    seen = set()
    for item in items:
        key = item.title.casefold()
        if key not in seen:
            seen.add(key)
            yield item


def _listed(blocks: tuple[Block, ...], people: People) -> Iterator[AgendaItem]:
    headings = [block for block in blocks if block.kind is BlockKind.HEADING]
    if _is_extracted(blocks):
        yield from _timed(blocks, _extracted(blocks), people)
    elif headings:
        top = min(heading.level for heading in headings)
        chosen = [heading for heading in headings if heading.level == top]
        yield from _timed(blocks, [one for one in chosen if role_of(one.text) is None], people)
    else:
        items = as_items(blocks)
        top = min((item.level for item in items), default=0)
        yield from _timed(items, [item for item in items if item.level == top], people)


def _is_extracted(blocks: tuple[Block, ...]) -> bool:
    """Agendas that a program drew up from issues: the points are those with an issue's number."""
    said = any(_EXTRACTED.search(block.text) for block in blocks)
    repositories = any(
        block.kind is BlockKind.HEADING and _REPOSITORY.fullmatch(block.text) for block in blocks
    )
    return (said or repositories) and any(_is_issue(block) for block in blocks)


def _is_issue(block: Block) -> bool:
    is_point = block.kind is BlockKind.ITEM and block.level == 0
    return is_point and bool(ISSUE.search(block.text))


def _extracted(blocks: tuple[Block, ...]) -> list[Block]:
    """Issues, and between them the headings that no program wrote."""
    chosen = []
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            if not _REPOSITORY.fullmatch(block.text) and role_of(block.text) is None:
                chosen.append(block)
        elif _is_issue(block):
            chosen.append(block)
    return chosen


def _numbered(blocks: tuple[Block, ...]) -> list[Block]:
    """The points of formal minutes, which have no list: 1, 2, 3 with what was said below each."""
    headings: list[Block] = []
    items: list[Block] = []
    talk = 0
    for block in blocks:
        match = NUMBERING.match(block.text) if block.kind is BlockKind.HEADING else None
        if match and not match.group(2) and int(match.group(1)) == len(headings) + 1:
            headings.append(block)
        if block.level == 0 and block.number == len(items) + 1:
            items.append(block)
        elif items:
            talk += 1
    if len(headings) >= _LEAST_NUMBERED:
        return [block for block in headings if role_of(block.text) is None]
    is_spread_out = len(items) >= _LEAST_NUMBERED and talk >= len(items)
    return [block for block in items if role_of(block.text) is None] if is_spread_out else []


def _timed(around: tuple[Block, ...], chosen: list[Block], people: People) -> Iterator[AgendaItem]:
    """The chosen blocks as points.

    A duration may stand on the line below; a start time tells how long the point before it was.
    """
    places = {id(block): place for place, block in enumerate(around)}
    starts = [first_time(block.text) if STARTS_AT.match(block.text) else None for block in chosen]
    ends = [*starts[1:], None]
    for block, start, end in zip(chosen, starts, ends, strict=False):
        item = point(block.text, people)
        if item is None:
            continue
        below = around[places[id(block)] + 1 : places[id(block)] + 2]
        if item.minutes is None and below:
            item = replace(item, minutes=only_duration(below[0].text))
        if item.minutes is None and start is not None and end is not None:
            item = replace(item, minutes=minutes_between(start.at, end.at))
        yield item


def _in_table(table: Table, people: People, *, sure: bool) -> Iterator[AgendaItem]:
    """The rows of a table whose heads say that it is an agenda. sure: it stands below that word."""
    topic = table.column(_AGENDA_COLUMN)
    when = table.column(_WHEN)
    if topic is None and (sure or when is not None or table.column(_TALK) is not None):
        topic = table.column(_TOPIC)
    if topic is None:
        return
    who = table.column(_WHO) if table.column(_ACTION_COLUMN) is None else None
    rows = [row for row in table.rows if sum(bool(cell) for cell in row) > 1 or len(row) == 1]
    lengths = _row_minutes(rows, when)
    for row, minutes in zip(rows, lengths, strict=True):
        item = point(row[topic], people)
        if item is not None:
            presenter = row[who] if who is not None and who != topic else ""
            yield AgendaItem(item.title, item.minutes or minutes, presenter or item.presenter)


def _row_minutes(rows: list[tuple[str, ...]], when: int | None) -> list[int | None]:
    """How long each row of a table took, by its own cell or by the start of the next row."""
    if when is None:
        return [None] * len(rows)
    recorded = any(_FROM_ZERO.match(row[when]) for row in rows[:2])
    starts = [first_time(row[when]) for row in rows]
    lengths = []
    for row, start, end in zip(rows, starts, [*starts[1:], None], strict=False):
        minutes = cell_minutes(row[when], recorded=recorded)
        if minutes is None and start is not None and end is not None:
            minutes = minutes_between(start.at, end.at)
        lengths.append(minutes)
    return lengths
