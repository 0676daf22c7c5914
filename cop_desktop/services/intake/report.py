"""What bringing in tells while it goes on, and what it says at the end."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from cop_desktop.store import Changed


class Material(StrEnum):
    """What there is to bring in."""

    DOCUMENTS = "documents"
    MINUTES = "minutes"
    THREADS = "threads"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: files, or posts of threads. name: of the file that it is at."""

    done: int
    total: int
    name: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not brought in.

    path: below the chosen folder, with the line where it is one line of a file. reason: one or two
    plain sentences.
    """

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about what was brought in that the person should know, in a plain sentence."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class IntakeReport:
    """What came of bringing in.

    added, already_there: documents, meetings or posts. cancelled: the person stopped it; what was
    brought in until then stays, and doing it again goes on from there.
    """

    added: int
    already_there: int
    skipped: tuple[Skipped, ...]
    remarks: tuple[Remark, ...]
    cancelled: bool
    changed: Changed


@dataclass(frozen=True, slots=True)
class Ears:
    """Who listens. cancelled: asked often; True stops at the next whole thing."""

    progress: Callable[[Progress], None]
    cancelled: Callable[[], bool]
