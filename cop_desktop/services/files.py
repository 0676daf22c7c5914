"""Files beside records: attaching them, asking for their content, opening and saving copies."""

import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import Connection, RowMapping, select

from cop_desktop.intake.titles import printable
from cop_desktop.services.attachments import FileView, file_view, files_of
from cop_desktop.services.entered import entered_texts
from cop_desktop.services.errors import (
    CannotWrite,
    NotFound,
    NotHere,
    RefusedFile,
    WhyNotTaken,
)
from cop_desktop.services.file_names import START_BYTES, is_program, media_type, safe_name
from cop_desktop.services.reading import required_row
from cop_desktop.services.reading_time import minutes_to_read
from cop_desktop.services.records import Records
from cop_desktop.store import Action, Changed, FileState, Patch, Replica
from cop_desktop.store.errors import Damaged, DiskFull, DiskTrouble, Missing, ReadOnly
from sync.catalogue.communities import texts_space
from sync.catalogue.declare import DOCUMENT
from sync.catalogue.library import FILE_VERSION
from sync.core.chunks import Recipe, cut, joined, recipe_of
from sync.core.ids import Id, id_text
from sync.core.limits import MAX_ATTACHMENT_BYTES
from sync.core.ops import Value

Extract: TypeAlias = Callable[[Path], str | None]
"""The text inside a file, None where there is none to be had; must not raise."""


def no_text(_path: Path) -> None:
    """For a place where nothing can be read out of files."""
    return


@dataclass(frozen=True, slots=True)
class Attached:
    """A file was attached."""

    id: Id
    changed: Changed


class Files(Records):
    """The files of items, topics, replies and meetings; each verb is one transaction."""

    def __init__(
        self, replica: Replica, *, cache_dir: Path | None = None, extract: Extract = no_text
    ) -> None:
        """cache_dir: for copies that the system's programs open; None where none is opened.

        extract: reads the text of what is attached, so that it is found by its words.
        """
        super().__init__(replica)
        self._cache_dir = cache_dir
        self._extract = extract

    def files(self, target: Id) -> tuple[FileView, ...]:
        """The files of a record, newest first."""
        with self._replica.read() as rows:
            return files_of(self._replica, rows, [target]).get(target, ())

    def file(self, file: Id) -> FileView:
        """One file, in the trash or not.

        Raises NotFound.
        """
        with self._replica.read() as rows:
            return file_view(self._replica, rows, file)

    def attach(self, target: Id, path: Path, note: str = "") -> Attached:
        """Attach a file to an item (as its newest version), topic, reply or meeting.

        Takes as long as copying and reading it. Raises RefusedFile, NotFound, TooLong.
        """
        fields = entered_texts("file_version", {"note": note})
        check_may_come_in(path)
        with self._replica.read() as rows:
            self._target(rows, target)
        recipe = self._taken_in(path)
        patch = self._patch(target, recipe)
        text = (self._extract(path) or "")[:DOCUMENT]
        with self._replica.write() as action:
            kind, row = self._target(action.rows, target)
            name = printable(path.name)
            attached = FileFields(target, name, media_type(name), recipe, patch)
            file = action.create("file_version", row["space"], {**attached.fields(), **fields})
            if text.strip():
                self._add_text(action, row["space"], file, text)
            if kind == "library_item" and row["reading_minutes"] is None and text.strip():
                action.set("library_item", target, {"reading_minutes": minutes_to_read(text)})
        return Attached(file, action.changed)

    def want(self, file: Id, *, at_once: bool = False) -> Changed:
        """Ask for the content: it comes when there is a connection, and the data budget lets it.

        at_once: whatever it costs. Raises NotFound.
        """
        with self._replica.read() as rows:
            required_row(rows, self._replica.tables["file_version"], file)
        return self._replica.files.want(file, at_once=at_once)

    def unwant(self, file: Id) -> Changed:
        """Ask no longer; what has come of it stays."""
        return self._replica.files.unwant(file)

    def local_path(self, file: Id) -> Path:
        """A checked copy for the system's program to open; it cannot be written to.

        Raises NotHere if the content is not (all) here, RefusedFile for a program, NotFound,
        CannotWrite.
        """
        if self._cache_dir is None:
            raise ValueError("no folder was given for copies to open")
        view = self.file(file)
        self._check_harmless(view)
        target = self._cache_dir / id_text(file) / safe_name(view.name)
        with _writing(target):
            if not self._is_whole(file, target):
                target.parent.mkdir(parents=True, exist_ok=True)
                if target.exists():
                    target.chmod(stat.S_IREAD | stat.S_IWRITE)
                self._assemble(view, target)
            target.chmod(stat.S_IREAD)
        return target

    def export_copy(self, file: Id, target: Path) -> Path:
        """Save a copy outside, checked; where it is now. Replaces a file of that name.

        target: a file, or a folder to put it into under its own name (never over another file).
        Raises NotHere, RefusedFile, NotFound, CannotWrite.
        """
        view = self.file(file)
        self._check_harmless(view)
        place = free_name(target, safe_name(view.name)) if target.is_dir() else target
        with _writing(place):
            self._assemble(view, place)
        return place

    def _check_harmless(self, view: FileView) -> None:
        if view.is_program:
            raise RefusedFile(view.name, WhyNotTaken.PROGRAM)
        if view.state is not FileState.HERE:
            raise NotHere(view.id)

    def _assemble(self, view: FileView, target: Path) -> None:
        try:
            self._replica.files.assemble(view.id, target)
        except (Missing, Damaged) as error:
            raise NotHere(view.id) from error
        # What came from another computer may be a program under the name of a document.
        with target.open("rb") as stream:
            start = stream.read(START_BYTES)
        if is_program(view.name, view.media_type, start):
            target.unlink()
            raise RefusedFile(view.name, WhyNotTaken.PROGRAM)

    def _is_whole(self, file: Id, copy: Path) -> bool:
        """Whether the copy is there as it should be: somebody may have it open, or changed it."""
        if not copy.is_file():
            return False
        table = self._replica.tables["file_version"]
        with self._replica.read() as rows:
            wanted = rows.scalar(select(table.c.content_hash).where(table.c.id == file))
        with copy.open("rb") as stream:
            return recipe_of(cut(stream)).content_hash == wanted

    def _taken_in(self, path: Path) -> Recipe:
        try:
            return self._replica.files.import_file(path)
        except (ReadOnly, DiskTrouble, OSError) as error:  # gone or locked since it was looked at
            raise RefusedFile(path.name, WhyNotTaken.UNREADABLE) from error

    def _patch(self, target: Id, recipe: Recipe) -> tuple[Id, Patch] | None:
        """From the newest version of an item's file to this one; None where that saves nothing."""
        table = self._replica.tables["file_version"]
        query = (
            select(table.c.id)
            .where(table.c.target == target, table.c.trashed.is_(False))
            .order_by(table.c.created_clock.desc(), table.c.id)
            .limit(1)
        )
        with self._replica.read() as rows:
            kind, _ = self._target(rows, target)
            old = rows.scalar(query) if kind == "library_item" else None
        patch = None if old is None else self._replica.files.patch(old, recipe)
        return None if old is None or patch is None else (old, patch)

    def _target(self, rows: Connection, target: Id) -> tuple[str, RowMapping]:
        """Kind and row of the record that a file is attached to.

        Raises NotFound.
        """
        for kind in FILE_VERSION.by_name["target"].refers_to:
            table = self._replica.tables[kind]
            row = rows.execute(select(table).where(table.c.id == target)).mappings().one_or_none()
            if row is not None:
                return kind, row
        raise NotFound("record", target)

    def _add_text(self, action: Action, community: Id, file: Id, text: str) -> None:
        space = texts_space(community)
        if any(held.space == space for held in self._replica.spaces()):
            action.create("extracted_text", space, {"file": file, "text": text})


