"""Putting a server back from a backup (`sync.server.backup`).

What was written after the backup comes back from the replicas that hold it. They find out by
themselves; the new epoch only lets them say what happened.
"""

import os
import shutil
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from sync.server import identity as identities
from sync.server.clock import SYSTEM_CLOCK, Clock
from sync.server.errors import AlreadyThere, DamagedData
from sync.server.identity import SECRETS_FILE
from sync.server.site import CHUNKS_FOLDER, DATABASE_FILE, open_site
from sync.server.storage import storage_errors

_OWNER_ONLY: Final = 0o600
_ASIDE: Final = ".aside"


@dataclass(frozen=True, slots=True)
class Restored:
    """Where the server is now, and where what was there before is; None if nothing was."""

    folder: Path
    aside: Path | None


def restore(
    archive: Path, folder: Path, *, replace: bool = False, clock: Clock = SYSTEM_CLOCK
) -> Restored:
    """The server of a backup, in this folder, with a new epoch. No server may run there.

    replace: move aside what is in the folder. Nothing is changed unless the backup unpacks and
    opens. Raises AlreadyThere if something is there and not to be replaced, DamagedData if this is
    no backup, StorageFull, StorageTrouble.
    """
    if not replace and folder.exists() and any(folder.iterdir()):
        raise AlreadyThere(f"{folder} is not empty; --replace moves what is there aside")
    with storage_errors():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".restore-") as scratch:
            unpacked = Path(scratch) / "server"
            _unpack(archive, unpacked)
            with open_site(unpacked, clock=clock) as site, site.database.write() as connection:
                identities.begin_epoch(connection, clock)
            aside = _moved_aside(folder)
            unpacked.replace(folder)
    return Restored(folder, aside)


def _unpack(archive: Path, folder: Path) -> None:
    """Write what a backup holds into a new folder; anything else in it is left out."""
    folder.mkdir(mode=0o700)
    try:
        with tarfile.open(archive, "r:") as tar:
            for member in tar:
                content = tar.extractfile(member) if _belongs(member) else None
                if content is not None:
                    target = folder / member.name
                    target.parent.mkdir(parents=True, exist_ok=True)
                    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT, _OWNER_ONLY)
                    with os.fdopen(descriptor, "wb") as file:
                        shutil.copyfileobj(content, file)
                        file.flush()
                        os.fsync(file.fileno())
    except tarfile.TarError as error:
        raise DamagedData(f"{archive} is not a backup: {error}") from error
    lacking = [name for name in (DATABASE_FILE, SECRETS_FILE) if not (folder / name).exists()]
    if lacking:
        raise DamagedData(f"{archive} is not a backup: {lacking[0]} is missing")


def _belongs(member: tarfile.TarInfo) -> bool:
    path = PurePosixPath(member.name)
    if not member.isfile() or path.is_absolute() or ".." in path.parts:
        return False
    is_chunk = len(path.parts) == 3 and path.parts[0] == CHUNKS_FOLDER
    return is_chunk or member.name in (DATABASE_FILE, SECRETS_FILE)


def _moved_aside(folder: Path) -> Path | None:
    if not folder.exists():
        return None
    if not any(folder.iterdir()):
        folder.rmdir()
        return None
    number = 1
    while (aside := folder.with_name(f"{folder.name}{_ASIDE}-{number}")).exists():
        number += 1
    folder.replace(aside)
    return aside
