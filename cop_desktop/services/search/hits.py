"""What a search finds, as it is listed."""

from dataclasses import dataclass
from datetime import datetime

from cop_desktop.services.care import CareView
from sync.core.ids import Id


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a snippet. matched: it is what was looked for."""

    text: str
    matched: bool


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One record in which something was found.

    kind, noun, id: of the record itself. open_kind, open_id: of the one to open for it, a reply's
    topic for example; title: of that one. community: None in the directory. file: name of the file
    that was found, or the text of which; here: False if its content is not on this computer. when:
    of what it tells. who: the writer. care: asked for with the record, or with what it belongs to.
    """

    kind: str
    noun: str
    id: Id
    open_kind: str
    open_id: Id
    place: str
    community: Id | None
    title: str
    file: str
    snippet: tuple[Piece, ...]
    when: datetime
    who: str
    here: bool
    care: CareView | None = None
