"""The kept tables: made at once or by migrations, they are the same; what was saved opens."""

import contextlib
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Connection

from cop_desktop.store import ItemState, schema
from cop_desktop.store.database import Database
from cop_desktop.store.errors import NewerDatabase
from cop_desktop.store.kept import KEPT
from cop_desktop.store.layout import Layout
from tests.support.replicas import opened, rows_of

SAVED = sorted(Path(__file__).with_name("saved").glob("*.sql"))


def columns(connection: Connection, table: str) -> list[tuple[object, ...]]:
    found = connection.exec_driver_sql(f"SELECT * FROM pragma_table_info('{table}')").all()
    return [tuple(row) for row in found]


def indexes(connection: Connection, table: str) -> set[tuple[object, ...]]:
    statement = (
        "SELECT i.name LIKE 'sqlite_%' OR i.name, i.\"unique\", group_concat(c.name)"
        f" FROM pragma_index_list('{table}') i, pragma_index_info(i.name) c GROUP BY i.name"
    )
    return {tuple(row) for row in connection.exec_driver_sql(statement)}


def test_migrations_lead_to_the_tables_that_the_program_makes(tmp_path: Path) -> None:
    made, migrated = Database(tmp_path / "made.sqlite"), Database(tmp_path / "per%cent.sqlite")
    with made.write() as ours, migrated.write() as theirs:
        schema.make(ours)
        schema.migrate(theirs)
        for table in (*KEPT.tables, "alembic_version"):
            assert columns(ours, table) == columns(theirs, table) != []
            assert indexes(ours, table) == indexes(theirs, table)
        count = "SELECT count(*) FROM sqlite_master WHERE type = 'table'"
        assert ours.exec_driver_sql(count).scalar() == theirs.exec_driver_sql(count).scalar()
    assert schema.revision_of(migrated) == schema.revision_of(made) == schema.LATEST
    for database in (made, migrated):
        schema.bring_up(database)
        database.close()


def test_every_revision_has_a_saved_database() -> None:
    assert tuple(path.stem for path in SAVED) == schema.REVISIONS


def test_a_revision_of_a_newer_program_is_told(tmp_path: Path) -> None:
    database = Database(tmp_path / "x.sqlite")
    with database.write() as connection:
        schema.make(connection)
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0999'")
    with pytest.raises(NewerDatabase, match="0999"):
        schema.bring_up(database)
    database.close()


@pytest.mark.parametrize("saved", SAVED, ids=lambda path: path.stem)
def test_a_saved_database_opens_with_everything_in_it(tmp_path: Path, saved: Path) -> None:
    """Anna holds Ben's topic, meeting and notes; her own reply waits. Tables are made anew."""
    with contextlib.closing(sqlite3.connect(Layout(tmp_path).database)) as connection:
        connection.executescript(saved.read_text())
    with opened(tmp_path) as replica:
        rows = rows_of(replica)
        [topic], [post] = rows["topic"], rows["post"]
        assert (topic["title"], topic["tags"]) == ("Attendance after the wet", '["wet season"]')
        assert [row["text"] for row in rows["meeting_notes"]] == ["Agreed: a breakfast club."]
        assert replica.item_states([topic["id"], post["id"]]) == {
            topic["id"]: ItemState.SENT,
            post["id"]: ItemState.WAITING,
        }
        assert {hit.kind for hit in replica.search("breakf")} == {"post", "meeting_notes"}
        assert replica.settings.get("budget") == 20
        assert replica.local_drafts.get("reply:1") == {"body": "half a sent"}
        assert replica.check().problems == []
        for group in replica.history(topic["id"]):
            assert group.position == 1
        with replica.write() as action:
            action.set("topic", topic["id"], {"pinned": True})
        assert len(replica.sync_side.unsent(10**6)) == 2
