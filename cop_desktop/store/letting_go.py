"""Letting go of what this replica may no longer hold: its member was taken out of a community.

What others wrote there leaves the log, and with it the tables and the index. What the member wrote
stays, here or on another computer, acknowledged or not: it is their own, and the server knows what
of it it has. Let in again, the replica fetches the rest as at the first time.
"""

import logging
from collections.abc import Collection
from typing import Final

from sqlalchemy import Connection, bindparam, delete, select, update

from cop_desktop.store import garbage, rebuilding
from cop_desktop.store.kept import ACCOUNT, FILES, LOG, OUTBOX, SPACES, TO_FETCH, TO_SEND
from cop_desktop.store.projection import Projection
from cop_desktop.store.values import Changed
from sync.catalogue.library import FILE_VERSION
from sync.core.ids import Id, id_text

logger = logging.getLogger(__name__)

_LOST: Final = select(SPACES.c.space).where(SPACES.c.lost == 1)
_ME: Final = select(ACCOUNT.c.member).scalar_subquery()
_OF_OTHERS: Final = (LOG.c.space == bindparam("gone")) & (LOG.c.author != _ME)
_UNSENT: Final = delete(OUTBOX).where(OUTBOX.c.log.in_(select(LOG.c.id).where(_OF_OTHERS)))
_GROUPS: Final = delete(LOG).where(_OF_OTHERS)
_SUMS: Final = update(LOG).where(LOG.c.space == bindparam("gone")).values(sum=None)
_HELD: Final = update(SPACES).where(SPACES.c.space == bindparam("gone")).values(head=0, floor=0)


def lost(connection: Connection) -> set[Id]:
    """The spaces that this replica may not hold."""
    return set(connection.scalars(_LOST))


def let_go(connection: Connection, projection: Projection, spaces: Collection[Id]) -> Changed:
    """Forget what others wrote in these spaces, as a part of the caller's transaction.

    Takes as long as filling the tables from what is left.
    """
    if not spaces:
        return Changed()
    for space in sorted(spaces):
        named = {"gone": space}
        connection.execute(_UNSENT, named)
        groups = connection.execute(_GROUPS, named).rowcount
        connection.execute(_SUMS, named)
        connection.execute(_HELD, named)
        logger.info("%d groups of space %s let go", groups, id_text(space))
    garbage.note_let_go(connection)
    rebuilding.refill(connection, projection)
    files = projection.tables[FILE_VERSION.name]
    for table in (FILES, TO_FETCH, TO_SEND):
        connection.execute(delete(table).where(table.c.file.not_in(select(files.c.id))))
    return Changed.of(spaces, projection.catalogue.by_name)
