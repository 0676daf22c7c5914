"""What the program keeps on this disk, and making room: only of what the server gives again."""

import logging
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import select

from cop_desktop.services.batches import in_batches
from cop_desktop.store import Changed, Replica
from cop_desktop.store.lineage import Lineage
from cop_desktop.store.room import free_bytes
from sync.catalogue import CATALOGUE
from sync.core.errors import Malformed
from sync.core.ids import Id, id_text, parse_id

_KEPT: Final = "files_to_keep"
"""The setting with the ids of files that the person wants to stay."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class StorageUse:
    """Bytes on the disk, by what they are for.

    words: all that was written, with its search index. files: content of files; fetched_bytes, of
    it: what can be fetched again. copies: for other programs to open. reserve: for writing on a
    full disk. free: what the disk has left.
    """

    words_bytes: int
    files_bytes: int
    fetched_bytes: int
    fetched_files: int
    copies_bytes: int
    backups_bytes: int
    backups: int
    reserve_bytes: int
    free_bytes: int

    @property
    def all_bytes(self) -> int:
        """Everything that the program keeps here."""
        kept = self.words_bytes + self.files_bytes + self.copies_bytes
        return kept + self.backups_bytes + self.reserve_bytes


@dataclass(frozen=True, slots=True)
class FetchedFile:
    """A file whose content may go. within: the item, topic or meeting it belongs to.

    kept: the person said that it stays.
    """

    id: Id
    name: str
    within: str
    size_bytes: int
    kept: bool


@dataclass(frozen=True, slots=True)
class RoomMade:
    """What was taken away. size_bytes: what the disk has back."""

    files: int
    size_bytes: int
    changed: Changed


class Storage:
    """Looks and clears; takes as long as reading folders does, so not on the store thread."""

    def __init__(self, replica: Replica, copies: Path) -> None:
        """copies: the folder of copies that the system's programs opened."""
        self._replica = replica
        self._copies = copies

    def use(self) -> StorageUse:
        """How much there is of everything."""
        layout = self._replica.layout
        base, backups = layout.database, layout.backups
        fetched = self._replica.clearing.fetched(self._me())
        return StorageUse(
            words_bytes=sum(_size(base.with_name(base.name + end)) for end in ("", "-wal", "-shm")),
            files_bytes=_tree_size(layout.chunks),
            fetched_bytes=sum(one.size_bytes for one in fetched),
            fetched_files=len(fetched),
            copies_bytes=_tree_size(self._copies),
            backups_bytes=_tree_size(backups),
            backups=sum(1 for _ in backups.glob("replica-*.sqlite")),
            reserve_bytes=_size(layout.reserve),
            free_bytes=free_bytes(layout.folder),
        )

    def fetched(self) -> tuple[FetchedFile, ...]:
        """What may go, largest first: of others, whole, and known to be on the server."""
        found = self._replica.clearing.fetched(self._me())
        names = self._names([one.file for one in found])
        kept = self._kept()
        unnamed = ("", "")
        return tuple(
            FetchedFile(one.file, *names.get(one.file, unnamed), one.size_bytes, one.file in kept)
            for one in found
        )

    def remove(self, files: Collection[Id]) -> RoomMade:
        """Take the content of these files off this computer; they can be fetched again.

        What meanwhile may not go stays, and so does what is to be kept.
        """
        going = set(files) - self._kept()
        done = self._replica.clearing.remove(self._me(), going)
        return RoomMade(done.files, done.size_bytes, done.changed)

    def keep(self, files: Collection[Id]) -> None:
        """From now on these stay, and no others: those that were to be kept until now may go."""
        self._replica.settings.set(_KEPT, sorted(id_text(file) for file in files))

    def remove_copies(self) -> int:
        """Delete the copies that other programs opened; how many bytes.

        One that is open in a program stays, where the system protects it.
        """
        return _removed([*_files(self._copies)])

    def remove_stale_copies(self) -> int:
        """Delete copies of files of which no record is here any more; how many bytes.

        Such as of a community that the member was taken out of.
        """
        table = self._replica.tables["file_version"]
        with self._replica.read() as rows:
            held = {id_text(file) for file in rows.scalars(select(table.c.id))}
        return _removed([path for path in _files(self._copies) if path.parent.name not in held])

    def _me(self) -> Id:
        account = self._replica.account
        return b"" if account is None else account.member

    def _kept(self) -> set[Id]:
        names = self._replica.settings.get(_KEPT) or []
        found = set()
        for name in names:
            try:
                found.add(parse_id(str(name)))
            except Malformed:
                log.info("a file to keep has a name that is none")
        return found

    def _names(self, files: list[Id]) -> dict[Id, tuple[str, str]]:
        """File → its name, and the title of what it belongs to."""
        kind = CATALOGUE.by_name["file_version"]
        table, found = self._replica.tables[kind.name], {}
        with self._replica.read() as rows:
            lineage = Lineage(rows, self._replica.tables, CATALOGUE)
            lineage.load((kind.number, file) for file in files)
            for some in in_batches(files):
                part = table.c.id.in_(some)
                for row in rows.execute(select(table.c.id, table.c.name).where(part)):
                    above = lineage.above(row.id)
                    title = next((one.title for one in above if one.title), "")
                    found[row.id] = (row.name or "", title)
        return found


def _removed(paths: Collection[Path]) -> int:
    """The bytes that are free again."""
    freed = 0
    for path in paths:
        size = _size(path)
        try:
            path.chmod(0o600)
            path.unlink()
        except OSError as error:
            log.info("a copy stays: %s", type(error).__name__)
        else:
            freed += size
    return freed


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _tree_size(folder: Path) -> int:
    return sum(_size(path) for path in _files(folder))


def _size(path: Path) -> int:
    """0 if it is not there, or just went."""
    try:
        return path.stat().st_size
    except OSError:
        return 0
