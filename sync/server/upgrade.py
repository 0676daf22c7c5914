"""Brings the database to the form that this program works with."""

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect, text

from sync.server.errors import NewerData

REVISION: Final = "0002"
"""The newest step in `migrations/versions`."""
_STEPS: Final = Path(__file__).with_name("migrations")


def upgrade(connection: Connection) -> None:
    """Apply the steps that this database lacks, inside the caller's write transaction.

    Raises NewerData if it was written by a newer program.
    """
    if _revision(connection) == REVISION:
        return
    # Loading Alembic takes a quarter of a second, which most commands need not spend.
    from alembic import command
    from alembic.config import Config
    from alembic.util.exc import CommandError

    config = Config()
    config.set_main_option("script_location", str(_STEPS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        words = "the data were written by a newer version of this program, and stay as they are"
        raise NewerData(f"{words} (revision {_revision(connection)})") from error


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
