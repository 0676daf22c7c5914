"""Who may do what, by the catalogue's rules, so that nothing is offered that the server refuses."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, RowMapping, select

from cop_desktop.services.errors import NotAllowed, Why
from cop_desktop.store import Replica
from sync.catalogue import CATALOGUE
from sync.catalogue.communities import COMMUNITY, MEMBERSHIP
from sync.catalogue.declare import Kind, Role, Who
from sync.core.ids import Id

_KINDS: Final = CATALOGUE.by_name


@dataclass(frozen=True, slots=True)
class Rights:
    """What this member may do with a record. recall: take it back, it has not left yet."""

    change: bool
    remove: bool
    recall: bool = False


@dataclass(frozen=True, slots=True)
class Me:
    """Who reads and writes here, and as what in one space. role: None for no member of it."""

    member: Id
    role: Role | None

    @property
    def is_facilitator(self) -> bool:
        """Whether this member looks after the community."""
        return self.role is Role.FACILITATOR

    def may(self, who: Who, creator: Id | None, owner: Id | None = None) -> bool:
        """Whether a rule lets this member do it."""
        match who:
            case Who.ANYONE:
                return True
            case Who.CREATOR:
                return creator == self.member or self.is_facilitator
            case Who.OWNER:
                return owner == self.member
            case Who.FACILITATOR:
                return self.is_facilitator
            case Who.SERVER:
                return False

    def may_change(self, kind_name: str, row: RowMapping) -> bool:
        """Whether this member may change the record of this row."""
        kind = _KINDS[kind_name]
        return self.may(kind.write.change, row["created_by"], _owner(kind, row))

    def may_delete(self, kind_name: str, row: RowMapping) -> bool:
        """Whether this member may move the record of this row to the trash, or take it out."""
        kind = _KINDS[kind_name]
        return self.may(kind.write.delete, row["created_by"], _owner(kind, row))

    def must_change(self, kind_name: str, row: RowMapping) -> None:
        """Return if this member may change the record of this row.

        Raises NotAllowed.
        """
        if not self.may_change(kind_name, row):
            raise NotAllowed(Why.NOT_YOURS)

    def must_delete(self, kind_name: str, row: RowMapping) -> None:
        """Return if this member may move the record to the trash, or take it out.

        Raises NotAllowed.
        """
        if not self.may_delete(kind_name, row):
            raise NotAllowed(Why.NOT_YOURS)

    def must_facilitate(self) -> None:
        """Return if this member looks after the community.

        Raises NotAllowed.
        """
        if not self.is_facilitator:
            raise NotAllowed(Why.FACILITATORS_ONLY)


def me_in(replica: Replica, rows: Connection, space: Id) -> Me:
    """The member who reads and writes here, as what they are in the space now."""
    account = replica.account
    if account is None:
        return Me(b"", None)
    memberships = replica.tables["membership"]
    query = select(memberships.c.role).where(
        memberships.c.id == MEMBERSHIP.id_for(space, account.member),
        memberships.c.trashed.is_(False),
        memberships.c.ended.is_(None),
    )
    role = rows.execute(query).scalar_one_or_none()
    return Me(account.member, Role(role) if role in set(Role) else None)


def me_about(replica: Replica, rows: Connection, kind: Kind, row: RowMapping) -> Me:
    """The member who reads and writes here, as what they are to this record.

    A community's own record is in the directory, but its facilitators look after it.
    """
    return me_in(replica, rows, row["id"] if kind is COMMUNITY else row["space"])


def _owner(kind: Kind, row: RowMapping) -> Id | None:
    owner: Id | None = row["id" if kind.owner is None else kind.owner]
    return owner
