"""Attachments over real connections, and what they cost with all heads."""

import os
import random
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from cop_desktop.commands.session import system_clock
from cop_desktop.joining import join
from cop_desktop.services.files import Files
from cop_desktop.store import Changed, FileState, Replica
from sync.client.exchanging import Exchanger
from sync.client.settling import Settling
from sync.client.transport import Transport
from sync.core.ids import Id
from sync.core.limits import CHUNK_BYTES
from tests.support.server import RunningServer

SIZE = 5_000_000
CHANGED = SIZE // 100
MOST = 1.03 * CHANGED + 1500
OLD = random.Random(4).randbytes(SIZE)
NEW = random.Random(5).randbytes(CHANGED)
HALF = SIZE // 2
VERSIONS = {
    "changed": OLD[:HALF] + NEW + OLD[HALF + CHANGED :],
    "inserted": OLD[:HALF] + NEW + OLD[HALF:],
}


@dataclass
class Laptop:
    """A member's computer."""

    replica: Replica
    exchanger: Exchanger[Changed]

    def settle(self) -> tuple[int, int]:
        """Exchange until nothing is left: bytes both ways, requests."""
        before = self._bytes(), self.exchanger.round_trips
        Settling(self.exchanger).run()
        return self._bytes() - before[0], self.exchanger.round_trips - before[1]

    def _bytes(self) -> int:
        return self.exchanger.meter.up_bytes + self.exchanger.meter.down_bytes

    def content(self, file: Id, folder: Path) -> bytes:
        target = folder / "out.pdf"
        Files(self.replica).export_copy(file, target)
        return target.read_bytes()


@pytest.fixture
def laptops(server: RunningServer, tmp_path: Path) -> Iterator[tuple[Laptop, Laptop, Laptop]]:
    server.create_community("Town")
    with ExitStack() as stack:

        def laptop(name: str) -> Laptop:
            replica = stack.enter_context(Replica.open(tmp_path / name, system_clock()))
            join(replica, server.url, server.invite(name, "Town"), name)
            transport = Transport(server.url)
            stack.callback(transport.close)
            return Laptop(replica, Exchanger(replica.sync_side, transport, os.urandom))

        yield laptop("Ann"), laptop("Ben"), laptop("Cara")


def attached(laptop: Laptop, item: Id, path: Path, content: bytes) -> Id:
    path.write_bytes(content)
    return Files(laptop.replica).attach(item, path).id


def new_item(laptop: Laptop) -> Id:
    laptop.settle()
    [community] = [s.space for s in laptop.replica.spaces() if s.kind == "community"]
    with laptop.replica.write() as action:
        return action.create("library_item", community, {"title": "Lessons"})


@pytest.mark.parametrize("version", VERSIONS)
def test_a_new_version_costs_what_changed_whoever_has_the_old_one(
    laptops: tuple[Laptop, Laptop, Laptop], tmp_path: Path, version: str
) -> None:
    ann, ben, cara = laptops
    item = new_item(ann)
    old = attached(ann, item, tmp_path / "plan.pdf", OLD)
    ann.settle()
    ben.settle()
    Files(ben.replica).want(old)
    ben.settle()

    new = attached(ann, item, tmp_path / "plan.pdf", VERSIONS[version])
    assert ann.settle()[0] < MOST
    assert ann.replica.waiting().up_bytes == 0

    heard, _ = ben.settle()
    assert Files(ben.replica).file(new).missing_bytes < CHANGED + 200
    Files(ben.replica).want(new)
    assert heard + ben.settle()[0] < MOST
    assert ben.content(new, tmp_path) == VERSIONS[version]

    cara.settle()
    Files(cara.replica).want(new)
    cara.settle()
    assert cara.content(new, tmp_path) == VERSIONS[version]


def test_a_large_file_takes_one_request_for_each_chunk_and_few_more(
    laptops: tuple[Laptop, Laptop, Laptop], tmp_path: Path
) -> None:
    ann, ben, _ = laptops
    file = attached(ann, new_item(ann), tmp_path / "plan.pdf", OLD)
    chunks = -(-SIZE // CHUNK_BYTES)
    assert ann.settle()[1] <= chunks + 3
    ben.settle()
    Files(ben.replica).want(file)
    assert ben.settle()[1] <= chunks + 1
    assert Files(ben.replica).file(file).state is FileState.HERE


def test_a_server_that_lost_the_old_content_gets_the_whole(
    server: RunningServer, laptops: tuple[Laptop, Laptop, Laptop], tmp_path: Path
) -> None:
    ann, ben, _ = laptops
    item = new_item(ann)
    attached(ann, item, tmp_path / "plan.pdf", OLD[:900_000])
    ann.settle()
    for chunk in sorted((server.data / "chunks").glob("??/*"))[:2]:
        chunk.unlink()
    new = attached(ann, item, tmp_path / "plan.pdf", OLD[:900_000] + NEW)
    ann.settle()
    assert ann.replica.waiting().up_bytes == 0
    ben.settle()
    Files(ben.replica).want(new)
    ben.settle()
    assert ben.content(new, tmp_path) == OLD[:900_000] + NEW
