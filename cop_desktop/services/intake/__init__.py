"""Bringing in what exists already: documents, minutes, threads."""

from collections.abc import Callable
from pathlib import Path

from cop_desktop.intake.worker import ExtractionWorker
from cop_desktop.services.errors import NotFound
from cop_desktop.services.intake.documents import bring_in_documents
from cop_desktop.services.intake.minutes import bring_in_minutes
from cop_desktop.services.intake.reading_ahead import Reader
from cop_desktop.services.intake.report import (
    Ears,
    IntakeReport,
    Material,
    Progress,
    Remark,
    Skipped,
)
from cop_desktop.services.intake.run import Run
from cop_desktop.services.intake.threads import bring_in_threads
from cop_desktop.store import Replica
from sync.core.ids import Id

__all__ = [
    "Ears",
    "Intake",
    "IntakeReport",
    "Material",
    "Progress",
    "Remark",
    "Skipped",
]


class Intake:
    """Brings material into a community; what was brought in before is not brought in again."""

    def __init__(
        self, replica: Replica, make_reader: Callable[[], Reader] = ExtractionWorker
    ) -> None:
        """make_reader: what reads files, made for each bringing in and closed after it."""
        self._replica = replica
        self._make_reader = make_reader

    def bring_in(self, material: Material, path: Path, space: Id, ears: Ears) -> IntakeReport:
        """Bring in a file, or all of a folder.

        Takes long and writes in many transactions, each of whole documents, meetings or posts:
        stopped at any moment, nothing is there by halves, and doing it again goes on from there.
        Raises NotFound if the community is not on this replica.
        """
        run = Run(self._replica, space, ears)
        if not run.holds(space):
            raise NotFound("community", space)
        if material is Material.THREADS:
            bring_in_threads(run, path)
        else:
            self._bring_in_files(run, material, path)
        run.flush()
        return run.report()

    def _bring_in_files(self, run: Run, material: Material, path: Path) -> None:
        reader = self._make_reader()
        try:
            if material is Material.DOCUMENTS:
                bring_in_documents(run, path, reader)
            else:
                bring_in_minutes(run, path, reader)
        finally:
            reader.close()
