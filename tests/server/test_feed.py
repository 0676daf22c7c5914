"""The feed: everything arrives, newest first, within the budget, in order of importance."""

import random
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from sync.catalogue import CATALOGUE
from sync.catalogue.communities import texts_space
from sync.catalogue.declare import SpaceKind
from sync.core import exchange
from sync.core.errors import Malformed
from sync.core.exchange import Interval, SpaceReply, SyncRequest
from sync.core.group import group_hash
from sync.core.ids import Id, created_id
from sync.core.ops import SetFields
from sync.core.packing import PageGroup
from sync.core.signing import check_group_signature
from sync.server.choosing import Chooser
from sync.server.feed import Feed
from sync.server.rebuilding import log_of
from sync.server.site import open_site
from tests.server.conftest import COMMUNITY, Town
from tests.support.replica_model import ModelReplica, digest_of_all, direct
from tests.support.server_records import change, exactly, new, topic

REPLY = (
    "We had the same trouble after the first rains: the track past the second creek goes soft for a"
    " week, and the barge only takes pallets on Tuesdays. What worked was ringing the council the"
    " Friday before, so that the grader was out in time. Happy to send you the form we use."
)
WORDS = ["roads", "water", "generator", "attendance", "mentor", "barge", "wet season", "forum"]


def text_of(number: int, size: int) -> str:
    """Some text that does not pack to nothing."""
    return " ".join(f"{WORDS[(number * 7 + n * n) % 8]}{number * n % 97}" for n in range(size))


def write_texts(replica: ModelReplica, community: Id, count: int) -> None:
    texts = texts_space(community)
    for number in range(count):
        file = number.to_bytes(16, "big")
        record = CATALOGUE.by_name["extracted_text"].id_for(texts, file)
        make = change("extracted_text", record, file=file, text=text_of(number, 200))
        replica.write(texts, make)


def in_server(town: Town, space: Id) -> dict[int, tuple[Id, int, bytes]]:
    with town.site.database.read() as connection:
        return {row.position: (row.replica, row.seq, row.raw) for row in log_of(connection, space)}


def assert_holds_everything(town: Town, replica: ModelReplica) -> None:
    for space, holding in replica.spaces.items():
        kept = in_server(town, space)
        assert holding.groups == kept
        assert (holding.floor, holding.head) == (0, len(kept))
        if holding.told is not None and holding.told.head == holding.head:
            assert holding.told.digest == digest_of_all([raw for *_, raw in kept.values()])


def fresh(replica: ModelReplica) -> ModelReplica:
    """The same replica with nothing on its disk."""
    replica.spaces.clear()
    return replica


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Town, ModelReplica]]:
    """A town in which much was written, and a replica that wrote nothing."""
    folder: Path = tmp_path_factory.mktemp("full")
    with open_site(folder / "server") as site:
        town = Town(site, site.accounts.create_community(COMMUNITY).id)
        other = site.accounts.create_community("Elsewhere").id
        writer = town.join("Ann", None, COMMUNITY, "Elsewhere")
        for number in range(60):
            writer.write(town.community, topic(f"Topic {number}", text_of(number, number)))
            writer.write(other, topic(f"Other {number}", text_of(number + 100, 20)))
        write_texts(writer, town.community, 8)
        writer.sync_all(direct(site))
        yield town, town.join("Reader", None, COMMUNITY, "Elsewhere")


@pytest.fixture(scope="module")
def busy(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Town, ModelReplica, ModelReplica]]:
    """A town to write in, and two replicas that do."""
    folder: Path = tmp_path_factory.mktemp("busy")
    with open_site(folder / "server") as site:
        town = Town(site, site.accounts.create_community(COMMUNITY).id)
        yield town, town.join("Ann"), town.join("Ben")


def test_a_new_replica_gets_everything(full: tuple[Town, ModelReplica]) -> None:
    town, reader = full
    rounds = fresh(reader).sync_all(direct(town.site))
    assert rounds == 1
    assert_holds_everything(town, reader)
    assert len(reader.spaces) == 6


