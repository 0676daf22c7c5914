"""Names as people at the server type them, to look members and communities up by."""

import unicodedata
from typing import Final

from sqlalchemy import Connection, select

from sync.catalogue.declare import Kind
from sync.core.ids import Id, id_text
from sync.server.errors import Ambiguous, NeedsOperator, NotFound
from sync.server.tables import NAMES

_LONGEST_NAME: Final = 200


def proper_name(name: str) -> str:
    """The name in one form, without space around it.

    Raises NeedsOperator if nothing is left, or too much.
    """
    proper = unicodedata.normalize("NFC", " ".join(name.split()))
    if not 0 < len(proper) <= _LONGEST_NAME:
        raise NeedsOperator(f"a name has 1 to {_LONGEST_NAME} characters")
    return proper


def with_name(connection: Connection, kind: Kind, name: str) -> list[Id]:
    """The members or communities that have exactly this name now."""
    wanted = select(NAMES.c.record).where(NAMES.c.kind == kind.number, NAMES.c.name == name)
    return list(connection.scalars(wanted.order_by(NAMES.c.record)))


def only_one(connection: Connection, kind: Kind, name: str) -> Id:
    """The one member or community of that name.

    Raises NotFound, Ambiguous.
    """
    ids = with_name(connection, kind, proper_name(name))
    if not ids:
        raise NotFound(f"there is no {kind.noun} named {name}")
    if len(ids) > 1:
        raise Ambiguous(f"several have the name {name}: {', '.join(map(id_text, ids))}")
    return ids[0]


def name_of(connection: Connection, record: Id) -> str:
    """The present name of a member or community; empty while it is not back after a restore."""
    return str(connection.scalar(select(NAMES.c.name).where(NAMES.c.record == record)) or "")
