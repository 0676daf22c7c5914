"""Rows about attachments: 5 MB over a link that breaks, and the next version of it."""

import random
from collections.abc import Iterator
from pathlib import Path

from cop_desktop.services.files import Files
from sync.client.settling import Settling
from sync.core.ids import Id
from tests.benchmarks.rows import Row
from tests.benchmarks.syncing import Filled
from tests.benchmarks.world import CUT, Metered, Side

SIZE_BYTES = 5_000_000
CHANGED_BYTES = SIZE_BYTES // 100
_SPARE_BYTES = 1_500


def attachment_cut(filled: Filled) -> Iterator[Row]:
    """A file of 5 MB, sent and fetched over a link that is cut every 20 seconds for 3."""
    folder = filled.world.folder
    writer = filled.writers[0]
    item = _item(writer)
    over_link = filled.world.behind(writer, CUT)
    file = _attached(over_link, item, folder / "lesson.pdf", _content(3))
    fetching = filled.world.behind(filled.writers[1], CUT)
    for way, side in (("up", over_link), ("down", fetching)):
        if way == "down":
            side.settle_whatever_comes()
            Files(side.replica).want(file)
        metered = Metered(side)
        failures = side.settle_whatever_comes(pieces=True)
        spent = metered.spent()
        moved = spent.up_bytes if way == "up" else spent.down_bytes
        yield Row(
            *(f"attachment_cut_{way}", f"5 MB attachment {way}, link cut every 20 s", "times"),
            *(moved / SIZE_BYTES, 1.05),
            detail={"failures": failures, **spent.as_json()},
        )


def patch(filled: Filled) -> Iterator[Row]:
    """Its next version, with one part in a hundred changed in the middle, and with that put in."""
    folder, writer = filled.world.folder, filled.writers[0]
    content, new = _content(4), random.Random(5).randbytes(CHANGED_BYTES)
    middle = SIZE_BYTES // 2
    versions = {
        "changed": content[:middle] + new + content[middle + CHANGED_BYTES :],
        "inserted": content[:middle] + new + content[middle:],
    }
    for name, version in versions.items():
        item = _item(writer)
        _attached(writer, item, folder / f"{name}.pdf", content)
        Settling(writer.exchanger).run()
        _attached(writer, item, folder / f"{name}.pdf", version)
        metered = Metered(writer)
        Settling(writer.exchanger).run()
        spent = metered.spent()
        yield Row(
            *(f"patch_{name}", f"its next version, 1 % {name} in the middle: bytes up", "B"),
            *(spent.up_bytes, 1.03 * CHANGED_BYTES + _SPARE_BYTES),
            detail=spent.as_json(),
        )


def _content(seed: int) -> bytes:
    """Bytes that do not compress, as those of pictures and of most documents do not."""
    return random.Random(seed).randbytes(SIZE_BYTES)


def _item(side: Side) -> Id:
    with side.replica.write() as action:
        return action.create("library_item", side.community, {"title": "Measured"})


def _attached(side: Side, item: Id, path: Path, content: bytes) -> Id:
    path.write_bytes(content)
    return Files(side.replica).attach(item, path).id
