"""Operations: what a group does to its records, and the checks that each must pass."""

from typing import Any, Final, TypeAlias

import msgspec

from sync.core.clock import Stamp, check_clock
from sync.core.errors import Malformed, TooLarge
from sync.core.ids import Id
from sync.core.limits import (
    ID_BYTES,
    MAX_BASES_PER_FIELD,
    MAX_ELEMENTS_PER_OP,
    MAX_FIELDS_PER_OP,
    MAX_TEXT_UPDATE_BYTES,
)

Value: TypeAlias = Any
"""None, bool, int, str, bytes, or lists and maps of them. No floats: they have no one form."""


class SetFields(msgspec.Struct, frozen=True, array_like=True, tag=1):
    """Give fields of one record new values; the first one creates the record.

    bases: for human text, the versions that the writer saw and replaces; this is what tells a
    later edit from a concurrent one.
    """

    kind: int
    record: Id
    fields: dict[int, Value]
    bases: dict[int, list[Stamp]] = {}


class EditText(msgspec.Struct, frozen=True, array_like=True, tag=2):
    """One update (`sync.core.text`) of a long text."""

    kind: int
    record: Id
    field: int
    update: bytes


class Delete(msgspec.Struct, frozen=True, array_like=True, tag=3):
    """Move a record to the trash.

    saw: the latest write to the record that the deleter had seen.
    """

    kind: int
    record: Id
    saw: Stamp


class Restore(msgspec.Struct, frozen=True, array_like=True, tag=4):
    """Take a record out of the trash."""

    kind: int
    record: Id


class ChangeSet(msgspec.Struct, frozen=True, array_like=True, tag=5):
    """Add elements to a set field and take out the additions that the writer had seen."""

    kind: int
    record: Id
    field: int
    added: list[Value]
    removed: list[tuple[Value, list[Stamp]]]


class UnknownOp(msgspec.Struct, frozen=True):
    """An operation of a newer program, kept as it came; it names its kind and record as all do."""

    raw: bytes

    @property
    def kind(self) -> int:
        """Number of the kind of record that it is about."""
        return int(_any_decoder.decode(self.raw)[1])

    @property
    def record(self) -> Id:
        """The record that it is about."""
        return bytes(_any_decoder.decode(self.raw)[2])


Op: TypeAlias = SetFields | EditText | Delete | Restore | ChangeSet
AnyOp: TypeAlias = Op | UnknownOp

_MAX_DEPTH: Final = 4
_MAX_UNKNOWN_DEPTH: Final = 16
_HEAD_LENGTH: Final = 3
_MAX_NUMBER: Final = 1 << 31
# Of elements and of keys in maps. No truth values: to Python True and 1 are one key, to others two.
_KEYS: Final = (str, bytes, int)
_FIXARRAY: Final = 0x90
# Number of each known operation → first byte of its array, which tells its length.
_OP_FORMS: Final = {
    number: _FIXARRAY + length for number, length in ((1, 5), (2, 5), (3, 4), (4, 3), (5, 6))
}
_encoder: Final = msgspec.msgpack.Encoder()
_op_decoder: Final[msgspec.msgpack.Decoder[Op]] = msgspec.msgpack.Decoder(Op)
_any_decoder: Final = msgspec.msgpack.Decoder()


def decode_op(raw: msgspec.Raw | bytes) -> AnyOp:
    """The operation in these bytes; one with an unknown number or more elements is kept unread.

    Raises Malformed or msgspec's errors if a known one does not have its form.
    """
    form = bytes(memoryview(raw)[:2])
    if len(form) == 2 and _OP_FORMS.get(form[1]) == form[0]:
        return _op_decoder.decode(raw)
    _check_unknown(_any_decoder.decode(raw))
    return UnknownOp(bytes(raw))


def _check_unknown(loose: Value) -> None:
    """Return if this is an operation with a head like any other, of values that can be read."""
    if not isinstance(loose, list) or len(loose) < _HEAD_LENGTH:
        raise Malformed("operation without number, kind and record")
    number, kind, record = loose[:_HEAD_LENGTH]
    if type(number) is not int or type(kind) is not int or not isinstance(record, bytes):
        raise Malformed("operation without number, kind and record")
    _check_number(kind)
    _check_id(record)
    # A bound of ours: how deep a library goes before it gives up depends on who calls it.
    _check_value(loose, _MAX_UNKNOWN_DEPTH)


def encode_op(op: AnyOp) -> msgspec.Raw:
    """The one form of an operation: the maps in it sorted by key."""
    match op:
        case UnknownOp(raw=raw):
            return msgspec.Raw(raw)
        case SetFields(fields=fields, bases=bases):
            ordered = msgspec.structs.replace(op, fields=_ordered(fields), bases=_ordered(bases))
            return msgspec.Raw(_encoder.encode(ordered))
        case _:
            return msgspec.Raw(_encoder.encode(op))


def _ordered(value: Value) -> Value:
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in sorted(value, key=_encoder.encode)}
    if isinstance(value, list):
        return [_ordered(inner) for inner in value]
    return value


def check_op(op: Op) -> None:
    """Return if the operation keeps all bounds.

    Raises Malformed, TooLarge.
    """
    _check_id(op.record)
    _check_number(op.kind)
    match op:
        case SetFields(fields=fields, bases=bases):
            _check_count(len(fields), MAX_FIELDS_PER_OP)
            for field, value in fields.items():
                _check_number(field)
                _check_value(value, _MAX_DEPTH)
            if not bases.keys() <= fields.keys():
                raise Malformed("bases of a field that is not set")
            for stamps in bases.values():
                _check_stamps(stamps)
        case EditText(field=field, update=update):
            _check_number(field)
            _check_count(len(update), MAX_TEXT_UPDATE_BYTES)
        case Delete(saw=saw):
            _check_stamps([saw])
        case ChangeSet(field=field, added=added, removed=removed):
            _check_number(field)
            _check_count(len(added) + len(removed), MAX_ELEMENTS_PER_OP)
            for element in added:
                _check_element(element)
            for element, stamps in removed:
                _check_element(element)
                _check_stamps(stamps)


def _check_count(count: int, most: int) -> None:
    if count > most:
        raise TooLarge(f"{count} where at most {most} are allowed")


def _check_number(number: int) -> None:
    if not 0 < number < _MAX_NUMBER:
        raise Malformed("kind or field number out of range")


def _check_id(value: bytes) -> None:
    if len(value) != ID_BYTES:
        raise Malformed("id of wrong length")


def _check_stamps(stamps: list[Stamp]) -> None:
    _check_count(len(stamps), MAX_BASES_PER_FIELD)
    for stamp in stamps:
        check_clock(stamp.clock)
        _check_id(stamp.replica)


def _check_element(element: Value) -> None:
    if type(element) not in _KEYS:
        raise Malformed("an element or key is a text, a number or bytes")
    _check_value(element, 1)


def _check_value(value: Value, depth: int) -> None:
    if depth == 0:
        raise Malformed("value nested too deeply")
    match value:
        case None | bool() | str() | bytes():
            return
        case int() if -(1 << 63) <= value < 1 << 63:
            return
        case list():
            for inner in value:
                _check_value(inner, depth - 1)
        case dict():
            for key, inner in value.items():
                _check_element(key)
                _check_value(inner, depth - 1)
        case _:
            raise Malformed(f"a value cannot be a {type(value).__name__}")
