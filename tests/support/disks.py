"""Disks in trouble, as far as this computer lets a test have them."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

MIB = 1024 * 1024


def _mount(*arguments: str) -> None:
    done = subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"nothing can be mounted here: {done.stderr.strip()}")


def _unmount(folder: Path) -> None:
    # Lazily: what a test that failed left open must not keep the mount.
    subprocess.run(["umount", "-l", str(folder)], capture_output=True, check=True)


@contextmanager
def small_disk(folder: Path, size_bytes: int) -> Iterator[Path]:
    """An empty disk of that size in this folder, which is made."""
    folder.mkdir()
    try:
        _mount("-t", "tmpfs", "-o", f"size={size_bytes}", "tmpfs", str(folder))
    except FileNotFoundError:
        pytest.skip("there is no `mount` here")
    try:
        yield folder
    finally:
        _unmount(folder)


@contextmanager
def write_protected(folder: Path) -> Iterator[None]:
    """Inside, nothing in the folder can be written, by nobody."""
    try:
        _mount("--bind", str(folder), str(folder))
    except FileNotFoundError:
        pytest.skip("there is no `mount` here")
    try:
        _mount("-o", "remount,bind,ro", str(folder))
        yield
    finally:
        _unmount(folder)


class Filler:
    """A file that takes the room of a disk."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "films.bin"

    def leave(self, free_bytes: int) -> None:
        """Take all but about that much, or let go of what is too much."""
        with self._path.open("ab") as stream:
            size = os.fstat(stream.fileno()).st_size
            more = shutil.disk_usage(self._path.parent).free - free_bytes
            if more < 0:
                os.truncate(stream.fileno(), size + more)
            while more > 0:
                try:
                    os.posix_fallocate(stream.fileno(), size, more)
                except OSError:  # somebody else took of it meanwhile
                    more -= 64 * 1024
                else:
                    break

    def leave_all(self) -> None:
        """Take nothing any more."""
        self._path.unlink(missing_ok=True)
