"""Servers' databases as each revision saved them: brought up whole; of newer ones, left alone."""

import hashlib
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cop_desktop.store.errors import NewerDatabase
from cop_desktop.store.layout import Layout
from sync.server import upgrade as upgrading
from sync.server.checking import check
from sync.server.errors import NewerData
from sync.server.invites import Guest
from sync.server.site import DATABASE_FILE, Site, open_site
from sync.server.tables import metadata
from tests.support.replica_model import ModelReplica, direct, enrol_direct
from tests.support.replicas import enrolled, opened
from tests.support.server_records import topic
from tests.support.step_killer import StepKiller, killed_at_each_step

FOLDER = Path(__file__).with_name("saved")
SAVED = sorted(FOLDER.glob("*.sql"))
COMMUNITY = "Top End Leaders"


def put(saved: Path, folder: Path) -> Path:
    """The folder of a server with this database."""
    folder.mkdir()
    shutil.copy(FOLDER / "secrets.json", folder)
    with closing(sqlite3.connect(folder / DATABASE_FILE)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.executescript(saved.read_text(encoding="utf-8"))
    return folder


def rows_of(site: Site) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that it keeps, but for what is new at each opening."""
    with site.database.read() as connection:
        return {
            table.name: sorted(map(repr, map(tuple, connection.execute(table.select()))))
            for table in metadata.sorted_tables
        }


def test_every_revision_has_a_saved_database() -> None:
    steps = Path(upgrading.__file__).with_name("migrations") / "versions"
    revisions = sorted(path.stem[1:5] for path in steps.glob("r*.py"))
    assert [path.stem for path in SAVED] == revisions
    assert revisions[-1] == upgrading.REVISION


@pytest.mark.parametrize("saved", SAVED, ids=lambda path: path.stem)
def test_a_saved_database_opens_with_everything_in_it(saved: Path, tmp_path: Path) -> None:
    with open_site(put(saved, tmp_path / "server")) as site:
        assert check(site).findings == []
        assert {member.name for member in site.accounts.members()} >= {"Ann", "Ben", "Eva"}
        revoked = {c.member_name for c in site.accounts.computers() if c.revoked}
        assert revoked == {"Eva"}
        new = ModelReplica()
        new.enrol(site.invites.invite(Guest("Dan", (COMMUNITY,))).code, enrol_direct(site))
        new.sync_all(direct(site))
        (community,) = (space for space, held in new.spaces.items() if is_community(held.told))
        words = b"".join(raw for _, _, raw in new.spaces[community].groups.values())
        for title in ("Attendance after the wet", "Roads", "Eva's last word"):
            assert title.encode() in words
        new.write(community, topic("Goes on"))
        new.sync_all(direct(site))
        assert new.refused == {}
        assert check(site).findings == []


def is_community(told: Any) -> bool:
    return told is not None and told.kind == "community"


def test_an_older_database_becomes_what_the_newest_was(tmp_path: Path) -> None:
    found = []
    for saved in SAVED:
        with open_site(put(saved, tmp_path / saved.stem)) as site:
            found.append(rows_of(site))
    assert all(rows == found[-1] for rows in found)


def test_an_upgrade_that_is_killed_at_any_step_is_done_again(tmp_path: Path) -> None:
    folder = put(SAVED[0], tmp_path / "old")
    with open_site(shutil.copytree(folder, tmp_path / "right")) as site:
        expected = rows_of(site)

    def run(place: Path, killer: StepKiller) -> None:
        open_site(place, connect=killer.connect).close()

    def look(place: Path) -> None:
        with open_site(place) as site:
            assert rows_of(site) == expected
            assert check(site).findings == []

    assert killed_at_each_step(folder, run, look) > 0


def digests_in(folder: Path) -> dict[str, str]:
    """Of every file in a folder."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock")
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def make_newer(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.execute("CREATE TABLE of_the_future (x)")


def server_of_a_newer_program(folder: Path) -> Callable[[], object]:
    put(SAVED[-1], folder)
    make_newer(folder / DATABASE_FILE)
    return lambda: open_site(folder)


def replica_of_a_newer_program(folder: Path) -> Callable[[], object]:
    enrolled(folder).close()
    make_newer(Layout(folder).database)
    return lambda: opened(folder)


@pytest.mark.parametrize(
    ("make", "error"),
    [(server_of_a_newer_program, NewerData), (replica_of_a_newer_program, NewerDatabase)],
)
def test_a_database_of_a_newer_program_is_refused_and_left_as_it_is(
    make: Callable[[Path], Callable[[], object]], error: type[Exception], tmp_path: Path
) -> None:
    open_it = make(tmp_path / "newer")
    before = digests_in(tmp_path / "newer")
    for _ in range(2):
        with pytest.raises(error):
            open_it()
    assert digests_in(tmp_path / "newer") == before
