"""Files that one member attaches and another fetches, on replicas in a test."""

import os
from pathlib import Path

from cop_desktop.services.library import Library, NewItem
from cop_desktop.store import Replica
from cop_desktop.store.clearing import YOUNG_MS
from sync.core.ids import Id
from tests.support.replicas import COMMUNITY


def attached(replica: Replica, folder: Path, name: str, content: bytes) -> Id:
    """A file of an item of its own, attached here."""
    path = folder / name
    path.write_bytes(content)
    library = Library(replica)
    item = library.add_item(COMMUNITY, NewItem(f"About {name}")).id
    return library.attach(item, path).id


def fetch(reader: Replica, writer: Replica, *files: Id) -> None:
    """Ask for the content of files, and let it come."""
    for file in files:
        reader.files.want(file)
    while (chunk := reader.files.next_to_fetch()) is not None:
        reader.files.keep(chunk, writer.chunks.read(chunk))


def age(replica: Replica) -> None:
    """Let what is here have been kept a while ago."""
    before_s = (replica.now_ms() - 2 * YOUNG_MS) / 1000
    for path in replica.layout.chunks.rglob("*"):
        if path.is_file():
            os.utime(path, (before_s, before_s))
