"""Going on under another id: what a copy of a replica does, and one that was put back.

What the server never acknowledged is written anew under the new id, in the same order and with the
same content and moments. What it did acknowledge stays as it is.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final

import msgspec
from sqlalchemy import Connection, bindparam, delete, select, update

from cop_desktop.store import account, log, rebuilding
from cop_desktop.store.kept import FACTS, LOG, NEXT_IDENTITY, OUTBOX, RENAMED_FROM
from cop_desktop.store.log import Own
from cop_desktop.store.projection import Projection
from cop_desktop.store.values import Account, Identity
from sync.core.clock import Stamp
from sync.core.enrolment import EnrolReply
from sync.core.errors import TooLarge
from sync.core.group import Group, check_group, decode_group, group_hash
from sync.core.ids import NO_HASH, Hash, Id, RandomBytes, id_text, random_id
from sync.core.ops import AnyOp, ChangeSet, Delete, SetFields
from sync.core.signing import SigningKey

logger = logging.getLogger(__name__)

_SEED_BYTES: Final = 32


def next_identity(connection: Connection, random_bytes: RandomBytes) -> Identity:
    """The id and key to go on with: made once, the same until `rename`.

    So asking the server may be repeated when an answer was lost.
    """
    row = connection.execute(select(NEXT_IDENTITY)).first()
    if row is not None:
        return Identity(row.replica, row.seed, SigningKey(row.seed).public)
    replica, seed = random_id(random_bytes), random_bytes(_SEED_BYTES)
    connection.execute(NEXT_IDENTITY.insert(), {"id": 1, "replica": replica, "seed": seed})
    return Identity(replica, seed, SigningKey(seed).public)


def rename(connection: Connection, projection: Projection, reply: EnrolReply) -> bool:
    """Go on under the next identity, which the server certified; all tables are filled again.

    False if there is none, such as after a second answer.
    """
    old = account.account(connection)
    row = connection.execute(select(NEXT_IDENTITY)).first()
    if old is None or row is None:
        return False
    new = replace(
        old,
        replica=row.replica,
        seed=row.seed,
        frame_key=reply.frame_key,
        certificate=reply.certificate,
        certificate_ms=reply.certificate_ms,
    )
    groups = _unacknowledged(connection, old)
    _leave_behind(connection, old.replica, [entry.id for entry in groups])
    written = _written_anew([entry.group for entry in groups], new)
    log.append(connection, written)
    account.take_identity(connection, new, len(written))
    note_renamed_from(connection, old.replica)
    connection.execute(delete(NEXT_IDENTITY))
    rebuilding.refill(connection, projection)
    logger.info(
        "this copy of your community got a name of its own: %s, which was %s; %d groups go with it",
        id_text(new.replica),
        id_text(old.replica),
        len(written),
    )
    return True


def note_renamed_from(connection: Connection, old: Id) -> None:
    """Keep the id that this replica had before."""
    note = {"name": RENAMED_FROM, "value": old.hex()}
    connection.execute(FACTS.insert().prefix_with("OR REPLACE"), note)


def renamed_from(connection: Connection) -> Id | None:
    """The id that this replica had before; None if it never had another."""
    found = connection.scalar(select(FACTS.c.value).where(FACTS.c.name == RENAMED_FROM))
    return None if found is None else bytes.fromhex(found)


def _unacknowledged(connection: Connection, old: Account) -> list[log.Entry]:
    never = (LOG.c.replica == old.replica) & LOG.c.position.is_(None) & (LOG.c.received_ms == 0)
    ids = list(connection.scalars(select(LOG.c.id).where(never).order_by(LOG.c.id)))
    return log.entries(connection, ids)


def _leave_behind(connection: Connection, old: Id, gone: Sequence[int]) -> None:
    """Take these out of the log; what else waits of the old id is now offered like another's."""
    if gone:
        rows = [{"log_id": log_id} for log_id in gone]
        connection.execute(delete(OUTBOX).where(OUTBOX.c.log == bindparam("log_id")), rows)
        connection.execute(delete(LOG).where(LOG.c.id == bindparam("log_id")), rows)
    left = select(LOG.c.id).where(LOG.c.replica == old)
    offered = update(OUTBOX).where(OUTBOX.c.log.in_(left))
    connection.execute(offered.values(offered=1, reason=None))


def _written_anew(groups: Sequence[Group], new: Account) -> list[Own]:
    key = SigningKey(new.seed)
    clocks: dict[Id, set[int]] = defaultdict(set)
    ends: dict[Id, tuple[int, Hash]] = {}
    written = []
    for group in groups:
        seq, prev = ends.get(group.space, (0, NO_HASH))
        clocks[group.replica].add(group.clock)
        base = replace(group, replica=new.replica, seq=seq + 1, prev=prev)
        anew = _within_bounds(base, _Stamps(clocks, new.replica))
        name = group_hash(anew.raw)
        ends[group.space] = (anew.seq, name)
        written.append(Own(anew, name, key.sign_group(name)))
    return written


class _Stamps:
    """Stamps of groups that are written anew: what names one names both, old and new.

    The old group may come back: where it had arrived, and only the receipt was lost.
    """

    def __init__(self, clocks: dict[Id, set[int]], new: Id) -> None:
        self._clocks = clocks
        self._new = new

    def new(self, stamp: Stamp) -> Stamp:
        """The stamp of the group written anew; the same for any other."""
        known = stamp.clock in self._clocks.get(stamp.replica, ())
        return Stamp(stamp.clock, self._new) if known else stamp

    def both(self, stamps: Iterable[Stamp]) -> list[Stamp]:
        """Each stamp, and that of the group written anew beside it."""
        return list(dict.fromkeys(one for stamp in stamps for one in (stamp, self.new(stamp))))

    def only_new(self, stamps: Iterable[Stamp]) -> list[Stamp]:
        """Each stamp, that of the group written anew in its place."""
        return [self.new(stamp) for stamp in stamps]


def _within_bounds(group: Group, stamps: _Stamps) -> Group:
    """The group with its stamps moved, in the form in which others will decode it."""
    for moved in (stamps.both, stamps.only_new):
        ops = tuple(_moved(op, stamps, moved) for op in group.ops)
        anew = replace(group, ops=ops)
        try:
            check_group(anew)
            return decode_group(anew.raw)
        except TooLarge:
            continue  # with both it passes a bound; with only the new ones it is as it was
    raise RuntimeError("a group does not fit its own bounds")


def _moved(op: AnyOp, stamps: _Stamps, moved: Callable[[Iterable[Stamp]], list[Stamp]]) -> AnyOp:
    match op:
        case SetFields(bases=bases) if bases:
            found = {field: moved(named) for field, named in bases.items()}
            return msgspec.structs.replace(op, bases=found)
        case Delete(saw=saw):
            return msgspec.structs.replace(op, saw=max(saw, stamps.new(saw)))
        case ChangeSet(removed=removed) if removed:
            gone = [(element, moved(named)) for element, named in removed]
            return msgspec.structs.replace(op, removed=gone)
        case _:
            return op
