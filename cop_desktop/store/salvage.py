"""Reading what can still be read of a damaged database, which is not changed by it.

Only what nobody else has is looked for: who this is, what was written here, settings and drafts.
Everything else comes again from a backup or the server.
"""

import contextlib
import json
import logging
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import msgspec
from sqlalchemy import Table

from cop_desktop.store.carving import carved
from cop_desktop.store.errors import Damaged
from cop_desktop.store.kept import (
    ACCOUNT,
    FACTS,
    IDENTITY,
    LOCAL_DRAFTS,
    RENAMED_FROM,
    SETTINGS,
    SPACES,
)
from cop_desktop.store.log import log_row, raw_of
from sync.catalogue.declare import SpaceKind
from sync.core.errors import CoreError, NotAuthentic
from sync.core.group import decode_group, group_hash
from sync.core.ids import Id
from sync.core.limits import ID_BYTES
from sync.core.signing import Certificate, SigningKey, check_certificate

logger = logging.getLogger(__name__)

_SMALL_TABLES: Final = (IDENTITY, ACCOUNT, SPACES, SETTINGS, LOCAL_DRAFTS, FACTS)
_SEED_BYTES: Final = 32
_UNREADABLE: Final = (sqlite3.Error, OverflowError, UnicodeDecodeError)
"""What reading damaged rows may end in."""
_MOST_FAILURES: Final = 2_000
_STEPS_OF_ONE: Final = 1_500
"""So often is the next row tried; then the steps double."""
_LAST_ID: Final = 1 << 62


@dataclass(slots=True)
class Salvaged:
    """What could be read.

    rows: of the small tables, by name of table. groups: rows of the log that this replica wrote,
    each checked against its hash. outbox: log ids and reasons; None if that table could not be
    read.
    """

    rows: dict[str, list[Mapping[str, Any]]] = field(default_factory=dict)
    groups: list[Mapping[str, Any]] = field(default_factory=list)
    outbox: dict[int, str | None] | None = None

    @property
    def identity(self) -> Mapping[str, Any] | None:
        """Who this is, as far as it can be."""
        return next(iter(self.rows.get(IDENTITY.name, [])), None)

    @property
    def renamed_from(self) -> Id | None:
        """The id before, which the certificate names too; None if there is none to be read."""
        notes = self.rows.get(FACTS.name, [])
        found = [row["value"] for row in notes if row["name"] == RENAMED_FROM]
        try:
            return bytes.fromhex(found[0]) if found else None
        except (ValueError, TypeError):
            return None

    @property
    def is_certified(self) -> bool:
        """Whether the server vouches for just this id and key: no bit of them changed."""
        account = next(iter(self.rows.get(ACCOUNT.name, [])), None)
        known = self.identity
        if account is None or known is None:
            return False
        try:
            said = Certificate(
                known["replica"],
                account["member"],
                SigningKey(known["seed"]).public,
                account["certificate_ms"],
                self.renamed_from or b"",
            )
            check_certificate(account["server_key"], said, account["certificate"])
        except (NotAuthentic, ValueError, TypeError):
            return False
        return True