@settings(max_examples=12)
@given(budgets=st.lists(st.integers(1, 40_000), min_size=1, max_size=12))
def test_any_budgets_end_with_everything_and_every_page_brings_something(
    full: tuple[Town, ModelReplica], budgets: list[int]
) -> None:
    town, reader = full
    fresh(reader)
    more, rounds = True, 0
    while more:
        held = sum(len(holding.groups) for holding in reader.spaces.values())
        reply = reader.sync(direct(town.site), budgets[rounds % len(budgets)])
        more, rounds = reply.more, rounds + 1
        assert sum(len(holding.groups) for holding in reader.spaces.values()) > held
    assert_holds_everything(town, reader)
    assert reader.is_up_to_date(reader.sync(direct(town.site)))


def test_older_parts_stay_away_while_they_are_not_wanted(
    full: tuple[Town, ModelReplica],
) -> None:
    """As while they wait for cheap hours: the newest page, then nothing more is offered."""
    town, reader = full
    fresh(reader)
    reader.sync(direct(town.site), 3_000)
    holding = reader.spaces[town.community]
    floor = holding.floor
    assert floor > 0
    for _ in range(4):
        reply = reader.apply_without_history(direct(town.site))
    assert not reply.more
    assert (holding.floor, holding.head) == (floor, holding.told.server_head)
    assert not reply.page
    reader.sync_all(direct(town.site))
    assert_holds_everything(town, reader)


@settings(max_examples=25)
@given(
    steps=st.lists(
        st.one_of(
            st.tuples(st.just("pull"), st.integers(1, 6_000)),
            st.tuples(st.just("write"), st.integers(1, 4)),
            st.tuples(st.just("own"), st.integers(1, 3)),
        ),
        max_size=30,
    )
)
def test_pulling_while_others_and_the_replica_itself_write_ends_with_everything(
    busy: tuple[Town, ModelReplica, ModelReplica], steps: list[tuple[str, int]]
) -> None:
    town, writer, reader = busy
    fresh(reader)
    for step, amount in steps:
        if step == "pull":
            reader.sync(direct(town.site), amount)
            continue
        replica = writer if step == "write" else reader
        for number in range(amount):
            replica.write(town.community, topic(f"Meanwhile {number}", text_of(number, 30)))
        if step == "write":
            writer.sync(direct(town.site), budget_bytes=0)
    reader.sync_all(direct(town.site), 3_000)
    assert_holds_everything(town, reader)
    assert reader.is_up_to_date(reader.sync(direct(town.site)))


def test_the_first_page_brings_the_newest_of_each_community(
    full: tuple[Town, ModelReplica],
) -> None:
    town, reader = full
    fresh(reader)
    while not any(
        said.kind == SpaceKind.COMMUNITY and said.head
        for said in reader.sync(direct(town.site), 3_000).spaces
    ):
        assert len(reader.spaces) == 6, "told of all spaces at once"
    for space, holding in reader.spaces.items():
        if holding.told is not None and holding.told.kind == SpaceKind.COMMUNITY:
            assert holding.head == len(in_server(town, space)) > 0
            assert holding.floor > 0


def test_what_matters_more_comes_before_what_matters_less(
    full: tuple[Town, ModelReplica],
) -> None:
    town, reader = full
    fresh(reader)
    rank = {SpaceKind.DIRECTORY: 0, SpaceKind.PERSONAL: 1, SpaceKind.COMMUNITY: 2}
    complete_in: dict[SpaceKind, int] = {}
    more, number = True, 0
    while more:
        reply, number = reader.sync(direct(town.site), 4_000), number + 1
        more = reply.more
        for holding in reader.spaces.values():
            if holding.told is not None and (holding.head, holding.floor) != (0, 0):
                kind = SpaceKind(holding.told.kind)
                if holding.floor == 0:
                    complete_in[kind] = max(complete_in.get(kind, 0), number)
                complete_in.setdefault(kind, number)
    assert complete_in[SpaceKind.TEXTS] >= complete_in[SpaceKind.COMMUNITY]
    assert complete_in[SpaceKind.COMMUNITY] >= complete_in[SpaceKind.DIRECTORY]
    assert rank.keys() < complete_in.keys() | {SpaceKind.PERSONAL}


def test_pages_keep_to_the_budget_but_a_group_is_never_split(
    full: tuple[Town, ModelReplica],
) -> None:
    town, reader = full
    for budget in (1, 200, 2_000, 20_000):
        fresh(reader)
        more = True
        while more:
            before = sum(len(holding.groups) for holding in reader.spaces.values())
            reply = reader.sync(direct(town.site), budget)
            came = sum(len(holding.groups) for holding in reader.spaces.values()) - before
            assert len(reply.page) <= budget or came == 1
            more = reply.more


