"""Operations for server tests, as the desktop program would write them."""

from collections.abc import Callable, Sequence

from sync.catalogue import CATALOGUE
from sync.core.clock import Stamp
from sync.core.ids import NO_ID, Id, Maker, created_id
from sync.core.ops import AnyOp, Delete, SetFields, Value

MakeOps = Callable[[Maker], Sequence[AnyOp]]


def setting(kind: str, record: Id, **values: Value) -> SetFields:
    """Give fields of a record, by name, these values."""
    declared = CATALOGUE.by_name[kind]
    fields = {declared.by_name[name].number: value for name, value in values.items()}
    return SetFields(declared.number, record, fields)


def new(kind: str, **values: Value) -> MakeOps:
    """Make a record of a kind whose ids are created."""
    return lambda maker: [setting(kind, created_id(maker, 0), **values)]


def topic(title: str = "Wet season roads", body: str = "") -> MakeOps:
    """Start a topic."""
    return new("topic", title=title, body=body) if body else new("topic", title=title)


def change(kind: str, record: Id, **values: Value) -> MakeOps:
    """Change a record."""
    return lambda _maker: [setting(kind, record, **values)]


def delete(kind: str, record: Id) -> MakeOps:
    """Delete a record."""
    return lambda _maker: [Delete(CATALOGUE.by_name[kind].number, record, Stamp(1, NO_ID))]


def exactly(*ops: AnyOp) -> MakeOps:
    """These operations."""
    return lambda _maker: ops
