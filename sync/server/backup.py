"""Backups: everything that a server is, in one file, while it runs.

The file is a tar archive that holds what the data folder holds: unpacked into an empty folder it is
a data folder. It contains the secrets, so only its owner may read it.
"""

import os
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sync.server.identity import SECRETS_FILE
from sync.server.site import CHUNKS_FOLDER, DATABASE_FILE, Site
from sync.server.storage import storage_errors


@dataclass(frozen=True, slots=True)
class Backup:
    """What was backed up, and how large the file is."""

    file: Path
    size_bytes: int
    chunks: int


def back_up(site: Site, target: Path) -> Backup:
    """A backup of one state of the site; replaces an older file of that name only when it is whole.

    Raises Unavailable, DamagedData.
    """
    with (
        storage_errors(),
        tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder,
    ):
        return _write(site, target, Path(folder))


def _write(site: Site, target: Path, folder: Path) -> Backup:
    snapshot = folder / DATABASE_FILE
    # The database first: every chunk that it knows of is in the folder by then, and stays.
    site.database.copy_to(snapshot)
    partial = folder / "archive"
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        chunks = _archive(site, snapshot, file)
        file.flush()
        os.fsync(file.fileno())
    size_bytes = partial.stat().st_size
    partial.replace(target)
    return Backup(target, size_bytes, chunks)


def _archive(site: Site, snapshot: Path, file: BinaryIO) -> int:
    """Write the archive; how many chunks are in it."""
    count = 0
    with tarfile.open(fileobj=file, mode="w") as archive:
        archive.add(snapshot, DATABASE_FILE)
        archive.add(site.folder / SECRETS_FILE, SECRETS_FILE)
        for chunk in site.chunk_folder.all_files():
            archive.add(chunk, f"{CHUNKS_FOLDER}/{chunk.parent.name}/{chunk.name}")
            count += 1
    return count
