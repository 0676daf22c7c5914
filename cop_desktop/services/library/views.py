"""What the library looks like to a reader, and what somebody enters for it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from cop_desktop.services.attachments import FileView
from cop_desktop.services.care import CareView
from cop_desktop.services.discussions.rows import ReactionCount
from cop_desktop.services.library.steps import Step
from cop_desktop.services.library.uses import UseCount, UseView, count_of
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
    authors: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class ItemEdit:
    """What to change in an item; None leaves a part as it is, an empty one takes it away.

    tags, strategies: all that it should have afterwards. reading_minutes, year: 0 takes them away.
    """

    title: str | None = None
    type: str | None = None
    tags: tuple[str, ...] | None = None
    strategies: tuple[str, ...] | None = None
    evidence: str | None = None
    reading_minutes: int | None = None
    credit: str | None = None
    authors: str | None = None
    year: int | None = None


class Attention(StrEnum):
    """What somebody is to do something about.

    WAITING: handed in, and not answered yet. MINE: I was asked to review it. LATE: the reviewer was
    to have answered by now. AGAIN: published, and its day to be looked at again has come.
    SENT_BACK: a draft of mine that a reviewer sent back.
    """

    WAITING = "waiting"
    MINE = "mine"
    LATE = "late"
    AGAIN = "again"
    SENT_BACK = "sent back"


@dataclass(frozen=True, slots=True)
class LibraryFilter:
    """Which items to list; all given must hold.

    text: words in an item, in the names of its files, in what was found inside them, or in a report
    of its use.
    """

    status: str | None = None
    type: str | None = None
    tag: str | None = None
    evidence: str | None = None
    text: str = ""
    strategy: str | None = None
    attention: Attention | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """What there is to choose from in a library. attention: how many items each is about."""

    tags: tuple[str, ...]
    strategies: tuple[str, ...]
    attention: tuple[tuple[Attention, int], ...]


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One line of the list of items.

    file: the newest version of its file, None if it has none. reviewer: who has it for review,
    else empty. answer_is_late: they were to have answered by now. review_is_due: it is published,
    and its day to be looked at again is here or past. sent_back: a draft of mine that a reviewer
    sent back. adapted: it began as a copy. care: asked for with it or a file of it.
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
    reviewer: str
    reviewer_is_me: bool
    answer_by: date | None
    answer_is_late: bool
    review_by: date | None
    review_is_due: bool
    sent_back: bool
    adapted: bool
    uses: UseCount
    care: CareView | None
    state: ItemState
    two_versions: bool


@dataclass(frozen=True, slots=True)
class Origin:
    """What an item was adapted from, or what was made of it. title: empty if that is not here."""

    id: Id
    title: str
    author: str = ""


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item as it is read.

    summary: the text, and what the next save is made against. versions: of its files, newest
    first. steps: those that I may take now. reviewer: who took it into review, else empty; while it
    is in review they have it now, and answer_by says until when. review_note: what they answered.
    authors, year: of the work, as entered. adaptations: what was made of it, here. uses: latest
    first. care: asked for with it, or with a file of it. community: the name of its community.
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
    reviewer_id: Id | None
    answer_by: date | None
    answer_is_late: bool
    review_note: str
    review_by: date | None
    review_is_due: bool
    authors: str
    year: int | None
    community: str
    adaptations: tuple[Origin, ...]
    uses: tuple[UseView, ...]
    thanks: ReactionCount | None
    care: CareView | None
    versions: tuple[FileView, ...]
    steps: tuple[Step, ...]
    may_change: bool
    may_remove: bool
    trashed: bool
    state: ItemState
    two_versions: bool

    @property
    def use_count(self) -> UseCount:
        """How often it was used."""
        return count_of(use.school_id for use in self.uses)


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
