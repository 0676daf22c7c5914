"""A record's state as a row of its projection table, and back, exactly.

A register with one version keeps its value in its column alone; who wrote it is left out where it
is who created the record. All else is in the column `rest`, which is NULL for a record written
once.
"""

import json
from collections.abc import Mapping
from typing import Any, Final, TypeAlias

import msgspec

from sync.catalogue.declare import Field, Kind, Type
from sync.core.clock import Stamp
from sync.core.group import Group
from sync.core.ids import Id
from sync.core.merge import (
    NEVER,
    Elements,
    FieldState,
    Highest,
    LongText,
    Merge,
    RecordState,
    Register,
    Version,
)
from sync.core.ops import SetFields

Row: TypeAlias = dict[str, Any]


class _InColumn(msgspec.Struct, frozen=True, array_like=True, tag="c"):
    """A register whose one value is in its column.

    version: who wrote it, value None; None if it was written with the record's creation.
    """

    version: Version | None = None
    replaced: tuple[Stamp, ...] = ()


class _Rest(msgspec.Struct, frozen=True, array_like=True):
    """What the columns do not tell. edited: None if it is the creation; stamps: None for NEVER."""

    fields: dict[int, _InColumn | Register | Elements | LongText] = {}
    edited: Version | None = None
    deleted: Version | None = None
    deleted_saw: Stamp | None = None
    restored: Stamp | None = None


_EXACT: Final[dict[Type, type]] = {
    Type.TEXT: str,
    Type.CHOICE: str,
    Type.DAY: str,
    Type.NUMBER: int,
    Type.MOMENT: int,
    Type.FLAG: bool,
    Type.REFERENCE: bytes,
    Type.BYTES: bytes,
}
_REGISTERS: Final = (Merge.LAST, Merge.ONCE, Merge.HUMAN)
_NOTHING: Final = _Rest()
_encoder: Final = msgspec.msgpack.Encoder()
_rest_decoder: Final = msgspec.msgpack.Decoder(_Rest)
_state_decoder: Final = msgspec.msgpack.Decoder(RecordState)
_map_decoder: Final = msgspec.msgpack.Decoder(dict[Any, int], strict=False)


def encode_state(state: RecordState) -> bytes:
    """A whole state, for records without a table."""
    fields = {
        number: Highest(_in_order(kept.value)) if isinstance(kept, Highest) else kept
        for number, kept in _in_order(state.fields).items()
    }
    return _encoder.encode(msgspec.structs.replace(state, fields=fields))


def decode_state(raw: bytes) -> RecordState:
    """The state encoded by `encode_state`."""
    return _state_decoder.decode(raw)


def decode_high(raw: bytes | None) -> dict[Any, int]:
    """The map in the column of a HIGH field; empty for NULL."""
    return {} if raw is None else _map_decoder.decode(raw)


def _in_order(fields: Mapping[Any, Any]) -> dict[Any, Any]:
    """The same map, encoded the same on every replica whatever order it came about in."""
    return {key: fields[key] for key in sorted(fields, key=_encoder.encode)}


def row_of(kind: Kind, state: RecordState) -> Row:
    """All columns but `id`, `space` and `created_seq` of a record that exists."""
    created, edited = state.created, state.edited
    if created is None or edited is None:
        raise ValueError("a record that nobody has written to has no row")
    row: Row = {field.name: None for field in kind.fields}
    kept: dict[int, Any] = {}
    for number, value in _in_order(state.fields).items():
        field = kind.by_number.get(number)
        if field is None:
            kept[number] = value
            continue
        row[field.name], entry = _column(field, value, created)
        if entry is not None:
            kept[number] = entry
    rest = _Rest(
        kept,
        None if edited == created else edited,
        state.deleted,
        None if state.deleted_saw == NEVER else state.deleted_saw,
        None if state.restored == NEVER else state.restored,
    )
    row.update(
        created_ms=created.written_ms,
        created_by=created.author,
        created_replica=created.stamp.replica,
        created_clock=created.stamp.clock,
        edited_ms=edited.written_ms,
        edited_by=edited.author,
        edited_clock=edited.stamp.clock,
        trashed=state.in_trash,
        edited_since=state.edited_since_deleted,
        versions=len(state.two_versions()),
        rest=None if rest == _NOTHING else _encoder.encode(rest),
    )
    return row


