"""Making the sample community: the real way, whole or not at all."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cop_desktop.commands.session import system_clock
from cop_desktop.demo.content import Sample
from cop_desktop.demo.seeding import MEMBERS, SERVER, community_in, made_at, seed
from cop_desktop.services.care import Care
from cop_desktop.services.communities import Communities
from cop_desktop.services.discussions import Discussions
from cop_desktop.services.following import Level
from cop_desktop.services.library import Library
from cop_desktop.services.meetings import Meetings
from cop_desktop.services.search import Search
from cop_desktop.services.sync_status import SyncStatus
from cop_desktop.store import Replica
from sync.server.checking import check
from sync.server.site import open_site
from tests.support.small_sample import WORDS_IN_FILE, small_sample


class BrokenOff(Exception):
    """What stands for the person who cancels."""


@pytest.fixture
def sample(tmp_path: Path) -> Sample:
    return small_sample(tmp_path / "sample")


def read_text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def nobody(_done: int, _total: int) -> None:
    """Hears nothing."""


def made(folder: Path, sample: Sample) -> Path:
    seed(folder, sample, read_text, nobody)
    community = community_in(folder)
    assert community is not None
    return community


@dataclass
class Making:
    """A community that was made while somebody watched; for reading only."""

    community: Path
    told: list[tuple[int, int]]
    began: datetime


@pytest.fixture(scope="module")
def making(tmp_path_factory: pytest.TempPathFactory) -> Making:
    folder = tmp_path_factory.mktemp("making")
    began = datetime.now(UTC)
    told: list[tuple[int, int]] = []
    sample = small_sample(folder / "sample")
    seed(folder / "demo", sample, read_text, lambda done, total: told.append((done, total)))
    community = community_in(folder / "demo")
    assert community is not None
    return Making(community, told, began)


def test_everything_in_the_sample_reaches_the_first_member(making: Making) -> None:
    with Replica.open(making.community / MEMBERS / "ben", system_clock()) as replica:
        mine = Communities(replica).mine()[0]
        assert (mine.name, mine.members, mine.complete) == ("Small community", 3, True)
        topic = Discussions(replica).topics(mine.id)[0]
        posts = Discussions(replica).thread(topic.id).posts
        said = ["We do too.", "Here is ours.", "It worked, @Cleo.", "Here too."]
        assert [post.body for post in posts] == said
        assert {reaction.count for reaction in posts[1].reactions if reaction.count} == {2}
        assert [item.status for item in Library(replica).items(mine.id)] == ["published"]
        now = datetime.now(UTC)
        held = Meetings(replica).meetings(mine.id, now - timedelta(days=40), now)
        assert [meeting.title for meeting in held if meeting.id] == ["Heat"]
        assert Search(replica).find(WORDS_IN_FILE)
        standing = SyncStatus(replica).standing()
        assert (standing.waiting, standing.refused, standing.agreed) == (0, 0, True)


def test_what_people_did_with_it_reaches_the_first_member_as_well(making: Making) -> None:
    with Replica.open(making.community / MEMBERS / "ben", system_clock()) as replica:
        space = Communities(replica).mine()[0].id
        topic, remembered = Discussions(replica).topics(space)
        assert (topic.ended, topic.level) == (True, Level.FOLLOW)
        assert list(Care(replica).flagged([topic.id, remembered.id])) == [remembered.id]
        library = Library(replica)
        item = library.item(library.items(space)[0].id)
        assert [(use.member, use.text) for use in item.uses] == [("Ben", "On our wall.")]
        assert item.thanks is not None
        assert item.thanks.count == 1
        assert item.reviewer == "Ben"
        assert library.citation(item.id).apa.startswith("Lamp, C. (")
        now = datetime.now(UTC)
        meetings = Meetings(replica)
        held = meetings.meetings(space, now - timedelta(days=40), now)
        meeting = meetings.meeting(next(row.id for row in held if row.id))
        assert meeting.summary.text == "Start early."
        assert [said.text for said in meeting.feedback] == ["Short and good."]


def test_the_first_two_members_hold_the_same_and_the_server_finds_nothing_wrong(
    making: Making,
) -> None:
    digests = []
    for key in ("ben", "cleo"):
        with Replica.open(making.community / MEMBERS / key, system_clock()) as replica:
            held = {i.space: (i.head, i.digest) for i in replica.sync_side.intervals()}
            digests.append(held[Communities(replica).mine()[0].id])
    assert digests[0] == digests[1]
    with open_site(making.community / SERVER) as site:
        assert check(site).findings == []


def test_it_is_known_when_it_was_made(making: Making) -> None:
    assert making.began <= made_at(making.community) <= datetime.now(UTC)


def test_progress_only_grows_and_ends_with_everything_done(making: Making) -> None:
    told = making.told
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]
    assert len({total for _, total in told}) == 1


def test_breaking_it_off_leaves_nothing_behind(tmp_path: Path, sample: Sample) -> None:
    def break_off(done: int, total: int) -> None:
        if done > total // 2:
            raise BrokenOff

    with pytest.raises(BrokenOff):
        seed(tmp_path / "demo", sample, read_text, break_off)
    assert community_in(tmp_path / "demo") is None
    assert list((tmp_path / "demo").iterdir()) == []


def test_what_a_killed_try_left_is_removed(tmp_path: Path, sample: Sample) -> None:
    left = tmp_path / "demo" / "making" / "members" / "ben"
    left.mkdir(parents=True)
    (left / "replica.db").write_bytes(b"half of a database")
    made(tmp_path / "demo", sample)
    assert not (tmp_path / "demo" / "making").exists()


def test_making_it_anew_takes_the_place_of_the_old_one_only_when_it_is_whole(
    tmp_path: Path, sample: Sample
) -> None:
    first = made_at(made(tmp_path / "demo", sample))

    def break_off(_done: int, _total: int) -> None:
        raise BrokenOff

    with pytest.raises(BrokenOff):
        seed(tmp_path / "demo", sample, read_text, break_off)
    kept = community_in(tmp_path / "demo")
    assert kept is not None
    assert made_at(kept) == first
    assert made_at(made(tmp_path / "demo", sample)) > first
