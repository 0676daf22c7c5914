"""Writing many rows at once.

SQLAlchemy binds each row of an `executemany` on its own, which costs as much as SQLite does; here
the rows go to the driver as they are.
"""

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table


def insert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add the rows; each has all columns of the table, of which there are several."""
    _write(connection, table, rows, "INSERT")


def put(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """As `insert`, in place of rows with the same key."""
    _write(connection, table, rows, "INSERT OR REPLACE")


def insert_missing(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """As `insert`, without the rows whose key is there already."""
    _write(connection, table, rows, "INSERT OR IGNORE")


def _write(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], verb: str
) -> None:
    if rows:
        names = [column.name for column in table.columns]
        columns = ", ".join(f'"{name}"' for name in names)
        places = ", ".join("?" for _ in names)
        statement = f'{verb} INTO "{table.name}" ({columns}) VALUES ({places})'
        connection.exec_driver_sql(statement, list(map(itemgetter(*names), rows)))
