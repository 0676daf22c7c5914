"""Home costs what came, not what there is: no query of it goes through all replies."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Connection

from cop_desktop.services.discussions import Discussions, NewTopic
from cop_desktop.services.home.looking import Looking
from cop_desktop.services.home.ten_minutes import Choosing
from cop_desktop.services.home.threads import read_here
from cop_desktop.services.home.visits import mark_now
from cop_desktop.services.home.waiting import waiting_for_me
from cop_desktop.store import Replica
from tests.support.replicas import COMMUNITY
from tests.support.village import Village


def look(replica: Replica, rows: Connection) -> Looking:
    spaces = [space for space in replica.spaces() if space.space == COMMUNITY]
    return Looking.at(replica, rows, spaces)


def tell_threads(replica: Replica, rows: Connection) -> None:
    looking = look(replica, rows)
    (thread,) = looking.threads(looking.all_unread, 5)
    assert read_here(replica, rows, thread.topic).posts


def tell_news(replica: Replica, rows: Connection) -> None:
    looking, now = look(replica, rows), mark_now(replica, replica.spaces())
    came = looking.came(replace(now, heads={COMMUNITY: 1}))
    assert came.topics[COMMUNITY]
    looking.news(came)


def tell_waiting(replica: Replica, rows: Connection) -> None:
    waiting = waiting_for_me(replica, rows, [COMMUNITY])
    assert waiting
    list(Choosing(replica, rows).of_waiting(waiting))


@pytest.mark.parametrize("reading", [tell_threads, tell_news, tell_waiting])
def test_no_query_goes_through_all_replies(
    village: Village, reading: Callable[[Replica, Connection], None]
) -> None:
    anna = Discussions(village.anna)
    anna.reply(anna.start_topic(COMMUNITY, NewTopic("Roads")).id, "Closed, @Ben.")
    village.meet()
    statements: list[str] = []
    with village.ben.read() as rows:
        driver = rows.connection.driver_connection
        assert driver is not None
        driver.set_trace_callback(statements.append)
        reading(village.ben, rows)
        driver.set_trace_callback(None)
        asked = [said for said in statements if "FROM post" in said]
        assert asked
        for statement in asked:
            steps = driver.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
            scans = [step[3] for step in steps if step[3].startswith("SCAN post")]
            assert not scans, f"{scans} in {statement}"
