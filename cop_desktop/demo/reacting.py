"""Many reactions of one member in one go: in the sample they have no moment that is shown."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select, union_all

from cop_desktop.demo.cast import Actor
from cop_desktop.services.errors import NotFound
from cop_desktop.store import Replica
from sync.core.ids import Id

Given = tuple[Id, str]


def react_to_all(actor: Actor, given: Sequence[Given]) -> None:
    """Give all these topics, replies and library items their reaction, as one action.

    given: what is reacted to, and the sort. Raises NotFound, and writes nothing, as long as one of
    them has not been received.
    """
    _must_be_here(actor.replica, [target for target, _ in given])
    with actor.replica.write() as action:
        for target, sort in given:
            fields = {"target": target, "member": actor.member, "sort": sort, "given": True}
            action.create("reaction", actor.community, fields)


def _must_be_here(replica: Replica, targets: Iterable[Id]) -> None:
    tables = [replica.tables[kind] for kind in ("post", "topic", "library_item")]
    with replica.read() as rows:
        here = set(rows.scalars(union_all(*(select(table.c.id) for table in tables))))
    for target in targets:
        if target not in here:
            raise NotFound("post", target)
