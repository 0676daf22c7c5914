"""Commands about communities, members, invitations and computers."""

import argparse

from sync.catalogue.communities import COMMUNITY
from sync.catalogue.declare import Role
from sync.catalogue.people import MEMBER
from sync.core.errors import Malformed
from sync.core.ids import Id, id_text, parse_id
from sync.server.commands.common import DONE, present_site, show, utc_text
from sync.server.invites import USUAL_DAYS, Guest
from sync.server.names import only_one
from sync.server.site import open_site

_LONGEST_DAYS = 3650


def add(commands: argparse._SubParsersAction, shared: argparse.ArgumentParser) -> None:  # type: ignore[type-arg]
    """Add the commands."""
    _add_invite(commands, shared)
    communities = commands.add_parser("community", help="make and list communities")
    verbs = communities.add_subparsers(required=True, metavar="VERB")
    create = verbs.add_parser("create", parents=[shared], help="make a community")
    create.add_argument("--name", required=True)
    create.set_defaults(run=create_community)
    verbs.add_parser("list", parents=[shared], help="list communities").set_defaults(
        run=list_communities
    )
    members = commands.add_parser("members", help="list members, take them out of communities")
    verbs = members.add_subparsers(required=True, metavar="VERB")
    verbs.add_parser("list", parents=[shared], help="list members").set_defaults(run=list_members)
    remove = verbs.add_parser("remove", parents=[shared], help="end a membership")
    remove.add_argument("--name", required=True)
    remove.add_argument("--community", required=True)
    remove.set_defaults(run=remove_member)
    computers = commands.add_parser("computers", help="list enrolled computers, lock one out")
    verbs = computers.add_subparsers(required=True, metavar="VERB")
    verbs.add_parser("list", parents=[shared], help="list computers").set_defaults(
        run=list_computers
    )
    revoke = verbs.add_parser("revoke", parents=[shared], help="take a computer's access back")
    revoke.add_argument("--id", required=True, type=_id)
    revoke.set_defaults(run=revoke_computer)


def _add_invite(commands: argparse._SubParsersAction, shared: argparse.ArgumentParser) -> None:  # type: ignore[type-arg]
    parser = commands.add_parser("invite", parents=[shared], help="invite somebody's computer")
    parser.add_argument("--name", required=True, help="a member of this name gets another computer")
    parser.add_argument("--community", required=True, action="append", help="may be repeated")
    parser.add_argument("--role", type=Role, choices=list(Role), help="default: member")
    parser.add_argument("--new-member", action="store_true", help="somebody else of the same name")
    parser.add_argument("--member", type=_id, help="this member, if several have the name")
    parser.add_argument("--expires-days", type=_days, default=USUAL_DAYS, metavar="N")
    parser.set_defaults(run=invite)


def _days(text: str) -> int:
    days = int(text)
    if not 1 <= days <= _LONGEST_DAYS:
        raise argparse.ArgumentTypeError(f"1 to {_LONGEST_DAYS} days")
    return days


def _id(text: str) -> Id:
    try:
        return parse_id(text)
    except Malformed as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def create_community(args: argparse.Namespace) -> int:
    """Make a community, and the server if there is none yet."""
    with open_site(args.data) as site:
        made = site.accounts.create_community(args.name)
    show(args, {"community": id_text(made.id), "name": made.name}, f"{made.name} is there now")
    return DONE


def list_communities(args: argparse.Namespace) -> int:
    """List communities."""
    with present_site(args) as site:
        found = site.accounts.communities()
    values = [{"id": id_text(c.id), "name": c.name, "members": c.members} for c in found]
    words = "\n".join(f"{c.name}  ({c.members} members)" for c in found)
    show(args, {"communities": values}, words or "no communities yet")
    return DONE


def invite(args: argparse.Namespace) -> int:
    """Print a code that makes a computer one of the member's."""
    guest = Guest(args.name, tuple(args.community), args.role, args.new_member, args.member)
    with present_site(args) as site:
        made = site.invites.invite(guest, args.expires_days)
    expires = utc_text(made.expires_ms)
    values = {"code": made.code, "expires_utc": expires, "member": id_text(made.member)}
    show(args, values, f"{made.code}\nfor {made.member_name}, until {expires}")
    return DONE


def list_members(args: argparse.Namespace) -> int:
    """List members with their communities and computers."""
    with present_site(args) as site:
        found = site.accounts.members()
    values = [
        {
            "id": id_text(m.id),
            "name": m.name,
            "communities": {name: str(role) for name, role in m.communities.items()},
            "computers": m.computers,
        }
        for m in found
    ]
    words = "\n".join(
        f"{m.name}  ({m.computers} computers; {', '.join(m.communities) or 'no community'})"
        for m in found
    )
    show(args, {"members": values}, words or "no members yet")
    return DONE


def remove_member(args: argparse.Namespace) -> int:
    """End a membership."""
    with present_site(args) as site:
        with site.database.read() as connection:
            member = only_one(connection, MEMBER, args.name)
            community = only_one(connection, COMMUNITY, args.community)
        site.accounts.end_membership(member, community)
    show(args, {"removed": id_text(member)}, f"{args.name} is no longer in {args.community}")
    return DONE


def list_computers(args: argparse.Namespace) -> int:
    """List enrolled computers."""
    with present_site(args) as site:
        found = site.accounts.computers()
    values = [
        {
            "id": id_text(c.replica),
            "member": c.member_name,
            "computer": c.computer_name,
            "enrolled_utc": utc_text(c.enrolled_ms),
            "revoked": c.revoked,
        }
        for c in found
    ]
    words = "\n".join(
        f"{id_text(c.replica)}  {c.member_name}, {c.computer_name}" + ", revoked" * c.revoked
        for c in found
    )
    show(args, {"computers": values}, words or "no computers yet")
    return DONE


def revoke_computer(args: argparse.Namespace) -> int:
    """Take a computer's access back."""
    with present_site(args) as site:
        site.accounts.revoke(args.id)
    show(args, {"revoked": id_text(args.id)}, "that computer is locked out")
    return DONE
