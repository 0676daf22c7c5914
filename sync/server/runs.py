"""Runs: consecutive groups of one replica, vouched for by one signature."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from sync.core.errors import NotAuthentic
from sync.core.ids import Id
from sync.core.signing import check_group_signature
from sync.server.appending import Entry
from sync.server.devices import Device
from sync.server.reasons import Reason


@dataclass
class Run:
    """Groups that each name the one before. device: None if the replica cannot be taken from."""

    entries: list[Entry]
    device: Device | None

    def goes_on_with(self, entry: Entry) -> bool:
        """Whether the entry is the next link of this chain."""
        last, group = self.entries[-1], entry.group
        return (group.replica, group.seq, group.prev) == (
            last.group.replica,
            last.group.seq + 1,
            last.hash,
        )

    @cached_property
    def unproven(self) -> Reason | None:
        """Why it is not known that the replica wrote all this, None if it is."""
        if self.device is None:
            return Reason.UNKNOWN_REPLICA
        if not self.entries[-1].signature:
            return Reason.BAD_SIGNATURE
        try:
            for entry in self.entries:
                if entry.signature:
                    check_group_signature(self.device.public_key, entry.hash, entry.signature)
        except NotAuthentic:
            return Reason.BAD_SIGNATURE
        return None


def runs_of(entries: Sequence[Entry], device_of: Callable[[Id], Device | None]) -> list[Run]:
    """The entries, all of one space, as runs in the same order."""
    runs: list[Run] = []
    for entry in entries:
        if runs and runs[-1].goes_on_with(entry):
            runs[-1].entries.append(entry)
        else:
            runs.append(Run([entry], device_of(entry.group.replica)))
    return runs
