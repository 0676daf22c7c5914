"""What a person can be told when something they asked for is not done.

ServiceError
├── NotFound            the record is not here: never was, or is still on its way
├── NotAllowed          this member may not do that, or not to this record (`Why`)
├── AlreadySent         it has left the computer, so it cannot be recalled
├── NotHere             the content of a file is not on this computer yet
├── BadInput            what was entered cannot be taken                (the person can change it)
│   ├── Empty           a field that must be filled in is not
│   ├── TooLong         a field holds more than its limit
│   └── NotAChoice      a value that the field does not offer
├── RefusedFile         a file that is not taken in (`WhyNotTaken`)
├── NotACalendar        a file whose events cannot be taken in (`WhyNoCalendar`)
├── CannotWrite         the folder or file outside could not be written  (another place, or room)
└── Cancelled           the person stopped it; what was done until then stays as it is
"""

from enum import StrEnum

from sync.core.ids import Id, id_text


class ServiceError(Exception):
    """Root of the errors raised by `cop_desktop.services`."""


class NotFound(ServiceError):
    """No record of this kind is here under this id."""

    def __init__(self, kind: str, record: Id) -> None:
        super().__init__(f"{kind} {id_text(record)} is not here")
        self.kind = kind
        self.record = record


class Why(StrEnum):
    """Why a member may not do something."""

    NOT_A_MEMBER = "not a member"
    NOT_YOURS = "not yours"
    FACILITATORS_ONLY = "facilitators only"
    LOCKED = "locked"
    IN_TRASH = "in trash"
    WRONG_STATUS = "wrong status"


class NotAllowed(ServiceError):
    """Not for this member to do, or not to this record as it is now."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


class AlreadySent(ServiceError):
    """It has left the computer; it can be moved to the trash, but not recalled."""


class NotHere(ServiceError):
    """The content of a file is not on this computer yet."""

    def __init__(self, file: Id) -> None:
        super().__init__(f"file {id_text(file)} is not here")
        self.file = file


class BadInput(ServiceError):
    """What was entered cannot be taken. field: its name in the catalogue."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field


class Empty(BadInput):
    """A field that must be filled in is not."""

    def __init__(self, field: str) -> None:
        super().__init__(field, "empty")


class TooLong(BadInput):
    """A field holds more than its limit, in characters (bytes of a file)."""

    def __init__(self, field: str, limit: int) -> None:
        super().__init__(field, f"over {limit}")
        self.limit = limit


class NotAChoice(BadInput):
    """A value that the field does not offer."""

    def __init__(self, field: str, value: str) -> None:
        super().__init__(field, f"not one of its choices: {value[:60]!r}")
        self.value = value


class WhyNotTaken(StrEnum):
    """Why a file is not taken in."""

    PROGRAM = "program"  # it could run when opened
    TOO_LARGE = "too large"
    EMPTY = "empty"
    UNREADABLE = "unreadable"


class RefusedFile(ServiceError):
    """A file that is not taken in. name: as the person knows it."""

    def __init__(self, name: str, why: WhyNotTaken) -> None:
        super().__init__(f"{name}: {why}")
        self.name = name
        self.why = why


class WhyNoCalendar(StrEnum):
    """Why nothing is taken in from a calendar file."""

    OTHER = "other"  # it is something else, or damaged
    TOO_LARGE = "too large"
    UNREADABLE = "unreadable"


class NotACalendar(ServiceError):
    """A file whose events cannot be taken in. name: as the person knows it."""

    def __init__(self, name: str, why: WhyNoCalendar) -> None:
        super().__init__(f"{name}: {why}")
        self.name = name
        self.why = why


class CannotWrite(ServiceError):
    """A folder or file outside the replica could not be written."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class Cancelled(ServiceError):
    """The person stopped it."""
