"""What stands on a paper: values that know nothing of print, PDF or Word."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Tone(StrEnum):
    """How a line is meant."""

    PLAIN = "plain"
    SOFT = "soft"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph of plain text: nothing in it is markup."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Markdown:
    """What somebody wrote as Markdown. Its pictures are left out, its HTML is shown as text."""

    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list. detail: stands after it, softer. done: None for what has no box."""

    text: str
    detail: str = ""
    done: bool | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """Items under each other, with numbers or without."""

    items: tuple[Item, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of plain text under a head. widths: parts of the whole, empty for equal ones."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()


Block: TypeAlias = Words | Markdown | Listing | Table


@dataclass(frozen=True, slots=True)
class Section:
    """A part with a heading; without blocks it is left out."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """One document.

    kind: what sort it is, in a word or two. lines: under the title, of when and where. foot: at the
    bottom of each page, beside its number.
    """

    kind: str
    title: str
    lines: tuple[str, ...]
    sections: tuple[Section, ...]
    foot: str = ""

    def filled(self) -> tuple[Section, ...]:
        """The sections that hold something."""
        return tuple(section for section in self.sections if section.blocks)
