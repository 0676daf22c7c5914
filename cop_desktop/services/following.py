"""How much a member wants to hear of a topic or another record: a choice that nobody else sees.

The catalogue's kind is `followed`, in the member's own space; without a record it is as usual.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum

from sqlalchemy import Connection, Select, select

from cop_desktop.store import Changed, Replica
from cop_desktop.store.errors import NotEnrolled
from sync.catalogue.personal import FOLLOWED
from sync.core.ids import Id


class Level(StrEnum):
    """How much somebody wants to hear."""

    FOLLOW = "follow"
    USUAL = "usual"
    MUTE = "mute"


def targets_at(replica: Replica, level: Level) -> Select[Id]:
    """The ids of what this member follows or mutes, as a query to put into others with `in_`.

    level: not USUAL, which is what has no record.
    """
    table, account = replica.tables["followed"], replica.account
    return select(table.c.target).where(
        table.c.space == (b"" if account is None else account.personal),
        table.c.level == level,
        table.c.trashed.is_(False),
    )


def levels_of(replica: Replica, rows: Connection, targets: Collection[Id]) -> Mapping[Id, Level]:
    """Target → level, for those of the targets that are followed or muted."""
    account = replica.account
    if account is None or not targets:
        return {}
    table = replica.tables["followed"]
    of_target = {FOLLOWED.id_for(account.personal, target): target for target in targets}
    query = select(table.c.id, table.c.level).where(
        table.c.id.in_(of_target), table.c.trashed.is_(False)
    )
    found = {of_target[row.id]: _level(row.level) for row in rows.execute(query)}
    return {target: level for target, level in found.items() if level is not Level.USUAL}


class Following:
    """Follows and mutes; every verb is one transaction."""

    def __init__(self, replica: Replica) -> None:
        self._replica = replica

    def level(self, target: Id) -> Level:
        """How much the member wants to hear of it."""
        with self._replica.read() as rows:
            return levels_of(self._replica, rows, (target,)).get(target, Level.USUAL)

    def at(self, level: Level) -> frozenset[Id]:
        """All that is followed, or all that is muted."""
        with self._replica.read() as rows:
            return frozenset(rows.scalars(targets_at(self._replica, level)))

    def set_level(self, target: Id, level: Level) -> Changed:
        """Follow, mute, or neither; nothing is written if it is so already."""
        account = self._replica.account
        if account is None:
            raise NotEnrolled("nobody has enrolled here yet")
        with self._replica.write() as action:
            known = levels_of(self._replica, action.rows, (target,))
            if known.get(target, Level.USUAL) is not level:
                action.create(FOLLOWED.name, account.personal, {"target": target, "level": level})
        return action.changed


def _level(kept: str | None) -> Level:
    """What a newer program may have written besides is as usual."""
    return Level(kept) if kept in set(Level) else Level.USUAL
