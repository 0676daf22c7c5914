"""Reactions to topics and replies, counted."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import Connection, select

from cop_desktop.services.discussions.rows import ReactionCount
from cop_desktop.services.reading import names_of
from cop_desktop.store import Replica
from sync.catalogue.discussions import REACTIONS
from sync.core.ids import Id


def reactions_to(
    replica: Replica, rows: Connection, targets: Collection[Id]
) -> Mapping[Id, tuple[ReactionCount, ...]]:
    """Target → its reactions, in the order in which the sorts are offered; none is left out."""
    table = replica.tables["reaction"]
    query = (
        select(table.c.target, table.c.sort, table.c.member)
        .where(table.c.target.in_(targets), table.c.given.is_(True), table.c.trashed.is_(False))
        .order_by(table.c.created_clock, table.c.id)
    )
    given: defaultdict[Id, defaultdict[str, list[Id]]] = defaultdict(lambda: defaultdict(list))
    members = set()
    for target, sort, member in rows.execute(query):
        given[target][sort].append(member)
        members.add(member)
    names = names_of(rows, replica.tables["member"], members)
    account = replica.account
    me = None if account is None else account.member
    return {
        target: tuple(
            ReactionCount(sort, len(by), me in by, tuple(names.of(member) for member in by))
            for sort, by in sorted(sorts.items(), key=_as_offered)
        )
        for target, sorts in given.items()
    }


def _as_offered(item: tuple[str, list[Id]]) -> tuple[int, str]:
    sort, _ = item
    return (REACTIONS.index(sort) if sort in REACTIONS else len(REACTIONS), sort)
