"""Who may write what: every operation of a group against the rules of its kind.

Kinds, fields and operations that only a newer program knows are let through for members of the
space: this server keeps and relays them, and cannot judge them.
"""

from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Connection, bindparam, select

from sync.catalogue import CATALOGUE
from sync.catalogue.declare import Kind, Role, SpaceKind, Who, problems
from sync.core.group import Group
from sync.core.ids import Id
from sync.core.ops import Delete, Op, Restore, SetFields, UnknownOp
from sync.server.reasons import Reason
from sync.server.records import Record, RecordBook, made_by, named_owner
from sync.server.spaces import Space
from sync.server.tables import MEMBERSHIPS

_ROLE: Final = select(MEMBERSHIPS.c.role, MEMBERSHIPS.c.ended_ms, MEMBERSHIPS.c.ended_clock).where(
    MEMBERSHIPS.c.space == bindparam("space"), MEMBERSHIPS.c.member == bindparam("member")
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """reason: why the group is refused, None if it is not. made: the records it makes.

    may_change: the reason is what the author is in a community of which they never were a member,
    so that the membership may be what is missing here.
    """

    reason: Reason | None
    made: dict[Id, Record] = field(default_factory=dict)
    may_change: bool = False


@dataclass(frozen=True, slots=True)
class _Membership:
    """A role. ended_clock: of the group that ended it, None while it lasts."""

    role: Role
    ended_clock: int | None


class Roles:
    """What members are in communities, read once each. For one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._read: dict[tuple[Id, Id], _Membership | None] = {}

    def forget(self) -> None:
        """Read again from here on: something was decided."""
        self._read.clear()

    def role(self, community: Id, member: Id, clock: int | None = None) -> Role | None:
        """The member's role, None outside of the community.

        clock: as of then, going by what the end of a membership had seen; None is now.
        """
        key = (community, member)
        if key not in self._read:
            self._read[key] = self._found(community, member)
        found = self._read[key]
        if found is None:
            return None
        ended = found.ended_clock
        return found.role if ended is None or (clock is not None and clock < ended) else None

    def was_never_in(self, community: Id, member: Id) -> bool:
        """Whether nothing is known of a membership, present or past."""
        self.role(community, member)
        return self._read[community, member] is None

    def _found(self, community: Id, member: Id) -> _Membership | None:
        row = self._connection.execute(_ROLE, {"space": community, "member": member}).first()
        if row is None:
            return None
        ended_clock = 0 if row.ended_ms is not None and row.ended_clock is None else row.ended_clock
        return _Membership(Role(row.role), ended_clock)


def belongs(space: Space, member: Id, roles: Roles, clock: int | None = None) -> bool:
    """Whether the space is one of the member's; at that clock, or now."""
    match space.kind:
        case SpaceKind.DIRECTORY:
            return True
        case SpaceKind.PERSONAL:
            return space.owner == member
        case _:
            return roles.role(space.community, member, clock) is not None


class Judge:
    """Decides about groups of members for one space, in their order."""

    def __init__(self, space: Space, book: RecordBook, roles: Roles) -> None:
        """book: has looked the groups up; takes notice of the records that accepted ones make."""
        self._space = space
        self._book = book
        self._roles = roles
        self._clock: int | None = None

    def verdict(self, group: Group, member: Id, *, was_taken: bool = False) -> Verdict:
        """What becomes of a group. member: for whom its replica is certified.

        was_taken: another replica has it, so that it was judged before: by what its author was when
        they wrote it.
        """
        self._clock = group.clock if was_taken else None
        if group.author != member:
            return Verdict(Reason.WRONG_AUTHOR)
        if not belongs(self._space, member, self._roles, self._clock):
            shared = self._space.kind is not SpaceKind.PERSONAL
            stranger = shared and self._roles.was_never_in(self._space.community, member)
            return Verdict(Reason.NO_ACCESS, may_change=stranger)
        made: dict[Id, Record] = {}
        for op in group.known_ops():
            record = made.get(op.record) or self._book.get(op.record)
            reason = self._against(op, record, member)
            if reason is not None:
                return Verdict(reason, may_change=self._may_change(reason, op, member))
            new = made_by(op, member)
            if record is None and new is not None:
                made[op.record] = new
        for unknown in group.unknown_ops():
            reason = self._against_unknown(unknown)
            if reason is not None:
                return Verdict(reason)
        self._book.add(made)
        return Verdict(None, made)

    def _against(self, op: Op, record: Record | None, member: Id) -> Reason | None:
        if record is not None and record.kind != op.kind:
            return Reason.WRONG_KIND
        kind = CATALOGUE.by_number.get(op.kind)
        if kind is None:
            return None
        if kind.space is not self._space.kind:
            return Reason.WRONG_SPACE
        wrong = self._misformed(kind, op, record)
        if wrong is not None:
            return wrong
        return self._not_allowed(kind, op, record, member)

    def _against_unknown(self, op: UnknownOp) -> Reason | None:
        """Of an operation that cannot be read only this is known: what it is about."""
        kind = CATALOGUE.by_number.get(op.kind)
        if kind is None:
            return None
        if kind.space is not self._space.kind:
            return Reason.WRONG_SPACE
        servers = kind.write.create is Who.SERVER and kind.write.change is Who.SERVER
        return Reason.SERVER_ONLY if servers else None

    def _misformed(self, kind: Kind, op: Op, record: Record | None) -> Reason | None:
        if record is None and not isinstance(op, SetFields):
            return Reason.UNKNOWN_RECORD
        if problems(kind, op, creates=record is None):
            return Reason.INVALID
        if kind.key and isinstance(op, SetFields) and not self._fits_key(kind, op):
            return Reason.WRONG_ID
        owner = named_owner(kind, op)
        if record is not None and owner is not None and owner != record.owner:
            return Reason.WRONG_ID
        return None

    def _fits_key(self, kind: Kind, op: SetFields) -> bool:
        """Whether the id follows from the key; the operation has all of that, or nothing."""
        numbers = [kind.by_name[name].number for name in kind.key]
        if op.fields.keys().isdisjoint(numbers):
            return True
        if not op.fields.keys() >= set(numbers):
            return False
        key = [op.fields[number] for number in numbers]
        return kind.id_for(self._space.id, *key) == op.record

    def _not_allowed(self, kind: Kind, op: Op, record: Record | None, member: Id) -> Reason | None:
        match _rule(kind, op, record):
            case Who.SERVER:
                return Reason.SERVER_ONLY
            case Who.OWNER:
                owner = record.owner if record is not None else named_owner(kind, op)
                owner = owner if kind.owner else op.record
                return None if owner == member else Reason.NOT_OWNER
            case Who.CREATOR:
                made_it = record is None or record.creator == member
                return None if made_it or self._leads(op, member) else Reason.NOT_CREATOR
            case Who.FACILITATOR:
                return None if self._leads(op, member) else Reason.NOT_FACILITATOR
            case Who.ANYONE:
                return None

    def _may_change(self, reason: Reason, op: Op, member: Id) -> bool:
        about_community = self._space.kind is SpaceKind.DIRECTORY
        return (
            reason is Reason.NOT_FACILITATOR
            and about_community
            and self._roles.was_never_in(op.record, member)
        )

    def _leads(self, op: Op, member: Id) -> bool:
        """Whether the member is a facilitator of the community that this is in, or about."""
        in_directory = self._space.kind is SpaceKind.DIRECTORY
        community = op.record if in_directory else self._space.community
        return self._roles.role(community, member, self._clock) is Role.FACILITATOR


def _rule(kind: Kind, op: Op, record: Record | None) -> Who:
    if isinstance(op, Delete | Restore):
        return kind.write.delete
    if record is None or _makes_again(kind, op):
        return kind.write.create
    return kind.write.change


def _makes_again(kind: Kind, op: Op) -> bool:
    """Whether this is one of several makings of a record with a natural key, on replicas apart.

    Each is as good as the one that came first: the same record by the same rule.
    """
    if not kind.key or not isinstance(op, SetFields):
        return False
    return all(f.number in op.fields for f in kind.fields if f.required)
