"""Bringing the kept tables to the form that this program knows.

A new database gets that form at once; an old one is taken there by Alembic's migrations, and only
then is Alembic imported, because it costs a tenth of a second at every start.
"""

import sqlite3
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from cop_desktop.store.database import Database
from cop_desktop.store.errors import NewerDatabase
from cop_desktop.store.kept import KEPT

REVISIONS: Final = ("0001", "0002")
"""All revisions in order; one more with each migration."""
LATEST: Final = REVISIONS[-1]
_SCRIPTS: Final = Path(__file__).with_name("migrations")
_VERSION_TABLE: Final = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL,"
    " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)


def revision_of(database: Database) -> str | None:
    """The revision of the kept tables; None for an empty database."""
    with database.read() as connection:
        tables = "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
        if not connection.exec_driver_sql(tables).scalar():
            return None
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        return None if found is None else str(found)


def is_made(connection: sqlite3.Connection) -> bool:
    """Whether the kept tables are there, in their latest form."""
    tables = "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
    if connection.execute(tables).fetchone() is None:
        return False
    found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return found is not None and found[0] == LATEST


def make(connection: Connection) -> None:
    """All kept tables in their latest form, in an empty database."""
    KEPT.create_all(connection, checkfirst=False)
    connection.exec_driver_sql(_VERSION_TABLE)
    connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (LATEST,))


def migrate(connection: Connection, revision: str = LATEST) -> None:
    """Take the kept tables to `revision` by migrations; from nothing, if need be."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    # A percent sign in the path would be read as an interpolation.
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def bring_up(database: Database) -> None:
    """The kept tables in their latest form.

    Raises NewerDatabase.
    """
    revision = revision_of(database)
    if revision == LATEST:
        return
    if revision is not None and revision not in REVISIONS:
        raise NewerDatabase(f"revision {revision}")
    with database.write() as connection:
        if revision is None:
            make(connection)
        else:
            migrate(connection)
