"""Names of the files and folders of one replica."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a replica keeps its things, all inside one folder."""

    folder: Path

    @property
    def database(self) -> Path:
        """The SQLite file; its write-ahead log lies beside it."""
        return self.folder / "replica.sqlite"

    @property
    def lock(self) -> Path:
        """Locked by the process that has the replica open."""
        return self.folder / "replica.lock"

    @property
    def open_marker(self) -> Path:
        """There while the replica is open, and after an unclean exit.

        Not empty after a run that met damage: then the log is read through as well.
        """
        return self.folder / "replica.open"

    @property
    def mending(self) -> Path:
        """There while a damaged database is put together again; see `recovering`."""
        return self.folder / "replica.mending"

    @property
    def mended(self) -> Path:
        """What will be the database, while it is put together."""
        return self.folder / "replica.mended.sqlite"

    @property
    def reserve(self) -> Path:
        """See `cop_desktop.store.room`."""
        return self.folder / "replica.reserve"

    @property
    def sidecar(self) -> Path:
        """See `cop_desktop.store.sidecar`."""
        return self.folder / "replica.json"

    @property
    def chunks(self) -> Path:
        """See `cop_desktop.store.chunks`."""
        return self.folder / "chunks"

    @property
    def backups(self) -> Path:
        """See `cop_desktop.store.backup`."""
        return self.folder / "backups"
