"""What the server knows of each record: its kind, who made it, whom it belongs to.

This follows from the log alone: the first group that writes a record makes it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, bindparam, select

from sync.catalogue import CATALOGUE
from sync.catalogue.declare import Kind
from sync.core.group import Group
from sync.core.ids import Id
from sync.core.limits import ID_BYTES
from sync.core.ops import Delete, Op, Restore, SetFields
from sync.server.tables import RECORDS

_AT_ONCE: Final = 500  # databases bound the parameters of one statement
_SOME: Final = select(RECORDS.c.record, RECORDS.c.kind, RECORDS.c.creator, RECORDS.c.owner).where(
    RECORDS.c.space == bindparam("space"),
    RECORDS.c.record.in_(bindparam("wanted", expanding=True)),
)


@dataclass(frozen=True, slots=True)
class Record:
    """One record. owner: the member that the kind's owner field names, None without such."""

    kind: int
    creator: Id
    owner: Id | None


def made_by(op: Op, author: Id) -> Record | None:
    """The record that comes to be if nothing wrote it before; None if this writes nothing."""
    if isinstance(op, Delete | Restore):
        return None
    kind = CATALOGUE.by_number.get(op.kind)
    return Record(op.kind, author, named_owner(kind, op) if kind else None)


def named_owner(kind: Kind, op: Op) -> Id | None:
    """The member that the operation writes into the kind's owner field, None if it does not."""
    if kind.owner is None or not isinstance(op, SetFields):
        return None
    value = op.fields.get(kind.by_name[kind.owner].number)
    return value if isinstance(value, bytes) and len(value) == ID_BYTES else None


class RecordBook:
    """The records of one space that a transaction is about. For one transaction."""

    def __init__(self, connection: Connection, space: Id) -> None:
        self._connection = connection
        self._space = space
        self._looked_up: set[Id] = set()
        self._known: dict[Id, Record] = {}

    def look_up(self, groups: Iterable[Group]) -> None:
        """Read at once what is known of all records that the groups are about."""
        wanted = {op.record for group in groups for op in group.known_ops()} - self._looked_up
        ids = sorted(wanted)
        for at in range(0, len(ids), _AT_ONCE):
            part = {"space": self._space, "wanted": ids[at : at + _AT_ONCE]}
            for record, kind, creator, owner in self._connection.execute(_SOME, part):
                self._known[record] = Record(kind, creator, owner)
        self._looked_up |= wanted

    def get(self, record: Id) -> Record | None:
        """What is known of a record of the groups that were looked up."""
        return self._known.get(record)

    def add(self, made: Mapping[Id, Record]) -> None:
        """Take notice of records that a group of this transaction makes."""
        self._known.update(made)


def all_made_by(group: Group, known: Callable[[Id], Record | None]) -> dict[Id, Record]:
    """The records that a group makes. known: those that are there before it."""
    made: dict[Id, Record] = {}
    for op in group.known_ops():
        record = made_by(op, group.author)
        if record is not None and op.record not in made and known(op.record) is None:
            made[op.record] = record
    return made
