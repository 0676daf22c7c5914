"""Attachments over a link that breaks: what came is not sent again."""

import os
from contextlib import suppress
from pathlib import Path

import pytest

from cop_desktop.services.files import Files
from cop_desktop.store import Replica
from sync.client.errors import SyncError
from sync.client.exchanging import Exchanger
from sync.client.transport import Transport
from sync.core.limits import CHUNK_BYTES
from tests.e2e.test_attachments import OLD, Laptop, attached, laptops, new_item
from tests.support.server import RunningServer
from tests.support.shaping_proxy import Shape, shaping_proxy

__all__ = ["laptops"]


def waiting_bytes(replica: Replica) -> tuple[int, int]:
    waiting = replica.waiting()
    return waiting.up_bytes, waiting.down_bytes


@pytest.mark.parametrize("way", ["up", "down"])
def test_a_cut_costs_little_of_the_chunk_that_was_on_its_way(
    server: RunningServer, laptops: tuple[Laptop, Laptop, Laptop], tmp_path: Path, way: str
) -> None:
    ann, ben, _ = laptops
    content = OLD[:1_000_000]
    file = attached(ann, new_item(ann), tmp_path / "plan.pdf", content)
    if way == "down":
        ann.settle()
        ben.settle()
        Files(ben.replica).want(file)
    side = ann if way == "up" else ben
    link = Shape(up_bytes_s=150_000, down_bytes_s=150_000, cut_every_s=0.9, cut_for_s=0.05)
    with shaping_proxy(server.url, link) as proxy:
        transport = Transport(proxy.url)
        over_link = Laptop(side.replica, Exchanger(side.replica.sync_side, transport, os.urandom))
        while sum(waiting_bytes(side.replica)) > 0:
            with suppress(SyncError):
                over_link.settle()
        transport.close()
        counted = proxy.counted
    assert counted.cuts >= 5
    moved = counted.up_bytes if way == "up" else counted.down_bytes
    # What came is not sent twice: a cut costs less than the chunk that was on its way.
    assert moved < 1.03 * len(content) + counted.cuts * CHUNK_BYTES
    ann.settle()
    ben.settle()
    Files(ben.replica).want(file)
    ben.settle()
    assert ben.content(file, tmp_path) == content
