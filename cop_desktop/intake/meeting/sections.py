"""The parts of one meeting's minutes, found by their headings and labels."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from cop_desktop.intake.meeting.blocks import BOLD_LEVEL, Block, BlockKind
from cop_desktop.intake.meeting.headings import Role, role_of

_LABEL_LEVEL = BOLD_LEVEL + 1
_LABELLED = re.compile(r"(?P<label>[^:\uff1a]{3,60}?)\s*[:\uff1a]\s*(?P<rest>.*)$")
_SAID = re.compile(
    r"(?P<label>apologies|regrets)\s+(?:were\s+|have been\s+)?(?:received\s+|noted\s+)?from\s+"
    r"(?P<rest>.+)$",
    re.IGNORECASE,
)
_PLACES = re.compile(
    r"(?:on ?line|in[ -]person|in the room|remote(?:ly)?|(?:(?:via|by) )?"
    r"(?:zoom|teams|phone|video|webex)|(?:non-)?voting)(?: members| attendees| participants)?:?",
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
    for block in blocks:
        announced = _announced(block)
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
    if role is None or (match is None and block.kind is not BlockKind.HEADING):
        return None
    if rest and role in (Role.ACTIONS, Role.DECISIONS):
        return None  # one labelled line: the recognisers of actions and decisions take it
    content = [Block(BlockKind.LINE, rest)] if rest else []
    return _Open(role, label, level, depth, content)


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
        if current.role is Role.PRESENT and _PLACES.fullmatch(block.text):
            return False
        return block.level <= current.level
    if current.depth >= 0:  # a list item opened it: only what is nested below belongs to it
        return block.kind is not BlockKind.ITEM or block.level <= current.depth
    if current.level == _LABEL_LEVEL and block.kind is BlockKind.LINE:
        return bool(current.blocks) and _LABELLED.match(block.text) is not None
    return False


def as_items(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The list items of a part; its lines as items where it has no list."""
    items = tuple(block for block in blocks if block.kind is BlockKind.ITEM)
    if items:
        return items
    lines = (block for block in blocks if block.kind is BlockKind.LINE and block.text)
    return tuple(replace(line, kind=BlockKind.ITEM, level=0) for line in lines)
