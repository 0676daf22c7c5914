"""enrol, sync, status: this replica and its server."""

import platform
from argparse import Namespace
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from cop_desktop.commands.answer import Answer, Exit, trouble
from cop_desktop.commands.errors import NoReplica, Usage
from cop_desktop.commands.session import account_of, connected, opened, opened_or_new
from cop_desktop.joining import join
from cop_desktop.services.sync_status import SyncStatus
from cop_desktop.store.replica import Replica
from cop_desktop.store.values import SpaceRow
from sync.catalogue.declare import SpaceKind
from sync.client.settling import Settled, Settling
from sync.core.ids import id_text


def enrol(arguments: Namespace) -> Answer:
    """Make this replica a member's, by an invitation code."""
    address = _address(arguments.server)
    with opened_or_new(arguments.data) as replica:
        if replica.account is not None:
            words = f"This folder is {replica.account.member_name}'s already."
            return trouble(words, "already_enrolled", Exit.NEEDS_PERSON)
        joined = join(replica, address, arguments.code, platform.node())
    return Answer(
        (f"Enrolled as {joined.member_name} at {joined.server_name}.",),
        {"member": joined.member_name, "server": joined.server_name},
    )


def sync(arguments: Namespace) -> Answer:
    """Exchange with the server until nothing is left to do."""
    with opened(arguments.data) as replica:
        account = account_of(replica)
        with connected(replica, account.server_url) as exchanger:
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
    try:
        return _standing(arguments)
    except NoReplica as error:
        return Answer((str(error),), {"enrolled": False})


def _standing(arguments: Namespace) -> Answer:
    with opened(arguments.data) as replica:
        account = account_of(replica)
        state = SyncStatus(replica)
        waiting, refused = state.waiting(), state.refused()
        standing = state.standing()
        stranded, newer, contact = standing.stranded, standing.newer, standing.last_contact
        spaces = spaces_by_name(replica.spaces())
    values = {
        "enrolled": True,
        "member": account.member_name,
        "server": account.server_url,
        "waiting": len(waiting),
        "refused": [{"what": item.label, "reason": item.reason} for item in refused],
        "stranded": stranded,
        "needs_newer_version": newer,
        "last_contact_utc": contact.isoformat() if contact else None,
        "spaces": spaces,
    }
    lines = [f"{account.member_name} at {account.server_url}", f"{len(waiting)} waiting to go"]
    lines += [f"refused: {item.label} ({item.reason})" for item in refused]
    if stranded:
        lines.append(f"{stranded} of others, which the server lost, it cannot take back yet")
    if newer:
        lines.append(f"kept, but shown only by a newer version of this program: {newer}")
    lines += [f"{name}: {held['head']} of {held['server_head']}" for name, held in spaces.items()]
    return Answer(tuple(lines), values)


def spaces_by_name(spaces: list[SpaceRow]) -> dict[str, dict[str, Any]]:
    """Each space with what is held of it; digests in hexadecimal."""
    return {
        name: {
            "head": space.head,
            "floor": space.floor,
            "server_head": space.server_head,
            "digest": space.digest.hex(),
            "agreed": space.agreed,
        }
        for name, space in _named(spaces)
    }


def _named(spaces: list[SpaceRow]) -> Iterator[tuple[str, SpaceRow]]:
    """Each space with a name of its own; of those of the same name later ones also say their id."""
    taken: set[str] = set()
    for space in sorted(spaces, key=_own_spaces_first):
        name = (space.name or space.kind) + (" (texts of files)" * (space.kind == SpaceKind.TEXTS))
        name = f"{name} [{id_text(space.space)}]" if name in taken else name
        taken.add(name)
        yield name, space


def _own_spaces_first(space: SpaceRow) -> tuple[bool, bytes]:
    return space.kind not in (SpaceKind.DIRECTORY, SpaceKind.PERSONAL), space.space


def _address(typed: str) -> str:
    """The address of a server.

    Raises Usage.
    """
    try:
        parts = urlsplit(typed.strip())
        known = parts.scheme in ("http", "https") and parts.hostname and " " not in parts.netloc
        known = known and (parts.port is None or parts.port > 0)
    except ValueError:
        known = False
    if not known:
        raise Usage(f"“{typed}” is not the address of a server, such as https://cop.example.org.")
    return typed.strip()
