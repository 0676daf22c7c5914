"""Room on the disk: when it runs short, receiving stops first, and writing goes on from a reserve.

Three bounds, by what is free where the replica lies:

    below RECEIVING_BYTES    nothing is received, no file is taken in, no backup is made
    below WRITING_BYTES      the reserve, a file of RESERVE_BYTES, is given up, so that what people
                             write is still saved: some hundred replies
    nothing                  DiskFull

The reserve is made again when there is room for it above RECEIVING_BYTES.
"""

import errno
import logging
import os
import random
import shutil
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeAlias

from cop_desktop.store.errors import LittleRoom
from cop_desktop.store.files_on_disk import file_errors

MIB: Final = 1024 * 1024
RESERVE_BYTES: Final = 16 * MIB
WRITING_BYTES: Final = 4 * MIB
RECEIVING_BYTES: Final = 64 * MIB

FreeBytes: TypeAlias = Callable[[Path], int]
"""How much more this person may write where a folder lies."""

logger = logging.getLogger(__name__)


class Room(StrEnum):
    """How much room there is."""

    ENOUGH = "enough"
    LITTLE = "little"
    RESERVE = "reserve"
    NONE = "none"


def free_bytes(folder: Path) -> int:
    """As the system tells; above all bounds where it does not tell."""
    try:
        return shutil.disk_usage(folder).free
    except OSError as error:
        logger.info("room cannot be told: %s", error)
        return RECEIVING_BYTES + RESERVE_BYTES


class Reserve:
    """The room of one replica's folder. For any thread; a bound is a guess, not a promise."""

    def __init__(self, path: Path, free: FreeBytes = free_bytes) -> None:
        """path: of the reserve file; its folder need not be there yet."""
        self._path = path
        self._free = free

    def room(self) -> Room:
        """How much room there is now. RESERVE: what is written goes where the reserve was."""
        free = self._free(self._path.parent)
        if free >= RECEIVING_BYTES:
            return Room.ENOUGH
        if self._path.exists():
            return Room.LITTLE
        return Room.RESERVE if free >= WRITING_BYTES else Room.NONE

    def may_receive(self) -> bool:
        """Whether there is room for more than what people write here."""
        return self._free(self._path.parent) >= RECEIVING_BYTES

    def check(self, size_bytes: int = 0) -> None:
        """Return if there is room for receiving, or for a file of that size.

        Raises LittleRoom.
        """
        if self._free(self._path.parent) < RECEIVING_BYTES + size_bytes:
            raise LittleRoom(f"less than {RECEIVING_BYTES + size_bytes} bytes are free")

    def before_writing(self) -> None:
        """Give the reserve up if there is hardly room for what somebody is about to write."""
        if self._free(self._path.parent) < WRITING_BYTES:
            self.give_up()

    def give_up(self) -> bool:
        """Make room; False if there was no reserve to give up."""
        try:
            self._path.unlink()
        except OSError as error:
            if error.errno != errno.ENOENT:
                logger.warning("the reserve could not be given up: %s", error)
            return False
        logger.warning("the disk is full; the reserve was given up")
        return True

    def restore(self) -> bool:
        """Make the reserve if there is none and room for it; whether it is there. Takes a moment.

        Raises DiskFull, ReadOnly, DiskTrouble.
        """
        if self._path.exists():
            return True
        if self._free(self._path.parent) < RECEIVING_BYTES + RESERVE_BYTES:
            return False
        new = self._path.with_name(self._path.name + ".new")
        with file_errors():
            try:
                with new.open("wb") as stream:
                    # Zeros would take no room where the system packs files.
                    noise = random.Random(0)  # noqa: S311 - hides nothing
                    for _ in range(RESERVE_BYTES // MIB):
                        stream.write(noise.randbytes(MIB))
                    stream.flush()
                    os.fsync(stream.fileno())
                new.replace(self._path)
            finally:
                new.unlink(missing_ok=True)
        return True
