"""Invitations: one-time codes that make somebody's computer a replica of theirs."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, insert, select

from sync.catalogue.communities import COMMUNITY
from sync.catalogue.declare import Role
from sync.catalogue.people import MEMBER
from sync.core.enrolment import code_key, code_name, new_code
from sync.core.ids import Id
from sync.server.clock import Clock
from sync.server.database import Database
from sync.server.decisions import Decisions
from sync.server.errors import NotFound
from sync.server.names import name_of, only_one, proper_name, with_name
from sync.server.tables import INVITES, MEMBERS

USUAL_DAYS: Final = 14
_DAY_MS: Final = 24 * 60 * 60 * 1000


@dataclass(frozen=True, slots=True)
class Guest:
    """Who is invited to what.

    name: a member who has exactly this name gets another computer, unless `new_member`.
    communities: by name; none leaves memberships as they are. role: in those; None is MEMBER for
    who is new there and no change for others. member: that one, whatever the name says.
    """

    name: str
    communities: tuple[str, ...] = ()
    role: Role | None = None
    new_member: bool = False
    member: Id | None = None


@dataclass(frozen=True, slots=True)
class Invitation:
    """code: to be read out; not kept, so never shown again. is_new: the member was made now."""

    code: str
    expires_ms: int
    member: Id
    member_name: str
    is_new: bool


class Invites:
    """Gives out invitations."""

    def __init__(self, database: Database, decisions: Decisions, clock: Clock) -> None:
        self._database = database
        self._decisions = decisions
        self._clock = clock

    def invite(self, guest: Guest, days: int = USUAL_DAYS) -> Invitation:
        """A new invitation, good for that many days; the guest is a member from now on.

        Raises NotFound for a community, Ambiguous if several members have the name.
        """
        code = new_code(self._clock.random_bytes)
        now_ms = self._clock.wall_ms()
        expires_ms = now_ms + days * _DAY_MS
        with self._database.write() as connection:
            communities = [only_one(connection, COMMUNITY, name) for name in guest.communities]
            member = self._present_member(connection, guest)
            is_new = member is None
            if member is None:
                member = self._decisions.make_member(connection, proper_name(guest.name))
            for community in communities:
                self._decisions.admit(connection, member, community, guest.role)
            connection.execute(
                insert(INVITES).values(
                    name=code_name(code),
                    code_key=code_key(code),
                    member=member,
                    made_ms=now_ms,
                    expires_ms=expires_ms,
                )
            )
            return Invitation(code, expires_ms, member, name_of(connection, member), is_new)

    def _present_member(self, connection: Connection, guest: Guest) -> Id | None:
        """The member that is meant, None if a new one is."""
        if guest.member is not None:
            if not connection.execute(select(MEMBERS).where(MEMBERS.c.id == guest.member)).first():
                raise NotFound("there is no member with this id")
            return guest.member
        if guest.new_member or not with_name(connection, MEMBER, proper_name(guest.name)):
            return None
        return only_one(connection, MEMBER, guest.name)
