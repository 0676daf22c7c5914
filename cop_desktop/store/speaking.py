"""Which records hold some words, without ranking or snippets: for filters over lists."""

from collections.abc import Sequence

from sqlalchemy import Connection

from cop_desktop.store.search import Words, match_expression
from cop_desktop.store.tables import SEARCH_TABLE
from sync.catalogue import CATALOGUE
from sync.core.ids import Id


def records_speaking_of(
    rows: Connection, words: str, kinds: Sequence[str], space: Id
) -> dict[str, list[Id]]:
    """Kind → all its records of the space that hold these words, as they are typed.

    Empty if there is nothing in `words` to look for.
    """
    match = match_expression(Words(tuple(words.split())))
    found: dict[str, list[Id]] = {kind: [] for kind in kinds}
    if match is None:
        return found
    names = {CATALOGUE.by_name[kind].number: kind for kind in kinds}
    places = ", ".join("?" for _ in names)
    statement = (
        f"SELECT s.kind, s.record FROM {SEARCH_TABLE}"  # noqa: S608 - our own name
        f" CROSS JOIN search_rows s ON s.number = {SEARCH_TABLE}.rowid"
        f" WHERE {SEARCH_TABLE} MATCH ? AND s.space = ? AND s.kind IN ({places})"
    )
    for number, record in rows.exec_driver_sql(statement, (match, space, *names)):
        found[names[number]].append(record)
    return found
