"""From operations to record states: what belongs to which record, and what wins. Pure."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from cop_desktop.store.log import Entry
from sync.catalogue.declare import Catalogue, Kind
from sync.core.clock import Stamp
from sync.core.errors import Malformed
from sync.core.group import Group
from sync.core.ids import Id, created_id, id_text
from sync.core.merge import Merge, RecordState, applied
from sync.core.ops import Op, SetFields, UnknownOp

logger = logging.getLogger(__name__)


class Written(NamedTuple):
    """One operation, the group it is in, and its place there."""

    group: Group
    place: int
    op: Op


@dataclass(slots=True)
class Sorted:
    """The operations of a batch by kind and record, and which group touched which record."""

    ops: dict[int, dict[Id, list[Written]]] = field(default_factory=lambda: defaultdict(dict))
    touches: set[tuple[Id, int]] = field(default_factory=set)


def sorted_ops(
    entries: Iterable[Entry], catalogue: Catalogue, space_kinds: Mapping[Id, str]
) -> Sorted:
    """The operations of these groups, without those that this program cannot read or place.

    space_kinds: of every space held. A kind belongs into spaces of its own kind alone, or members
    of one community could write into the directory of all.
    """
    found = Sorted()
    for entry in entries:
        group = entry.group
        for index, op in enumerate(group.ops):
            if isinstance(op, UnknownOp):
                logger.info("operation of a newer program kept in group %s", entry.hash.hex())
                found.touches.add((op.record, entry.id))
                continue
            kind = catalogue.by_number.get(op.kind)
            space_kind = space_kinds.get(group.space)
            if kind is not None and space_kind is not None and kind.space != space_kind:
                logger.warning("%s out of place in group %s", kind.name, entry.hash.hex())
                continue
            found.ops[op.kind].setdefault(op.record, []).append(Written(group, index, op))
            found.touches.add((op.record, entry.id))
    return found


def folded(state: RecordState, ops: Sequence[Written], kind: Kind | None) -> RecordState:
    """The record after these operations.

    One that does not fit its field is left out, here as on every other replica. kind: None for one
    that only a newer program knows.
    """
    for group, index, op in ops:
        try:
            state = applied(state, group, op, _last if kind is None else kind.merge_of)
        except Malformed as error:
            logger.warning(
                "operation %d of group %d of replica %s left out: %s",
                index,
                group.seq,
                id_text(group.replica),
                error,
            )
    return state


def _last(_field: int) -> Merge:
    return Merge.LAST


def creation_seq(
    state: RecordState, ops: Iterable[Written], before: tuple[Stamp, int] | None
) -> int:
    """The `seq` of the group that created the record.

    before: stamp and seq of the creation as it was known before these operations.
    """
    stamp = None if state.created is None else state.created.stamp
    candidates = [group.seq for group, _, _ in ops if group.stamp == stamp]
    if before is not None and before[0] == stamp:
        candidates.append(before[1])
    return min(candidates)


def owner(kind: Kind | None, record: Id, ops: Sequence[Written]) -> Id:
    """The space that a record belongs to, when groups of several spaces write to its id.

    The one in which the id follows from the operation that created the record, so that nobody can
    take a record over from another space; without such a proof any, as long as it is always the
    same.
    """
    proven = {written.group.space for written in ops if _proves(kind, record, written)}
    return min(proven or {written.group.space for written in ops})


def _proves(kind: Kind | None, record: Id, written: Written) -> bool:
    group, index, op = written
    if not isinstance(op, SetFields):
        return False
    if created_id(group.maker, index) == record:
        return True
    if kind is None or not kind.key:
        return False
    key = [op.fields.get(kind.by_name[name].number) for name in kind.key]
    usable = [value for value in key if isinstance(value, bytes | str | int)]
    return len(usable) == len(key) and kind.id_for(group.space, *usable) == record
