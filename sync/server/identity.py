"""Who this server is: its id, its keys, its name, and the epoch of its database.

Secrets are in a file that only the server's account can read, beside the database; the rest is a
row of the database. Both are made once, by whatever command comes first.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec
from sqlalchemy import Connection, insert, select, update

from sync.catalogue.declare import SpaceKind
from sync.core.ids import Id, random_id
from sync.core.signing import SigningKey, replica_frame_key
from sync.server import spaces
from sync.server.clock import Clock
from sync.server.errors import DamagedData
from sync.server.spaces import Space
from sync.server.tables import SERVER

DEFAULT_NAME: Final = "Community of practice"
SECRETS_FILE: Final = "secrets.json"
_SECRET_BYTES: Final = 32
_EPOCH_BYTES: Final = 16


class Secrets(msgspec.Struct, frozen=True):
    """What nobody else may know, and the id of the server it belongs to.

    seed: of the Ed25519 key. master: what the frame keys of all replicas are derived from.
    """

    server: Id
    seed: bytes
    master: bytes


@dataclass(frozen=True, slots=True)
class Identity:
    """One server, opened once. `server` is the author of its groups.

    replica: what they are written under, new at every opening: a server put back from a backup,
    told or not, must not give out a second group under one (replica, seq).
    """

    server: Id
    replica: Id
    name: str
    epoch: bytes
    directory: Id
    key: SigningKey
    master: bytes

    def frame_key(self, replica: Id) -> bytes:
        """The secret shared with that replica."""
        return replica_frame_key(self.master, replica)


def made_secrets(folder: Path, clock: Clock) -> Secrets:
    """The secrets of a server that begins in this folder; those that are there if it began before.

    Raises DamagedData if the file is not whole.
    """
    path = folder / SECRETS_FILE
    if not path.exists():
        secrets = Secrets(
            random_id(clock.random_bytes),
            clock.random_bytes(_SECRET_BYTES),
            clock.random_bytes(_SECRET_BYTES),
        )
        _write(path, msgspec.json.encode(secrets))
    return kept_secrets(folder)


def kept_secrets(folder: Path) -> Secrets:
    """The secrets in the folder.

    Raises DamagedData if they are not there or not whole.
    """
    try:
        return msgspec.json.decode((folder / SECRETS_FILE).read_bytes(), type=Secrets)
    except FileNotFoundError as error:
        raise DamagedData(f"{SECRETS_FILE} is missing beside the database") from error
    except msgspec.MsgspecError as error:
        raise DamagedData(f"{SECRETS_FILE} is not whole") from error


def _write(path: Path, content: bytes) -> None:
    """Write the file so that it is there whole or not at all, readable by its owner alone."""
    partial = path.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def is_new(connection: Connection) -> bool:
    """Whether this database belongs to no server yet."""
    return connection.execute(select(SERVER.c.id)).first() is None


def begin(connection: Connection, secrets: Secrets, name: str, clock: Clock) -> None:
    """Make the server's row and the space of its directory."""
    now_ms = clock.wall_ms()
    directory = random_id(clock.random_bytes)
    connection.execute(
        insert(SERVER).values(
            id=secrets.server,
            name=name,
            epoch=clock.random_bytes(_EPOCH_BYTES),
            directory=directory,
            catalogue=b"",
            made_ms=now_ms,
        )
    )
    spaces.make(connection, Space(directory, SpaceKind.DIRECTORY), now_ms)


def begin_epoch(connection: Connection, clock: Clock) -> None:
    """Note that this database begins another life: it was put back from a backup."""
    connection.execute(update(SERVER).values(epoch=clock.random_bytes(_EPOCH_BYTES)))


def identity(connection: Connection, secrets: Secrets, clock: Clock) -> Identity:
    """The server of this database, as a new replica.

    Raises DamagedData if the secrets are of another one.
    """
    row = connection.execute(select(SERVER)).one()
    if row.id != secrets.server:
        raise DamagedData(f"{SECRETS_FILE} belongs to another server's database")
    return Identity(
        server=row.id,
        replica=random_id(clock.random_bytes),
        name=row.name,
        epoch=row.epoch,
        directory=row.directory,
        key=SigningKey(secrets.seed),
        master=secrets.master,
    )
