"""Values that pass between a replica's store and its sync side, which do not know each other."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from sync.core.ids import Hash, Id

Changed_co = TypeVar("Changed_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Membership:
    """What enrolment gave that a request needs."""

    server_url: str
    server: Id
    replica: Id
    epoch: bytes
    frame_key: bytes


@dataclass(frozen=True, slots=True)
class Credentials:
    """What shows that the server certified this replica, should it have forgotten.

    renamed_from: the id before, empty if none. member_name: as it was at enrolment; empty where the
    directory that is held here has the member, and so can give them back.
    """

    member: Id
    public_key: bytes
    certificate_ms: int
    certificate: bytes
    renamed_from: Id
    member_name: str
    computer_name: str


@dataclass(frozen=True, slots=True)
class NewName:
    """What a replica that cannot go on under its id wants to be."""

    replica: Id
    public_key: bytes
    computer_name: str


@dataclass(frozen=True, slots=True)
class Absorbed(Generic[Changed_co]):
    """What one reply changed here.

    changed: the store's description of what must be read again. received: groups that were new
    here. settled: own groups that got their receipt. refused: own groups that the server refused
    and that were parked. agreed: every space equals the server's and nothing waits. again: asking
    once more at once gets further, although neither side has to say so.
    """

    changed: Changed_co
    received: int
    settled: int
    refused: int
    agreed: bool
    again: bool = False


@dataclass(frozen=True, slots=True)
class PatchedFile:
    """An own file whose content goes up as a patch. chunks: of the patch, in order."""

    space: Id
    file: Id
    chunks: tuple[Hash, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """One chunk to move. upload: from here to the server; otherwise the other way."""

    chunk: Hash
    upload: bool
