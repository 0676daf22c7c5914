"""A replica that can only be read: its folder may not be written to, or its disk does not write."""

import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from cop_desktop.store import schema
from cop_desktop.store.database import Database
from cop_desktop.store.errors import ReadOnly
from cop_desktop.store.files_on_disk import file_errors
from cop_desktop.store.layout import Layout
from cop_desktop.store.opening import Opened, Setting, is_current
from cop_desktop.store.projection import Projection
from cop_desktop.store.room import Reserve
from cop_desktop.store.tables import tables_of


def opened_to_read(folder: Path, setting: Setting) -> Opened:
    """The replica in this folder, of which nothing is changed; writing raises ReadOnly.

    What a process that was killed left in the write-ahead log is read from a copy. Raises ReadOnly
    where it cannot be read without being changed, DiskTrouble, Damaged.
    """
    layout = Layout(folder)
    projection = Projection(tables_of(setting.catalogue), setting.catalogue)
    with file_errors():
        if layout.mending.exists() or not layout.database.exists():
            raise ReadOnly("there is nothing to read")
        scratch = _copied(layout)
    path = layout.database if scratch is None else scratch / layout.database.name
    database = Database(path, _untouched)
    try:
        _check_form(database, projection)
    except BaseException:
        database.close()
        _drop(scratch)
        raise
    return Opened(layout, None, database, projection, Reserve(layout.reserve), scratch)


def _check_form(database: Database, projection: Projection) -> None:
    if schema.revision_of(database) != schema.LATEST or not is_current(database, projection):
        raise ReadOnly("it has to be brought to another form first")


def _untouched(path: Path) -> sqlite3.Connection:
    """A connection that needs to write nothing beside the file either; all is in the file."""
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(address, uri=True, check_same_thread=False, isolation_level=None)


def _copied(layout: Layout) -> Path | None:
    """A folder with copies, if not all is in the database file; None if all is."""
    log = layout.database.with_name(layout.database.name + "-wal")
    if not log.exists() or not log.stat().st_size:
        return None
    scratch = Path(tempfile.mkdtemp(prefix="cop-reading-"))
    try:
        for path in (layout.database, log):
            shutil.copyfile(path, scratch / path.name)
        with closing(sqlite3.connect(scratch / layout.database.name)) as copy:
            copy.execute("SELECT count(*) FROM sqlite_master").fetchone()  # folds the log in
    except (OSError, sqlite3.Error) as error:
        _drop(scratch)
        raise ReadOnly("it cannot be read from a copy") from error
    return scratch


def _drop(scratch: Path | None) -> None:
    if scratch is not None:
        shutil.rmtree(scratch, ignore_errors=True)
