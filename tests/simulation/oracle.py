"""What a log means, found in the plainest way: every write gathered, every rule applied at the end.

Written apart from `sync.core`: it reads groups as MessagePack by `docs/protocol.md`, knows no
incremental merging, no packing and no projection, and takes no care to be fast.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import msgspec
import pycrdt

from cop_desktop.store import Replica
from cop_desktop.store.log import raw_of
from sync.catalogue.declare import Catalogue
from sync.core.errors import Malformed
from sync.core.merge import RecordState
from sync.core.text_updates import check_update
from tests.simulation.computer import rows_of

SET_FIELDS, EDIT_TEXT, DELETE, RESTORE, CHANGE_SET = 1, 2, 3, 4, 5
Stamp = tuple[int, bytes]


@dataclass
class Writes:
    """All that was ever written to one record."""

    values: dict[int, list[tuple[Stamp, Any]]] = field(default_factory=lambda: defaultdict(list))
    replaced: dict[int, set[Stamp]] = field(default_factory=lambda: defaultdict(set))
    updates: dict[int, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    added: dict[int, set[tuple[Any, Stamp]]] = field(default_factory=lambda: defaultdict(set))
    removed: dict[int, set[tuple[Any, Stamp]]] = field(default_factory=lambda: defaultdict(set))
    deletes: list[Stamp] = field(default_factory=list)
    restores: list[Stamp] = field(default_factory=list)

    @property
    def trashed(self) -> bool:
        """Deleted later than restored."""
        return bool(self.deletes) and max(self.deletes) > max(self.restores, default=(0, b""))

    @property
    def exists(self) -> bool:
        """Whether anything but deletions and restorations was written."""
        return bool(self.values or self.updates or self.added or self.removed)


def gathered(groups: list[bytes], catalogue: Catalogue) -> dict[tuple[int, bytes], Writes]:
    """Everything that some groups write, by kind and record."""
    records: dict[tuple[int, bytes], Writes] = defaultdict(Writes)
    for raw in groups:
        group = msgspec.msgpack.decode(raw, strict=False)
        replica, clock, ops = group[2], group[6], group[9]
        stamp = (clock, bytes(replica))
        for op in ops:
            writes = records[op[1], bytes(op[2])]
            if fits(op, catalogue):
                _gather(writes, op, stamp)
    return records


def fits(op: list[Any], catalogue: Catalogue) -> bool:
    """Whether an operation fits its fields; one that does not is left out, as a whole."""
    match op[0]:
        case 1:
            rules = {number: catalogue.merge_of(op[1], number) for number in op[3]}
            return not any(
                rule in ("set", "text") or (rule == "high" and not _is_high(op[3][number]))
                for number, rule in rules.items()
            )
        case 2:
            return catalogue.merge_of(op[1], op[3]) == "text" and _can_be_read(bytes(op[4]))
        case 5:
            return catalogue.merge_of(op[1], op[3]) == "set"
        case _:
            return True


def _is_high(value: Any) -> bool:
    return isinstance(value, dict) and all(type(number) is int for number in value.values())


def _can_be_read(update: bytes) -> bool:
    try:
        check_update(update)
    except Malformed:
        return False
    return True


def _gather(writes: Writes, op: list[Any], stamp: Stamp) -> None:
    match op[0]:
        case 1:
            for number, value in op[3].items():
                writes.values[number].append((stamp, value))
            for number, bases in op[4].items():
                writes.replaced[number].update((c, bytes(r)) for c, r in bases if (c, r) < stamp)
        case 2:
            writes.updates[op[3]].append(bytes(op[4]))
        case 3:
            writes.deletes.append(stamp)
        case 4:
            writes.restores.append(stamp)
        case 5:
            writes.added[op[3]].update((element, stamp) for element in op[4])
            for element, stamps in op[5]:
                writes.removed[op[3]].update((element, (c, bytes(r))) for c, r in stamps)


def shown(rule: str, number: int, writes: Writes) -> Any:
    """The value of a field, by the rule of its kind."""
    written = sorted(writes.values[number], key=_stamp)
    match rule:
        case "last":
            return written[-1][1] if written else None
        case "once":
            return written[0][1] if written else None
        case "human":
            return _versions(number, writes)[0] if written else None
        case "set":
            alive = writes.added[number] - writes.removed[number]
            return sorted({element for element, _ in alive})
        case "high":
            return _highest(written)
        case _:
            return _text(writes.updates[number])


def _stamp(write: tuple[Stamp, Any]) -> Stamp:
    return write[0]


def _versions(number: int, writes: Writes) -> list[Any]:
    """What nobody replaced, latest first."""
    current = [w for w in writes.values[number] if w[0] not in writes.replaced[number]]
    return [value for _, value in sorted(current, key=_stamp, reverse=True)]


def _highest(written: list[tuple[Stamp, Any]]) -> dict[Any, int]:
    found: dict[Any, int] = {}
    for _, value in written:
        for key, number in value.items():
            found[key] = max(number, found.get(key, number))
    return found


def _text(updates: list[bytes]) -> str:
    document: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc()
    text = document.get("text", type=pycrdt.Text)
    for update in sorted(updates):
        document.apply_update(update)
    return str(text)


def groups_of(replica: Replica) -> list[bytes]:
    """Every group in a replica's log."""
    return [raw_of(raw) for (raw,) in rows_of(replica, "SELECT raw FROM log")]


def _states(
    replica: Replica, records: Iterable[tuple[int, bytes]]
) -> dict[tuple[int, bytes], RecordState]:
    """What the replica shows of these records, as `Replica.state` does of one."""
    by_kind: dict[int, list[bytes]] = defaultdict(list)
    for number, record in records:
        by_kind[number].append(record)
    with replica.read() as connection:
        return {
            (number, record): stored.state
            for number, some in by_kind.items()
            for record, stored in replica._projection.stored_of(
                connection, replica._catalogue.by_number[number], some
            ).items()
        }


def differences(replica: Replica) -> list[str]:
    """Where the replica's records are not what its log says."""
    found = []
    catalogue = replica._catalogue
    written = {
        (number, record): writes
        for (number, record), writes in gathered(groups_of(replica), catalogue).items()
        if writes.exists and number in catalogue.by_number
    }
    states = _states(replica, written)
    for (number, record), writes in written.items():
        kind = catalogue.by_number[number]
        name = f"{kind.name} {record.hex()[:8]}"
        state = states.get((number, record))
        if state is None:
            found.append(f"{name}: not there")
            continue
        if state.in_trash != writes.trashed:
            found.append(f"{name}: in the trash or not")
        two = set()
        for known in kind.fields:
            expected = shown(str(known.merge), known.number, writes)
            value = state.value(known.number)
            value = sorted(value) if isinstance(value, list) else value
            if (value or None) != (expected or None):
                found.append(f"{name}.{known.name}: {value!r}, not {expected!r}")
            if known.merge == "human" and len(set(map(repr, _versions(known.number, writes)))) > 1:
                two.add(known.number)
        if set(state.two_versions()) != two:
            found.append(f"{name}: two versions of {state.two_versions()}, not {sorted(two)}")
    return found
