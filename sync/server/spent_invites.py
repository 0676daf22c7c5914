"""Invitations that must have been used, going by replicas that come back after a restore."""

from sqlalchemy import Connection, update

from sync.catalogue.people import REPLICA_KEY
from sync.core.group import Group
from sync.core.ops import SetFields
from sync.server.tables import INVITES

_NUMBERS = {field.name: field.number for field in REPLICA_KEY.fields}


def close_spent(connection: Connection, group: Group) -> None:
    """Let nobody else use a code by which a replica in this group enrolled.

    The backup has that code as unused. Which of several that its member then had it was is not
    known, so all of them end: another is soon given, and one that was overheard opens nothing.
    """
    for op in group.known_ops():
        if not isinstance(op, SetFields) or op.kind != REPLICA_KEY.number:
            continue
        names = ("replica", "member", "issued")
        replica, member, issued_ms = (op.fields.get(_NUMBERS[name]) for name in names)
        if replica is None or issued_ms is None or _NUMBERS["renamed_from"] in op.fields:
            continue
        connection.execute(
            update(INVITES)
            .where(INVITES.c.member == member, INVITES.c.made_ms <= issued_ms)
            .where(INVITES.c.used_by.is_(None))
            .values(used_by=replica, used_ms=issued_ms)
        )