def row_of_creation(kind: Kind, group: Group, op: SetFields) -> Row | None:
    """The row of a record of which this is all that is known; None if `row_of` has to make it.

    The same row as `row_of` makes, without the state in between: nearly all records are written
    once.
    """
    row: Row = {field.name: None for field in kind.fields}
    if op.bases:
        return None
    for number, value in op.fields.items():
        field = kind.by_number.get(number)
        if field is None or field.merge not in _REGISTERS or type(value) is not _EXACT[field.type]:
            return None
        row[field.name] = value
    row.update(
        created_ms=group.written_ms,
        created_by=group.author,
        created_seq=group.seq,
        created_replica=group.replica,
        created_clock=group.clock,
        edited_ms=group.written_ms,
        edited_by=group.author,
        edited_clock=group.clock,
        trashed=False,
        edited_since=False,
        versions=0,
        rest=None,
    )
    return row


def _column(field: Field, state: FieldState, created: Version) -> tuple[Any, Any]:
    """What the column shows, and what `rest` has to keep (None for nothing)."""
    match state:
        case Highest():
            return _encoder.encode(_in_order(state.value)), None
        case Elements():
            return _as_json(state.value), state
        case LongText():
            return state.value, state
        case Register():
            return _register_column(field, state, created)


def _register_column(field: Field, state: Register, created: Version) -> tuple[Any, Any]:
    value = state.value
    fits = type(value) is _EXACT[field.type]
    shown = value if fits else None
    if len(state.versions) != 1 or not fits:
        return shown, state
    version = state.versions[0]
    same = version.stamp == created.stamp and (version.author, version.written_ms) == (
        created.author,
        created.written_ms,
    )
    if same and not state.replaced:
        return value, None
    bare = Version(version.stamp, None, version.author, version.written_ms)
    return value, _InColumn(None if same else bare, state.replaced)


def _as_json(elements: list[Any]) -> str:
    shown = [element.hex() if isinstance(element, bytes) else element for element in elements]
    return json.dumps(shown, ensure_ascii=False, separators=(",", ":"))


def state_of(kind: Kind, row: Mapping[str, Any]) -> RecordState:
    """The state that `row_of` made this row of."""
    created = Version(
        Stamp(row["created_clock"], row["created_replica"]),
        None,
        row["created_by"],
        row["created_ms"],
    )
    rest = _NOTHING if row["rest"] is None else _rest_decoder.decode(row["rest"])
    fields: dict[int, FieldState] = {}
    for field in kind.fields:
        shown = row[field.name]
        entry = rest.fields.get(field.number)
        if isinstance(entry, _InColumn) or (entry is None and shown is not None):
            fields[field.number] = _from_column(field, shown, entry, created)
    fields |= {n: kept for n, kept in rest.fields.items() if not isinstance(kept, _InColumn)}
    return RecordState(
        fields=fields,
        created=created,
        edited=rest.edited or created,
        deleted=rest.deleted,
        deleted_saw=rest.deleted_saw or NEVER,
        restored=rest.restored or NEVER,
    )


def _from_column(field: Field, shown: Any, entry: _InColumn | None, created: Version) -> FieldState:
    if field.merge is Merge.HIGH:
        return Highest(_map_decoder.decode(shown))
    seal = created if entry is None or entry.version is None else entry.version
    version = Version(seal.stamp, shown, seal.author, seal.written_ms)
    return Register((version,), () if entry is None else entry.replaced)


RecordKey: TypeAlias = tuple[int, Id]
"""Number of the kind and id of the record."""
