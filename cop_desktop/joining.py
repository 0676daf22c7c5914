"""Joining: an invitation code makes the replica on this computer a member's."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cop_desktop.spending import Spending
from cop_desktop.store.replica import Replica
from cop_desktop.store.values import Account, Identity, NewSpace
from sync.catalogue.declare import SpaceKind
from sync.client.enrolling import Newcomer, enrolled
from sync.core.enrolment import EnrolReply

if TYPE_CHECKING:
    from sync.client.transport import ProxyFor, Transport


@dataclass(frozen=True, slots=True)
class Joined:
    """Who joined where."""

    member_name: str
    server_name: str


def join(  # noqa: PLR0913 - read as a sentence where it is called
    replica: Replica,
    server_url: str,
    typed_code: str,
    computer_name: str,
    proxy_for: "ProxyFor | None" = None,
) -> Joined:
    """Enrol the replica; after a lost answer the same call gives the same again.

    proxy_for: as of `Transport`. Takes a round trip. Raises SyncError (InvitationRefused for a code
    that is no good), StoreError.
    """
    from sync.client.transport import Transport  # loads `requests`, which takes long

    transport = Transport(server_url, proxy_for=proxy_for)
    try:
        return join_over(transport, replica, (server_url, typed_code), computer_name)
    finally:
        transport.close()
        Spending(replica.data_use, (transport.meter,)).note()


def join_over(
    transport: "Transport", replica: Replica, invited: tuple[str, str], computer_name: str
) -> Joined:
    """As `join`, over a connection that is there. invited: where to, and the code as typed.

    Raises SyncError (InvitationRefused for a code that is no good), StoreError.
    """
    server_url, typed_code = invited
    identity = replica.new_identity()
    newcomer = Newcomer(identity.replica, identity.public_key, computer_name)
    reply = enrolled(transport, typed_code, newcomer)
    first_spaces = (
        NewSpace(reply.directory, SpaceKind.DIRECTORY),
        NewSpace(reply.personal, SpaceKind.PERSONAL),
    )
    replica.enrolled(_account(server_url, identity, reply), first_spaces)
    return Joined(reply.member_name, reply.server_name)


def _account(server_url: str, identity: Identity, reply: EnrolReply) -> Account:
    return Account(
        server_url=server_url.rstrip("/"),
        server=reply.server,
        server_name=reply.server_name,
        server_key=reply.server_key,
        epoch=reply.epoch,
        member=reply.member,
        member_name=reply.member_name,
        replica=identity.replica,
        frame_key=reply.frame_key,
        seed=identity.seed,
        certificate=reply.certificate,
        certificate_ms=reply.certificate_ms,
        directory=reply.directory,
        personal=reply.personal,
    )
