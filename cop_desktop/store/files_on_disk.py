"""Writing files so that they are whole or not there; errors of the disk turned into ours."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from cop_desktop.store.errors import DiskFull, ReadOnly

_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NOT_ALLOWED: Final = (errno.EACCES, errno.EPERM, errno.EROFS)


@contextmanager
def file_errors() -> Iterator[None]:
    """Inside, a full disk raises DiskFull and a forbidden file ReadOnly."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise DiskFull("no room left for a file") from error
        if error.errno in _NOT_ALLOWED:
            raise ReadOnly(f"{error.filename} may not be written or opened") from error
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
