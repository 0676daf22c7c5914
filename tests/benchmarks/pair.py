"""Two members with a replica each, and a server between them, in one process on loopback."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from cop_desktop.commands.session import system_clock
from cop_desktop.joining import join
from cop_desktop.services.discussions import Discussions
from cop_desktop.store import Changed, Replica
from sync.client.exchanging import Exchanger
from sync.client.settling import Settled, Settling
from sync.client.transport import Transport
from sync.core.ids import Id
from sync.server.embedded import EmbeddedServer
from sync.server.invites import Guest

COMMUNITY = "Measured"


@dataclass(frozen=True)
class Side:
    """One member."""

    replica: Replica
    exchanger: Exchanger[Changed]
    discussions: Discussions

    @property
    def community(self) -> Id:
        """The space of the community."""
        spaces = self.replica.spaces()
        return next(space.space for space in spaces if space.kind == "community")

    def settle(self) -> Settled:
        """Exchange until nothing is left."""
        return Settling(self.exchanger, move_pieces=False).run()


@contextmanager
def pair(folder: Path) -> Iterator[tuple[Side, Side]]:
    """Both sides, with everything of the other received."""
    server = EmbeddedServer(folder / "server", name="Measured")
    url = server.start()
    try:
        with ExitStack() as stack:
            server.site.accounts.create_community(COMMUNITY)
            sides = [_joined(stack, server, url, folder / name) for name in ("one", "two")]
            for side in (*sides, *sides):
                side.settle()
            yield sides[0], sides[1]
    finally:
        server.stop()


def _joined(stack: ExitStack, server: EmbeddedServer, url: str, folder: Path) -> Side:
    invitation = server.site.invites.invite(Guest(folder.name, (COMMUNITY,)))
    replica = stack.enter_context(Replica.open(folder, system_clock()))
    join(replica, url, invitation.code, folder.name)
    transport = Transport(url)
    stack.callback(transport.close)
    exchanger = Exchanger(replica.sync_side, transport, os.urandom)
    return Side(replica, exchanger, Discussions(replica))
