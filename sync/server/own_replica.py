"""The server's own replica: it writes what the server decides, as groups like any other.

Every opened site has one of its own.

Members, communities, memberships and keys of replicas are records that every client merges like all
the rest; only the author of their groups is special.
"""

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from sqlalchemy import Connection, bindparam, func, select

from sync.core.clock import HybridClock
from sync.core.group import FIRST_SEQ, Group, group_hash
from sync.core.ids import NO_HASH, Id, Maker
from sync.core.ops import Op
from sync.server import spaces
from sync.server.appending import Entry
from sync.server.clock import Clock
from sync.server.identity import Identity
from sync.server.ledger import append_own
from sync.server.tables import GROUPS, SPACES

MakeOps: TypeAlias = Callable[[Maker], Sequence[Op]]
"""The operations of a group; record ids that it makes follow from the Maker (`created_id`)."""

_TIP: Final = (
    select(GROUPS.c.seq, GROUPS.c.hash)
    .where(GROUPS.c.space == bindparam("space"), GROUPS.c.replica == bindparam("replica"))
    .order_by(GROUPS.c.seq.desc())
    .limit(1)
)


class OwnReplica:
    """Writes control groups: chained, stamped and signed."""

    def __init__(self, identity: Identity, clock: Clock) -> None:
        self._identity = identity
        self._clock = clock

    def write(self, connection: Connection, space_id: Id, make: MakeOps) -> Group:
        """The group written into the space, inside the caller's write transaction."""
        space = spaces.locked(connection, space_id)
        if space is None:
            raise LookupError("the server writes into a space that it did not make")
        replica = self._identity.replica
        tip = connection.execute(_TIP, {"space": space_id, "replica": replica}).first()
        now_ms = self._clock.wall_ms()
        # Nothing is kept in memory between two groups: another process may have written meanwhile.
        highest = connection.scalar(select(func.max(SPACES.c.clock))) or 0
        maker = Maker(
            space=space_id,
            replica=replica,
            seq=FIRST_SEQ if tip is None else tip.seq + 1,
            clock=HybridClock(self._clock.wall_ms, highest).tick(),
        )
        group = Group(
            space=space_id,
            replica=replica,
            seq=maker.seq,
            prev=NO_HASH if tip is None else tip.hash,
            author=self._identity.server,
            clock=maker.clock,
            written_ms=now_ms,
            seen=space.head,
            ops=tuple(make(maker)),
        )
        name = group_hash(group.raw)
        append_own(connection, Entry(group, name, self._identity.key.sign_group(name)), now_ms)
        return group
