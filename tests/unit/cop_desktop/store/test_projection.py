"""The projection: rows depend on the set of groups alone."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from cop_desktop.store import batches, log, search_index, spaces
from cop_desktop.store.database import Database
from cop_desktop.store.log import Entry
from cop_desktop.store.projection import Projection
from cop_desktop.store.schema import make
from cop_desktop.store.search_index import Order
from cop_desktop.store.tables import Tables
from cop_desktop.store.values import NewSpace
from sync.catalogue import CATALOGUE
from sync.catalogue.declare import SpaceKind
from sync.catalogue.discussions import POST, REACTION, TOPIC
from sync.catalogue.meetings import MEETING_NOTES
from sync.catalogue.people import MEMBER
from sync.catalogue.personal import READ_MARK
from sync.core.clock import Stamp
from sync.core.group import Group, group_hash
from sync.core.ids import NO_HASH, Id, Maker, created_id
from sync.core.ops import AnyOp, Delete, EditText, SetFields, UnknownOp
from tests.support.made import MEMBERS, REPLICAS, SPACES
from tests.support.record_ops import LATEST, ops_on
from tests.support.replicas import table_rows

UNKNOWN_KIND = 9_999
RECORDS = [b"r" * 16, b"s" * 16]
PERSONAL = b"P" * 16
KINDS = (TOPIC, POST, MEETING_NOTES)


class Undo(Exception):
    """Ends a transaction without keeping anything."""


class Bench:
    """A database to fold groups in, as often as one likes."""

    def __init__(self, path: Path) -> None:
        self.database = Database(path)
        self.tables = Tables(CATALOGUE)
        self.projection = Projection(self.tables, CATALOGUE)
        with self.database.write() as connection:
            make(connection)
            self.tables.create(connection)
            spaces.add(connection, [NewSpace(space, SpaceKind.COMMUNITY) for space in SPACES])
            spaces.add(connection, [NewSpace(PERSONAL, SpaceKind.PERSONAL)])

    @contextmanager
    def trial(self) -> Iterator[Connection]:
        try:
            with self.database.write() as connection:
                yield connection
                _undo()
        except Undo:
            pass

    def fold(self, connection: Connection, groups: Sequence[Group], at_once: int = 3) -> None:
        """Apply the groups in this order, some at a time; those in the log already once more."""
        for start in range(0, len(groups), at_once):
            entries = [self._logged(connection, group) for group in groups[start : start + at_once]]
            order = Order.OLDER if start % 2 else Order.NEWER
            self.projection.apply(connection, entries, spaces.kinds(connection), order)

    def rows(self, connection: Connection) -> dict[str, list[dict[str, object]]]:
        search_index.check_index(connection)
        return table_rows(connection, self.tables)

    def _logged(self, connection: Connection, group: Group) -> Entry:
        name = group_hash(group.raw)
        known = connection.scalar(log.LOG.select().where(log.LOG.c.hash == name))
        if known is None:
            count = connection.exec_driver_sql("SELECT count(*) FROM log").scalar() or 0
            known = count + 1
            batches.insert(connection, log.LOG, [{**log.log_row(group, name), "id": known}])
        return Entry(known, group, name, 0, None)


def _undo() -> None:
    raise Undo


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    bench = Bench(tmp_path_factory.mktemp("bench") / "replica.sqlite")
    yield bench
    bench.database.close()


def group_of(
    *ops: AnyOp, clock: int = 5, replica: Id = REPLICAS[0], seq: int = 1, space: Id = SPACES[0]
) -> Group:
    prev = NO_HASH if seq == 1 else b"p" * 32
    return Group(space, replica, seq, prev, MEMBERS[0], clock, clock * 3, 0, ops)


@st.composite
def groups(draw: st.DrawFn) -> list[Group]:
    """Groups of several replicas, in two spaces, that fight over few records."""
    ops = st.one_of(
        *(ops_on(kind, record) for kind in KINDS for record in RECORDS),
        st.just(SetFields(UNKNOWN_KIND, RECORDS[0], {1: "from the future", 2: 7})),
        st.just(UnknownOp(msgspec.msgpack.encode([9, 10, RECORDS[0]]))),
    )
    return [
        group_of(
            *draw(st.lists(ops, min_size=1, max_size=3)),
            clock=draw(st.integers(1, LATEST)),
            replica=draw(st.sampled_from(REPLICAS)),
            seq=seq,
            space=SPACES[draw(st.integers(0, 9)) == 0],
        )
        for seq in range(1, draw(st.integers(1, 8)) + 1)
    ]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_groups_give_the_same_rows_in_any_order_and_however_often(
    bench: Bench, data: st.DataObject
) -> None:
    made = data.draw(groups())
    again = data.draw(st.lists(st.sampled_from(made), max_size=4))
    other_order = data.draw(st.permutations([*made, *again]))
    at_once = data.draw(st.integers(1, 6))
    with bench.trial() as connection:
        bench.fold(connection, made)
        expected = bench.rows(connection)
    with bench.trial() as connection:
        bench.fold(connection, other_order, at_once)
        assert bench.rows(connection) == expected


def test_rows_are_the_same_to_the_byte_in_whatever_order_fields_came(bench: Bench) -> None:
    mark = READ_MARK.number
    made = [
        group_of(SetFields(TOPIC.number, RECORDS[0], {1: "Attendance"}), clock=1),
        group_of(SetFields(TOPIC.number, RECORDS[0], {5: True}), clock=2, seq=2),
        group_of(SetFields(TOPIC.number, RECORDS[0], {3: "visits"}), clock=3, seq=3),
        group_of(SetFields(mark, RECORDS[1], {2: {b"x": 1}}), clock=4, seq=4, space=PERSONAL),
        group_of(SetFields(mark, RECORDS[1], {2: {b"a": 1}}), clock=5, seq=5, space=PERSONAL),
        group_of(SetFields(UNKNOWN_KIND, RECORDS[0], {1: "later"}), clock=6, seq=6),
        group_of(SetFields(UNKNOWN_KIND, RECORDS[0], {2: "later"}), clock=7, seq=7),
    ]
    with bench.trial() as connection:
        bench.fold(connection, made)
        expected = bench.rows(connection)
        assert {"topic", "read_mark", "others"} == expected.keys()
    with bench.trial() as connection:
        bench.fold(connection, made[::-1], at_once=1)
        assert bench.rows(connection) == expected


def test_a_deletion_that_comes_first_hides_the_record_when_it_comes(bench: Bench) -> None:
    created = group_of(SetFields(TOPIC.number, RECORDS[0], {1: "Attendance"}), clock=5)
    deleted = group_of(
        Delete(TOPIC.number, RECORDS[0], created.stamp), clock=9, replica=REPLICAS[1]
    )
    with bench.trial() as connection:
        bench.fold(connection, [deleted])
        assert "topic" not in bench.rows(connection)
        bench.fold(connection, [created])
        [row] = bench.rows(connection)["topic"]
        assert (row["title"], row["trashed"], row["edited_since"]) == ("Attendance", True, False)
        assert "others" not in bench.rows(connection)


def test_an_edit_after_a_deletion_by_somebody_who_had_not_seen_it_shows(bench: Bench) -> None:
    created = group_of(SetFields(TOPIC.number, RECORDS[0], {1: "Attendance"}), clock=5)
    deleted = group_of(Delete(TOPIC.number, RECORDS[0], created.stamp), clock=9, seq=2)
    edited = group_of(SetFields(TOPIC.number, RECORDS[0], {3: "visits"}), clock=7, seq=3)
    with bench.trial() as connection:
        bench.fold(connection, [created, deleted, edited])
        [row] = bench.rows(connection)["topic"]
        assert (row["trashed"], row["edited_since"]) == (True, True)


def test_records_of_unknown_kinds_are_kept_whole(bench: Bench) -> None:
    with bench.trial() as connection:
        bench.fold(connection, [group_of(SetFields(UNKNOWN_KIND, RECORDS[0], {1: "later"}))])
        [row] = bench.rows(connection)["others"]
        assert (row["kind"], row["id"], row["space"]) == (UNKNOWN_KIND, RECORDS[0], SPACES[0])


def test_an_operation_that_does_not_fit_is_left_out_and_logged(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    fits_not = EditText(TOPIC.number, RECORDS[0], 1, b"\0\0")
    with bench.trial() as connection, caplog.at_level(logging.WARNING):
        bench.fold(
            connection,
            [group_of(SetFields(TOPIC.number, RECORDS[0], {1: "Words"}), fits_not)],
        )
        [row] = bench.rows(connection)["topic"]
        assert row["title"] == "Words"
    assert "operation 1 of group 1" in caplog.text
    assert "Words" not in caplog.text


def test_a_kind_in_a_space_where_it_does_not_belong_is_left_out(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    with bench.trial() as connection, caplog.at_level(logging.WARNING):
        bench.fold(connection, [group_of(SetFields(MEMBER.number, RECORDS[0], {1: "Mallory"}))])
        assert bench.rows(connection) == {}
    assert "member out of place" in caplog.text


@pytest.mark.parametrize("stranger_first", [True, False])
def test_nobody_takes_a_record_over_from_another_space(
    bench: Bench, *, stranger_first: bool
) -> None:
    home, elsewhere = SPACES
    record = created_id(Maker(home, REPLICAS[0], 1, 70_000), 0)
    ours = group_of(SetFields(TOPIC.number, record, {1: "Ours"}), clock=70_000, space=home)
    theirs = group_of(
        SetFields(TOPIC.number, record, {1: "Taken"}), clock=2, replica=REPLICAS[1], space=elsewhere
    )
    both = [theirs, ours] if stranger_first else [ours, theirs]
    with bench.trial() as connection:
        bench.fold(connection, both, at_once=1)
        [row] = bench.rows(connection)["topic"]
        assert (row["title"], row["space"]) == ("Ours", home)


def test_a_natural_key_proves_where_a_record_belongs(bench: Bench) -> None:
    home, elsewhere = SPACES
    key = {1: RECORDS[0], 2: MEMBERS[0], 3: "thanks"}
    record = REACTION.id_for(elsewhere, *key.values())
    with bench.trial() as connection:
        bench.fold(
            connection,
            [
                group_of(SetFields(REACTION.number, record, {**key, 4: False}), space=home),
                group_of(
                    SetFields(REACTION.number, record, {**key, 4: True}), space=elsewhere, clock=2
                ),
            ],
            at_once=1,
        )
        [row] = bench.rows(connection)["reaction"]
        assert (row["given"], row["space"]) == (True, elsewhere)


def test_a_deletion_from_another_space_does_not_unmake_a_record(bench: Bench) -> None:
    home, elsewhere = SPACES
    record = created_id(Maker(home, REPLICAS[0], 1, 70_000), 0)
    ours = group_of(SetFields(TOPIC.number, record, {1: "Ours"}), clock=70_000, space=home)
    theirs = group_of(
        Delete(TOPIC.number, record, ours.stamp), clock=90_000, seq=2, space=elsewhere
    )
    with bench.trial() as connection:
        bench.fold(connection, [ours, theirs], at_once=1)
        [row] = bench.rows(connection)["topic"]
        assert row["trashed"] is False


def test_a_record_without_proof_goes_to_the_same_space_on_every_replica(bench: Bench) -> None:
    written = [
        group_of(SetFields(TOPIC.number, RECORDS[0], {1: str(number)}), space=space)
        for number, space in enumerate(SPACES)
    ]
    deleted = group_of(
        Delete(TOPIC.number, RECORDS[0], Stamp(1, REPLICAS[0])), seq=2, clock=9, space=SPACES[0]
    )
    with bench.trial() as connection:
        bench.fold(connection, [written[1], deleted, written[0]], at_once=1)
        expected = bench.rows(connection)
        assert expected["topic"][0]["space"] == min(SPACES)
    with bench.trial() as connection:
        bench.fold(connection, [written[0], written[1], deleted], at_once=1)
        assert bench.rows(connection) == expected


def test_a_row_that_turns_out_to_belong_elsewhere_goes(bench: Bench) -> None:
    """The other space has only a deletion of it, which is all that is left."""
    low, high = sorted(SPACES)
    written = group_of(SetFields(TOPIC.number, RECORDS[0], {1: "x"}), space=high)
    deleted = group_of(Delete(TOPIC.number, RECORDS[0], Stamp(1, REPLICAS[0])), seq=2, space=low)
    with bench.trial() as connection:
        bench.fold(connection, [written, deleted], at_once=1)
        rows = bench.rows(connection)
        assert "topic" not in rows
        assert len(rows["others"]) == 1
