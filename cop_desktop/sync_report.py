"""What is said of syncing while it goes on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SyncReport:
    """How syncing stands, for the sync sentence.

    busy: bytes are moving now. agreed: the server acknowledged everything and both digests are
    equal. cause: why the last try failed, empty if it worked. Byte counts are since the start.
    """

    busy: bool
    agreed: bool
    cause: str
    received: int
    up_bytes: int
    down_bytes: int
