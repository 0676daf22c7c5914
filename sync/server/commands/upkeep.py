"""Commands that look after the data: init, backup, restore, check."""

import argparse
from dataclasses import asdict
from pathlib import Path

from sync.core.ids import id_text
from sync.server.backup import back_up
from sync.server.checking import check
from sync.server.commands.common import DONE, WRONG, present_site, show
from sync.server.restoring import restore
from sync.server.site import open_site


def add(commands: argparse._SubParsersAction, shared: argparse.ArgumentParser) -> None:  # type: ignore[type-arg]
    """Add the commands."""
    init = commands.add_parser("init", parents=[shared], help="make a server in the data folder")
    init.add_argument("--name", help="name of the server, as people see it")
    init.set_defaults(run=run_init)
    backup = commands.add_parser("backup", parents=[shared], help="copy everything into one file")
    backup.add_argument("file", type=Path, metavar="FILE", help="a tar archive; keep it secret")
    backup.set_defaults(run=run_backup)
    restore = commands.add_parser(
        "restore",
        parents=[shared],
        help="put the server back from a backup; stop it first",
        description="Members' computers bring back what was written after the backup.",
    )
    restore.add_argument("file", type=Path, metavar="FILE", help="what `backup` wrote")
    restore.add_argument(
        "--replace", action="store_true", help="move what is in the data folder aside"
    )
    restore.set_defaults(run=run_restore)
    verify = commands.add_parser("check", parents=[shared], help="verify everything that is kept")
    verify.set_defaults(run=run_check)


def run_init(args: argparse.Namespace) -> int:
    """Make a server; nothing changes if there is one."""
    with open_site(args.data, args.name) as site:
        identity = site.identity
    values = {"server": id_text(identity.server), "name": identity.name}
    show(args, values, f"{identity.name} is in {args.data}")
    return DONE


def run_backup(args: argparse.Namespace) -> int:
    """Back up while the server may run."""
    with present_site(args) as site:
        made = back_up(site, args.file)
    values = {"file": str(made.file), "bytes": made.size_bytes, "chunks": made.chunks}
    show(args, values, f"{made.file}: {made.size_bytes} bytes, {made.chunks} chunks")
    return DONE


def run_restore(args: argparse.Namespace) -> int:
    """Put the server back, and verify it."""
    made = restore(args.file, args.data, replace=args.replace)
    with present_site(args) as site:
        report = check(site)
    values = {
        "folder": str(made.folder),
        "aside": None if made.aside is None else str(made.aside),
        "problems": [asdict(found) for found in report.findings],
    }
    lines = [f"{found.place}: {found.what}" for found in report.findings]
    if made.aside is not None:
        lines.append(f"what was there before is in {made.aside}")
    lines.append(f"the server of {args.file} is in {made.folder}: {report.groups} groups")
    show(args, values, "\n".join(lines))
    return WRONG if report.findings else DONE


def run_check(args: argparse.Namespace) -> int:
    """Verify; succeeds only if nothing is wrong."""
    with present_site(args) as site:
        report = check(site)
    lines = [f"{found.place}: {found.what}" for found in report.findings]
    lines.append(
        f"{report.spaces} spaces, {report.groups} groups, {report.chunks} chunks "
        f"({report.absent_chunks} not sent yet): {len(report.findings)} findings"
    )
    values = asdict(report)
    values["problems"] = values.pop("findings")
    show(args, values, "\n".join(lines))
    return WRONG if report.findings else DONE