def test_a_budget_is_used_well(full: tuple[Town, ModelReplica]) -> None:
    town, reader = full
    reply = fresh(reader).sync(direct(town.site), 8_000)
    assert reply.more
    assert len(reply.page) > 4_000


def test_without_a_budget_nothing_comes_but_the_news_of_it(
    full: tuple[Town, ModelReplica],
) -> None:
    town, reader = full
    reply = fresh(reader).sync(direct(town.site), budget_bytes=0)
    assert reply.page == b""
    assert reply.more
    assert all((said.head, said.floor) == (0, 0) for said in reply.spaces)
    assert any(said.server_head > 60 for said in reply.spaces)


def test_new_groups_come_in_order_on_top_of_what_is_held(town: Town) -> None:
    ann, ben = town.join("Ann"), town.join("Ben")
    ben.sync_all(direct(town.site))
    head = ben.spaces[town.community].head
    for number in range(30):
        ann.write(town.community, topic(f"Topic {number}", text_of(number, 40)))
    ann.sync_all(direct(town.site))
    reply = ben.sync(direct(town.site), 2_000)
    assert head < ben.spaces[town.community].head < len(in_server(town, town.community))
    assert reply.more
    ben.sync_all(direct(town.site))
    assert_holds_everything(town, ben)


def test_what_is_new_comes_in_every_space(town: Town) -> None:
    ann, ben = town.join("Ann"), town.join("Ben")
    again = town.join("Ben")
    write_texts(ann, town.community, 1)
    ann.sync_all(direct(town.site))
    ben.sync_all(direct(town.site))
    write_texts(ann, town.community, 2)
    ann.write(town.community, topic())
    ann.sync_all(direct(town.site))
    again.write(again.joined.personal, exactly())
    again.sync_all(direct(town.site))
    town.join("Cara")
    ben.sync_all(direct(town.site))
    assert_holds_everything(town, ben)


def test_own_groups_come_back_by_reference_with_their_positions(town: Town) -> None:
    ann = town.join("Ann")
    ann.sync_all(direct(town.site))
    group = ann.write(town.community, topic("Roads", "x" * 3000))
    pushed = ann.page_groups([group])
    reply = ann.ask(ann.request(pushed), direct(town.site))
    page = ann.apply(reply)
    assert [(item.raw, item.position) for item in page] == [(None, reply.results[0].position)]
    assert len(reply.page) < 150


def test_a_complete_replica_is_told_nothing(town: Town) -> None:
    ann = town.join("Ann")
    ann.sync_all(direct(town.site))
    reply = ann.sync(direct(town.site))
    assert (reply.spaces, reply.lost, reply.page, reply.more) == ([], [], b"", False)


def test_a_replica_that_holds_something_else_is_told_the_servers_digest(town: Town) -> None:
    ann = town.join("Ann")
    ann.sync_all(direct(town.site))
    position, (replica, seq, raw) = next(iter(ann.spaces[town.community].groups.items()))
    ann.spaces[town.community].groups[position] = (replica, seq, raw + b"!")
    reply = ann.sync(direct(town.site))
    assert [said.space for said in reply.spaces] == [town.community]
    assert not ann.is_up_to_date(reply)
    assert not reply.more


def differing(replica: ModelReplica, space: Id) -> None:
    """Change the oldest group of a space on the replica's disk."""
    groups = replica.spaces[space].groups
    position = min(groups)
    at, seq, raw = groups[position]
    groups[position] = (at, seq, raw + b"!")


def test_of_a_space_on_which_they_differ_no_group_comes(town: Town) -> None:
    ann = town.join("Ann")
    ann.sync_all(direct(town.site))
    held = dict(ann.spaces[town.community].groups)
    differing(ann, town.community)
    ben = town.join("Ben")
    ben.write(town.community, topic())
    ben.sync_all(direct(town.site))
    reply = ann.ask(ann.request(), direct(town.site))
    directory = ann.joined.directory
    came = {item.space for item in ann.apply(reply)}
    assert (came, reply.more) == ({directory}, False)
    (said,) = [said for said in reply.spaces if said.space == town.community]
    assert (said.server_head, said.head, said.floor) == (3, 1, 0)
    assert said.digest == digest_of_all([raw for *_, raw in held.values()])


