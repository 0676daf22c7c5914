"""What can go wrong while existing material is read.

IntakeError
├── Cancelled            the person asked to stop
├── NoReader             the process that reads files does not start
└── Unreadable           this file cannot be brought in; `reason` says why, in plain words
    ├── NoAccess         the file cannot be opened (gone, not allowed, not a file)
    ├── Empty            there is nothing in it
    ├── CutOff           the end is missing
    ├── Damaged          the content breaks the rules of its own type
    ├── Protected        a password is needed
    ├── NotSupported     a type this program does not read
    ├── WrongType        another type than its name says, and not one that can be read
    ├── TooLarge         larger than the limits, packed or unpacked
    ├── TookTooLong      reading it did not end in time
    ├── Changed          it was written to while it was read
    └── ReaderFailed     the reading process broke down on it
"""

from typing import ClassVar


class IntakeError(Exception):
    """Anything this package raises."""


class Cancelled(IntakeError):
    """The person asked to stop; nothing is wrong with the file."""


class NoReader(IntakeError):
    """The process that reads files does not start; nothing is wrong with the file."""


class Unreadable(IntakeError):
    """One file that cannot be brought in.

    reason: one or two plain sentences for the person who chose the file.
    """

    code: ClassVar[str] = "unreadable"
    usual_reason: ClassVar[str] = "The file cannot be read."

    def __init__(self, reason: str = "") -> None:
        self.reason = reason or self.usual_reason
        super().__init__(self.reason)


class NoAccess(Unreadable):
    """The file cannot be opened at all."""

    code = "no_access"
    usual_reason = "The file cannot be opened. It may have been moved, or belong to somebody else."


class Empty(Unreadable):
    """The file has no content."""

    code = "empty"
    usual_reason = "The file is empty."


class CutOff(Unreadable):
    """The end of the file is missing."""

    code = "cut_off"
    usual_reason = "The file was cut off while it was copied."


class Damaged(Unreadable):
    """The file breaks the rules of its own type."""

    code = "damaged"
    usual_reason = "The file is damaged."


class Protected(Unreadable):
    """The file opens only with a password."""

    code = "protected"
    usual_reason = "The file is protected with a password."


class NotSupported(Unreadable):
    """A type of file that this program does not read."""

    code = "not_supported"
    usual_reason = "This type of file cannot be read."


class WrongType(Unreadable):
    """The name promises a readable type, the content is one that cannot be read."""

    code = "wrong_type"
    usual_reason = "The file is something else than its name says."


class TooLarge(Unreadable):
    """Past a limit, as it is or once unpacked."""

    code = "too_large"
    usual_reason = "The file is too large to be read."


class TookTooLong(Unreadable):
    """Reading did not end within the time limit."""

    code = "took_too_long"
    usual_reason = "Reading the file took too long, so it was left out."


class Changed(Unreadable):
    """The file was written to while it was being read."""

    code = "changed"
    usual_reason = "The file changed while it was being read. Try again."


class ReaderFailed(Unreadable):
    """The process that reads files broke down on this one."""

    code = "reader_failed"
    usual_reason = "The file broke the part of the program that reads files, so it was left out."


_KINDS: tuple[type[Unreadable], ...] = (
    NoAccess,
    Empty,
    CutOff,
    Damaged,
    Protected,
    NotSupported,
    WrongType,
    TooLarge,
    TookTooLong,
    Changed,
    ReaderFailed,
)
_BY_CODE = {kind.code: kind for kind in _KINDS}


def unreadable(code: str, reason: str) -> Unreadable:
    """The error a `code` and `reason` were taken from, as when they crossed a process border."""
    return _BY_CODE.get(code, Unreadable)(reason)
