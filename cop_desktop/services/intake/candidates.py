"""The files of a folder that may be brought in: looked at, but not read yet."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cop_desktop.intake.errors import Changed, NoAccess
from cop_desktop.intake.walk import FoundFile, find_files
from cop_desktop.services.file_names import START_BYTES, is_program
from cop_desktop.services.intake.report import Progress
from cop_desktop.services.intake.run import Run
from cop_desktop.store.errors import DiskTrouble, ReadOnly
from sync.core.chunks import Recipe, cut, recipe_of
from sync.core.errors import TooLarge
from sync.core.ids import Hash, Id

_PROGRAM = "This file could run as a program, so it was left out."
_TOO_LARGE = "The file is too large to be kept here."


@dataclass(frozen=True, slots=True)
class Candidate:
    """One file. name: below the chosen folder. record: what it will be; content: its hash."""

    path: Path
    name: str
    record: Id
    content: Hash

    @property
    def own_name(self) -> str:
        """The name without the folders."""
        return self.name.rpartition("/")[2]

    @property
    def folder_name(self) -> str:
        """The name of the folder it was in; empty if that is the chosen one."""
        return self.name.rpartition("/")[0].rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Candidates:
    """How the files of one run are looked at.

    kind: of the records that they become. record_of: the id, from the content's hash.
    """

    run: Run
    kind: str
    record_of: Callable[[Hash], Id]

    def those_in(self, path: Path) -> Iterator[Candidate]:
        """Files that are not here yet; what cannot be had, or is here already, is noted."""
        found = list(find_files(path))
        for number, each in enumerate(found):
            if self.run.stopped():
                return
            self.run.tell(Progress(number, len(found), each.name))
            if not isinstance(each, FoundFile):
                self.run.skip(each.name or path.name, each.error.reason)
                continue
            candidate = self._looked_at(each)
            if candidate is None:
                continue
            if not self.is_there(candidate):
                yield candidate
        self.run.tell(Progress(len(found), len(found), ""))

    def is_there(self, candidate: Candidate) -> bool:
        """Whether it is here already, or an equal file came a moment ago; then it is counted."""
        found = bool(self.run.known(self.kind, [candidate.record]))
        self.run.already_there += found
        return found

    def _looked_at(self, found: FoundFile) -> Candidate | None:
        try:
            with found.path.open("rb") as stream:
                start = stream.read(START_BYTES)
                stream.seek(0)
                content = recipe_of(cut(stream)).content_hash
        except OSError:
            self.run.skip(found.name, NoAccess.usual_reason)
            return None
        except TooLarge:
            self.run.skip(found.name, _TOO_LARGE)
            return None
        own_name = found.name.rpartition("/")[2]
        if is_program(own_name, start=start):
            self.run.skip(found.name, _PROGRAM)
            return None
        return Candidate(found.path, found.name, self.record_of(content), content)


def kept(run: Run, candidate: Candidate) -> Recipe | None:
    """The recipe of a file whose content is kept now; None if it changed since, which is noted."""
    try:
        recipe = run.replica.files.import_file(candidate.path)
    except (OSError, DiskTrouble, ReadOnly):
        run.skip(candidate.name, NoAccess.usual_reason)
        return None
    if recipe.content_hash != candidate.content:
        run.skip(candidate.name, Changed.usual_reason)
        return None
    return recipe
