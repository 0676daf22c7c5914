"""One server's data folder, opened: the place where all parts of the server are put together.

data/  server.sqlite3   the database (and, while it is open, files beside it)
       secrets.json     keys; readable by the server's account alone
       chunks/          attachments in pieces
"""

import logging
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from sqlalchemy import select

from sync.server import identity as identities
from sync.server import rebuilding
from sync.server.accounts import Accounts
from sync.server.certifying import Certifying
from sync.server.chunk_access import ChunkAccess
from sync.server.chunks import ChunkFolder
from sync.server.clock import SYSTEM_CLOCK, Clock
from sync.server.database import Connect, Database, connected
from sync.server.decisions import Decisions
from sync.server.enrolling import Enrolling
from sync.server.exchanging import Exchanging
from sync.server.identity import DEFAULT_NAME, Identity
from sync.server.invites import Invites
from sync.server.renaming import Renaming
from sync.server.returning import Returning
from sync.server.storage import check_writable, storage_errors
from sync.server.tables import SERVER
from sync.server.upgrade import upgrade

DATABASE_FILE: Final = "server.sqlite3"
CHUNKS_FOLDER: Final = "chunks"
_OWNER_ONLY: Final = 0o700

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Site:
    """The parts of one server, ready for any number of threads."""

    folder: Path
    database: Database
    identity: Identity
    chunk_folder: ChunkFolder
    accounts: Accounts
    invites: Invites
    enrolling: Enrolling
    renaming: Renaming
    returning: Returning
    exchanging: Exchanging
    chunk_access: ChunkAccess

    def check_alive(self) -> None:
        """Return if the database answers, and the disk takes what is written.

        Raises Unavailable, DamagedData.
        """
        with self.database.read() as connection:
            connection.execute(select(SERVER.c.id)).one()
        check_writable(self.folder)
        self.database.check_last_write()

    def close(self) -> None:
        """Let the files go."""
        self.database.close()

    def __enter__(self) -> Self:
        """The site itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let the files go."""
        self.close()


def open_site(
    folder: Path, name: str | None = None, clock: Clock = SYSTEM_CLOCK, connect: Connect = connected
) -> Site:
    """The server in this folder, made there if there is none yet.

    name: of a new server, as people see it; a server that is there keeps its own. connect: opens
    the database file. Several processes
    may have the same folder open. Raises DamagedData, NewerData, Unavailable.
    """
    with storage_errors():
        folder.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
    database = Database(folder / DATABASE_FILE, connect)
    try:
        identity = _begun(folder, database, name or DEFAULT_NAME, clock)
    except BaseException:
        database.close()
        raise
    chunk_folder = ChunkFolder(folder / CHUNKS_FOLDER)
    decisions = Decisions(identity, clock)
    certifying = Certifying(identity, decisions)
    return Site(
        folder=folder,
        database=database,
        identity=identity,
        chunk_folder=chunk_folder,
        accounts=Accounts(database, decisions),
        invites=Invites(database, decisions, clock),
        enrolling=Enrolling(database, certifying, clock),
        renaming=Renaming(database, identity, certifying),
        returning=Returning(database, identity, decisions),
        exchanging=Exchanging(database, identity, clock),
        chunk_access=ChunkAccess(database, identity, chunk_folder),
    )


def is_site(folder: Path) -> bool:
    """Whether a server's database is in this folder."""
    return (folder / DATABASE_FILE).exists()


def _begun(folder: Path, database: Database, name: str, clock: Clock) -> Identity:
    with database.write() as connection:
        upgrade(connection)
        if identities.is_new(connection):
            with storage_errors():
                secrets = identities.made_secrets(folder, clock)
            identities.begin(connection, secrets, name, clock)
        else:
            secrets = identities.kept_secrets(folder)
        if rebuilding.rebuild_if_read_otherwise(connection, clock.wall_ms()):
            logger.info("derived tables made from the log")
        return identities.identity(connection, secrets, clock)
