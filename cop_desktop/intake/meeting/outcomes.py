"""What a meeting led to: decisions, and actions with who does them and by when."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from cop_desktop.intake.meeting.blocks import Block, BlockKind
from cop_desktop.intake.meeting.dates import next_such_day
from cop_desktop.intake.meeting.headings import Role
from cop_desktop.intake.meeting.owners import People
from cop_desktop.intake.meeting.sections import Section, as_items
from cop_desktop.intake.meeting.tables import Table, tables_of


@dataclass(frozen=True, slots=True)
class Action:
    """Something somebody took on. owner and due only where the minutes say so."""

    text: str
    owner: str = ""
    due: date | None = None
    done: bool = False


MAX_OUTCOMES = 1_000
_MAX_TEXT_CHARS = 2_000
_NUMBER = r"\s*(?:#?\d{1,4}(?:[./-]\d{1,4})*)?\s*"
_MARK = r"(?:[:\uff1a]|\s[-\u2013\u2014]\s|\u2013|\u2014)\s*"
_ACTION = re.compile(
    r"(?:new\s+)?(?:action(?:s|[ _-]?items?|[ _-]?points?)?(?:\s+required)?|to[- ]?do|follow[- ]?up"
    rf"|next steps?|(?:AP|AI)(?=\s?\d)){_NUMBER}"
    rf"(?:(?:to|for|on)\s+(?P<owner>[^:]{{2,40}}?)\s*)?{_MARK}(?P<text>.+)",
    re.IGNORECASE,
)
_SHOUTED_ACTION = re.compile(r"\[?ACTIONS?\]?\s+(?P<text>[A-Z@].+)")
_ACTION_IN_LINE = re.compile(r"(?<=[.;)!])\s+(?:ACTION|Action)(?: [Ii]tem)?:\s*(?P<text>.+)")
_TAKES_ACTION = re.compile(
    r"(?P<owner>[\w.'\u2019 -]{2,40}?),? (?:takes?|took|has|have|had|will take|to take) "
    r"(?:an? |the )?actions?(?: items?)? (?:to|for|on) (?P<text>.+)",
    re.IGNORECASE,
)
_DECISION = re.compile(
    r"(?:decisions?|resolved|resolution|agreed|agreement|motion(?: carried| passed)?|decided"
    rf"|approved|consensus(?: reached)?){_NUMBER}{_MARK}(?P<text>.+)",
    re.IGNORECASE,
)
_WE = (
    r"it was|we|all(?: present)?|everyone|everybody|those (?:present|at the meeting)"
    r"|(?:the )?(?:group|members?|meeting|committee|board|council|team|panel|participants"
    r"|attendees|staff|principals)"
)
_GROUP = rf"(?:(?:{_WE}) (?:have |has |had |all )?(?:unanimously )?)?"
_AGREED = re.compile(
    rf"{_GROUP}(?:agreed|decided|resolved|voted)(?: unanimously)? (?:to|that|on|we|not)\b.+"
    r"|(?:general agreement|consensus|(?:unanimous )?decision) (?:that|to|on)\b.+"
    r"|agreed (?!with\b|upon\b|next\b).+",
    re.IGNORECASE,
)
_EARLIER = re.compile(r"\b(?:last|previous|prior) (?:time|week|month|meeting)\b|\bhad agreed\b")
_NO_OUTCOME = re.compile(
    r"(?:none|nil|n/?a|tb[acd]|no action)\b.*|there (?:was|were|is|are) no .*"
    r"|(?:this section|the following|below) .*"
    r"|no(?:ne)? (?:[\w ]{1,40} )?(?:approved|made|taken|recorded|reached|passed|carried|noted"
    r"|raised|this (?:month|meeting)|at this (?:time|meeting|stage)|in the last .+)\b.{0,40}"
    r"|no (?:new )?(?:actions?|decisions?|motions?|resolutions?)(?: items?)?\W*",
    re.IGNORECASE,
)
_OPEN_QUESTION = re.compile(
    r"\?\s*$|\b(?:pending|deferred|needed|postponed|not (?:yet )?(?:made|reached))\s*\.?$",
    re.IGNORECASE,
)
_DUE = re.compile(
    r"\b(?:by|due|before|until|deadline|no later than|on or before)\b[:\s]*(?P<when>.{3,40})",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\s*[(\[-]?\s*\b(?:done|completed?|closed|finished)\b\s*[)\]]?[.!]?\s*$|[✓✔✅]\s*$|^[✓✔✅]\s*",
    re.IGNORECASE,
)
_IS_DONE = re.compile(r"(?:done|completed?|closed|finished|yes|✓|✔|✅|x|100 ?%).*", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+")


def decisions_of(sections: Iterable[Section], blocks: Iterable[Block]) -> tuple[str, ...]:
    """What was decided, in reading order: labelled lines, and the entries of parts about it."""
    found: list[str] = []
    for section in sections:
        if section.role is Role.DECISIONS:
            found += _decisions_in(section)
    for block in blocks:
        match = _DECISION.fullmatch(block.text) if block.kind is not BlockKind.HEADING else None
        if match:
            found.append(match.group("text"))
        elif _is_agreed(block):
            found.append(block.text)
    kept = (_plain(text) for text in found)
    return tuple(dict.fromkeys(text for text in kept if _is_outcome(text)))[:MAX_OUTCOMES]


def _is_agreed(block: Block) -> bool:
    """Whether a sentence tells a decision of this meeting, not of an earlier one."""
    if block.kind not in (BlockKind.ITEM, BlockKind.LINE) or _EARLIER.search(block.text):
        return False
    return _AGREED.fullmatch(block.text) is not None


def actions_of(
    sections: Iterable[Section], blocks: tuple[Block, ...], people: People
) -> tuple[Action, ...]:
    """What somebody took on, in reading order."""
    found: list[Action] = []
    for table in tables_of(blocks):
        found += _actions_in_table(table, people)
    for section in sections:
        if section.role is Role.ACTIONS:
            found += _actions_in(section, people)
    for block in blocks:
        if block.kind in (BlockKind.ITEM, BlockKind.LINE):
            found += _labelled_action(block, people)
    return tuple(_distinct(found))[:MAX_OUTCOMES]


def _distinct(actions: Iterable[Action]) -> Iterator[Action]:
    """Each text once: an action may be labelled and stand in the list of actions as well."""
    seen = set()
    for action in actions:
        key = re.sub(r"\W+", " ", action.text).strip().casefold()
        if key not in seen and _is_outcome(action.text):
            seen.add(key)
            yield action


def _decisions_in(section: Section) -> Iterator[str]:
    for table in tables_of(section.blocks):
        column = table.column(
            r"(?:.*\b)?(?:decisions?|resolutions?|motions?|title|description|item|what)"
        )
        for row in table.rows:
            yield _row_text(row) if column is None else _numbered(row, column)
    has_rows = any(block.kind is BlockKind.ROW for block in section.blocks)
    items = () if has_rows else as_items(section.blocks)
    top = min((item.level for item in items), default=0)
    for item in items:
        labelled = _DECISION.fullmatch(item.text) or _ACTION.fullmatch(item.text)
        if item.level == top and not labelled and not item.text.endswith(":"):
            yield item.text


def _row_text(row: tuple[str, ...]) -> str:
    return " - ".join(cell for cell in row if cell and not _ADDRESS.fullmatch(cell))


def _numbered(row: tuple[str, ...], column: int) -> str:
    """The deciding cell, with the number in front of it where the row begins with one."""
    before = row[0] if column > 0 and len(row[0]) <= 20 and any(c.isdigit() for c in row[0]) else ""
    return f"{before}: {row[column]}" if before and row[column] else row[column]


def _actions_in(section: Section, people: People) -> Iterator[Action]:
    owner = ""
    items = [block for block in section.blocks if block.kind is BlockKind.ITEM]
    deepest = top = min((item.level for item in items), default=0)
    for block in section.blocks:
        is_group = block.kind is BlockKind.HEADING or block.text.endswith(":")
        if is_group and people.is_owner(block.text.rstrip(": ")):
            owner = block.text.rstrip(": ")
            deepest = top + (block.kind is BlockKind.ITEM)
        elif block.kind is BlockKind.HEADING or is_group:
            owner, deepest = "", top
        elif block.kind is BlockKind.ITEM or (block.kind is BlockKind.LINE and not items):
            if block.kind is BlockKind.ITEM and block.level > deepest:
                continue  # a remark on the action above
            if _ACTION.fullmatch(block.text) is None and _DECISION.fullmatch(block.text) is None:
                yield _action(block.text, block, people, owner)


def _labelled_action(block: Block, people: People) -> Iterator[Action]:
    match = _ACTION.fullmatch(block.text) or _TAKES_ACTION.fullmatch(block.text)
    if match:
        owner = (match.group("owner") or "").strip()
        if owner and not people.is_owner(owner):
            owner = ""
        yield _action(match.group("text"), block, people, owner)
        return
    shouted = _SHOUTED_ACTION.fullmatch(block.text) or _ACTION_IN_LINE.search(block.text)
    if shouted:
        yield _action(shouted.group("text"), block, people, "")


def _action(text: str, block: Block, people: People, owner: str) -> Action:
    done = bool(block.done) or block.struck or bool(_DONE.search(text))
    text = _DONE.sub("", text).strip() or text
    if not owner:
        owner, text = people.owner_and_rest(text)
    return Action(_plain(text), people.full(owner), _due(text, people.held_on), done)


def _due(text: str, held_on: date | None) -> date | None:
    for match in _DUE.finditer(text):
        found = next_such_day(match.group("when"), held_on)
        if found is not None:
            return found
    return None


def _actions_in_table(table: Table, people: People) -> Iterator[Action]:
    """Tables that say who does what; one with a column of actions alone does not."""
    what = table.column(
        r"(?:agreed |new )?(?:actions?(?: items?| points?| required| to be taken)?|tasks?|to ?do"
        r"|what|next steps?)"
    )
    who = table.column(
        r"owners?|who|responsib(?:le|ility)|persons?(?: responsible)?|by whom|assigned(?: to)?"
        r"|leads?|action(?:ed)? by|assignee"
    )
    when = table.column(
        r"due(?: date| by)?|when|by when|date|deadline|timeline|target(?: date)?|timeframe"
        r"|completion"
    )
    status = table.column(r"(?:status|done|progress|completed?|state)\??")
    if what is None or (who is None and when is None):
        return
    for row in table.rows:
        if not row[what]:
            continue
        due = next_such_day(row[when], people.held_on) if when is not None else None
        state = row[status] if status is not None else ""
        owner, text = (row[who], row[what]) if who is not None else people.owner_and_rest(row[what])
        done = bool(_IS_DONE.fullmatch(state.strip())) if state else False
        yield Action(_plain(text), people.full(owner), due or _due(text, people.held_on), done)


def _plain(text: str) -> str:
    text = text.strip().lstrip("*•-\u2013\u2014 ").strip()
    return text[:_MAX_TEXT_CHARS]


def _is_outcome(text: str) -> bool:
    words = [word for word in text.split() if any(char.isalpha() for char in word)]
    question = _OPEN_QUESTION.search(_ADDRESS.sub("", text))
    return len(words) > 1 and question is None and not _NO_OUTCOME.fullmatch(text)
