"""Runs: consecutive groups of one replica, vouched for by the last signature among them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sync.core.errors import NotAuthentic
from sync.core.ids import Id
from sync.core.signing import check_group_signature
from sync.server.appending import Entry
from sync.server.reasons import Reason


@dataclass
class Run:
    """Groups that each name the one before."""

    entries: list[Entry]
    _holds: dict[bytes, bool] = field(default_factory=dict)

    def goes_on_with(self, entry: Entry) -> bool:
        """Whether the entry is the next link of this chain."""
        last, group = self.entries[-1], entry.group
        return (group.seq, group.prev) == (last.group.seq + 1, last.hash)

    def doubt(self, entry: Entry, public_key: bytes) -> Reason | None:
        """Why it is not known that the holder of the key wrote an entry of it, None if it is."""
        if public_key not in self._holds:
            self._holds[public_key] = self._all_hold(public_key)
        if not self._holds[public_key]:
            return Reason.BAD_SIGNATURE
        return None if entry.group.seq <= self._proven_up_to else Reason.UNPROVEN

    def proof_of(self, entry: Entry) -> Entry:
        """The signed entry that proves it: itself, or the next one that is signed."""
        later = (one for one in self.entries if one.group.seq >= entry.group.seq)
        return next((one for one in later if one.signature), entry)

    @cached_property
    def _proven_up_to(self) -> int:
        """The last signed one; a run is whole before the first doubt. 0 if none is."""
        signed = (entry.group.seq for entry in reversed(self.entries) if entry.signature)
        return next(signed, 0)

    def _all_hold(self, public_key: bytes) -> bool:
        try:
            for entry in self.entries:
                if entry.signature:
                    check_group_signature(public_key, entry.hash, entry.signature)
        except NotAuthentic:
            return False
        return True


def runs_of(entries: Sequence[Entry]) -> list[Run]:
    """Of each entry, all of one space, the run that it is in; chains may be mingled."""
    latest: dict[Id, Run] = {}
    found = []
    for entry in entries:
        run = latest.get(entry.group.replica)
        if run is not None and run.goes_on_with(entry):
            run.entries.append(entry)
        else:
            run = latest[entry.group.replica] = Run([entry])
        found.append(run)
    return found
