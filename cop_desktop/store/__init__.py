"""The SQLite replica: log, outbox, projection tables, search index and chunks.

What services and the composition root use is named here; how to use it is in docs/store.md.
"""

from cop_desktop.store.action import Action
from cop_desktop.store.checking import Findings
from cop_desktop.store.file_states import FileStanding, FileState
from cop_desktop.store.opening import Setting
from cop_desktop.store.outbox import OutboxItem, Waiting
from cop_desktop.store.patched import Patch
from cop_desktop.store.recovering import Recovered, recover
from cop_desktop.store.replica import Replica
from cop_desktop.store.search import MARK_END, MARK_START, Found, Words
from cop_desktop.store.values import (
    Account,
    Changed,
    Clock,
    HistoryEntry,
    Identity,
    ItemState,
    NewSpace,
    SpaceRow,
    TextSnapshot,
)

__all__ = [
    "MARK_END",
    "MARK_START",
    "Account",
    "Action",
    "Changed",
    "Clock",
    "FileStanding",
    "FileState",
    "Findings",
    "Found",
    "HistoryEntry",
    "Identity",
    "ItemState",
    "NewSpace",
    "OutboxItem",
    "Patch",
    "Recovered",
    "Replica",
    "Setting",
    "SpaceRow",
    "TextSnapshot",
    "Waiting",
    "Words",
    "recover",
]
