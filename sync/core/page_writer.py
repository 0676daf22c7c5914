"""From groups to the columns of a page."""

from collections import defaultdict
from collections.abc import Sequence
from hashlib import blake2b

from sync.core.clock import SALT_BITS, Stamp, wall_ms_of
from sync.core.errors import CoreError
from sync.core.group import FIRST_SEQ, Group, decode_group, group_hash
from sync.core.ids import Id, created_id
from sync.core.limits import ID_BYTES
from sync.core.ops import ChangeSet, Delete, EditText, Op, Restore, SetFields, UnknownOp, Value
from sync.core.pages import (
    CHECK_BYTES,
    DERIVED_RECORD,
    PREVS,
    SAME_AUTHOR,
    Columns,
    Form,
    Known,
    PageGroup,
    Prev,
    PrevOf,
    StampAt,
    ValueColumn,
    ValueForm,
)

_MS_PER_S = 1000
_SALT_MASK = (1 << SALT_BITS) - 1


class PageWriter:
    """Writes one page."""

    def __init__(self, receiver_has: PrevOf) -> None:
        """receiver_has: what the receiver surely holds."""
        self._receiver_has = receiver_has
        self._columns = Columns()
        self._ids: dict[Id, int] = {}
        self._shapes: dict[tuple[int, ...], int] = {}
        self._values: dict[tuple[int, int], list[Value]] = defaultdict(list)
        self._value_ops: dict[tuple[int, int], list[int]] = defaultdict(list)
        self._made: dict[Id, int] = {}
        self._in_page: dict[tuple[Id, Id], tuple[int, Known]] = {}
        self._positions: dict[Id, int] = {}
        self._received_s = 0
        self._milliseconds = 0
        self._seen = 0
        self._check = blake2b(digest_size=CHECK_BYTES)

    def written(self, groups: Sequence[PageGroup]) -> Columns:
        """The columns that carry these groups."""
        for index, page_group in enumerate(groups):
            self._write_place(page_group)
            if page_group.signature:
                self._columns.signatures.append((index, page_group.signature))
            self._write_group(page_group)
        self._columns.shapes = [list(shape) for shape in self._shapes]
        self._columns.values = [self._value_column(key) for key in self._values]
        self._columns.ids = b"".join(self._ids)  # last: value columns name ids too
        self._columns.check = self._check.digest()
        return self._columns

    def _write_place(self, item: PageGroup) -> None:
        columns = self._columns
        columns.spaces.append(self._place(item.space))
        columns.replicas.append(self._place(item.replica))
        last = self._in_page.get((item.space, item.replica))
        columns.seqs.append(item.seq - (last[0] + 1 if last else 0))
        columns.positions.append(item.position - self._positions.get(item.space, -1) - 1)
        self._positions[item.space] = item.position
        received_s = item.received_ms // _MS_PER_S
        columns.received.append(received_s - self._received_s)
        self._received_s = received_s

    def _write_group(self, item: PageGroup) -> None:
        chain = (item.space, item.replica)
        if item.raw is None:
            self._columns.forms.append(Form.REFERENCE * PREVS)
            self._in_page.pop(chain, None)
            return
        name = group_hash(item.raw)
        self._check.update(name)
        group = _canonical(item, item.raw)
        if group is None:
            self._columns.forms.append(Form.VERBATIM * PREVS)
            self._columns.verbatim.append(item.raw)
            self._in_page.pop(chain, None)
            return
        self._write_head(group)
        for index, op in enumerate(group.known_ops()):  # a group with others travels verbatim
            self._write_op(group, index, op)
        self._in_page[chain] = (group.seq, Known(name, group.author))

    def _write_head(self, group: Group) -> None:
        columns = self._columns
        prev, before = self._prev(group)
        columns.forms.append(Form.COLUMNS * PREVS + prev)
        if prev is Prev.GIVEN:
            columns.prevs += group.prev
        same = before is not None and before.author == group.author
        columns.authors.append(SAME_AUTHOR if same else self._place(group.author) + 1)
        milliseconds = wall_ms_of(group.clock)
        columns.milliseconds.append(milliseconds - self._milliseconds)
        columns.salts.append(group.clock & _SALT_MASK)
        columns.written.append(group.written_ms - milliseconds)
        columns.seen.append(group.seen - self._seen)
        columns.op_counts.append(len(group.ops))
        self._milliseconds, self._seen = milliseconds, group.seen

    def _prev(self, group: Group) -> tuple[Prev, Known | None]:
        if group.seq == FIRST_SEQ:
            return Prev.NONE, None
        last = self._in_page.get((group.space, group.replica))
        if last is not None and last[0] == group.seq - 1 and last[1].hash == group.prev:
            return Prev.IN_PAGE, last[1]
        known = self._receiver_has(group.space, group.replica, group.seq - 1)
        if known is not None and known.hash == group.prev:
            return Prev.KNOWN, known
        return Prev.GIVEN, None

    def _write_op(self, group: Group, index: int, op: Op) -> None:
        columns = self._columns
        number = _NUMBERS[type(op)]
        columns.op_numbers.append(number)
        columns.op_kinds.append(op.kind)
        made = created_id(group.maker, index)
        at = len(columns.op_numbers) - 1
        if op.record == made:
            columns.records.append(DERIVED_RECORD)
            self._made.setdefault(made, at)
        else:
            place = self._place_before(op.record, at)
            columns.records.append(place + 1 if place >= 0 else place)
        match op:
            case SetFields(kind=kind, fields=fields, bases=bases):
                self._write_fields(kind, fields)
                if bases:
                    columns.bases.append((at, {f: self._stamps(s) for f, s in bases.items()}))
            case EditText(kind=kind, field=field, update=update):
                columns.tails.append(field)
                self._values[kind, field].append(update)
                self._value_ops[kind, field].append(at)
            case Delete(saw=saw):
                columns.tails.append(self._stamps([saw])[0])
            case ChangeSet(field=field, added=added, removed=removed):
                gone = [[element, self._stamps(stamps)] for element, stamps in removed]
                columns.tails.append([field, added, gone])
            case Restore():
                pass

    def _write_fields(self, kind: int, fields: dict[int, Value]) -> None:
        shape = tuple(sorted(fields))
        self._columns.op_shapes.append(self._shapes.setdefault(shape, len(self._shapes)))
        for field in shape:
            self._values[kind, field].append(fields[field])
            self._value_ops[kind, field].append(len(self._columns.op_numbers) - 1)

    def _value_column(self, key: tuple[int, int]) -> ValueColumn:
        values = self._values[key]
        if all(isinstance(value, bytes) and len(value) == ID_BYTES for value in values):
            ops = self._value_ops[key]
            places = [self._place_before(v, at) for v, at in zip(values, ops, strict=True)]
            return ValueColumn(*key, ValueForm.ID_INDEX, places)
        first = values[0]
        if len(values) > 1 and all(type(v) is type(first) and v == first for v in values):
            return ValueColumn(*key, ValueForm.SAME, [first])
        return ValueColumn(*key, ValueForm.PLAIN, values)

    def _stamps(self, stamps: list[Stamp]) -> list[StampAt]:
        return [StampAt(stamp.clock, self._place(stamp.replica)) for stamp in stamps]

    def _place_before(self, value: Id, at: int) -> int:
        """Its place for the operation with the index `at`.

        Negative where an operation before that one makes the record with this id.
        """
        made_at = self._made.get(value, at)
        return -1 - made_at if made_at < at else self._place(value)

    def _place(self, value: Id) -> int:
        return self._ids.setdefault(value, len(self._ids))


_NUMBERS = {SetFields: 1, EditText: 2, Delete: 3, Restore: 4, ChangeSet: 5}


def _canonical(item: PageGroup, raw: bytes) -> Group | None:
    """The group, if its bytes are what this program would write and name it as the page does."""
    try:
        group = decode_group(raw)
        again = Group(*(getattr(group, name) for name in Group.__dataclass_fields__)).raw
    except (CoreError, TypeError):
        return None
    fits = (group.space, group.replica, group.seq) == (item.space, item.replica, item.seq)
    known = not any(isinstance(op, UnknownOp) for op in group.ops)
    return group if fits and known and again == raw else None
