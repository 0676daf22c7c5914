"""Pages that cannot be right: nothing of them is applied."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select, update

from cop_desktop.store import Replica, sidecar
from cop_desktop.store.errors import BadPage, NewerPage, StoreError
from cop_desktop.store.kept import ACCOUNT, IDENTITY, LOG, OUTBOX, SPACES
from sync.core.exchange import Outcome, Result, SpaceReply, SyncReply
from sync.core.group import group_hash
from sync.core.packing import PageGroup
from tests.support.ledgers import Ledger, exchange, settle
from tests.support.replicas import BEN, COMMUNITY, EPOCH, NOON_MS, enrolled, rows_of

replace = msgspec.structs.replace


@dataclass
class Scene:
    """Ben holds positions 3 to 6 of ten groups; a page with 7 to 10 and 1 to 2 would be right."""

    ben: Replica
    groups: list[PageGroup]

    @property
    def right_page(self) -> list[PageGroup]:
        return [*self.groups[6:], *self.groups[:2]]

    def absorb(self, page: list[PageGroup], results: list[Result], sent: list[PageGroup]) -> None:
        told = SpaceReply(COMMUNITY, "community", 10, 10, 0, bytes(16))
        reply = SyncReply(b"changed!", b"n" * 8, NOON_MS, results, [told], [], b"", more=True)
        self.ben.sync_side.absorb(page, reply, sent)

    def everything(self) -> object:
        with self.ben.read() as rows:
            kept = [
                [tuple(row) for row in rows.execute(select(table))]
                for table in (LOG, OUTBOX, SPACES, ACCOUNT, IDENTITY)
            ]
        return kept, rows_of(self.ben)


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    ledger = Ledger()
    with enrolled(tmp_path / "anna") as anna:
        with anna.write() as action:
            topic = action.create("topic", COMMUNITY, {"title": "Attendance"})
        for number in range(9):
            with anna.write() as action:
                action.create("post", COMMUNITY, {"topic": topic, "body": str(number)})
        settle(anna.sync_side, ledger)
    groups = ledger.groups[COMMUNITY]
    with enrolled(tmp_path / "ben", member=BEN, name="Ben") as ben:
        ledger.groups[COMMUNITY] = groups[:6]
        exchange(ben.sync_side, ledger, most=4)
        with ben.write() as action:
            action.create("topic", COMMUNITY, {"title": "Ben's own"})
        yield Scene(ben, groups)


def forged(group: PageGroup, **changes: object) -> PageGroup:
    """The group with other elements in its envelope: 3 seq, 4 prev, 5 author, 9 operations."""
    elements = msgspec.msgpack.decode(group.raw or b"")
    for name, value in changes.items():
        elements[{"version": 0, "seq": 3, "prev": 4, "author": 5, "ops": 9}[name]] = value
    return replace(group, raw=msgspec.msgpack.encode(elements))


Spoil = Callable[[list[PageGroup]], list[PageGroup]]

SPOILED: dict[str, tuple[Spoil, type[StoreError]]] = {
    "a gap above head": (lambda page: page[1:], BadPage),
    "a gap inside": (lambda page: [page[0], *page[2:]], BadPage),
    "a gap below floor": (lambda page: page[:-1], BadPage),
    "no position": (lambda page: [replace(page[0], position=0), *page[1:]], BadPage),
    "a position twice": (
        lambda page: [page[0], replace(page[1], position=page[0].position), *page[2:]],
        BadPage,
    ),
    "a group twice": (
        lambda page: [*page[:4], replace(page[3], position=11), *page[4:]],
        BadPage,
    ),
    "another seq than it says": (lambda page: [replace(page[0], seq=99), *page[1:]], BadPage),
    "another replica than it says": (
        lambda page: [replace(page[0], replica=b"z" * 16), *page[1:]],
        BadPage,
    ),
    "bytes that are no group": (
        lambda page: [replace(page[0], raw=b"\xc1\xc1"), *page[1:]],
        BadPage,
    ),
    "a newer group": (lambda page: [forged(page[0], version=2), *page[1:]], NewerPage),
    "a wrong predecessor": (lambda page: [forged(page[0], prev=b"p" * 32), *page[1:]], BadPage),
    "a wrong predecessor inside the page": (
        lambda page: [page[0], forged(page[1], prev=b"p" * 32), *page[2:]],
        BadPage,
    ),
    "history that the successor does not name": (
        lambda page: [*page[:-1], forged(page[-1], author=b"m" * 16)],
        BadPage,
    ),
    "changed words in the middle": (
        lambda page: [forged(page[0], author=b"m" * 16), *page[1:]],
        BadPage,
    ),
    "a reference to another": (lambda page: [replace(page[0], raw=None), *page[1:]], BadPage),
    "a space that is not ours": (
        lambda page: [*page, PageGroup(b"?" * 16, b"r" * 16, 1, None, 1)],
        BadPage,
    ),
    "another group in a place that is taken": (
        lambda page: [
            *page[:4],
            forged(replace(page[3], position=11, seq=4), seq=4, prev=b"q" * 32),
            *page[4:],
        ],
        BadPage,
    ),
}


@pytest.mark.parametrize("name", SPOILED)
def test_nothing_of_a_bad_page_is_applied(scene: Scene, name: str) -> None:
    spoil, error = SPOILED[name]
    before = scene.everything()
    with pytest.raises(error):
        scene.absorb(spoil(scene.right_page), [], [])
    assert scene.everything() == before
    scene.absorb(scene.right_page, [], [])
    assert [row.head for row in scene.ben.spaces() if row.space == COMMUNITY] == [10]
    assert scene.ben.check().problems == []


def test_a_second_group_in_the_place_of_the_last_of_a_chain_is_not_taken(scene: Scene) -> None:
    twin = forged(scene.groups[5], author=b"m" * 16)
    with pytest.raises(BadPage, match="acknowledged"):
        scene.absorb([replace(twin, position=7)], [], [])


def test_positions_held_already_are_passed_over(scene: Scene) -> None:
    scene.absorb([*scene.groups[2:6], *scene.right_page], [], [])
    assert [row.floor for row in scene.ben.spaces() if row.space == COMMUNITY] == [0]


@pytest.mark.parametrize(
    "results",
    [
        [],
        [Result(Outcome.KEPT, 11), Result(Outcome.KEPT, 12)],
        [Result(Outcome.KEPT, 0)],
        [Result(Outcome.KEPT, 5)],
    ],
    ids=["none", "too many", "no position", "a position that is taken"],
)
def test_receipts_that_cannot_be_right_settle_nothing(scene: Scene, results: list[Result]) -> None:
    sent = scene.ben.sync_side.unsent(10**6)
    before = scene.everything()
    with pytest.raises(BadPage):
        scene.absorb(scene.right_page, results, sent)
    assert scene.everything() == before


def test_a_receipt_for_what_was_never_here_is_no_receipt(scene: Scene) -> None:
    with pytest.raises(BadPage):
        scene.absorb([], [Result(Outcome.KEPT, 11)], [scene.groups[9]])


def test_a_receipt_past_the_last_position_of_the_server_is_none(scene: Scene) -> None:
    """Such as from before the server was put back: what is not there must go there again."""
    [sent] = scene.ben.sync_side.unsent(10**6)
    scene.absorb([], [Result(Outcome.KEPT, 12)], [sent])
    assert scene.ben.sync_side.unsent(10**6) == [sent]


def test_a_replica_that_was_put_back_from_a_copy_meets_its_own_groups(scene: Scene) -> None:
    """It wrote number two before; the server knows that as ours, and it is not here.

    Nothing of the page is applied; it asks for another name, under which the group comes whole.
    """
    [sent] = scene.ben.sync_side.unsent(10**6)
    ours = [PageGroup(COMMUNITY, sent.replica, seq, None, 10 + seq, NOON_MS) for seq in (1, 2)]
    before = scene.everything()
    scene.absorb([*scene.groups[6:], *ours], [], [])
    assert scene.ben.needs_rename == sidecar.OLDER
    with scene.ben.write() as action:
        action.rows.execute(update(IDENTITY).values(needs_rename=None))
    assert scene.everything() == before


def test_what_is_wrong_in_the_epoch_does_not_matter_to_the_page(scene: Scene) -> None:
    scene.absorb(scene.right_page, [], [])
    membership = scene.ben.sync_side.membership()
    assert membership is not None
    assert membership.epoch == b"changed!" != EPOCH
    hashes = {group_hash(group.raw or b"") for group in scene.groups}
    with scene.ben.read() as rows:
        assert hashes <= set(rows.scalars(select(LOG.c.hash)))