def test_what_is_agreed_below_a_difference_can_be_asked_for_without_a_budget(town: Town) -> None:
    ann = town.join("Ann")
    for _ in range(6):
        ann.write(town.community, topic())
    ann.sync_all(direct(town.site))
    kept = [raw for _, (*_, raw) in sorted(in_server(town, town.community).items())]
    for head in range(8):
        wrong = digest_of_all([*kept[:3], *(raw + b"!" for raw in kept[3:head])][:head])
        claim = Interval(town.community, head, 0, wrong)
        request = msgspec.structs.replace(ann.request(budget_bytes=0), spaces=[claim])
        reply = ann.ask(request, direct(town.site))
        (said,) = [said for said in reply.spaces if said.space == town.community]
        assert (said.server_head, said.head, said.floor) == (7, head, 0)
        assert (said.digest == wrong) == (head <= 3)
        assert said.digest == digest_of_all(kept[:head])
        assert reply.page == b""


def test_a_replica_ahead_of_a_restored_server_is_told_how_far_that_is(town: Town) -> None:
    ann = town.join("Ann")
    ann.sync_all(direct(town.site))
    ahead = [Interval(i.space, i.head + 5, 0, bytes(16)) for i in ann.request().spaces]
    reply = ann.ask(replaced(ann, ahead), direct(town.site))
    assert {said.head for said in reply.spaces} == {said.server_head for said in reply.spaces}
    assert not reply.more


def replaced(replica: ModelReplica, intervals: list[Interval]) -> SyncRequest:
    return msgspec.structs.replace(replica.request(), spaces=intervals)


@pytest.mark.parametrize(
    "interval",
    [
        Interval(bytes(16), 3, 5, bytes(16)),
        Interval(bytes(16), -1, -1, bytes(16)),
        Interval(bytes(15), 1, 0, bytes(16)),
        Interval(bytes(16), 1 << 63, 0, bytes(16)),
    ],
)
def test_intervals_that_are_none_are_malformed(town: Town, interval: Interval) -> None:
    ann = town.join("Ann")
    with pytest.raises(Malformed):
        ann.ask(replaced(ann, [interval]), direct(town.site))


def test_the_same_space_twice_is_malformed(town: Town) -> None:
    ann = town.join("Ann")
    twice = [Interval(town.community, 0, 0, bytes(16))] * 2
    with pytest.raises(Malformed):
        ann.ask(replaced(ann, twice), direct(town.site))


def test_spaces_of_others_are_lost_and_never_fed(town: Town) -> None:
    ann, ben = town.join("Ann"), town.join("Ben")
    ann.sync_all(direct(town.site))
    town.site.accounts.end_membership(ann.member, town.community)
    prying = Interval(ben.joined.personal, 0, 0, bytes(16))
    reply = ann.ask(replaced(ann, [*ann.request().spaces, prying]), direct(town.site))
    gone = {town.community, texts_space(town.community), ben.joined.personal}
    assert set(reply.lost) == gone - {prying.space}, "what one belonged to once"
    (said,) = [said for said in reply.spaces if said.space in gone]
    assert said == SpaceReply(prying.space, "", 0, 0, 0, bytes(16))
    unpacked = ann.apply(reply)
    assert not {item.space for item in unpacked} & gone


def test_a_space_that_is_not_here_is_told_like_one_that_is_not_theirs_and_given_up_for_neither(
    town: Town,
) -> None:
    ann, ben = town.join("Ann"), town.join("Ben")
    ann.sync_all(direct(town.site))
    for space in (random.Random(7).randbytes(16), ben.joined.personal):
        made_later = Interval(space, 9, 2, b"d" * 16)
        reply = ann.ask(replaced(ann, [*ann.request().spaces, made_later]), direct(town.site))
        assert reply.lost == []
        assert [s for s in reply.spaces if s.space == space] == [
            SpaceReply(space, "", 0, 0, 0, bytes(16))
        ]
        assert not reply.more


