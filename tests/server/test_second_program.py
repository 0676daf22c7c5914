"""A second program, written from `docs/protocol.md` alone, takes part at the real server.

Where this fails and the program's own tests do not, the page is what is wrong.
"""

import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cop_desktop.joining import join
from cop_desktop.services.discussions import Discussions, NewTopic, TopicEdit
from cop_desktop.services.library import Library, NewItem
from cop_desktop.services.meetings import Meetings, NewMeeting
from cop_desktop.store import Replica
from sync.core.ids import Id
from sync.server.embedded import EmbeddedServer
from sync.server.invites import Guest
from sync.server.rebuilding import log_of
from tests.server.conftest import COMMUNITY, Town
from tests.support.hostile_desk import exchanged, exchanger
from tests.support.replicas import ManualClock, opened, rows_of
from tests.support.second.groups import Group, check_signature, is_known
from tests.support.second.names import chunk_name, content_hash, created_id, natural_id
from tests.support.second.packed import packed, unpacked
from tests.support.second.replica import SecondReplica

Served = tuple[str, Town]
CONTENT = bytes(range(256)) * 1_000
KEY, COMMUNITY_KIND, TOPIC, REACTION, FILE = 3, 5, 10, 12, 21
TITLE, TAGS = 1, 4
KEPT, HAD, REFUSED = 1, 2, 3


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A running server with one community."""
    server = EmbeddedServer(tmp_path_factory.mktemp("second") / "server")
    url = server.start()
    try:
        yield url, Town(server.site, server.site.accounts.create_community(COMMUNITY).id)
    finally:
        server.stop()


@pytest.fixture(scope="module")
def ann(served: Served) -> Iterator[Replica]:
    """A replica of the program, in which something of every sort was written and sent."""
    url, town = served
    folder = town.site.folder.with_name("ann")
    with opened(folder, ManualClock(time.time_ns() // 1_000_000)) as replica:
        join(replica, url, town.site.invites.invite(Guest("Ann", (COMMUNITY,))).code, "laptop")
        exchanged(replica, url)
        _write_much(replica, town.community, folder)
        with exchanger(replica, url) as talking:
            while talking.round().more:
                continue
            while talking.pieces_wait():
                talking.move_piece()
        yield replica


def _write_much(replica: Replica, space: Id, folder: Path) -> None:
    """Every operation, long and short texts, sets, maps, files."""
    discussions, meetings, library = Discussions(replica), Meetings(replica), Library(replica)
    tagged = NewTopic("Wet season roads", body="When does yours close?", tags=("roads", "wet"))
    topic = discussions.start_topic(space, tagged).id
    post = discussions.reply(topic, "In December. " * 40).id
    discussions.edit_post(post, "In January.")
    discussions.react(topic, "thanks")
    discussions.edit_topic(topic, TopicEdit(tags=("roads", "dry")))
    discussions.mark_read(topic)
    discussions.move_to_trash(post)
    discussions.restore(post)
    starts = datetime(2026, 8, 12, 7, 30, tzinfo=UTC)
    meeting = meetings.add_meeting(space, NewMeeting("Second Wednesday forum", starts)).id
    for text in ("Roads were discussed.", "All roads were discussed, and staffing."):
        meetings.save_notes(meeting, text, meetings.meeting(meeting).notes)
    item = library.add_item(space, NewItem("Road closures guide")).id
    path = folder / "guide.dat"
    path.write_bytes(CONTENT)
    library.attach(item, path)


@pytest.fixture(scope="module")
def second(served: Served, ann: Replica) -> SecondReplica:
    """The other program, enrolled, with everything that is there."""
    url, town = served
    replica = SecondReplica(url)
    replica.enrol(town.site.invites.invite(Guest("Bo", (COMMUNITY,))).code)
    replica.pull_all()
    return replica


def made(second: SecondReplica, space: Id, kind: int, fields: dict[int, Any]) -> Group:
    """A group that makes a record, not sent."""
    clock = time.time_ns() // 1_000_000 << 16
    seq = len(second.own.get(space, [])) + 1
    record = created_id(space, second.id, seq, clock, 0)
    return second.written(space, clock, [[1, kind, record, fields, {}]])


def test_it_reads_everything_to_the_byte(
    served: Served, ann: Replica, second: SecondReplica
) -> None:
    url, town = served
    with town.site.database.read() as connection:
        for space, held in second.spaces.items():
            rows = {row.position: bytes(row.raw) for row in log_of(connection, space)}
            assert {position: group.raw for position, group in held.groups.items()} == rows
    community = second.spaces[town.community]
    operations = [op for group in community.groups.values() for op in group.operations]
    assert {op[0] for op in operations} == {1, 2, 3, 4, 5}
    assert all(map(is_known, operations))
    assert exchanged(ann, url)
    digests = {row.space: row.digest for row in ann.spaces()}
    assert community.interval(town.community)[3] == digests[town.community]


def test_what_it_writes_is_taken_once_and_read_by_everybody(
    served: Served, ann: Replica, second: SecondReplica
) -> None:
    url, town = served
    space, me = town.community, second.joined.member
    first = made(second, space, TOPIC, {TITLE: "From the second program"})
    topic = first.operations[0][2]
    thanks = natural_id(REACTION, space, topic, me, "thanks")
    fields = {1: topic, 2: me, 3: "thanks", 4: True}
    replaced = [1, TOPIC, topic, {TITLE: "From a second program"}, {TITLE: [first.stamp]}]
    tagged = [5, TOPIC, topic, TAGS, ["second"], []]
    later = second.written(
        space, first.clock + 1, [[1, REACTION, thanks, fields, {}], replaced, tagged]
    )
    assert [result[0] for result in second.push([first, later])] == [KEPT, KEPT]
    assert [result[0] for result in second.push([first, later])] == [HAD, HAD]
    second.pull_all()
    exchanged(ann, url)
    row = next(row for row in rows_of(ann)["topic"] if row["id"] == topic)
    assert (row["title"], row["tags"]) == ("From a second program", '["second"]')
    assert row["versions"] == 0
    assert [r["id"] for r in rows_of(ann)["reaction"] if r["target"] == topic] == [thanks]
    assert ann.check().problems == []


def test_it_reads_a_reply_in_many_frames_and_leaves_out_what_it_pushed_itself(
    served: Served, ann: Replica, second: SecondReplica
) -> None:
    url, town = served
    dice = random.Random(1)
    discussions = Discussions(ann)
    for number in range(60):
        words = " ".join(dice.randbytes(6).hex() for _ in range(80))
        discussions.start_topic(town.community, NewTopic(f"Topic {number}", body=words))
    assert exchanged(ann, url)
    late = SecondReplica(url)
    late.enrol(town.site.invites.invite(Guest("Eva", (COMMUNITY,))).code)
    replies = late.sync(frame_bytes=8_000)
    assert len(replies) >= 3
    assert [reply.results for reply in replies] == [[]] * len(replies)
    while late.sync(frame_bytes=8_000)[-1].more:
        continue
    with town.site.database.read() as connection:
        rows = {row.position: bytes(row.raw) for row in log_of(connection, town.community)}
    held = late.spaces[town.community]
    assert {position: group.raw for position, group in held.groups.items()} == rows
    group = made(late, town.community, TOPIC, {TITLE: "Left out of the answer"})
    ((outcome, position, _),) = late.push([group], frame_bytes=8_000)
    assert (outcome, held.groups[position].name) == (KEPT, group.name)


def test_it_moves_files(served: Served, second: SecondReplica) -> None:
    _, town = served
    operations = [op for g in second.spaces[town.community].groups.values() for op in g.operations]
    fields = next(op[3] for op in operations if op[:2] == [1, FILE])
    names = [fields[6][at : at + 16] for at in range(0, len(fields[6]), 16)]
    chunks = [second.chunk_call("GET", f"/v1/chunks/{name.hex()}") for name in names]
    assert [chunk_name(chunk) for chunk in chunks] == names
    assert b"".join(chunks) == CONTENT
    assert content_hash(CONTENT) == fields[5]
    rest = second.chunk_call("GET", f"/v1/chunks/{names[0].hex()}/100000")
    assert rest == chunks[0][100_000:]

    own = b"A file of the second program."
    target, name = fields[1], chunk_name(own)
    about = {1: target, 2: "b.bin", 3: "application/octet-stream", 4: len(own)}
    about |= {5: content_hash(own), 6: name}
    assert second.push([made(second, town.community, FILE, about)])[0][0] == KEPT
    asked = packed([name, names[0]])
    assert unpacked(second.chunk_call("POST", "/v1/chunks/missing", asked)) == [name]
    assert unpacked(second.chunk_call("POST", "/v1/chunks/held", name)) == 0
    assert second.chunk_call("PUT", f"/v1/chunks/{name.hex()}", own) == b""
    assert unpacked(second.chunk_call("POST", "/v1/chunks/missing", asked)) == []


def test_it_is_told_why_something_is_refused(served: Served, second: SecondReplica) -> None:
    made_up = made(second, second.joined.directory, COMMUNITY_KIND, {TITLE: "A community"})
    (result,) = second.push([made_up])
    assert (result[0], result[2]) == (REFUSED, "server_only")


def test_it_goes_on_under_another_id(served: Served, ann: Replica, second: SecondReplica) -> None:
    _, town = served
    second.rename()
    group = made(second, town.community, TOPIC, {TITLE: "Under another id"})
    assert second.push([group])[0][0] == KEPT


def test_what_it_holds_proves_who_wrote_it(served: Served, second: SecondReplica) -> None:
    _, town = served
    keys = {
        op[3][1]: op[3][3]
        for group in second.spaces[second.joined.directory].groups.values()
        for op in group.operations
        if op[:2] == [1, KEY] and 3 in op[3]
    }
    held = second.spaces[town.community]
    proven = {held.groups[position].replica for position in held.signatures}
    others = [group for group in held.groups.values() if group.author != second.joined.member]
    assert proven == {group.replica for group in others}
    for position, signature in held.signatures.items():
        group = held.groups[position]
        key = keys.get(group.replica, second.joined.server_key)
        check_signature(group.name, signature, key)
