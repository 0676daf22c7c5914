"""What every reader of a format hands back."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Content:
    """The inside of one document, not yet tidied or capped.

    titles: candidates, best first. pages: None where the format has none.
    size_px: width and height of a picture. notes: for the person, whole sentences.
    """

    text: str
    titles: tuple[str, ...] = ()
    pages: int | None = None
    author: str = ""
    when_utc: datetime | None = None
    size_px: tuple[int, int] | None = None
    notes: tuple[str, ...] = ()
