"""Chains: what the server has of each replica's groups in a space, kept and refused alike."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import BigInteger, Connection, LargeBinary, bindparam, literal, select, union_all

from sync.core.ids import Hash, Id
from sync.core.packing import Known
from sync.server.tables import GROUPS, REFUSED


@dataclass(frozen=True, slots=True)
class Link:
    """One group of a chain. position: 0 if it was refused. reason: empty if it was kept."""

    hash: Hash
    author: Id
    position: int
    reason: str


_FIRST: Final = bindparam("first", type_=BigInteger)
_LAST: Final = bindparam("last", type_=BigInteger)
_SPACE: Final = bindparam("space", type_=LargeBinary)
_REPLICA: Final = bindparam("replica", type_=LargeBinary)
_LINKS: Final = union_all(
    select(
        GROUPS.c.seq, GROUPS.c.hash, GROUPS.c.author, GROUPS.c.position, literal("").label("reason")
    ).where(
        GROUPS.c.space == _SPACE, GROUPS.c.replica == _REPLICA, GROUPS.c.seq.between(_FIRST, _LAST)
    ),
    select(
        REFUSED.c.seq,
        REFUSED.c.hash,
        REFUSED.c.author,
        literal(0).label("position"),
        REFUSED.c.reason,
    ).where(
        REFUSED.c.space == _SPACE,
        REFUSED.c.replica == _REPLICA,
        REFUSED.c.seq.between(_FIRST, _LAST),
    ),
)


def links(connection: Connection, chain: tuple[Id, Id], first: int, last: int) -> dict[int, Link]:
    """The groups of a chain from `first` to `last`, by seq. chain: (space, replica)."""
    space, replica = chain
    bound = {"space": space, "replica": replica, "first": first, "last": last}
    rows = connection.execute(_LINKS, bound)
    return {
        seq: Link(name, author, position, reason) for seq, name, author, position, reason in rows
    }


class HeldHere:
    """Answers `sync.core.packing.unpack` what this server has. For one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.asked = False
        """Whether a page built on anything that is not in it."""

    def __call__(self, space: Id, replica: Id, seq: int) -> Known | None:
        """That group's hash and author."""
        self.asked = True
        link = links(self._connection, (space, replica), seq, seq).get(seq)
        return None if link is None else Known(link.hash, link.author)
