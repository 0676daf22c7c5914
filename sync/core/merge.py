"""What a record is after any set of operations, whatever order they come in and however often.

A record's state is a join-semilattice: `applied` is commutative, associative and idempotent
(Shapiro et al., A comprehensive study of convergent and commutative replicated data types, 2011).

- LAST, ONCE: last-writer-wins (or first-writer-wins) register by stamp. Two writes with one stamp,
  which only a faulty program makes, are ordered by their bytes.
- HUMAN: multi-value register. Each write names the versions it replaces (its bases); a version is
  current unless some write has named it. Two current versions are shown as "two versions"; the one
  with the later stamp is the value meanwhile.
- SET: observed-remove set, additions win.
- HIGH: map of greatest numbers.
- TEXT: sequence CRDT (`sync.core.text`).

A deleted record keeps its fields; deleting and restoring are writes to one more register.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Final, TypeAlias

import msgspec

from sync.core import text
from sync.core.clock import Stamp
from sync.core.errors import Malformed
from sync.core.group import Group
from sync.core.ids import NO_ID, Id
from sync.core.ops import ChangeSet, Delete, EditText, Op, Restore, SetFields, Value

NEVER = Stamp(0, NO_ID)
_encoder: Final = msgspec.msgpack.Encoder()


class Merge(StrEnum):
    """How concurrent writes to a field come together."""

    LAST = "last"
    ONCE = "once"
    HUMAN = "human"
    SET = "set"
    HIGH = "high"
    TEXT = "text"


class Version(msgspec.Struct, frozen=True, array_like=True):
    """One written value of a field, and who wrote it when."""

    stamp: Stamp
    value: Value
    author: Id
    written_ms: int


class Register(msgspec.Struct, frozen=True, array_like=True, tag="r"):
    """LAST, ONCE: the one version that counts. HUMAN: all current ones, latest first.

    replaced: HUMAN only, every stamp that some write has named as its base, sorted.
    """

    versions: tuple[Version, ...] = ()
    replaced: tuple[Stamp, ...] = ()

    @property
    def value(self) -> Value:
        """What to show; None if nothing was written yet."""
        return self.versions[0].value if self.versions else None


class Elements(msgspec.Struct, frozen=True, array_like=True, tag="s"):
    """SET: every addition and every removed addition, sorted; additions of what is in remain."""

    added: tuple[tuple[Value, Stamp], ...] = ()
    removed: tuple[tuple[Value, Stamp], ...] = ()

    @property
    def value(self) -> list[Value]:
        """The elements, in order of their first surviving addition."""
        gone = set(self.removed)
        alive = (addition for addition in self.added if addition not in gone)
        return list(dict.fromkeys(element for element, _ in alive))

    def additions_of(self, element: Value) -> list[Stamp]:
        """The stamps that a removal of `element` has to name."""
        gone = set(self.removed)
        return [s for e, s in self.added if e == element and (e, s) not in gone]


class Highest(msgspec.Struct, frozen=True, array_like=True, tag="h"):
    """HIGH: the greatest number written for each key."""

    value: dict[Any, int] = {}


class LongText(msgspec.Struct, frozen=True, array_like=True, tag="t"):
    """TEXT: the merged state."""

    state: bytes = text.EMPTY_TEXT

    @property
    def value(self) -> str:
        """The text as it reads."""
        return text.read_text(self.state)


FieldState: TypeAlias = Register | Elements | Highest | LongText


class RecordState(msgspec.Struct, frozen=True, array_like=True):
    """Everything known of one record.

    created: the earliest write, with its author; its value is None. edited: the latest stamp that
    wrote a field. deleted, restored: latest such operation. deleted_saw: latest write that the
    latest deletion knew of. edited_by: the version (value None) of the latest write.
    """

    fields: dict[int, FieldState] = {}
    created: Version | None = None
    edited: Version | None = None
    deleted: Version | None = None
    deleted_saw: Stamp = NEVER
    restored: Stamp = NEVER

    @property
    def exists(self) -> bool:
        """Whether any field was written: a deletion may arrive before what it deletes."""
        return self.created is not None

    @property
    def in_trash(self) -> bool:
        """Deleted, and not restored since."""
        return self.deleted is not None and self.deleted.stamp > self.restored

    @property
    def edited_since_deleted(self) -> bool:
        """In the trash, with a write that the deleter had not seen."""
        return self.in_trash and self.edited is not None and self.edited.stamp > self.deleted_saw

    def value(self, field: int) -> Value:
        """The value of a field to show, None if never written."""
        state = self.fields.get(field)
        return None if state is None else state.value

    def two_versions(self) -> list[int]:
        """Fields with current versions that differ, in order of number.

        Two people who wrote the same, such as both bringing in one folder, do not disagree.
        """
        return sorted(
            number
            for number, state in self.fields.items()
            if isinstance(state, Register)
            and any(version.value != state.value for version in state.versions)
        )


MergeOf: TypeAlias = Callable[[int], Merge]


def applied(state: RecordState, group: Group, op: Op, merge_of: MergeOf) -> RecordState:
    """The record after one more operation of `group` on it.

    merge_of: how a field of this kind merges; for a field unknown here any rule may be answered as
    long as it is always the same (LAST), because the record is read again from the log when a newer
    program knows better.

    Raises Malformed if the operation does not fit the field's rule.
    """
    seal = Version(group.stamp, None, group.author, group.written_ms)
    match op:
        case Delete(saw=saw):
            return _deleted(state, seal, saw)
        case Restore():
            restored = max(state.restored, group.stamp)
            return msgspec.structs.replace(state, restored=restored)
        case SetFields(fields=fields):
            changes = {
                number: _written(
                    state.fields.get(number),
                    merge_of(number),
                    msgspec.structs.replace(seal, value=value),
                    op.bases.get(number, []),
                )
                for number, value in fields.items()
            }
        case EditText(field=number, update=update):
            changes = {number: _edited(state.fields.get(number), merge_of(number), update)}
        case ChangeSet(field=number):
            changes = {number: _changed(state.fields.get(number), merge_of(number), seal.stamp, op)}
    return msgspec.structs.replace(
        state,
        fields={**state.fields, **changes},
        created=seal if state.created is None or _is_later(state.created, seal) else state.created,
        edited=seal if state.edited is None or _is_later(seal, state.edited) else state.edited,
    )


def _deleted(state: RecordState, seal: Version, saw: Stamp) -> RecordState:
    if state.deleted is not None:
        kept = (state.deleted.stamp, _raw(state.deleted), state.deleted_saw)
        if kept >= (seal.stamp, _raw(seal), saw):
            return state
    return msgspec.structs.replace(state, deleted=seal, deleted_saw=saw)


def _written(
    old: FieldState | None, rule: Merge, version: Version, bases: list[Stamp]
) -> FieldState:
    if rule is Merge.HIGH:
        return _raised(old, version.value)
    if rule not in (Merge.LAST, Merge.ONCE, Merge.HUMAN) or not isinstance(old, Register | None):
        raise Malformed(f"a {rule} field cannot be set")
    if rule is Merge.HUMAN:
        return _joined(old or Register(), version, bases)
    if old is None:
        return Register((version,))
    kept = old.versions[0]
    wins = _is_later(kept, version) if rule is Merge.ONCE else _is_later(version, kept)
    return Register((version,)) if wins else old


def _joined(old: Register, version: Version, bases: list[Stamp]) -> Register:
    # A base is always earlier than what replaces it; without this a forged one could remove itself.
    replaced = set(old.replaced).union(base for base in bases if base < version.stamp)
    versions = {kept.stamp: kept for kept in old.versions}
    rival = versions.get(version.stamp)
    if rival is None or _is_later(version, rival):
        versions[version.stamp] = version
    current = tuple(versions[stamp] for stamp in sorted(versions.keys() - replaced, reverse=True))
    return Register(current, tuple(sorted(replaced)))


def _is_later(one: Version, other: Version) -> bool:
    if one.stamp != other.stamp:
        return one.stamp > other.stamp
    return _raw(one) > _raw(other)


def _raw(version: Version) -> bytes:
    return _encoder.encode(version)


def _raised(old: FieldState | None, value: Value) -> Highest:
    if not isinstance(value, Mapping) or not all(type(v) is int for v in value.values()):
        raise Malformed("a high field takes a map of numbers")
    known = old.value if isinstance(old, Highest) else {}
    return Highest({**known, **{k: max(v, known.get(k, v)) for k, v in value.items()}})


def _edited(old: FieldState | None, rule: Merge, update: bytes) -> LongText:
    if rule is not Merge.TEXT:
        raise Malformed(f"a {rule} field cannot be edited as text")
    return LongText(
        text.merged(old.state if isinstance(old, LongText) else text.EMPTY_TEXT, update)
    )


def _changed(old: FieldState | None, rule: Merge, stamp: Stamp, op: ChangeSet) -> Elements:
    if rule is not Merge.SET:
        raise Malformed(f"a {rule} field is not a set")
    known = old if isinstance(old, Elements) else Elements()
    added = set(known.added) | {(element, stamp) for element in op.added}
    removed = set(known.removed) | {(e, s) for e, stamps in op.removed for s in stamps}
    return Elements(tuple(sorted(added, key=_by_stamp)), tuple(sorted(removed, key=_by_stamp)))


def _by_stamp(addition: tuple[Value, Stamp]) -> tuple[Stamp, str]:
    return addition[1], repr(addition[0])
