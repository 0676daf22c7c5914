"""Finding the state of a long text that an editor began with."""

from hashlib import blake2b

from sqlalchemy import Connection, select

from cop_desktop.store import log
from cop_desktop.store.errors import TextMovedOn
from cop_desktop.store.tables import Tables
from sync.core import text
from sync.core.errors import Malformed
from sync.core.ids import Id, RandomBytes
from sync.core.ops import EditText


def state_that_read(
    connection: Connection, tables: Tables, place: tuple[Id, int], seen: str
) -> bytes:
    """The state in which the text read `seen`, latest first, as the updates came to this replica.

    place: record and number of the field. Raises TextMovedOn if it never read so.
    """
    statement = select(tables.touches.c.log).where(tables.touches.c.record == place[0])
    ids = list(connection.scalars(statement.order_by(tables.touches.c.log)))
    state, found = text.EMPTY_TEXT, None if seen else text.EMPTY_TEXT
    for entry in log.entries(connection, ids):
        for op in entry.group.known_ops():
            if isinstance(op, EditText) and (op.record, op.field) == place:
                state = _merged(state, op.update)
                found = state if text.read_text(state) == seen else found
    if found is None:
        raise TextMovedOn("the text never read as the editor says")
    return found


def _merged(state: bytes, update: bytes) -> bytes:
    try:
        return text.merged(state, update)
    except Malformed:
        return state  # the projection left it out too


def same_everywhere(record: Id, field: int, first_text: str) -> RandomBytes:
    """What takes the place of randomness where several people may write the same first text.

    Their updates are then one and the same, and merging them is no repetition. It can only ever
    stand for this one update, because record, field and text are all in it.
    """

    def derived(count: int) -> bytes:
        key = record + field.to_bytes(4, "big") + first_text.encode()
        return blake2b(key, digest_size=count, person=b"cop.first text").digest()

    return derived
