"""What can be wrong at the server.

ServerError
├── Rejected            the request gets the HTTP answer of its `Problem`; nothing was changed
├── Unavailable         wait and try again (503)
│   ├── Busy            others keep the database for too long
│   ├── StorageFull     the disk is full (507): what is here can still be had
│   └── StorageTrouble  the disk does not read or write, or may not be written
└── NeedsOperator       a person at the server can mend it; the message says what
    ├── AlreadyThere    it would be the second of that name
    ├── NotFound        nothing of that name
    ├── Ambiguous       several of that name
    ├── NewerData       the data were written by a newer version of this program
    └── DamagedData     the database or the secrets beside it are not whole
"""

from enum import Enum


class Problem(Enum):
    """Every error answer: HTTP status, code for programs, message for whoever reads a log.

    None of them says anything about data: whatever the answer, the sender keeps what it has.
    """

    MALFORMED = (400, "malformed", "The request does not have the form it claims.")
    REPACK = (400, "repack", "The page builds on groups that differ here; leave nothing out.")
    WRONG_HASH = (400, "wrong_hash", "The chunk does not have the hash it is sent under.")
    NOT_AUTHENTIC = (401, "not_authentic", "The request is not tagged by who it says it is from.")
    UNKNOWN_REPLICA = (401, "unknown_replica", "This server does not know the replica.")
    UNKNOWN_CODE = (401, "unknown_code", "This server did not give out the invitation code.")
    REVOKED = (403, "revoked", "The access of the replica was taken back.")
    INVITE_EXPIRED = (403, "invite_expired", "The invitation has expired.")
    INVITE_USED = (403, "invite_used", "The invitation was used for another computer.")
    REPLICA_TAKEN = (403, "replica_taken", "The replica's id belongs to another key or member.")
    NOT_FOUND = (404, "not_found", "There is nothing under this address.")
    UNKNOWN_CHUNK = (404, "unknown_chunk", "The chunk is not here for this replica.")
    WRONG_METHOD = (405, "wrong_method", "This address does not take that method.")
    TOO_SLOW = (408, "too_slow", "The request did not arrive in time.")
    TOO_LARGE = (413, "too_large", "The request is larger than it may be.")
    WRONG_MEDIA_TYPE = (415, "wrong_media_type", "The body is of a type not taken here.")
    NEEDS_NEWER = (426, "needs_newer", "This server no longer speaks the program's version.")
    OLDER_SERVER = (426, "older_server", "This server does not know the program's version yet.")
    TOO_MANY_GUESSES = (429, "too_many_guesses", "Too many wrong codes; wait before the next.")
    SERVER_FAULT = (500, "server_fault", "The server failed; its log says more.")
    UNAVAILABLE = (503, "unavailable", "The server cannot answer now; try again.")
    STORAGE_TROUBLE = (503, "storage_trouble", "The disk of the server does not read or write.")
    STORAGE_FULL = (507, "storage_full", "The disk of the server is full; it keeps what it has.")

    def __init__(self, status: int, code: str, message: str) -> None:
        self.status = status
        self.code = code
        self.message = message


class ServerError(Exception):
    """Root of the errors raised by `sync.server`."""


class Rejected(ServerError):
    """The request gets the HTTP answer of its problem; nothing was changed."""

    def __init__(self, problem: Problem, retry_after_s: int | None = None) -> None:
        """retry_after_s: when the same request may be sent again, None if that helps nothing."""
        super().__init__(problem.code)
        self.problem = problem
        self.retry_after_s = retry_after_s


class Unavailable(ServerError):
    """Not possible now; trying again makes sense."""


class Busy(Unavailable):
    """Others keep the database for too long."""


class StorageFull(Unavailable):
    """The disk is full; what is on it is whole, and can be read."""


class StorageTrouble(Unavailable):
    """The disk does not read or write, or may not be written."""


class NeedsOperator(ServerError):
    """A person at the server can mend it; the message says what."""


class AlreadyThere(NeedsOperator):
    """It would be the second of that name."""


class NotFound(NeedsOperator):
    """Nothing of that name."""


class Ambiguous(NeedsOperator):
    """Several of that name."""


class NewerData(NeedsOperator):
    """The data were written by a newer version of this program."""


class DamagedData(NeedsOperator):
    """The database or the secrets beside it are not whole."""
