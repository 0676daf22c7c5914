"""What a simulated run really met: a fault that never happens proves nothing."""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum


class Met(StrEnum):
    """Everything that the simulator can do to somebody, and moments that must come about."""

    REQUEST_LOST = "request cut before it arrived"
    ANSWER_LOST = "answer lost after the commit"
    ANSWER_CUT = "answer cut after some byte"
    SERIES = "answer in several frames"
    CUT_BETWEEN_FRAMES = "answer cut after its first frame"
    REQUEST_FLIPPED = "byte flipped on the way up"
    ANSWER_FLIPPED = "byte flipped on the way down"
    DUPLICATED = "request delivered twice"
    REPLAYED = "old request delivered again later"
    ANSWER_OF_OTHER = "answer to an earlier request"
    PORTAL = "sign-in page with status 200"
    REDIRECT = "redirect"
    PROXY_PASSWORD = "status 407"
    TOO_BIG = "status 413"
    BUSY = "status 429"
    BAD_GATEWAY = "status 502"
    NO_NETWORK = "no network"
    INSPECTED = "connection inspected"
    MEANWHILE = "something else between request and answer"
    HEARD = "waiting request answered"
    NEWS_WHILE_MOVING = "news came while a file was moving"
    CLOCK_JUMPED = "clock of a computer jumped by years"
    SERVER_CLOCK_JUMPED = "clock of the server jumped by years"
    KILLED_BEFORE_COMMIT = "computer killed before a commit"
    KILLED_AFTER_COMMIT = "computer killed after a commit"
    POWER_CUT = "power cut: unsynced bytes of the log torn"
    SHUT_DOWN = "computer shut down"
    DISK_FULL = "disk full"
    ON_RESERVE = "written where the reserve of a full disk was"
    DISK_ERROR = "disk error"
    COMMIT_ERROR = "disk error in a commit"
    SERVER_KILLED_BEFORE_COMMIT = "server killed before a commit"
    SERVER_KILLED_AFTER_COMMIT = "server killed after a commit"
    SERVER_DISK_FULL = "disk of the server full"
    SERVER_DOWN = "server down"
    SERVER_BACKED_UP = "server backed up"
    SERVER_RESTORED = "server put back from a backup, untold"
    SERVER_RESTORED_TOLD = "server put back from a backup by the command"
    ENROLLED_SINCE = "computer enrolled after the backup that came back"
    RESTORED = "older copy of a computer's folder put back"
    CLONED = "folder copied to a further computer"
    RENAMED = "replica got another id"
    SECOND_PROCESS = "second process on one replica"
    FORGED_ANSWER = "answer of somebody who has not the key"
    FORGED_GROUP = "group forged in another's name"
    OTHER_PROGRAM = "older or newer program started"
    TAKEN_OUT = "member taken out of the community"
    LET_IN_AGAIN = "member let in again"
    LET_GO = "computer let go of what it may no longer hold"
    CHUNK_UP = "chunk sent"
    CHUNK_DOWN = "chunk fetched"
    CHUNK_CUT_UP = "chunk cut on its way up"
    CHUNK_CUT_DOWN = "chunk cut on its way down"
    MADE_BY_PATCH = "file made by a patch at the server"
    REFUSED = "group refused"
    TWO_VERSIONS = "two versions of human text"
    OLDER_PART_LATER = "older part arrived after a newer one"
    LATE_JOINER = "computer enrolled later"


class Tally:
    """Counts what was met."""

    def __init__(self) -> None:
        self.counts: Counter[Met] = Counter()
        self.deeds: Counter[str] = Counter()

    def met(self, what: Met) -> None:
        """It happened once more."""
        self.counts[what] += 1

    def did(self, deed: str) -> None:
        """A person did it, once more, and was told that it is saved."""
        self.deeds[deed] += 1

    def add(self, other: "Tally") -> None:
        """All that the other one counted as well."""
        self.counts.update(other.counts)
        self.deeds.update(other.deeds)

    def never(self, deeds: Iterable[str] = ()) -> list[str]:
        """What did not happen at all. deeds: names of what people can do."""
        never = [what.value for what in Met if not self.counts[what]]
        return [*never, *(deed for deed in deeds if not self.deeds[deed])]

    def table(self) -> str:
        """Every fault with its count, one to a line."""
        deeds = [f"{count:>9,}  {deed}" for deed, count in sorted(self.deeds.items())]
        return "\n".join([*(f"{self.counts[what]:>9,}  {what.value}" for what in Met), *deeds])
