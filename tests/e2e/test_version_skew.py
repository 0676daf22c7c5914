"""Programs and servers of several versions together: nothing is stripped, nobody is in the way."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from cop_desktop.commands.troubles import in_words
from cop_desktop.joining import join
from cop_desktop.services.discussions import Discussions
from cop_desktop.services.history import Did
from cop_desktop.services.sync_status import SyncStatus
from cop_desktop.store import Replica
from cop_desktop.store.log import raw_of
from cop_desktop.store.opening import Setting
from cop_desktop.ui.messages import Messages
from sync.catalogue.declare import Catalogue, Role
from sync.client.errors import NeedsNewerProgram, OlderServer, SyncError
from sync.core.ids import Id
from sync.server.checking import check
from sync.server.embedded import EmbeddedServer
from sync.server.invites import Guest
from sync.server.rebuilding import log_of
from tests.support.hostile_desk import exchanged
from tests.support.replicas import ManualClock, rows_of
from tests.support.second.replica import SecondReplica
from tests.support.two_catalogues import NEWER, OLDER, let_the_server_know

COMMUNITY = "Top End Leaders"


@dataclass
class Bench:
    """A server that may be exchanged for a newer one, and folders of replicas."""

    folder: Path
    server: EmbeddedServer
    url: str
    community: Id
    _open: ExitStack

    def code(self, name: str, role: Role = Role.FACILITATOR) -> str:
        """An invitation for a new member."""
        return self.server.site.invites.invite(Guest(name, (COMMUNITY,), role)).code

    def joined(self, name: str, catalogue: Catalogue, role: Role = Role.FACILITATOR) -> Replica:
        """A new member's replica, with everything that is there."""
        replica = self.opened(name, catalogue)
        join(replica, self.url, self.code(name, role), "laptop")
        exchanged(replica, self.url)
        return replica

    def opened(self, name: str, catalogue: Catalogue) -> Replica:
        """The replica of that name, as a program with this catalogue opens it."""
        seed = int.from_bytes(name.encode(), "big")
        clock = ManualClock(time.time_ns() // 1_000_000, seed=seed, step_ms=1)
        replica = Replica.open(self.folder / name, clock.as_clock, Setting(catalogue=catalogue))
        return self._open.enter_context(replica)

    def upgraded(self, name: str, replica: Replica, catalogue: Catalogue) -> Replica:
        """The same replica, opened by another version of the program."""
        replica.close()
        return self.opened(name, catalogue)

    def upgrade_server(self, patch: pytest.MonkeyPatch) -> None:
        """Stop the server and start it again, as the newer program."""
        self.server.stop()
        let_the_server_know(NEWER, patch)
        self.start_server()

    def start_server(self) -> None:
        """Start it on its folder and port."""
        port = int(self.url.rpartition(":")[2]) if self.url else 0
        self.server = EmbeddedServer(self.folder / "server", port)
        self.url = self.server.start()

    def agree(self, *replicas: Replica) -> None:
        """Everybody exchanges; all that they share is the same, by its digest and to the byte."""
        for replica in (*replicas, *replicas):
            agreed = exchanged(replica, self.url)
            assert agreed or replica is not replicas[-1]
        with self.server.site.database.read() as connection:
            kept = {row.hash: bytes(row.raw) for row in log_of(connection, self.community)}
        for replica in replicas:
            assert exchanged(replica, self.url)
            row = next(row for row in replica.spaces() if row.space == self.community)
            assert (row.floor, row.head, row.agreed) == (0, len(kept), True)
            assert self.groups_of(replica) == kept
        assert check(self.server.site).findings == []

    def groups_of(self, replica: Replica) -> dict[bytes, bytes]:
        """What the replica holds of the community: bytes by name."""
        with replica.read() as connection:
            found = connection.exec_driver_sql(
                "SELECT hash, raw FROM log WHERE space = ?", (self.community,)
            )
            return {row.hash: raw_of(row.raw) for row in found}


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A server of today's program with one community."""
    with ExitStack() as open_things:
        server = EmbeddedServer(tmp_path / "server")
        url = server.start()
        community = server.site.accounts.create_community(COMMUNITY).id
        bench = Bench(tmp_path, server, url, community, open_things)
        yield bench
        bench.server.stop()


def write_new_things(replica: Replica, space: Id) -> tuple[Id, Id]:
    """A topic and a song as only the newer program can write them: every rule is used."""
    with replica.write() as action:
        topic = action.create("topic", space, {"title": "Wet season roads", "mood": "stormy"})
        song = action.create("song", space, {"words": "Rain, rain", "topic": topic})
    with replica.write() as action:
        action.set("topic", topic, {"subtitle": "and barges", "origin": "a letter"})
        action.set("topic", topic, {"heard": {b"x": 7}})
        action.change_set("topic", topic, "labels", add=["roads", "rain"])
        action.change_set("song", song, "keys", add=["D"])
    for words in ("Once upon a wet season", "Once upon a very wet season"):
        with replica.write() as action:
            action.edit_text(
                "topic", topic, "story", words, base=replica.text("topic", topic, "story")
            )
            action.edit_text("song", song, "score", words, base=replica.text("song", song, "score"))
    with replica.write() as action:
        action.change_set("topic", topic, "labels", remove=["rain"])
    return topic, song


def assert_everything_shows(replica: Replica, topic: Id, song: Id) -> None:
    """What was written with `write_new_things`, and the older program's edit."""
    [row] = [row for row in rows_of(replica)["topic"] if row["id"] == topic]
    shown = ("title", "mood", "subtitle", "origin", "labels", "story", "pinned")
    assert [row[name] for name in shown] == [
        "Roads of the wet season",
        "stormy",
        "and barges",
        "a letter",
        '["roads"]',
        "Once upon a very wet season",
        None,
    ]
    [row] = rows_of(replica)["song"]
    assert [row[name] for name in ("id", "words", "keys", "score", "topic")] == [
        song,
        "Rain, rain",
        '["D"]',
        "Once upon a very wet season",
        topic,
    ]


def test_an_older_program_and_server_keep_what_a_newer_one_writes_until_they_know_it(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer, older = bench.joined("newer", NEWER), bench.joined("older", OLDER)
    topic, song = write_new_things(newer, bench.community)
    bench.agree(newer, older)
    assert "song" not in rows_of(older)
    assert [row["id"] for row in rows_of(older)["others"]] == [song]
    with older.write() as action:  # the older program writes to what it knows only in part
        action.set("topic", topic, {"title": "Roads of the wet season"})
        action.create("post", bench.community, {"topic": topic, "body": "Ours is closed."})
    bench.agree(older, newer)
    assert_everything_shows(newer, topic, song)

    bench.upgrade_server(monkeypatch)
    bench.agree(older, newer)
    older = bench.upgraded("older", older, NEWER)
    bench.agree(older, newer)
    assert_everything_shows(older, topic, song)
    assert rows_of(older) == rows_of(newer)
    late = bench.joined("late", NEWER)
    bench.agree(late, older, newer)
    assert_everything_shows(late, topic, song)


def test_what_needs_a_newer_version_is_told(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    newer, older = bench.joined("newer", NEWER), bench.joined("older", OLDER)
    topic, _ = write_new_things(newer, bench.community)
    bench.agree(newer, older)
    told = [revision.did for revision in Discussions(older).history(topic)]
    assert told.count(Did.NEEDS_NEWER) == 8
    assert (SyncStatus(older).standing().newer, SyncStatus(newer).standing().newer) == (1, 0)
    let_the_server_know(NEWER, monkeypatch)  # and services, from here on
    told = [revision.did for revision in Discussions(newer).history(topic)]
    assert Did.NEEDS_NEWER not in told


def test_an_older_program_works_with_a_newer_server(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.upgrade_server(monkeypatch)
    older, newer = bench.joined("older", OLDER), bench.joined("newer", NEWER)
    topic, song = write_new_things(newer, bench.community)
    bench.agree(newer, older)
    with older.write() as action:
        action.set("topic", topic, {"title": "Roads of the wet season"})
    bench.agree(older, newer)
    assert_everything_shows(newer, topic, song)
    assert older.waiting().refused == newer.waiting().refused == 0


def test_a_server_judges_what_it_has_learnt_and_lets_stand_what_it_let_through(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    author = bench.joined("author", NEWER)
    other = bench.joined("other", NEWER, Role.MEMBER)
    _, song = write_new_things(author, bench.community)
    bench.agree(author, other)
    with other.write() as action:  # only who made a song may change it, which the server knows not
        action.set("song", song, {"topic": None})
    bench.agree(other, author)
    bench.upgrade_server(monkeypatch)
    bench.agree(other, author)
    with other.write() as action:
        action.set("song", song, {"words": "Sun, sun"})
    exchanged(other, bench.url)
    assert other.waiting().refused == 1
    assert [row["words"] for row in rows_of(author)["song"]] == ["Rain, rain"]


@pytest.mark.parametrize(
    ("where", "theirs", "error", "words"),
    [
        ("sync.client.exchanging.PROTOCOL", 2, OlderServer, "server runs an older version"),
        ("sync.server.versions.PROTOCOL", 2, NeedsNewerProgram, "newer version of this program"),
    ],
)
def test_two_that_do_not_understand_each_other_say_which_is_older_and_lose_nothing(
    bench: Bench,
    monkeypatch: pytest.MonkeyPatch,
    where: str,
    theirs: int,
    error: type[SyncError],
    words: str,
) -> None:
    ann = bench.joined("ann", OLDER)
    with ann.write() as action:
        action.create("topic", bench.community, {"title": "Wet season roads"})
    with monkeypatch.context() as patch:
        patch.setattr(where, theirs)
        with pytest.raises(error) as raised:
            exchanged(ann, bench.url)
        message = Messages().for_error(raised.value)
        assert words in message.happened
        assert words in in_words(raised.value)
        assert "safe" in message.safe
        assert ann.waiting().groups == 1
    bench.agree(ann)
    assert ann.waiting().groups == 0


def test_a_replica_goes_back_to_an_older_program_and_forth_again(bench: Bench) -> None:
    replica = bench.joined("ann", NEWER)
    topic, song = write_new_things(replica, bench.community)
    replica = bench.upgraded("ann", replica, OLDER)
    with replica.write() as action:
        action.set("topic", topic, {"title": "Roads of the wet season"})
    bench.agree(replica)
    replica.rebuild()
    assert replica.check().problems == []
    replica = bench.upgraded("ann", replica, NEWER)
    assert_everything_shows(replica, topic, song)
    bench.agree(replica)


def test_operations_and_elements_of_a_far_newer_program_pass_to_the_byte(bench: Bench) -> None:
    ann = bench.joined("ann", OLDER)
    with ann.write() as action:
        topic = action.create("topic", bench.community, {"title": "Wet season roads"})
    bench.agree(ann)
    second = SecondReplica(bench.url)
    second.enrol(bench.code("Bo"))
    second.pull_all()
    clock = time.time_ns() // 1_000_000 << 16
    far = [
        [9, 10, topic, {"moved": [b"to", {"deep": [1, [2, [3]]]}]}],
        [3, 10, topic, [clock, second.id], "why"],
        [1, 10, topic, {950: {b"k": [1, None]}}, {}],
        [77, 888, bytes(16)],
    ]
    group = second.written(bench.community, clock, far)
    assert second.push([group])[0][0] == 1
    bench.agree(ann)
    assert bench.groups_of(ann)[group.name] == group.raw
    [row] = rows_of(ann)["topic"]
    assert (row["title"], row["trashed"]) == ("Wet season roads", False)
    dids = [revision.did for revision in Discussions(ann).history(topic)]
    assert dids.count(Did.NEEDS_NEWER) == 3
    assert ann.check().problems == []