@contextlib.contextmanager
def readable(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that leaves the files as they are: it folds no write-ahead log in."""
    address = f"{path.absolute().as_uri()}?mode=ro"
    with contextlib.closing(sqlite3.connect(address, uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        connection.text_factory = _text
        yield connection


def _text(stored: bytes) -> str:
    return stored.decode(errors="replace")


def salvage(path: Path) -> Salvaged:
    """Whatever SQLite can read of the database; nothing, if nothing can. See `carve` for more."""
    found = Salvaged()
    if not path.exists():
        return found
    with contextlib.suppress(*_UNREADABLE), readable(path) as connection:
        for table in _SMALL_TABLES:
            rows = _rows_of(connection, table)
            found.rows[table.name] = [row for row in rows if _makes_sense(table, row)]
        found.outbox = _outbox(connection)
        if found.identity is not None:
            found.groups = list(_own_groups(connection, found.identity["replica"]))
    return found


def check_certified(connection: sqlite3.Connection) -> None:
    """Return if the server vouches for the id and key in there.

    Raises Damaged.
    """
    rows = {table.name: list(_rows_of(connection, table)) for table in (IDENTITY, ACCOUNT, FACTS)}
    if not Salvaged(rows).is_certified:
        raise Damaged("who this is may have changed")


def carve(path: Path, known: Salvaged, identity: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Rows of groups of this replica that no page leads to any more; `id` is None.

    identity: row of that table, to whose replica they belong, and whose key signs them.
    """
    key = SigningKey(identity["seed"])
    names = {row["hash"] for row in known.groups}
    places = {(row["space"], row["seq"]) for row in known.groups}
    groups = carved(path, path.with_name(path.name + "-wal"), identity["replica"])
    expected = {group.prev for group in groups.values()} | {row["prev"] for row in known.groups}
    found = []
    # Of two in one place one was never committed: not the one that was gone on from.
    for name in sorted(groups, key=lambda name: (name not in expected, -groups[name].clock)):
        group = groups[name]
        if name not in names and (group.space, group.seq) not in places:
            places.add((group.space, group.seq))
            row = {"id": None, **log_row(group, name), "signature": key.sign_group(name)}
            found.append(row)
    return sorted(found, key=lambda row: row["clock"])


def _rows_of(connection: sqlite3.Connection, table: Table) -> Iterator[Mapping[str, Any]]:
    """The rows up to the first that cannot be read."""
    try:
        for row in connection.execute(f"SELECT * FROM {table.name}"):  # noqa: S608
            yield dict(row)
    except _UNREADABLE as error:
        logger.warning("salvage stopped reading: %s", error)


def _makes_sense(table: Table, row: Mapping[str, Any]) -> bool:
    """Whether the values are such as are kept there, so that nothing trips over them later."""
    try:
        for column in table.columns:
            if row[column.name] is None and not column.nullable:
                return False
        if table is SETTINGS:
            json.loads(row["value"])
        elif table is LOCAL_DRAFTS:
            msgspec.msgpack.decode(row["value"])
        elif table is IDENTITY:
            return (len(row["replica"]), len(row["seed"])) == (ID_BYTES, _SEED_BYTES)
        elif table is SPACES:
            return len(row["space"]) == ID_BYTES and row["kind"] in set(SpaceKind)
    except (KeyError, TypeError, ValueError, msgspec.MsgspecError):
        return False
    return True


def _outbox(connection: sqlite3.Connection) -> dict[int, str | None] | None:
    try:
        return dict(connection.execute("SELECT log, reason FROM outbox").fetchall())
    except _UNREADABLE as error:
        logger.warning("the outbox cannot be read: %s", error)
        return None


def _own_groups(connection: sqlite3.Connection, replica: Id) -> Iterator[Mapping[str, Any]]:
    """Whole groups; a damaged page costs only the rows on it, and some tries to get past it."""
    start, failures = 0, 0
    while failures < _MOST_FAILURES and start < _LAST_ID:
        last = start - 1
        try:
            for row in connection.execute("SELECT * FROM log WHERE id >= ? ORDER BY id", (start,)):
                last = row["id"]
                whole = _as_written(dict(row), replica)
                if whole is not None:
                    yield whole
        except _UNREADABLE as error:
            logger.warning("salvage goes on after row %d of the log: %s", last, error)
        else:
            return
        failures = failures + 1 if last < start else 0
        start = max(start, last + 1) + (1 << max(failures - _STEPS_OF_ONE, 0))


def _as_written(row: Mapping[str, Any], replica: Id) -> Mapping[str, Any] | None:
    """The row with all that follows from the group made anew from it; None if it is not whole."""
    try:
        raw = raw_of(row["raw"])
        group = decode_group(raw)
    except (CoreError, Damaged, TypeError, AttributeError):
        return None
    if row["replica"] != replica or group.replica != replica or group_hash(raw) != row["hash"]:
        return None
    kept = {name: row[name] for name in ("id", "position", "received_ms", "signature")}
    return {**log_row(group, row["hash"]), **kept}
