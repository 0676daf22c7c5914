"""Replicas that the server has certified, and which member each belongs to."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, bindparam, select

from sync.core.ids import Id
from sync.server.errors import Problem, Rejected
from sync.server.tables import REPLICAS

_ONE: Final = select(
    REPLICAS.c.id, REPLICAS.c.member, REPLICAS.c.public_key, REPLICAS.c.revoked_ms
).where(REPLICAS.c.id == bindparam("replica"))


@dataclass(frozen=True, slots=True)
class Device:
    """One certified replica."""

    replica: Id
    member: Id
    public_key: bytes
    revoked: bool


def found(connection: Connection, replica: Id) -> Device | None:
    """That replica, None if the server has not certified it."""
    row = connection.execute(_ONE, {"replica": replica}).first()
    if row is None:
        return None
    return Device(row.id, row.member, row.public_key, row.revoked_ms is not None)


def admitted(connection: Connection, replica: Id) -> Device:
    """That replica.

    Raises Rejected if it is unknown or its access was taken back.
    """
    device = found(connection, replica)
    if device is None:
        raise Rejected(Problem.UNKNOWN_REPLICA)
    if device.revoked:
        raise Rejected(Problem.REVOKED)
    return device
