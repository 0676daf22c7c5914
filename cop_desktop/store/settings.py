"""Small things kept beside the log: settings of this replica, drafts that stay on this computer."""

import json
from typing import Any

import msgspec
from sqlalchemy import Table, delete, select

from cop_desktop.store.database import Database
from cop_desktop.store.kept import LOCAL_DRAFTS, SETTINGS
from cop_desktop.store.values import Clock


class Settings:
    """JSON values by name; not synced."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, name: str, default: Any = None) -> Any:
        """The value, or `default` where none was set."""
        with self._database.read() as connection:
            statement = select(SETTINGS.c.value).where(SETTINGS.c.name == name)
            value = connection.scalar(statement)
        return default if value is None else json.loads(value)

    def set(self, name: str, value: Any) -> None:
        """Keep a value that JSON can say."""
        row = {"name": name, "value": json.dumps(value, ensure_ascii=False)}
        _keep(self._database, SETTINGS, row)


class LocalDrafts:
    """What is being written and not synced, by place; values are what MessagePack can say."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def get(self, place: str) -> Any:
        """What was being written there; None for nothing."""
        with self._database.read() as connection:
            statement = select(LOCAL_DRAFTS.c.value).where(LOCAL_DRAFTS.c.place == place)
            value = connection.scalar(statement)
        return None if value is None else msgspec.msgpack.decode(value)

    def set(self, place: str, value: Any) -> None:
        """Keep it: on the disk when this returns."""
        row = {
            "place": place,
            "value": msgspec.msgpack.encode(value),
            "saved_ms": self._clock.wall_ms(),
        }
        _keep(self._database, LOCAL_DRAFTS, row)

    def delete(self, place: str) -> None:
        """Forget it; nothing to forget is fine."""
        with self._database.write() as connection:
            connection.execute(delete(LOCAL_DRAFTS).where(LOCAL_DRAFTS.c.place == place))

    def places(self) -> list[tuple[str, int]]:
        """Where something is being written, and when it was saved (ms since 1970), latest first."""
        with self._database.read() as connection:
            statement = select(LOCAL_DRAFTS.c.place, LOCAL_DRAFTS.c.saved_ms)
            rows = connection.execute(statement.order_by(LOCAL_DRAFTS.c.saved_ms.desc()))
            return [(row.place, row.saved_ms) for row in rows]


def _keep(database: Database, table: Table, row: dict[str, Any]) -> None:
    with database.write() as connection:
        connection.execute(table.insert().prefix_with("OR REPLACE"), row)
