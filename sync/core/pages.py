"""What a page carries, and its columns: one list per property, values of one field side by side.

A step is the difference from what counting on would give, so mostly 0.
"""

from collections.abc import Callable
from enum import IntEnum
from typing import Any, Final, NamedTuple, TypeAlias

import msgspec

from sync.core.ids import Hash, Id

CHECK_BYTES: Final = 8


class Known(NamedTuple):
    """What one side holds of a group: its hash and author."""

    hash: Hash
    author: Id


PrevOf: TypeAlias = Callable[[Id, Id, int], Known | None]
"""(space, replica, seq) → that group, if held."""


class PageGroup(msgspec.Struct, frozen=True):
    """One group on its way.

    raw: its bytes; None for a reference to a group that the receiver wrote itself. position: in the
    space at the server, 0 on the way up. received_ms: when the server received it, whole seconds
    survive; 0 on the way up. signature: of this group, empty if another one vouches for it.
    """

    space: Id
    replica: Id
    seq: int
    raw: bytes | None
    position: int = 0
    received_ms: int = 0
    signature: bytes = b""


class Form(IntEnum):
    """How a group travels."""

    COLUMNS = 0
    VERBATIM = 1
    REFERENCE = 2


class Prev(IntEnum):
    """Where the receiver finds the hash of the predecessor."""

    NONE = 0  # first of its chain
    IN_PAGE = 1
    KNOWN = 2
    GIVEN = 3


PREVS: Final = len(Prev)
SAME_AUTHOR: Final = 0
DERIVED_RECORD: Final = 0


class ValueForm(IntEnum):
    """How the values of one field are written."""

    PLAIN = 0
    ID_INDEX = 1  # all are 16 bytes long: places in `ids`, or what an operation before made
    SAME = 2  # all are equal: written once


class ValueColumn(msgspec.Struct, array_like=True):
    """All values of one field of one kind in the page, in order."""

    kind: int
    field: int
    form: int
    values: list[Any]


class StampAt(NamedTuple):
    """A stamp with the place of its replica in `ids`."""

    clock: int
    replica: int


class Columns(msgspec.Struct, array_like=True):
    """A page's content.

    ids: distinct 16-byte ids joined, in order of first use; elsewhere stands their place in it.
    forms: Form * PREVS + Prev per group. authors: SAME_AUTHOR as the predecessor's, else place + 1.
    milliseconds, salts: the clock, upper part as step. written: less the clock's milliseconds.
    prevs: hashes for Prev.GIVEN, joined. records: DERIVED_RECORD where it follows from the group,
    else place + 1, or if negative -1 - index of an operation before it that makes the id. shapes:
    distinct field lists of SetFields; op_shapes: which one. bases: (index of the operation, by
    field). tails: what is left of operations other than SetFields. verbatim: groups' bytes. check:
    start of a hash over all group hashes, so that a page is known to have come back exactly.
    """

    ids: bytes = b""
    spaces: list[int] = []
    replicas: list[int] = []
    seqs: list[int] = []
    forms: list[int] = []
    positions: list[int] = []
    received: list[int] = []
    signatures: list[tuple[int, bytes]] = []
    authors: list[int] = []
    milliseconds: list[int] = []
    salts: list[int] = []
    written: list[int] = []
    seen: list[int] = []
    op_counts: list[int] = []
    prevs: bytes = b""
    op_numbers: list[int] = []
    op_kinds: list[int] = []
    records: list[int] = []
    shapes: list[list[int]] = []
    op_shapes: list[int] = []
    bases: list[tuple[int, dict[int, list[StampAt]]]] = []
    tails: list[Any] = []
    values: list[ValueColumn] = []
    verbatim: list[bytes] = []
    check: bytes = b""
