"""The ledger: groups are appended, once each, and get their place in their space.

Retrying is always safe: a group is known by (space, replica, seq) and its hash. A refused group
keeps its place in its replica's chain: its hash is kept, so that later groups that name it as their
predecessor can be taken, and sent again it is refused again.
"""

from sqlalchemy import Connection

from sync.core.errors import Malformed
from sync.core.exchange import Result
from sync.core.group import decode_group, group_hash
from sync.core.ids import Id
from sync.core.packing import PageGroup
from sync.server import spaces
from sync.server.access import Roles
from sync.server.appending import Appending, Entry
from sync.server.authors import Authors
from sync.server.identity import Identity
from sync.server.pushed import Pushed
from sync.server.records import RecordBook, all_made_by
from sync.server.space_page import Deciding, SpacePage


def append(connection: Connection, identity: Identity, pushed: Pushed) -> list[Result]:
    """What became of each group, in order; kept ones are durable once the transaction commits.

    Runs inside the caller's write transaction. Raises Malformed, before anything is written, if one
    is no group or not the one that the page says.
    """
    entries = [_entry(item) for item in pushed.groups]
    by_space: dict[Id, list[int]] = {}
    for index, entry in enumerate(entries):
        by_space.setdefault(entry.group.space, []).append(index)
    deciding = Deciding(
        Roles(connection), Authors(connection, identity, pushed.sender.replica), pushed
    )
    pages = {}
    # The directory first, which says what else there is; always in this order, so that two never
    # wait for each other.
    for space in sorted(by_space, key=lambda space: (space != identity.directory, space)):
        page = [entries[index] for index in by_space[space]]
        pages[space] = SpacePage(connection, deciding, space, page)
        pages[space].take_controls()
    results: dict[int, Result] = {}
    for space, space_page in pages.items():
        results.update(zip(by_space[space], space_page.taken(), strict=True))
    return [results[index] for index in range(len(entries))]


def append_own(connection: Connection, entry: Entry, now_ms: int) -> int:
    """The position of a group of the server's own replica, which may write everything."""
    space = spaces.locked(connection, entry.group.space)
    if space is None:
        raise LookupError("the server writes into a space that it did not make")
    book = RecordBook(connection, space.id)
    book.look_up([entry.group])
    appending = Appending(connection, space, now_ms)
    position = appending.keep(entry, all_made_by(entry.group, book.get))
    appending.finish()
    return position


def _entry(item: PageGroup) -> Entry:
    if item.raw is None:
        raise Malformed("a reference on the way up")
    group = decode_group(item.raw)
    if (group.space, group.replica, group.seq) != (item.space, item.replica, item.seq):
        raise Malformed("the page names another group than it carries")
    return Entry(group, group_hash(item.raw), item.signature)
