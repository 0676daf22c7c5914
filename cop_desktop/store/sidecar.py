"""A small file beside the database that tells when the database was put back from a copy.

It holds the replica's id and how many groups it has written. A database that has written fewer is
an older copy: going on under the same id would give two groups one sequence number. Written without
waiting for the disk: after a power cut it may be behind, which is harmless, never ahead.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cop_desktop.store.files_on_disk import file_errors
from sync.core.ids import Id

FORMAT: Final = 1
COPIED: Final = "copied"
OLDER: Final = "older copy"


@dataclass(frozen=True, slots=True)
class Count:
    """How many groups a replica has written."""

    replica: Id
    written: int


def read(path: Path) -> Count | None:
    """What the file says; None if there is none that can be read."""
    try:
        found = json.loads(path.read_bytes())
        return Count(bytes.fromhex(found["replica"]), int(found["written"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write(path: Path, count: Count) -> None:
    """Replace the file.

    Raises DiskFull, ReadOnly.
    """
    content = {"format": FORMAT, "replica": count.replica.hex(), "written": count.written}
    new = path.with_name(path.name + ".new")
    with file_errors():
        new.write_text(json.dumps(content), encoding="ascii")
        new.replace(path)


def suspicion(beside: Count | None, inside: Count) -> str | None:
    """Why the database cannot go on under its id; None if it can.

    beside: what the file says; inside: what the database says.
    """
    if beside is None:
        return None if inside.written == 0 else COPIED
    if beside.replica != inside.replica:
        return COPIED
    return OLDER if beside.written > inside.written else None
