"""export, repair."""

from argparse import Namespace

from cop_desktop.commands.answer import Answer, Exit
from cop_desktop.commands.session import opened
from cop_desktop.services.export import Export


def export(arguments: Namespace) -> Answer:
    """Write everything that is here into a readable folder."""
    with opened(arguments.data) as replica:
        exported = Export(replica).export(arguments.to)
    values = {"folder": str(arguments.to), "files": exported.files}
    return Answer((f"{exported.files} files in {arguments.to}",), values)


def repair(arguments: Namespace) -> Answer:
    """Check the replica, and fill its tables and search index again from the log."""
    with opened(arguments.data) as replica:
        replica.rebuild()
        findings = replica.check()
    values = {"groups": findings.groups, "problems": findings.problems}
    words = f"{findings.groups} groups, {len(findings.problems)} problems."
    ended = Exit.NEEDS_PERSON if findings.problems else Exit.DONE
    return Answer((words, *findings.problems), values, ended)
