"""`make bench`: what syncing costs beside its budget, as one JSON object.

`make bench ARGS="first_sync idle"` measures only those; `--table` prints what the README shows.
"""

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from tests.benchmarks import attachments, history, searching, storing, syncing, windows
from tests.benchmarks.rows import Row, markdown
from tests.benchmarks.syncing import Filled
from tests.benchmarks.texts import Texts, texts
from tests.benchmarks.workload import RECORDS, write_all
from tests.benchmarks.world import world

WRITERS: Final = 3
WITH_SERVER: Final[dict[str, Callable[[Filled], Iterator[Row]]]] = {
    "first_sync": syncing.first_sync,
    "cut": syncing.cut,
    "idle": syncing.idle,
    "one_reply": syncing.one_reply,
    "hundred": syncing.hundred,
    "patch": attachments.patch,
    "attachment_cut": attachments.attachment_cut,
}
ALONE: Final[dict[str, Callable[[Path, Texts], Iterator[Row]]]] = {
    "applying": lambda folder, content: storing.applying(folder, content.replies),
    "search": lambda folder, content: searching.searching(folder, content.replies),
    "window": lambda folder, content: windows.windows(folder, content.replies),
    "history": lambda folder, _content: history.history(folder),
}


def main() -> None:
    """Measure what is asked for and print it."""
    names = (*WITH_SERVER, *ALONE)
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *names], help="all if none is named")
    parser.add_argument("--table", action="store_true", help="Markdown instead of JSON")
    asked = parser.parse_args()
    chosen = asked.names or names
    content = texts()
    with tempfile.TemporaryDirectory() as folder:
        rows = [row.as_json() for row in _rows(Path(folder), content, chosen)]
    if asked.table:
        print(markdown(rows))
    else:
        json.dump({**_about(content), "rows": rows}, sys.stdout, indent=2)
        print()


def _rows(folder: Path, content: Texts, chosen: list[str]) -> Iterator[Row]:
    served = [work for name, work in WITH_SERVER.items() if name in chosen]
    if served:
        with world(folder / "world") as made:
            writers = [made.member() for _ in range(WRITERS)]
            filled = Filled(made, writers, content, write_all(writers, content))
            for work in served:
                yield from _told(work(filled))
    for name, measure in ALONE.items():
        if name in chosen:
            yield from _told(measure(folder, content))


def _told(rows: Iterator[Row]) -> Iterator[Row]:
    """The rows, each said at once where nobody reads JSON: measuring takes long."""
    for row in rows:
        verdict = "kept" if row.ok else "missed"
        print(
            f"{row.name}: {row.value:.3g} of {row.limit:g} {row.unit}, {verdict}", file=sys.stderr
        )
        yield row


def _about(content: Texts) -> dict[str, Any]:
    return {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}",
        "busy": [round(load, 1) for load in os.getloadavg()],
        "texts": content.source,
        "records": RECORDS,
        "words_bytes": len(content.as_one_file()),
    }


if __name__ == "__main__":
    main()
