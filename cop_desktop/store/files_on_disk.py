"""Writing files so that they are whole or not there; errors of the disk turned into ours."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from cop_desktop.store.errors import DiskFull, DiskTrouble, ReadOnly

_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NOT_ALLOWED: Final = (errno.EACCES, errno.EPERM, errno.EROFS)
_TROUBLE: Final = (errno.EIO, errno.ENXIO, errno.ENODEV)


@contextmanager
def file_errors() -> Iterator[None]:
    """Inside, a full disk raises DiskFull, a forbidden file ReadOnly, a bad disk DiskTrouble."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise DiskFull("no room left for a file") from error
        if error.errno in _NOT_ALLOWED:
            raise ReadOnly(f"{error.filename} may not be written or opened") from error
        if error.errno in _TROUBLE:
            raise DiskTrouble(f"{error.filename} was not read or written") from error
        raise


def sync_folder(folder: Path) -> None:
    """Return when the names in a folder are on the disk, where the system can do that."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_file(path: Path) -> None:
    """Return when the content of a file is on the disk."""
    with path.open("r+b") as stream:
        os.fsync(stream.fileno())
