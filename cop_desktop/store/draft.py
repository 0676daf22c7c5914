"""One group while an action is being made: operations that can still be replaced, then its bytes.

Two writes of one action to the same field would carry the same stamp, so an action has at most one
operation that sets a record's fields, one per set field, and one that deletes or restores.
"""

from dataclasses import dataclass, field
from typing import Final, TypeAlias

import msgspec

from cop_desktop.store.errors import Refused
from sync.core.clock import Stamp
from sync.core.errors import CoreError
from sync.core.group import Group, check_group, decode_group
from sync.core.ids import Hash, Id, Maker
from sync.core.ops import Op

UNENCODABLE: Final = (CoreError, msgspec.MsgspecError, UnicodeError, OverflowError, TypeError)
"""What encoding a value raises that no group can carry."""

Slot: TypeAlias = tuple[int, Id, str]
"""Number of the kind, record, and which of its operations."""


@dataclass(slots=True)
class GroupDraft:
    """The next group of this replica in one space."""

    space: Id
    replica: Id
    seq: int
    prev: Hash
    clock: int
    seen: int
    ops: list[Op] = field(default_factory=list)
    _slots: dict[Slot, int] = field(default_factory=dict)

    @property
    def maker(self) -> Maker:
        """What the ids of records made by the group follow from."""
        return Maker(self.space, self.replica, self.seq, self.clock)

    @property
    def stamp(self) -> Stamp:
        """The stamp that all writes of the group will have."""
        return Stamp(self.clock, self.replica)

    def pending(self, slot: Slot) -> Op | None:
        """The operation put there before."""
        index = self._slots.get(slot)
        return None if index is None else self.ops[index]

    def put(self, slot: Slot, op: Op) -> None:
        """Add the operation, or put it in the place of the one there."""
        index = self._slots.setdefault(slot, len(self.ops))
        if index < len(self.ops):
            self.ops[index] = op
        else:
            self.ops.append(op)

    def add(self, op: Op) -> None:
        """Add an operation that nothing will replace."""
        self.ops.append(op)

    def group(self, author: Id, written_ms: int) -> Group:
        """The group so far."""
        return Group(
            space=self.space,
            replica=self.replica,
            seq=self.seq,
            prev=self.prev,
            author=author,
            clock=self.clock,
            written_ms=written_ms,
            seen=self.seen,
            ops=tuple(self.ops),
        )

    def closed(self, author: Id, written_ms: int) -> Group:
        """The finished group, exactly as every other replica will decode it.

        Raises Refused if it passes a bound.
        """
        group = self.group(author, written_ms)
        try:
            check_group(group)
            return decode_group(group.raw)
        except UNENCODABLE as error:
            raise Refused([str(error)]) from error
