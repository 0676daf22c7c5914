"""A reply in several frames: each as if asked for anew, all of them packed as one."""

from collections.abc import Iterator
from itertools import chain

import msgspec
import pytest

from sync.core import exchange
from sync.core.exchange import Outcome, SyncReply
from sync.core.packing import Unpacker
from sync.server import exchanging
from sync.server.errors import Rejected
from sync.server.exchanging import Answer
from tests.server.conftest import Town
from tests.support.replica_model import ModelReplica, direct
from tests.support.server_records import new, topic

FRAME_BYTES = 300
WORDS = "Rain has cut the road, so the truck waits at the crossing. "


def write_some(ann: ModelReplica, town: Town, count: int = 30) -> None:
    """Replies, at the server."""
    for number in range(count):
        body = f"{number} {WORDS}"
        ann.write(town.community, new("post", topic=bytes(range(16)), body=body))
    ann.sync_all(direct(town.site))


def asked(
    replica: ModelReplica, town: Town, budget_bytes: int = 1 << 20
) -> tuple[Answer, Iterator[SyncReply]]:
    """The answer to a request that can read a series, and the frames of it."""
    sent = replica.unsent()
    request = replica.request(replica.page_groups(sent), budget_bytes)
    request = msgspec.structs.replace(request, frame_bytes=FRAME_BYTES)
    frame = exchange.encode_request(replica.id, request, replica.joined.frame_key)
    answer = town.site.exchanging.answered(town.site.exchanging.asked(frame))

    def frames() -> Iterator[SyncReply]:
        for number, found in enumerate(chain([answer.frame], answer.rest or ())):
            yield exchange.decode_reply(found, replica.joined.frame_key, request.nonce, number)

    return answer, frames()


def take(
    replica: ModelReplica, frames: Iterator[SyncReply], unpacker: Unpacker | None = None
) -> list[SyncReply]:
    """Apply them one by one, by all rules of a reply. unpacker: of the frames before."""
    unpacker, taken = unpacker or Unpacker(), []
    for reply in frames:
        replica.apply(reply, unpacker.unpack)
        for said in reply.spaces:
            assert said.digest == replica.spaces[said.space].interval(said.space).digest
        taken.append(reply)
    return taken


def test_a_series_brings_all_that_a_large_page_brings(town: Town) -> None:
    ann, ben, cem = town.join("Ann"), town.join("Ben"), town.join("Cem")
    write_some(ann, town)
    _, frames = asked(ben, town)
    replies = take(ben, frames)
    assert len(replies) > 3
    assert [reply.number for reply in replies] == list(range(len(replies)))
    assert [reply.follows for reply in replies] == [True] * (len(replies) - 1) + [False]
    assert not replies[-1].more
    cem.sync_all(direct(town.site))
    assert ben.spaces[town.community].groups == cem.spaces[town.community].groups


def test_what_came_before_a_cut_is_held_and_the_rest_comes_with_the_next_request(
    town: Town,
) -> None:
    ann, ben = town.join("Ann"), town.join("Ben")
    write_some(ann, town)
    _, frames = asked(ben, town)
    take(ben, iter([next(frames), next(frames)]))
    held = ben.spaces[town.community].interval(town.community)
    assert 0 < held.floor < held.head
    frames.close()  # type: ignore[attr-defined]
    take(ben, asked(ben, town)[1])
    assert ben.spaces[town.community].interval(town.community).floor == 0


def test_a_series_keeps_to_its_budget(town: Town) -> None:
    ann, ben = town.join("Ann"), town.join("Ben")
    write_some(ann, town)
    _, frames = asked(ben, town, budget_bytes=3 * FRAME_BYTES)
    replies = take(ben, frames)
    assert 1 < len(replies) < 6
    assert sum(len(reply.page) for reply in replies) < 5 * FRAME_BYTES
    assert replies[-1].more


def test_what_fits_a_frame_comes_in_one(town: Town) -> None:
    ann, ben = town.join("Ann"), town.join("Ben")
    take(ben, asked(ben, town)[1])
    write_some(ann, town, 1)
    answer, frames = asked(ben, town)
    assert answer.rest is None
    assert list(answer.pieces()) == [answer.frame]
    assert [reply.follows for reply in take(ben, frames)] == [False]


def test_whoever_does_not_ask_for_a_series_gets_none(town: Town) -> None:
    ann, ben = town.join("Ann"), town.join("Ben")
    write_some(ann, town)
    frame = exchange.encode_request(ben.id, ben.request(), ben.joined.frame_key)
    assert town.site.exchanging.answered(town.site.exchanging.asked(frame)).rest is None


def test_what_is_written_while_a_series_goes_comes_with_it(town: Town) -> None:
    ann, ben, cem = town.join("Ann"), town.join("Ben"), town.join("Cem")
    write_some(ann, town)
    _, frames = asked(ben, town)
    unpacker = Unpacker()
    first = take(ben, iter([next(frames)]), unpacker)
    cem.sync_all(direct(town.site))
    cem.write(town.community, topic())
    cem.sync_all(direct(town.site))
    take(ben, frames, unpacker)
    assert first[0].follows
    assert ben.spaces[town.community].groups == cem.spaces[town.community].groups | {
        position: held
        for position, held in ben.spaces[town.community].groups.items()
        if held[0] == cem.id
    }


def test_a_series_ends_when_access_is_taken_back(town: Town) -> None:
    ann, ben = town.join("Ann"), town.join("Ben")
    write_some(ann, town)
    _, frames = asked(ben, town)
    next(frames)
    town.site.accounts.revoke(ben.id)
    with pytest.raises(Rejected):
        next(frames)


def test_only_so_many_go_at_a_time(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchanging, "MOST_SERIES", 2)
    ann, ben = town.join("Ann"), town.join("Ben")
    write_some(ann, town)
    one, two = asked(ben, town)[0], asked(ben, town)[0]
    assert one.rest is not None
    assert two.rest is not None
    assert asked(ben, town)[0].rest is None
    del one  # nobody reads it any more
    assert asked(ben, town)[0].rest is not None


def test_groups_that_came_with_the_request_are_not_sent_back(town: Town) -> None:
    ann, ben = town.join("Ann"), town.join("Ben")
    take(ann, asked(ann, town)[1])
    take(ben, asked(ben, town)[1])
    ben.write(town.community, topic())
    ben.sync_all(direct(town.site))
    ann.write(town.community, topic())
    ann.write(town.community, topic())
    reply = next(asked(ann, town)[1])
    assert [result.outcome for result in reply.results] == [Outcome.KEPT] * 2
    positions = [result.position for result in reply.results]
    said = next(said for said in reply.spaces if said.space == town.community)
    assert said.head == max(positions) == said.server_head
    page = Unpacker().unpack(reply.page, ann._known)
    assert {item.replica for item in page} == {ben.id}
    assert max(item.position for item in page) < min(positions)
    again = next(asked(ann, town)[1])
    assert [result.outcome for result in again.results] == [Outcome.ALREADY_HAD] * 2
    references = Unpacker().unpack(again.page, ann._known)
    assert [item.position for item in references if item.raw is None] == positions, (
        "only who was told just now knows when they were received"
    )
