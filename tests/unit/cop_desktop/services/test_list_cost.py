"""Lists cost what they show, not what there is: no query of theirs goes through all replies."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection

from cop_desktop.services.discussions import Discussions, NewTopic, TopicFilter
from cop_desktop.services.discussions.listing import ordered_topics, topic_rows
from cop_desktop.services.discussions.thread import read_thread
from cop_desktop.services.discussions.unread import unread_in
from cop_desktop.services.people.practice import practice_of
from cop_desktop.services.versions import contested
from cop_desktop.store import Replica
from sync.core.ids import Id
from tests.support.replicas import ANNA, COMMUNITY
from tests.support.village import Village


def show_list(replica: Replica, rows: Connection) -> object:
    topics = ordered_topics(replica, rows, COMMUNITY, TopicFilter())
    return topic_rows(replica, rows, COMMUNITY, topics)


def count_unread(replica: Replica, rows: Connection) -> object:
    return unread_in(replica, rows, COMMUNITY)


def show_thread(replica: Replica, rows: Connection) -> object:
    (topic,) = ordered_topics(replica, rows, COMMUNITY, TopicFilter())
    return read_thread(replica, rows, topic)


@pytest.mark.parametrize("reading", [show_list, count_unread, show_thread])
def test_no_query_goes_through_all_replies(
    village: Village, reading: Callable[[Replica, Connection], object]
) -> None:
    discussions = Discussions(village.anna)
    discussions.reply(discussions.start_topic(COMMUNITY, NewTopic("Roads")).id, "Closed.")
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


def test_finding_what_has_two_versions_reads_nothing_else(village: Village) -> None:
    statements: list[str] = []
    with village.anna.read() as rows:
        driver = rows.connection.driver_connection
        assert driver is not None
        driver.set_trace_callback(statements.append)
        assert contested(village.anna, rows) == ()
        driver.set_trace_callback(None)
        asked = [said for said in statements if "versions >" in said]
        assert asked
        for statement in asked:
            (step,) = driver.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
            assert "_contested" in step[3], statement


def test_counting_what_is_unread_reads_no_reply_itself(village: Village) -> None:
    statements: list[str] = []
    with village.anna.read() as rows:
        driver = rows.connection.driver_connection
        assert driver is not None
        driver.set_trace_callback(statements.append)
        unread_in(village.anna, rows, COMMUNITY)
        driver.set_trace_callback(None)
        (counting,) = [said for said in statements if "FROM post" in said]
        steps = driver.execute(f"EXPLAIN QUERY PLAN {counting}").fetchall()
    assert any("post USING COVERING INDEX post_by_writer" in step[3] for step in steps)


def test_a_thread_of_two_thousand_replies_takes_as_many_queries_as_one_of_two(
    village: Village,
) -> None:
    discussions = Discussions(village.anna)
    topics = [discussions.start_topic(COMMUNITY, NewTopic(title)).id for title in ("a", "b")]
    for topic, count in (topics[0], 2), *([(topics[1], 500)] * 4):
        with village.anna.write() as action:
            for number in range(count):
                action.create("post", COMMUNITY, {"topic": topic, "body": f"Reply {number}"})
    asked = [len(queries_of(discussions, topic)) for topic in topics]
    assert len(discussions.thread(topics[1]).posts) == 2_000
    # What is asked about thousands of ids goes in a few parts.
    assert asked[1] <= asked[0] + 8, asked


def queries_of(discussions: Discussions, topic: Id) -> list[str]:
    statements: list[str] = []
    replica = discussions._replica
    with replica.read() as rows:
        driver = rows.connection.driver_connection
        assert driver is not None
        driver.set_trace_callback(statements.append)
        read_thread(replica, rows, topic)
        driver.set_trace_callback(None)
    return [said for said in statements if said.startswith("SELECT")]


def test_the_record_of_practice_reads_what_its_member_wrote_and_no_more(village: Village) -> None:
    discussions = Discussions(village.anna)
    discussions.reply(discussions.start_topic(COMMUNITY, NewTopic("Roads")).id, "Closed.")
    village.meet()
    statements: list[str] = []
    with village.ben.read() as rows:
        driver = rows.connection.driver_connection
        assert driver is not None
        driver.set_trace_callback(statements.append)
        assert practice_of(village.ben, rows, ANNA).replies == 1
        driver.set_trace_callback(None)
        asked = [said for said in statements if "FROM post" in said or "JOIN post" in said]
        assert len(asked) == 3
        for statement in asked:
            steps = driver.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
            used = [step[3] for step in steps if step[3].split()[1] == "post"]
            assert all("post_by_author" in each for each in used), f"{used} in {statement}"
