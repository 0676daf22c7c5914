"""From the columns of a page back to groups."""

from collections.abc import Callable, Iterator
from hashlib import blake2b
from typing import Any, NamedTuple

import msgspec

from sync.core.clock import LATEST_MS, SALT_BITS, Stamp
from sync.core.errors import Malformed, TooLarge
from sync.core.group import Group, decode_group, group_hash
from sync.core.ids import NO_HASH, Id, Maker, created_id
from sync.core.limits import (
    HASH_BYTES,
    ID_BYTES,
    MAX_COUNT,
    MAX_FIELDS_PER_OP,
    MAX_OPS_PER_GROUP,
    MAX_PAGE_GROUPS,
    MAX_PAGE_VALUES,
    MAX_UNPACKED_BYTES,
)
from sync.core.ops import ChangeSet, Delete, EditText, Op, Restore, SetFields, Value
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
    ValueColumn,
    ValueForm,
)
from sync.core.value_counts import check_value_count, value_count

_MS_PER_S = 1000


class _Place(NamedTuple):
    space: Id
    replica: Id
    seq: int


class PageReader:
    """Reads one page; trusts nothing in it."""

    def __init__(self, columns: Columns, known: PrevOf) -> None:
        """known: what this side holds."""
        self._columns = columns
        self._known = known
        _check_form(columns)
        ids = columns.ids
        self._ids = [ids[at : at + ID_BYTES] for at in range(0, len(ids), ID_BYTES)]
        self._values = {(c.kind, c.field): self._column(c) for c in columns.values}
        self._heads = zip(
            columns.authors,
            columns.milliseconds,
            columns.salts,
            columns.written,
            columns.seen,
            columns.op_counts,
            strict=False,
        )
        self._ops = zip(columns.op_numbers, columns.op_kinds, columns.records, strict=False)
        self._op_shapes = iter(columns.op_shapes)
        self._tails = iter(columns.tails)
        self._verbatim = iter(columns.verbatim)
        self._prevs = iter(
            columns.prevs[at : at + HASH_BYTES] for at in range(0, len(columns.prevs), HASH_BYTES)
        )
        self._bases = dict(columns.bases)
        self._made: dict[int, Id] = {}
        self._in_page: dict[tuple[Id, Id], tuple[int, Known]] = {}
        self._op_index = 0
        self._milliseconds = 0
        self._seen = 0
        self._check = blake2b(digest_size=CHECK_BYTES)
        self._left_bytes = MAX_UNPACKED_BYTES
        self._left_repeated_bytes = MAX_UNPACKED_BYTES
        self._left_repeated_values = MAX_PAGE_VALUES
        self._readers: dict[int, Callable[[int, Id], Op]] = {
            1: self._set_fields,
            2: self._edit_text,
            3: self._delete,
            4: self._restore,
            5: self._change_set,
        }

    def groups(self) -> list[PageGroup]:
        """All groups of the page.

        Raises Malformed, NeedsNewer.
        """
        if len(self._columns.forms) > MAX_PAGE_GROUPS:
            raise Malformed("page of too many groups")
        try:
            found = list(self._read())
        except (
            IndexError,
            KeyError,
            TypeError,
            ValueError,
            StopIteration,
            RuntimeError,
            OverflowError,
        ) as error:
            raise Malformed(f"page does not add up: {error!r}") from error
        if self._check.digest() != self._columns.check:
            raise Malformed("page did not come back exactly")
        return found

    def _read(self) -> Iterator[PageGroup]:
        columns = self._columns
        signatures = dict(columns.signatures)
        positions: dict[Id, int] = {}
        received_s = 0
        rows = zip(
            columns.spaces,
            columns.replicas,
            columns.seqs,
            columns.forms,
            columns.positions,
            columns.received,
            strict=True,
        )
        for index, (
            at_space,
            at_replica,
            seq_step,
            form,
            position_step,
            received_step,
        ) in enumerate(rows):
            space, replica = self._id(at_space), self._id(at_replica)
            last = self._in_page.get((space, replica))
            seq = seq_step + (last[0] + 1 if last else 0)
            positions[space] = position_step + positions.get(space, -1) + 1
            received_s += received_step
            yield PageGroup(
                space=space,
                replica=replica,
                seq=_bounded(seq, MAX_COUNT),
                raw=self._raw(_Place(space, replica, seq), form),
                position=_bounded(positions[space], MAX_COUNT),
                received_ms=_bounded(received_s * _MS_PER_S, LATEST_MS),
                signature=signatures.get(index, b""),
            )

    def _raw(self, place: _Place, form: int) -> bytes | None:
        way, prev = Form(form // PREVS), Prev(form % PREVS)
        chain = (place.space, place.replica)
        if way is not Form.COLUMNS:
            self._in_page.pop(chain, None)
        if way is Form.REFERENCE:
            return None
        if way is Form.VERBATIM:
            raw = next(self._verbatim)
            self._count(raw)
            self._check.update(group_hash(raw))
            return raw
        before = self._before(place, prev)
        group = self._group(place, before, prev)
        self._count(group.raw)
        name = group_hash(group.raw)
        self._check.update(name)
        self._in_page[chain] = (place.seq, Known(name, group.author))
        decode_group(group.raw)  # what came by columns keeps the same bounds
        return group.raw

    def _count(self, raw: bytes) -> None:
        self._left_bytes -= len(raw)
        if self._left_bytes < 0:
            raise TooLarge("groups of a page past the bound")

    def _before(self, place: _Place, prev: Prev) -> Known | None:
        if prev is Prev.IN_PAGE:
            return self._in_page[place.space, place.replica][1]
        if prev is not Prev.KNOWN:
            return None
        known = self._known(place.space, place.replica, place.seq - 1)
        if known is None:
            raise Malformed("page builds on a group that is not here")
        return known

    def _group(self, place: _Place, before: Known | None, prev: Prev) -> Group:
        author, ms_step, salt, written, seen_step, op_count = next(self._heads)
        if not 0 <= op_count <= MAX_OPS_PER_GROUP:
            raise Malformed("group of too many operations")
        self._milliseconds += ms_step
        self._seen += seen_step
        clock = (self._milliseconds << SALT_BITS) + salt
        if prev is Prev.GIVEN:
            prev_hash = next(self._prevs)
        else:
            prev_hash = NO_HASH if before is None else before.hash
        maker = Maker(place.space, place.replica, place.seq, clock)
        return Group(
            space=place.space,
            replica=place.replica,
            seq=place.seq,
            prev=prev_hash,
            author=self._author(author, before),
            clock=clock,
            written_ms=self._milliseconds + written,
            seen=self._seen,
            ops=tuple(self._op(created_id(maker, index)) for index in range(op_count)),
        )

    def _author(self, author: int, before: Known | None) -> Id:
        if author != SAME_AUTHOR:
            return self._id(author - 1)
        if before is None:
            raise Malformed("group without author")
        return before.author

    def _op(self, made: Id) -> Op:
        number, kind, at_record = next(self._ops)
        if at_record == DERIVED_RECORD:
            record = self._made[self._op_index] = made
        else:
            record = self._made_or_id(at_record - 1 if at_record > 0 else at_record)
        op = self._readers[number](kind, record)
        self._op_index += 1
        return op

    def _set_fields(self, kind: int, record: Id) -> SetFields:
        shape = self._columns.shapes[_bounded(next(self._op_shapes), MAX_COUNT)]
        fields = {field: next(self._values[kind, field]) for field in shape}
        bases = self._bases.get(self._op_index, {})
        return SetFields(kind, record, fields, {f: self._stamps(s) for f, s in bases.items()})

    def _edit_text(self, kind: int, record: Id) -> EditText:
        field = next(self._tails)
        return EditText(kind, record, field, next(self._values[kind, field]))

    def _delete(self, kind: int, record: Id) -> Delete:
        return Delete(kind, record, self._stamps([next(self._tails)])[0])

    def _restore(self, kind: int, record: Id) -> Restore:
        return Restore(kind, record)

    def _change_set(self, kind: int, record: Id) -> ChangeSet:
        field, added, gone = next(self._tails)
        removed = [(element, self._stamps(stamps)) for element, stamps in gone]
        return ChangeSet(kind, record, field, added, removed)

    def _stamps(self, stamps: Any) -> list[Stamp]:
        return [Stamp(clock, self._id(at)) for clock, at in stamps]

    def _column(self, column: ValueColumn) -> Iterator[Value]:
        if column.form == ValueForm.SAME:
            return self._endless(column.values[0]) if column.values else iter(())
        if column.form == ValueForm.ID_INDEX:
            return map(self._made_or_id, column.values)
        return iter(column.values)

    def _endless(self, value: Value) -> Iterator[Value]:
        """The value again and again, until it makes more than a page may hold."""
        packed = msgspec.msgpack.encode(value)
        size_bytes, values = len(packed), value_count(packed, MAX_PAGE_VALUES)
        while True:
            self._left_repeated_bytes -= size_bytes
            self._left_repeated_values -= values
            if self._left_repeated_bytes < 0 or self._left_repeated_values < 0:
                raise TooLarge("repeated values of a page past the bound")
            yield value

    def _made_or_id(self, at: int) -> Id:
        """The id in that place; of a negative one, that which operation -1 - at has made."""
        return self._made[-1 - at] if at < 0 else self._id(at)

    def _id(self, at: int) -> Id:
        if at < 0:
            raise Malformed("place before the first id")
        return self._ids[at]


def _check_form(columns: Columns) -> None:
    """Return if nothing in the columns makes work out of proportion to their size."""
    if len(columns.ids) % ID_BYTES or len(columns.prevs) % HASH_BYTES:
        raise Malformed("ids or hashes cut off")
    if any(len(shape) > MAX_FIELDS_PER_OP for shape in columns.shapes):
        raise TooLarge("operation of too many fields")
    check_value_count(columns.verbatim, MAX_PAGE_VALUES)


def _bounded(count: int, most: int) -> int:
    if not 0 <= count <= most:
        raise Malformed("number of a group out of range")
    return count
