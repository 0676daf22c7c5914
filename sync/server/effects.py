"""What follows for accounts and spaces from the groups in the log, however they came there.

The server's decisions are control groups. Written now, brought back after a backup was restored, or
read again from the whole log, they have the same effects, and having them twice changes nothing.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from sqlalchemy import Connection, bindparam, insert, select, update

from sync.catalogue.communities import COMMUNITY, MEMBERSHIP, personal_space, texts_space
from sync.catalogue.declare import Kind, Role, SpaceKind
from sync.catalogue.people import MEMBER, REPLICA_KEY
from sync.core.group import decode_group
from sync.core.ids import Id
from sync.core.merge import RecordState, Register, applied
from sync.server import spaces
from sync.server.projection import CONTROL_KINDS, Projection
from sync.server.spaces import Space
from sync.server.tables import CONTROLS, GROUPS, MEMBERS, MEMBERSHIPS, REPLICAS

_WROTE: Final = (
    select(GROUPS.c.raw)
    .join(
        CONTROLS, (CONTROLS.c.space == GROUPS.c.space) & (CONTROLS.c.position == GROUPS.c.position)
    )
    .where(CONTROLS.c.space == bindparam("space"), CONTROLS.c.record == bindparam("record"))
)

Values = dict[str, Any]


def take_effect(connection: Connection, space: Space, learnt: Projection, now_ms: int) -> None:
    """Make accounts and spaces what the log says after these groups, which are written.

    Inside the caller's write transaction; nothing happens where all is so already.
    """
    if space.kind is SpaceKind.DIRECTORY:
        for row in learnt.records:
            if row["kind"] == MEMBER.number:
                _keep_member(connection, row["record"], now_ms)
            elif row["kind"] == COMMUNITY.number:
                _keep_community(connection, row["record"], now_ms)
    for record in sorted({record for record, _ in learnt.controls}):
        for kind, state in _states(connection, space.id, record):
            if kind is MEMBERSHIP:
                _keep_membership(connection, space.id, state)
            else:
                _keep_replica(connection, state)


def _states(connection: Connection, space: Id, record: Id) -> Iterator[tuple[Kind, RecordState]]:
    """What a record is after all that was written to it, whatever order that came in."""
    states: dict[int, RecordState] = {}
    for raw in connection.scalars(_WROTE, {"space": space, "record": record}):
        group = decode_group(raw)
        for op in group.known_ops():
            if op.record == record and op.kind in CONTROL_KINDS:
                before = states.get(op.kind, RecordState())
                states[op.kind] = applied(before, group, op, CONTROL_KINDS[op.kind].merge_of)
    for kind, state in states.items():
        yield CONTROL_KINDS[kind], state


def is_whole(kind: Kind, state: RecordState) -> bool:
    """Whether all is there that a record of the kind cannot do without.

    Of several groups about it the first may still be on its way back.
    """
    return all(state.value(f.number) is not None for f in kind.fields if f.required)


def value_of(kind: Kind, state: RecordState, name: str) -> Any:
    """The value of that field."""
    return state.value(kind.by_name[name].number)


def clock_of_moment(kind: Kind, state: RecordState, name: str) -> int | None:
    """The clock of the group that set a moment which is set; None while it is not."""
    register = state.fields.get(kind.by_name[name].number)
    if not isinstance(register, Register) or register.value is None:
        return None
    return register.versions[0].stamp.clock


def _keep_member(connection: Connection, member: Id, now_ms: int) -> None:
    if connection.execute(select(MEMBERS.c.id).where(MEMBERS.c.id == member)).first() is None:
        connection.execute(insert(MEMBERS).values(id=member, made_ms=now_ms))
    own = Space(personal_space(member), SpaceKind.PERSONAL, owner=member)
    _keep_spaces(connection, [own], now_ms)


def _keep_community(connection: Connection, community: Id, now_ms: int) -> None:
    texts = Space(texts_space(community), SpaceKind.TEXTS, parent=community)
    _keep_spaces(connection, [Space(community, SpaceKind.COMMUNITY), texts], now_ms)


def _keep_spaces(connection: Connection, wanted: Iterable[Space], now_ms: int) -> None:
    for space in wanted:
        if spaces.found(connection, space.id) is None:
            spaces.make(connection, space, now_ms)


def membership_row(community: Id, state: RecordState) -> Values:
    """The row of `memberships` for this state."""
    return {
        "space": community,
        "member": value_of(MEMBERSHIP, state, "member"),
        "role": str(Role(value_of(MEMBERSHIP, state, "role"))),
        "since_ms": value_of(MEMBERSHIP, state, "since"),
        "ended_ms": value_of(MEMBERSHIP, state, "ended"),
        "ended_clock": clock_of_moment(MEMBERSHIP, state, "ended"),
    }


def _keep_membership(connection: Connection, community: Id, state: RecordState) -> None:
    if not is_whole(MEMBERSHIP, state):
        return
    values = membership_row(community, state)
    this = (MEMBERSHIPS.c.space == community) & (MEMBERSHIPS.c.member == values["member"])
    row = connection.execute(select(MEMBERSHIPS).where(this)).mappings().first()
    if row is not None and dict(row) == values:
        return
    if row is None:
        connection.execute(insert(MEMBERSHIPS).values(values))
    else:
        connection.execute(update(MEMBERSHIPS).where(this).values(values))
    spaces.note_access_changed(connection, community)


def replica_row(state: RecordState) -> Values:
    """The row of `replicas` for this state, but for the computer's name."""
    return {
        "id": value_of(REPLICA_KEY, state, "replica"),
        "member": value_of(REPLICA_KEY, state, "member"),
        "public_key": value_of(REPLICA_KEY, state, "public_key"),
        "issued_ms": value_of(REPLICA_KEY, state, "issued"),
        "certificate": value_of(REPLICA_KEY, state, "certificate"),
        "revoked_ms": value_of(REPLICA_KEY, state, "revoked"),
        "revoked_clock": clock_of_moment(REPLICA_KEY, state, "revoked"),
        "renamed_from": value_of(REPLICA_KEY, state, "renamed_from"),
    }


def _keep_replica(connection: Connection, state: RecordState) -> None:
    if not is_whole(REPLICA_KEY, state):
        return
    values = replica_row(state)
    this = REPLICAS.c.id == values["id"]
    if connection.execute(select(REPLICAS.c.id).where(this)).first() is None:
        connection.execute(insert(REPLICAS).values(**values, computer_name=""))
    else:
        if values["revoked_ms"] is None:  # an access that was taken back is never given again
            del values["revoked_ms"], values["revoked_clock"]
        connection.execute(update(REPLICAS).where(this).values(values))
