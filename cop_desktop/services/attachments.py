"""Files as people see them beside a record: names, sizes, and whether the content is here."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cop_desktop.store import ItemState
from sync.core.ids import Id


class FileState(StrEnum):
    """Where the content of a file is."""

    HERE = "here"
    PARTIAL = "partial"
    NOT_HERE = "not here"
    NOBODY_HAS_IT = "nobody has it"


@dataclass(frozen=True, slots=True)
class FileView:
    """One attached file, or one version of it.

    name: as it was attached; outside it is kept under `file_names.safe_name` of it. wanted:
    somebody here asked for its content. may_remove: I may move it to the trash. is_program: it is
    never opened. sent: whether the reference has left this computer; the content may take longer.
    """

    id: Id
    target: Id
    name: str
    media_type: str
    size_bytes: int
    state: FileState
    wanted: bool
    added: datetime
    by: str
    by_id: Id
    note: str
    may_remove: bool
    is_program: bool
    sent: ItemState
