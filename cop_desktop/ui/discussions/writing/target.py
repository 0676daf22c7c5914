"""What the reply box writes: a reply to a topic, to a reply in it, or another text for one."""

import uuid
from dataclasses import dataclass

from cop_desktop.services.drafts import Draft, place_of_reply

Id = bytes


@dataclass(frozen=True, slots=True)
class Target:
    """parent: the reply that is answered. edits: the reply that gets another text. who: whose."""

    topic: Id
    parent: Id | None = None
    edits: Id | None = None
    who: str = ""

    @property
    def place(self) -> str:
        """Where its draft is kept."""
        if self.edits is not None:
            return f"edit:{uuid.UUID(bytes=self.edits)}"
        return place_of_reply(self.topic, self.parent)

    @property
    def is_topic(self) -> bool:
        """Whether it is a reply to the topic itself."""
        return self.parent is None and self.edits is None


def drafts_of_topic(drafts: tuple[Draft, ...], topic: Id) -> list[Draft]:
    """The drafts of replies in a topic, latest first; drafts come so."""
    start = place_of_reply(topic)
    return [draft for draft in drafts if draft.place == start or _is_under(draft, start)]


def parent_of(draft: Draft) -> Id | None:
    """The reply that the text of a reply's draft answers; None for the topic itself."""
    parts = draft.place.split(":")
    try:
        return uuid.UUID(parts[2]).bytes if len(parts) > 2 else None
    except ValueError:
        return None


def quoted(text: str, who: str) -> str:
    """The text as a quotation, with whose it is, ready to write under."""
    lines = "\n".join(f"> {line}".rstrip() for line in text.strip().split("\n"))
    return f"{who}:\n{lines}\n\n"


def _is_under(draft: Draft, start: str) -> bool:
    return draft.place.startswith(f"{start}:")
