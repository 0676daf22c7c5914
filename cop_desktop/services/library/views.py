"""What the library looks like to a reader, and what somebody enters for it."""

from dataclasses import dataclass
from datetime import date, datetime

from cop_desktop.services.attachments import FileView
from cop_desktop.services.library.steps import Step
from cop_desktop.store import Changed, ItemState, TextSnapshot
from sync.core.ids import Id


@dataclass(frozen=True, slots=True)
class NewItem:
    """An item that somebody adds; it begins as a draft.

    type, evidence: one of `sync.catalogue.library.ITEM_TYPES` and `EVIDENCE`. source: where it was
    brought in from.
    """

    title: str
    summary: str = ""
    type: str | None = None
    tags: tuple[str, ...] = ()
    strategies: tuple[str, ...] = ()
    evidence: str | None = None
    reading_minutes: int | None = None
    credit: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class ItemEdit:
    """What to change in an item; None leaves a part as it is, an empty one takes it away.

    tags, strategies: all that it should have afterwards. reading_minutes: 0 takes them away.
    """

    title: str | None = None
    type: str | None = None
    tags: tuple[str, ...] | None = None
    strategies: tuple[str, ...] | None = None
    evidence: str | None = None
    reading_minutes: int | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class LibraryFilter:
    """Which items to list; all given must hold.

    text: words in an item, in the names of its files or in what was found inside them.
    """

    status: str | None = None
    type: str | None = None
    tag: str | None = None
    evidence: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One line of the list of items.

    file: the newest version of its file, None if it has none. review_is_due: its review-by day is
    here or past.
    """

    id: Id
    title: str
    snippet: str
    type: str | None
    status: str
    tags: tuple[str, ...]
    evidence: str | None
    reading_minutes: int | None
    author: str
    added: datetime
    edited: datetime
    file: FileView | None
    files: int
    review_by: date | None
    review_is_due: bool
    state: ItemState
    two_versions: bool


@dataclass(frozen=True, slots=True)
class Origin:
    """What an item was adapted from. title: empty if that is not here."""

    id: Id
    title: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item as it is read.

    summary: the text, and what the next save is made against. versions: of its files, newest
    first. steps: those that I may take now. reviewer: who took it into review, else empty.
    """

    id: Id
    space: Id
    title: str
    summary: TextSnapshot
    type: str | None
    status: str
    tags: tuple[str, ...]
    strategies: tuple[str, ...]
    evidence: str | None
    reading_minutes: int | None
    credit: str
    source: str
    adapted_from: Origin | None
    author: str
    author_id: Id
    added: datetime
    edited: datetime
    edited_by: str
    reviewer: str
    review_by: date | None
    review_is_due: bool
    versions: tuple[FileView, ...]
    steps: tuple[Step, ...]
    may_change: bool
    may_remove: bool
    trashed: bool
    state: ItemState
    two_versions: bool


@dataclass(frozen=True, slots=True)
class AddedItem:
    """An item was added."""

    id: Id
    changed: Changed


@dataclass(frozen=True, slots=True)
class SummarySaved:
    """A summary was saved. base: for the editor's next save, the text as the editor shows it."""

    base: TextSnapshot
    changed: Changed