def test_whoever_holds_a_whole_chain_holds_a_signature_that_proves_all_of_it(town: Town) -> None:
    ann, ben = town.join("Ann"), town.join("Ben")
    for _ in range(5):
        ann.write(town.community, topic())
    ann.sync_all(direct(town.site))
    ben.write(town.community, topic())
    ben.sync(direct(town.site), budget_bytes=0)
    page = ben.apply(ben.ask(ben.request(), direct(town.site)))
    signed = [(g.space, g.replica, g.seq) for g in page if g.signature]
    tips: dict[tuple[Id, Id], int] = {}
    for group in page:
        if group.raw is not None:
            chain = (group.space, group.replica)
            tips[chain] = max(group.seq, tips.get(chain, 0))
    assert sorted(signed) == sorted((*chain, seq) for chain, seq in tips.items())
    ann.write(town.community, topic())
    ann.sync_all(direct(town.site))
    (fresh,) = ben.apply(ben.ask(ben.request(), direct(town.site)))
    check_group_signature(ann.key.public, group_hash(fresh.raw or b""), fresh.signature)


def test_a_pulled_reply_grows_by_its_signature_and_little_more(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, ben = town.join("Ann"), town.join("Ben")
    ben.sync_all(direct(town.site))
    idle = len(exchange_frame(ben, town))
    ann.write(town.community, new("post", topic=bytes(range(16)), body=REPLY))
    ann.sync_all(direct(town.site))
    with_proof = len(exchange_frame(ben, town))
    monkeypatch.setattr(Feed, "_signed_tip", lambda _self, _space, _replica: None)
    assert 64 <= with_proof - len(exchange_frame(ben, town)) <= 70
    assert idle == 82, "the answer to an idle check has room for nothing else"


def exchange_frame(replica: ModelReplica, town: Town) -> bytes:
    """The bytes of an answer, which is not applied."""
    key = replica.joined.frame_key
    return direct(town.site)(exchange.encode_request(replica.id, replica.request(), key))


def test_a_member_who_comes_back_gets_the_community_again(town: Town) -> None:
    ann, ben = town.join("Ann"), town.join("Ben")
    ann.write(town.community, topic())
    ann.sync_all(direct(town.site))
    town.site.accounts.end_membership(ann.member, town.community)
    ben.write(town.community, topic("Meanwhile"))
    ben.sync_all(direct(town.site))
    ann.sync_all(direct(town.site))
    assert town.community in ann.lost
    town.join("Ann")
    ann.sync_all(direct(town.site))
    assert_holds_everything(town, ann)
    assert town.community in ann.spaces


def test_spaces_tell_their_kind_and_what_they_belong_beside(town: Town) -> None:
    ann = town.join("Ann")
    told = {said.space: (said.kind, said.parent) for said in ann.sync(direct(town.site)).spaces}
    assert told == {
        ann.joined.directory: ("directory", b""),
        ann.joined.personal: ("personal", b""),
        town.community: ("community", b""),
        texts_space(town.community): ("texts", town.community),
    }


def test_a_page_that_does_not_pack_is_chosen_anew_smaller(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, ben = town.join("Ann"), town.join("Ben")
    for number in range(12):
        values = {1: f"Topic {number}", 900: random_bytes(900_000, number)}
        ann.write(town.community, lambda maker, v=values: [SetFields(10, created_id(maker, 0), v)])
        ann.sync(direct(town.site), budget_bytes=0)
    chosen: list[int] = []
    original = Chooser.chosen

    def counting(self: Chooser, standings):  # type: ignore[no-untyped-def]
        chosen.append(self._left_bytes)
        return original(self, standings)

    monkeypatch.setattr(Chooser, "chosen", counting)
    ben.sync(direct(town.site), 1 << 30)
    assert len(chosen) > 1, "the first choice was too large for one page"
    ben.sync_all(direct(town.site), 1 << 30)
    assert_holds_everything(town, ben)


def random_bytes(size: int, seed: int) -> bytes:
    return random.Random(seed).randbytes(size)


def test_a_log_with_a_hole_is_not_asked_for_again_and_again(town: Town) -> None:
    ann = town.join("Ann")
    ann.sync_all(direct(town.site))
    with town.site.database.write() as connection:
        connection.execute(text("UPDATE spaces SET head = head + 1"))
    reply = ann.ask(ann.request(), direct(town.site))
    assert (reply.page, reply.more) == (b"", False)
    assert len(reply.spaces) == 4


def test_pages_are_made_of_whole_runs_only(town: Town) -> None:
    ann, ben = town.join("Ann"), town.join("Ben")
    for _ in range(10):
        ann.write(town.community, exactly())
    ann.sync_all(direct(town.site))
    page: list[PageGroup] = ben.apply(ben.ask(ben.request(), direct(town.site)))
    positions = [item.position for item in page if item.space == town.community]
    assert positions == list(range(1, len(positions) + 1))
