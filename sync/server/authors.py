"""Who may have written a group that somebody pushes: certified replicas, and the server itself."""

from sqlalchemy import Connection

from sync.core.group import Group
from sync.core.ids import Id
from sync.server import devices
from sync.server.devices import Device
from sync.server.identity import Identity


class Authors:
    """Certified replicas, read once each. For one transaction."""

    def __init__(self, connection: Connection, identity: Identity, sender: Id) -> None:
        """sender: the replica that pushes."""
        self._connection = connection
        self._identity = identity
        self._sender = sender
        self._read: dict[Id, Device | None] = {}

    def forget(self) -> None:
        """Read again from here on: something was decided."""
        self._read.clear()

    def is_servers(self, group: Group) -> bool:
        """Whether the group says that it is the server's, and no certificate says otherwise."""
        server = self._identity.server
        return group.author == server and self._device(group.replica) is None

    def is_couriered(self, group: Group) -> bool:
        """Whether another replica than its own brings it."""
        return group.replica != self._sender

    def writer(self, group: Group) -> Device | None:
        """Whose key the group must be signed with; None if it cannot be taken from them."""
        if self.is_servers(group):
            identity = self._identity
            return Device(group.replica, identity.server, identity.key.public, revoked=False)
        device = self._device(group.replica)
        if device is None or not device.revoked:
            return device
        # Taken from others as far as it was written before, going by what the revocation had seen.
        written_before = device.revoked_clock is not None and group.clock < device.revoked_clock
        return device if written_before and self.is_couriered(group) else None

    def _device(self, replica: Id) -> Device | None:
        if replica not in self._read:
            self._read[replica] = devices.found(self._connection, replica)
        return self._read[replica]
