"""What an action has to write so that a record's fields become what a person wants. Pure.

Values that are so already are left out; a write to human text names the versions it replaces.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

import msgspec

from cop_desktop.store.errors import Refused
from sync.catalogue.declare import Field, Kind
from sync.core.clock import Stamp
from sync.core.ids import Id
from sync.core.limits import MAX_BASES_PER_FIELD
from sync.core.merge import Elements, Merge, RecordState, Register, Version
from sync.core.ops import ChangeSet, SetFields, Value

HowToSet: TypeAlias = "Callable[[Kind, Standing, SetFields, Mapping[str, Value]], SetFields]"
SET_BY_FIELDS: Final = (Merge.LAST, Merge.ONCE, Merge.HUMAN, Merge.HIGH)


def field_of(kind: Kind, name: str) -> Field:
    """The field of that name.

    Raises Refused.
    """
    field = kind.by_name.get(name)
    if field is None:
        raise Refused([f"{kind.name} has no field {name}"])
    return field


@dataclass(frozen=True, slots=True)
class Standing:
    """A record as it is, and as the person saw it, who may have had it open for a while."""

    now: RecordState
    seen: RecordState


def set_fields(
    kind: Kind, standing: Standing, pending: SetFields, values: Mapping[str, Value]
) -> SetFields:
    """`pending` with these values too, as far as they change what was seen."""
    fields, bases = dict(pending.fields), dict(pending.bases)
    for name, value in values.items():
        field = field_of(kind, name)
        if field.merge is Merge.HIGH:
            fields |= _raised(field, standing.now, fields.get(field.number, {}), value)
        elif field.number in fields:
            fields[field.number] = value
        elif _is_news(field, standing, value):
            fields[field.number] = value
            if field.merge is Merge.HUMAN:
                bases |= _bases(field, standing, _reads_as_shown)
    return msgspec.structs.replace(pending, fields=fields, bases=bases)


def resolved(
    kind: Kind, standing: Standing, pending: SetFields, values: Mapping[str, Value]
) -> SetFields:
    """`pending` with values that replace all versions that were seen."""
    fields, bases = dict(pending.fields), dict(pending.bases)
    for name, value in values.items():
        field = field_of(kind, name)
        fields[field.number] = value
        if field.merge is Merge.HUMAN:
            bases |= _bases(field, standing, _any)
    return msgspec.structs.replace(pending, fields=fields, bases=bases)


def _is_news(field: Field, standing: Standing, value: Value) -> bool:
    if field.merge is Merge.ONCE and field.number in standing.now.fields:
        return False
    shown = standing.seen.value(field.number)
    return bool(shown != value) or isinstance(shown, bool) is not isinstance(value, bool)


def _bases(
    field: Field, standing: Standing, replaces: Callable[[Register, Version], bool]
) -> dict[int, list[Stamp]]:
    register = standing.seen.fields.get(field.number)
    if not isinstance(register, Register) or not register.versions:
        return {}
    seen = [version for version in register.versions if replaces(register, version)]
    now = standing.now.fields.get(field.number)
    anew = [] if not isinstance(now, Register) else _written_anew(seen, now.versions)
    stamps = dict.fromkeys(version.stamp for version in (*anew, *seen))
    return {field.number: list(stamps)[:MAX_BASES_PER_FIELD]}


def _written_anew(seen: Iterable[Version], now: Iterable[Version]) -> list[Version]:
    """What was seen, under the other id that this replica took meanwhile (`renaming`)."""
    known = {_beside_the_name(version) for version in seen}
    return [version for version in now if _beside_the_name(version) in known]


def _beside_the_name(version: Version) -> tuple[int, Value, Id, int]:
    return version.stamp.clock, version.value, version.author, version.written_ms


def _reads_as_shown(register: Register, version: Version) -> bool:
    """Two people may have written the same; whoever saw the one saw the other."""
    return bool(version.value == register.value)


def _any(_register: Register, _version: Version) -> bool:
    return True


def _raised(field: Field, now: RecordState, pending: Value, value: Value) -> dict[int, Value]:
    if not isinstance(value, Mapping):
        raise Refused([f"{field.name} is not a map of numbers"])
    known = now.value(field.number) or {}
    higher = {key: n for key, n in value.items() if key not in known or n > known[key]}
    together = {**pending, **{key: max(n, pending.get(key, n)) for key, n in higher.items()}}
    return {field.number: together} if together else {}


def changed_set(
    now: Elements, pending: ChangeSet, add: Iterable[Value], remove: Iterable[Value]
) -> ChangeSet:
    """`pending` with these additions and removals too, as far as they change anything."""
    added, removed = list(pending.added), list(pending.removed)
    present = now.value
    for element in add:
        removed = [gone for gone in removed if gone[0] != element]
        if element not in present and element not in added:
            added.append(element)
    for element in remove:
        added = [new for new in added if new != element]
        if element in present and all(gone[0] != element for gone in removed):
            removed.append((element, now.additions_of(element)))
    return msgspec.structs.replace(pending, added=added, removed=removed)
