"""What comes back to the box when a reply is recalled."""

from dataclasses import dataclass

from cop_desktop.ui.discussions.tools import Id


@dataclass(frozen=True, slots=True)
class Recalled:
    """Words taken back before they left, to be written on. parent: the reply they answered."""

    topic: Id
    parent: Id | None
    body: str
