"""export, repair."""

from argparse import Namespace
from pathlib import Path

from cop_desktop.commands.answer import Answer, Exit, trouble
from cop_desktop.commands.errors import NoReplica
from cop_desktop.commands.session import opened, system_clock
from cop_desktop.services.export import Export
from cop_desktop.store import Findings, Recovered, recover
from cop_desktop.store.errors import Damaged


def export(arguments: Namespace) -> Answer:
    """Write everything that is here into a readable folder."""
    with opened(arguments.data) as replica:
        exported = Export(replica).export(arguments.to)
    values = {
        "folder": str(arguments.to),
        "files": exported.files,
        "not_here": list(exported.not_here),
    }
    lines = [f"{exported.files} files in {arguments.to}"]
    lines += [f"not on this computer yet: {name}" for name in exported.not_here]
    return Answer(tuple(lines), values)


def repair(arguments: Namespace) -> Answer:
    """Check the replica, and fill its tables and search index again from the log."""
    recovered: Recovered | None = None
    findings = _rebuilt_if_whole(arguments.data)
    if findings is None:
        recovered = recover(arguments.data, system_clock())
        try:
            findings = _rebuilt(arguments.data)
        except NoReplica:
            words = f"Nothing could be saved of the database; it is kept in {recovered.aside}."
            words += " Ask the facilitator for a new invitation, and enrol again."
            return trouble(words, "damaged", Exit.NEEDS_PERSON)
    values = {"groups": findings.groups, "problems": findings.problems}
    lines = [f"{findings.groups} groups, {len(findings.problems)} problems.", *findings.problems]
    if recovered is not None:
        values |= {"set_aside": str(recovered.aside), "whole": recovered.whole}
        values |= {"put_back": recovered.groups, "waiting": recovered.waiting}
        lines.append(_told(recovered))
    ended = Exit.NEEDS_PERSON if findings.problems else Exit.DONE
    return Answer(tuple(lines), values, ended)


def _told(recovered: Recovered) -> str:
    kept = f"The database was damaged; it is kept in {recovered.aside}."
    if recovered.whole:
        return f"{kept} Nothing of it is lost."
    found = f"{recovered.groups} groups of this computer that no backup had were found in it"
    return f"{kept} {found}. Sync to receive again what others wrote."


def _rebuilt_if_whole(folder: Path) -> Findings | None:
    """None if it has to be put together again."""
    try:
        findings = _rebuilt(folder)
    except Damaged:
        return None
    return None if findings.problems else findings


def _rebuilt(folder: Path) -> Findings:
    with opened(folder) as replica:
        replica.rebuild()
        return replica.check()
