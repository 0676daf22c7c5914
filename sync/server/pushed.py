"""What a replica sends, as the ledger takes it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sync.core.packing import PageGroup
from sync.server.devices import Device


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a replica sends. groups: its own, and of any others that it brings along."""

    sender: Device
    groups: Sequence[PageGroup]
    received_ms: int
