"""What goes next is found along what waits, however much history there is."""

from pathlib import Path

from sqlalchemy.dialects import sqlite

from cop_desktop.store import outgoing
from tests.support.replicas import enrolled


def test_what_keeps_others_back_is_not_looked_for_along_the_log(tmp_path: Path) -> None:
    dialect = sqlite.dialect()
    options = {"literal_binds": True}
    statement = outgoing._OUT_OF_CHAIN.compile(dialect=dialect, compile_kwargs=options)
    with enrolled(tmp_path / "anna") as replica, replica.read() as connection:
        steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}").fetchall()
    ways = [step[3] for step in steps]
    assert any(way.startswith("SEARCH log USING INTEGER PRIMARY KEY") for way in ways)
    assert not any(way.startswith("SCAN log") for way in ways)
