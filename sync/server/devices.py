"""Replicas that the server has certified, and which member each belongs to."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, bindparam, select

from sync.core.ids import Id
from sync.core.signing import Certificate
from sync.server.errors import Problem, Rejected
from sync.server.tables import REPLICAS

_ONE: Final = select(REPLICAS).where(REPLICAS.c.id == bindparam("replica"))
_REVOKED: Final = select(REPLICAS.c.revoked_ms).where(REPLICAS.c.member == bindparam("member"))
_RENAMED: Final = select(REPLICAS.c.id).where(REPLICAS.c.renamed_from == bindparam("replica"))


@dataclass(frozen=True, slots=True)
class Device:
    """One certified replica.

    revoked: also if its access hangs on that of one it was renamed from. revoked_clock: of the
    group that took its own access back, None if none did.
    """

    replica: Id
    member: Id
    public_key: bytes
    revoked: bool
    revoked_clock: int | None = None


def found(connection: Connection, replica: Id) -> Device | None:
    """That replica, None if the server has not certified it."""
    row = connection.execute(_ONE, {"replica": replica}).first()
    if row is None:
        return None
    revoked = row.revoked_ms is not None or _hangs_on_revoked(connection, row.renamed_from)
    return Device(row.id, row.member, row.public_key, revoked, row.revoked_clock)


def _hangs_on_revoked(connection: Connection, renamed_from: Id | None) -> bool:
    """Whether the replica that it was renamed from, or one before that, has no access any more."""
    seen: set[Id] = set()
    while renamed_from is not None and renamed_from not in seen:
        seen.add(renamed_from)
        row = connection.execute(_ONE, {"replica": renamed_from}).first()
        if row is None:
            return False
        if row.revoked_ms is not None:
            return True
        renamed_from = row.renamed_from
    return False


def was_shut_out(connection: Connection, certificate: Certificate) -> bool:
    """Whether who is certified must not be let in, by what is known without knowing the replica.

    The one that it was renamed from has no access any more; or none of its member's that are known
    has, and the last was taken back after the certificate was given.
    """
    before = certificate.renamed_from
    if before and _hangs_on_revoked(connection, before):
        return True
    revoked = list(connection.scalars(_REVOKED, {"member": certificate.member}))
    ended = [moment for moment in revoked if moment is not None]
    return 0 < len(ended) == len(revoked) and max(ended) >= certificate.issued_ms


def renamings_of(connection: Connection, replica: Id) -> list[Id]:
    """The replica and all that were made by renaming it, and those in turn."""
    found_ = [replica]
    for one in found_:
        made = connection.scalars(_RENAMED, {"replica": one})
        found_ += [other for other in made if other not in found_]
    return found_


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
