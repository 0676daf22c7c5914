"""Frozen values that travel out of the store."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from sync.core.group import Group
from sync.core.ids import Id, RandomBytes


@dataclass(frozen=True, slots=True)
class Clock:
    """The outside world that a replica needs: time and randomness.

    wall_ms: milliseconds since 1970 UTC by this computer, may jump. monotonic_s: seconds since some
    moment; may stand still while the computer sleeps, depending on the system.
    """

    wall_ms: Callable[[], int]
    random_bytes: RandomBytes
    monotonic_s: Callable[[], float] = time.monotonic


@dataclass(frozen=True, slots=True)
class Identity:
    """A replica's id and key, made before it asks to be enrolled."""

    replica: Id
    seed: bytes = field(repr=False)
    public_key: bytes


@dataclass(frozen=True, slots=True)
class Account:
    """All that enrolment gave: who writes here, and how server and replica know each other.

    epoch: of the server's last reply. seed: of the signing key. certificate, certificate_ms: the
    server's word for that key. directory, personal: ids of these spaces.
    """

    server_url: str
    server: Id
    server_name: str
    server_key: bytes
    epoch: bytes
    member: Id
    member_name: str
    replica: Id
    frame_key: bytes = field(repr=False)
    seed: bytes = field(repr=False)
    certificate: bytes
    certificate_ms: int
    directory: Id
    personal: Id


@dataclass(frozen=True, slots=True)
class NewSpace:
    """A space that this replica holds from now on.

    kind: `SpaceKind` as text; a newer server may say others. parent: the community of a TEXTS
    space.
    """

    space: Id
    kind: str
    parent: Id | None = None


@dataclass(frozen=True, slots=True)
class SpaceRow:
    """What is held of a space: the positions in (floor, head].

    name: of a community and what belongs to it, else empty. server_head: last position known of the
    server. agreed: both sides' digests were equal at the last exchange, and nothing was missing.
    lost: the server says that it may no longer be held. digest: 16 bytes over (floor, head].
    """

    space: Id
    kind: str
    parent: Id | None
    name: str
    head: int
    floor: int
    server_head: int
    agreed: bool
    lost: bool
    digest: bytes


@dataclass(frozen=True, slots=True)
class Changed:
    """What must be read again: spaces, names of kinds, ids of records."""

    spaces: frozenset[Id] = frozenset()
    kinds: frozenset[str] = frozenset()
    records: frozenset[Id] = frozenset()

    @classmethod
    def of(
        cls, spaces: Iterable[Id] = (), kinds: Iterable[str] = (), records: Iterable[Id] = ()
    ) -> "Changed":
        """The change of these."""
        return cls(frozenset(spaces), frozenset(kinds), frozenset(records))

    def merged(self, other: "Changed") -> "Changed":
        """Both changes."""
        return Changed(
            self.spaces | other.spaces, self.kinds | other.kinds, self.records | other.records
        )

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self.spaces or self.kinds or self.records)


class ItemState(StrEnum):
    """Where a record's latest changes are."""

    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class TextSnapshot:
    """A long text as an editor shows it. state: what an edit of it is made against."""

    text: str
    state: bytes = field(repr=False)


class HistoryEntry(NamedTuple):
    """One group that touched a record.

    received_ms: when the server took it, 0 if unknown; position: None until the server acknowledged
    it.
    """

    group: Group
    received_ms: int
    position: int | None


Progress = Callable[[int, int], None]
"""Called with (done, total); may raise to cancel."""
