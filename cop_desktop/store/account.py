"""Who this replica is, and who writes on it."""

from typing import Final

from sqlalchemy import Connection, select, update

from cop_desktop.store.kept import ACCOUNT, IDENTITY
from cop_desktop.store.sidecar import Count
from cop_desktop.store.values import Account, Identity
from sync.core.ids import RandomBytes, random_id
from sync.core.signing import SigningKey

_SEED_BYTES: Final = 32
_ACCOUNT: Final = select(ACCOUNT, IDENTITY.c.replica, IDENTITY.c.seed).join(
    IDENTITY, IDENTITY.c.id == ACCOUNT.c.id
)


def identity(connection: Connection) -> Identity | None:
    """The replica's id and key; None before the first `new_identity`."""
    row = connection.execute(select(IDENTITY)).first()
    if row is None:
        return None
    return Identity(row.replica, row.seed, SigningKey(row.seed).public)


def new_identity(connection: Connection, random_bytes: RandomBytes) -> Identity:
    """The replica's id and key: made once, then always the same.

    So asking to be enrolled may be repeated when an answer was lost.
    """
    known = identity(connection)
    if known is not None:
        return known
    replica, seed = random_id(random_bytes), random_bytes(_SEED_BYTES)
    connection.execute(
        IDENTITY.insert(),
        {
            "id": 1,
            "replica": replica,
            "seed": seed,
            "clock": 0,
            "written": 0,
            "needs_rename": None,
            "offset_ms": 0,
            "contact_ms": 0,
        },
    )
    return Identity(replica, seed, SigningKey(seed).public)


def count(connection: Connection) -> Count | None:
    """How many groups were written here; None before the first `new_identity`."""
    row = connection.execute(select(IDENTITY.c.replica, IDENTITY.c.written)).first()
    return None if row is None else Count(row.replica, row.written)


def account(connection: Connection) -> Account | None:
    """Who writes here; None before enrolment."""
    row = connection.execute(_ACCOUNT).mappings().first()
    if row is None:
        return None
    return Account(**{name: value for name, value in row.items() if name != "id"})


def keep_account(connection: Connection, new: Account) -> None:
    """Keep what enrolment gave."""
    names = [column.name for column in ACCOUNT.columns if column.name != "id"]
    row = {"id": 1, **{name: getattr(new, name) for name in names}}
    connection.execute(ACCOUNT.insert().prefix_with("OR REPLACE"), row)


def needs_rename(connection: Connection) -> str | None:
    """Why this replica cannot go on under its id; None if it can."""
    return connection.scalar(select(IDENTITY.c.needs_rename))


def take_identity(connection: Connection, new: Account, written: int) -> None:
    """Be another replica of the same member from now on. written: groups that begin its chains."""
    identified = {"replica": new.replica, "seed": new.seed}
    values = {**identified, "written": written, "needs_rename": None}
    connection.execute(update(IDENTITY).values(**values))
    keep_account(connection, new)


def mark_for_rename(connection: Connection, reason: str) -> None:
    """Note why this replica cannot go on under its id."""
    connection.execute(update(IDENTITY).values(needs_rename=reason))
