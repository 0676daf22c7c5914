"""enrol, sync, status: this replica and its server."""

import platform
from argparse import Namespace
from typing import Any

from cop_desktop.commands.answer import Answer, Exit, trouble
from cop_desktop.commands.session import connected, opened
from cop_desktop.joining import join
from cop_desktop.services.sync_status import SyncStatus
from cop_desktop.store.errors import NotEnrolled
from cop_desktop.store.replica import Replica
from cop_desktop.store.values import SpaceRow
from sync.catalogue.declare import SpaceKind
from sync.client.settling import Settled, Settling


def enrol(arguments: Namespace) -> Answer:
    """Make this replica a member's, by an invitation code."""
    with opened(arguments.data) as replica:
        if replica.account is not None:
            return trouble(
                ValueError(f"this replica is already {replica.account.member_name}'s"),
                "already_enrolled",
                Exit.NEEDS_PERSON,
            )
        joined = join(replica, arguments.server, arguments.code, platform.node())
    return Answer(
        (f"Enrolled as {joined.member_name} at {joined.server_name}.",),
        {"member": joined.member_name, "server": joined.server_name},
    )


def sync(arguments: Namespace) -> Answer:
    """Exchange with the server until nothing is left to do."""
    with opened(arguments.data) as replica:
        if replica.account is None:
            raise NotEnrolled("enrol first")
        with connected(replica, replica.account.server_url) as exchanger:
            settled = Settling(exchanger, move_pieces=not arguments.no_files).run()
        return _sync_answer(replica, settled)


def _sync_answer(replica: Replica, settled: Settled) -> Answer:
    status = SyncStatus(replica)
    waiting, refused = len(status.waiting()), len(status.refused())
    up_to_date = settled.agreed and not waiting and not refused
    values = {
        "up_to_date": up_to_date,
        "sent_groups": settled.sent,
        "received_groups": settled.received,
        "waiting": waiting,
        "refused": refused,
        "bytes_up": settled.up_bytes,
        "bytes_down": settled.down_bytes,
        "round_trips": settled.round_trips,
        "spaces": spaces_by_name(replica.spaces()),
    }
    words = "Up to date." if up_to_date else f"{waiting} waiting, {refused} refused."
    line = f"Sent {settled.sent}, received {settled.received}. {words}"
    return Answer((line,), values, Exit.NEEDS_PERSON if refused else Exit.DONE)


def status(arguments: Namespace) -> Answer:
    """Who this replica is, what it holds, what waits; without a connection."""
    with opened(arguments.data) as replica:
        account = replica.account
        if account is None:
            return Answer(("Not enrolled yet.",), {"enrolled": False})
        state = SyncStatus(replica)
        waiting, refused = state.waiting(), state.refused()
        spaces = spaces_by_name(replica.spaces())
        contact = state.last_contact()
    values = {
        "enrolled": True,
        "member": account.member_name,
        "server": account.server_url,
        "waiting": len(waiting),
        "refused": [{"what": item.label, "reason": item.reason} for item in refused],
        "last_contact_utc": contact.isoformat() if contact else None,
        "spaces": spaces,
    }
    lines = [f"{account.member_name} at {account.server_url}", f"{len(waiting)} waiting to go"]
    lines += [f"refused: {item.label} ({item.reason})" for item in refused]
    lines += [f"{name}: {held['head']} of {held['server_head']}" for name, held in spaces.items()]
    return Answer(tuple(lines), values)


def spaces_by_name(spaces: list[SpaceRow]) -> dict[str, dict[str, Any]]:
    """Each space with what is held of it; digests in hexadecimal."""
    return {
        _name(space): {
            "head": space.head,
            "floor": space.floor,
            "server_head": space.server_head,
            "digest": space.digest.hex(),
            "agreed": space.agreed,
        }
        for space in spaces
    }


def _name(space: SpaceRow) -> str:
    suffix = " (texts of files)" if space.kind == SpaceKind.TEXTS else ""
    return (space.name or space.kind) + suffix
