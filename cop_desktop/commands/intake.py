"""intake: bring in existing material."""

import sys
from argparse import Namespace

from cop_desktop.commands.answer import Answer
from cop_desktop.commands.errors import UnreadableInput
from cop_desktop.commands.session import opened
from cop_desktop.commands.words import community_named
from cop_desktop.services.intake import Ears, Intake, Material, Progress


def intake(arguments: Namespace) -> Answer:
    """Bring in a folder of documents or minutes, or files of threads; twice adds nothing twice."""
    if not arguments.path.exists():
        raise UnreadableInput(f"{arguments.path} is not there.")
    with opened(arguments.data) as replica:
        space = community_named(replica, arguments.community)
        ears = Ears(_quiet if arguments.json else _tell, _never)
        report = Intake(replica).bring_in(Material(arguments.kind), arguments.path, space, ears)
    values = {
        "added": report.added,
        "already_there": report.already_there,
        "skipped": [{"path": each.path, "reason": each.reason} for each in report.skipped],
        "remarks": [{"path": each.path, "text": each.text} for each in report.remarks],
    }
    lines = [f"Added {report.added}, already there {report.already_there}."]
    lines += [f"Skipped {each.path}: {each.reason}" for each in report.skipped]
    return Answer(tuple(lines), values)


def _tell(progress: Progress) -> None:
    print(f"{progress.done} of {progress.total}  {progress.name}", file=sys.stderr)


def _quiet(_progress: Progress) -> None:
    return


def _never() -> bool:
    return False
