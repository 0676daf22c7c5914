"""What can go wrong with a replica's store.

StoreError
├── ReplicaInUse     another process has this replica open
├── NotEnrolled      nobody has enrolled here yet
├── UnsafeFolder     the folder cannot be locked, so two processes could write at once
├── DiskFull         there is no room left; what was there before is unharmed
│   └── LittleRoom   what is left is kept for writing: nothing is received, no file taken in
├── DiskTrouble      the disk did not read or write; what is on it may be whole
├── ReadOnly         the folder or a file may not be written, or not be opened
├── NewerDatabase    the database was made by a newer version of the program
├── Busy             the database was locked for longer than we wait: try again
├── Damaged          the database or a chunk is not what was written: repair
├── Refused          a change that the catalogue does not allow
├── Missing          a record, space or chunk that is not here
├── TextMovedOn      an edit of a text that never read as the editor says
├── NewerPage        what the server sent needs a newer version of the program
└── BadPage          what the server sent does not fit what is here; nothing of it was applied
    └── OwnGroupLost     the server says that a group is ours, and it is not here: an older copy
                         of this replica was put in place
"""

from collections.abc import Sequence


class StoreError(Exception):
    """Root of the errors raised by `cop_desktop.store`."""


class ReplicaInUse(StoreError):
    """Another process has this replica open."""


class NotEnrolled(StoreError):
    """Nobody has enrolled on this replica yet, so nothing can be written."""


class UnsafeFolder(StoreError):
    """The folder cannot be locked, such as on some network drives: two could write at once."""


class DiskFull(StoreError):
    """There is no room left on the disk; what was there before is unharmed.

    room_made: the reserve was given up after it failed, so that the same may work now.
    """

    room_made = False


class LittleRoom(DiskFull):
    """What is left is kept for writing: nothing is received and no file taken in."""


class DiskTrouble(StoreError):
    """The disk did not read or write: a loose stick, a failing disk, a quota."""


class ReadOnly(StoreError):
    """The folder or a file in it may not be written, or not be opened."""


class NewerDatabase(StoreError):
    """The database was made by a newer version of the program."""


class Busy(StoreError):
    """The database was locked for longer than we wait; the same may be tried again."""


class Damaged(StoreError):
    """The database or a chunk is not what was written."""


class Refused(StoreError):
    """A change that the catalogue does not allow; nothing was written."""

    def __init__(self, problems: Sequence[str]) -> None:
        """problems: what is wrong, in words for the log."""
        super().__init__("; ".join(problems))
        self.problems = tuple(problems)


class Missing(StoreError):
    """A record, space or chunk that is not on this replica."""


class TextMovedOn(StoreError):
    """The text never read as the editor says it did; edit from a `TextSnapshot`."""


class NewerPage(StoreError):
    """What the server sent needs a newer version of the program; nothing of it was applied."""


class BadPage(StoreError):
    """What the server sent does not fit what is here; nothing of it was applied."""


class OwnGroupLost(BadPage):
    """The server has a group of ours that is not here: this is an older copy of the replica."""
