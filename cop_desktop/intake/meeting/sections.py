"""The parts of one meeting's minutes, found by their headings and labels."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from cop_desktop.intake.meeting.blocks import BOLD_LEVEL, Block, BlockKind
from cop_desktop.intake.meeting.headings import Role, is_place, role_of
from cop_desktop.intake.meeting.names import is_certain_name

_LABEL_LEVEL = BOLD_LEVEL + 1
_LABELLED = re.compile(r"(?P<label>[^:\uff1a]{3,60}?)\s*[:\uff1a]\s*(?P<rest>.*)$")
_OTHER_LABEL = re.compile(
    r"(?:decisions?|resolutions?|resolved|motion|moved|actions?|agenda|discussion|background|purpose"
    r"|notes|minutes|next meeting|meeting (?:opened|closed)|date|time|venue|where|when|location"
    r"|chair\w*|facilitator|recording|link)\b[\w ]{0,30}[:\uff1a]",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"(?P<label>apologies|regrets)\s+(?:were\s+|have been\s+)?(?:received\s+|noted\s+)?from\s+"
    r"(?P<rest>.+)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Section:
    """One part: what its heading says, and the blocks below it, its own sub-headings included."""

    role: Role
    title: str
    blocks: tuple[Block, ...]


@dataclass(slots=True)
class _Open:
    """The part that is being read. depth: of the list item that opened it, -1 for none."""

    role: Role
    title: str
    level: int
    depth: int
    blocks: list[Block]

    def closed(self) -> Section:
        return Section(self.role, self.title, tuple(self.blocks))


def sections_of(blocks: tuple[Block, ...]) -> tuple[Section, ...]:
    """The parts with a known role, in reading order."""
    return tuple(_sections(blocks))


def _sections(blocks: tuple[Block, ...]) -> Iterator[Section]:
    current: _Open | None = None
    for block, after in zip_longest(blocks, blocks[1:]):
        announced = _announced(block) or _announced_bare(block, after)
        if announced is not None and announced.blocks:  # label and content on one line
            yield announced.closed()
            continue
        if announced is not None and not _is_inside(announced, current):
            if current is not None:
                yield current.closed()
            current = announced
            continue
        if current is not None and _ends(current, block):
            yield current.closed()
            current = None
        if current is not None:
            current.blocks.append(block)
    if current is not None:
        yield current.closed()


def _announced(block: Block) -> _Open | None:
    """The part that this block opens, with its content when that stands on the same line."""
    if block.kind is BlockKind.ROW:
        return _announced_in_row(block)
    if block.kind is BlockKind.HEADING and block.level < BOLD_LEVEL:
        role = role_of(block.text)
        return _Open(role, block.text, block.level, -1, []) if role else None
    level = block.level if block.kind is BlockKind.HEADING else _LABEL_LEVEL
    depth = block.level if block.kind is BlockKind.ITEM else -1
    match = _LABELLED.match(block.text) or _SAID.match(block.text)
    label, rest = (match.group("label"), match.group("rest")) if match else (block.text, "")
    role = role_of(label)
    if role is None and rest and is_place(label) and is_certain_name(rest.partition(",")[0]):
        role = Role.PRESENT  # "Online: Jane Smith, Bob Lum"
    if role is None or (match is None and block.kind is not BlockKind.HEADING):
        return None
    if rest and role in (Role.ACTIONS, Role.DECISIONS):
        return None  # one labelled line: the recognisers of actions and decisions take it
    content = [Block(BlockKind.LINE, rest)] if rest else []
    return _Open(role, label, level, depth, content)


def _announced_bare(block: Block, after: Block | None) -> _Open | None:
    """The part that a line without any mark opens: "Present" above a list, or "PRESENT"."""
    above_list = after is not None and after.kind is BlockKind.ITEM
    if block.kind is not BlockKind.LINE or not (above_list or block.text.isupper()):
        return None
    role = role_of(block.text)
    return _Open(role, block.text, _LABEL_LEVEL, -1, []) if role else None


def _announced_in_row(row: Block) -> _Open | None:
    """The part in a table used as a form: Present | Jane; Bob."""
    filled = [cell for cell in row.cells if cell]
    role = role_of(filled[0]) if len(filled) == 2 else None
    if role is None or role in (Role.AGENDA, Role.ACTIONS, Role.DECISIONS):
        return None
    return _Open(role, filled[0], _LABEL_LEVEL, -1, [Block(BlockKind.LINE, filled[1])])


def _is_inside(announced: _Open, current: _Open | None) -> bool:
    """Whether a heading stays in the part it stands in: "Schedule" below the agenda does.

    "Actions" below one point of the agenda opens a part of its own.
    """
    if current is None:
        return False
    return announced.role is current.role is Role.AGENDA and announced.level > current.level


def _ends(current: _Open, block: Block) -> bool:
    if block.kind is BlockKind.HEADING:
        if current.role is Role.PRESENT and is_place(block.text):
            return False
        return block.level <= current.level
    if current.depth >= 0:  # a list item opened it: only what is nested below belongs to it
        return block.kind is not BlockKind.ITEM or block.level <= current.depth
    if current.level >= BOLD_LEVEL and block.kind is BlockKind.LINE:
        return bool(current.blocks) and _OTHER_LABEL.match(block.text) is not None
    return False


def as_items(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The list items of a part; its lines as items where it has no list."""
    items = tuple(block for block in blocks if block.kind is BlockKind.ITEM)
    if items:
        return items
    lines = (block for block in blocks if block.kind is BlockKind.LINE and block.text)
    return tuple(replace(line, kind=BlockKind.ITEM, level=0) for line in lines)
