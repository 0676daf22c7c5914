"""A small file beside the database that tells when the database was put back from a copy.

It holds the replica's id and how many groups it has written. A database that has written fewer is
an older copy: going on under the same id would give two groups one sequence number. Written without
waiting for the disk, but for the first time: after a power cut it may be behind or hold nothing
that makes sense, which is harmless, never ahead, and never be gone.
"""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cop_desktop.store.files_on_disk import file_errors, sync_file, sync_folder
from sync.core.ids import Id

FORMAT: Final = 1
COPIED: Final = "copied"
OLDER: Final = "older copy"
_TRIES: Final = 4
_PAUSE_S: Final = 0.1
"""Something that looks at every file, such as a virus scanner, lets go of it after a moment."""


class Unreadable(Exception):
    """The file is there, and does not tell anything."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many groups a replica has written."""

    replica: Id
    written: int


def read(path: Path, pause: Callable[[float], None] = time.sleep) -> Count | None:
    """What the file says; None if there is none.

    pause: waits so many seconds before it is tried again. Raises Unreadable.
    """
    content = _content(path, pause)
    if content is None:
        return None
    try:
        found = json.loads(content)
        return Count(bytes.fromhex(found["replica"]), int(found["written"]))
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable(f"{len(content)} bytes that say nothing") from error


def _content(path: Path, pause: Callable[[float], None]) -> bytes | None:
    tries_left = _TRIES
    while True:
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            tries_left -= 1
            if not tries_left:
                raise Unreadable(str(error)) from error
            pause(_PAUSE_S)


def write(path: Path, count: Count) -> None:
    """Replace the file.

    Raises DiskFull, ReadOnly.
    """
    content = {"format": FORMAT, "replica": count.replica.hex(), "written": count.written}
    new = path.with_name(path.name + ".new")
    with file_errors():
        is_first = not path.exists()
        new.write_text(json.dumps(content), encoding="ascii")
        if is_first:
            sync_file(new)
        new.replace(path)
        if is_first:
            sync_folder(path.parent)


def suspicion(beside: Count | None, inside: Count) -> str | None:
    """Why the database cannot go on under its id; None if it can.

    beside: what the file says; inside: what the database says.
    """
    if beside is None:
        return None if inside.written == 0 else COPIED
    if beside.replica != inside.replica:
        return COPIED
    return OLDER if beside.written > inside.written else None