@dataclass(frozen=True, slots=True)
class FileFields:
    """What a reference to a file says, for `create`. patch: of which older file, and by what."""

    target: Id
    name: str
    media_type: str
    recipe: Recipe
    patch: tuple[Id, Patch] | None = None

    def fields(self) -> dict[str, Value]:
        """The fields of a `file_version`."""
        of_patch: dict[str, Value] = {}
        if self.patch is not None:
            old, patch = self.patch
            of_patch = {
                "patch_of": old,
                "patch": joined(patch.chunks),
                "patch_bytes": patch.size_bytes,
            }
        return of_patch | {
            "target": self.target,
            "name": self.name,
            "media_type": self.media_type,
            "size_bytes": self.recipe.size_bytes,
            "content_hash": self.recipe.content_hash,
            "chunks": joined(self.recipe.chunks),
        }


def check_may_come_in(path: Path) -> None:
    """Return if the file may be attached.

    Raises RefusedFile.
    """
    name = path.name
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise RefusedFile(name, WhyNotTaken.UNREADABLE)
        with path.open("rb") as stream:
            start = stream.read(START_BYTES)
    except OSError as error:
        raise RefusedFile(name, WhyNotTaken.UNREADABLE) from error
    if is_program(name, start=start):
        raise RefusedFile(name, WhyNotTaken.PROGRAM)
    if about.st_size > MAX_ATTACHMENT_BYTES:
        raise RefusedFile(name, WhyNotTaken.TOO_LARGE)
    if about.st_size == 0:
        raise RefusedFile(name, WhyNotTaken.EMPTY)


def free_name(folder: Path, name: str) -> Path:
    """A place in the folder that no file has yet: `name`, or `name (2)` and so on."""
    place, number = folder / name, 1
    while place.exists():
        number += 1
        place = folder / f"{Path(name).stem} ({number}){Path(name).suffix}"
    return place


@contextmanager
def _writing(target: Path) -> Iterator[None]:
    """Inside, what the disk says about a place outside the replica is raised as CannotWrite."""
    try:
        yield
    except (OSError, DiskFull, DiskTrouble, ReadOnly) as error:
        raise CannotWrite(str(target), str(error)) from error
