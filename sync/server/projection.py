"""Rows that follow from the log: records, references to chunks, names. Written with their group."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Table, delete, insert, select

from sync.catalogue.communities import COMMUNITY, MEMBERSHIP
from sync.catalogue.declare import SpaceKind
from sync.catalogue.library import FILE_VERSION
from sync.catalogue.people import MEMBER, REPLICA_KEY
from sync.core.chunks import split
from sync.core.clock import Stamp
from sync.core.group import Group
from sync.core.ids import Hash, Id
from sync.core.limits import CHUNK_NAME_BYTES
from sync.core.ops import SetFields
from sync.server.records import Record
from sync.server.spaces import Space
from sync.server.tables import CHUNK_REFS, CONTROLS, NAMES, RECORDS

_CHUNK_LISTS: Final = tuple(FILE_VERSION.by_name[name].number for name in ("chunks", "patch"))
_NAME_FIELDS: Final = {kind.number: kind.by_name["name"].number for kind in (MEMBER, COMMUNITY)}
CONTROL_KINDS: Final = {kind.number: kind for kind in (MEMBERSHIP, REPLICA_KEY)}
_AT_ONCE: Final = 500

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a member or community, and the write that gave it."""

    kind: int
    text: str
    stamp: Stamp


class Projection:
    """Collects what the groups of one space give rise to."""

    def __init__(self, space: Space) -> None:
        self.records: list[Row] = []
        self.chunks: set[Hash] = set()
        self.names: dict[Id, Name] = {}
        self.controls: set[tuple[Id, int]] = set()
        self._space = space

    def learn(self, group: Group, position: int, made: Mapping[Id, Record]) -> None:
        """Take in one group. made: the records it makes."""
        for record, facts in made.items():
            self.records.append(
                {
                    "space": self._space.id,
                    "record": record,
                    "kind": facts.kind,
                    "creator": facts.creator,
                    "owner": facts.owner,
                    "position": position,
                }
            )
        for op in group.known_ops():
            if op.kind in CONTROL_KINDS:
                self.controls.add((op.record, position))
            if isinstance(op, SetFields):
                self._learn_fields(group, op)

    def _learn_fields(self, group: Group, op: SetFields) -> None:
        if self._space.kind is SpaceKind.DIRECTORY:
            name = op.fields.get(_NAME_FIELDS.get(op.kind, 0))
            if isinstance(name, str):
                _keep_later(self.names, op.record, Name(op.kind, name, group.stamp))
        elif op.kind == FILE_VERSION.number:
            self.chunks.update(chunks_named(op))

    def write(self, connection: Connection) -> None:
        """Keep what was collected."""
        for part in _parts(self.records):
            connection.execute(insert(RECORDS), part)
        controls = [
            {"space": self._space.id, "record": record, "position": position}
            for record, position in sorted(self.controls)
        ]
        for part in _parts(controls):
            connection.execute(insert(CONTROLS), part)
        _write_chunks(connection, self._space.id, self.chunks)
        _write_names(connection, self.names)


def chunks_named(op: SetFields) -> tuple[Hash, ...]:
    """The chunks that an attachment reference names, of a patch too; of whole lists only."""
    lists = (op.fields.get(number) for number in _CHUNK_LISTS)
    whole = (names for names in lists if isinstance(names, bytes))
    return tuple(
        chunk for names in whole if len(names) % CHUNK_NAME_BYTES == 0 for chunk in split(names)
    )


def _keep_later(names: dict[Id, Name], record: Id, name: Name) -> None:
    if record not in names or names[record].stamp < name.stamp:
        names[record] = name


def _parts(rows: list[Row]) -> Iterator[list[Row]]:
    for at in range(0, len(rows), _AT_ONCE):
        yield rows[at : at + _AT_ONCE]


def _write_chunks(connection: Connection, space: Id, chunks: Iterable[Hash]) -> None:
    ordered = sorted(chunks)
    for at in range(0, len(ordered), _AT_ONCE):
        part = ordered[at : at + _AT_ONCE]
        known = connection.scalars(
            select(CHUNK_REFS.c.chunk).where(
                CHUNK_REFS.c.space == space, CHUNK_REFS.c.chunk.in_(part)
            )
        )
        rows = [{"chunk": chunk, "space": space} for chunk in sorted(set(part) - set(known))]
        if rows:
            connection.execute(insert(CHUNK_REFS), rows)


def _write_names(connection: Connection, names: Mapping[Id, Name]) -> None:
    for record, name in names.items():
        row = connection.execute(select(NAMES).where(NAMES.c.record == record)).first()
        if row is not None and Stamp(row.clock, row.replica) >= name.stamp:
            continue
        connection.execute(delete(NAMES).where(NAMES.c.record == record))
        connection.execute(insert(NAMES).values(name_row(record, name)))


def name_row(record: Id, name: Name) -> Row:
    """The row of `names` for this name."""
    return {
        "record": record,
        "kind": name.kind,
        "name": name.text,
        "clock": name.stamp.clock,
        "replica": name.stamp.replica,
    }


DERIVED: Final[tuple[Table, ...]] = (RECORDS, CHUNK_REFS, NAMES, CONTROLS)
"""The tables that `Projection` fills."""
