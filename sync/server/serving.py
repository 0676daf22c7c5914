"""Runs the application on a socket until it is told to stop."""

import ipaddress
import logging
import signal
import socket
from collections.abc import Callable
from types import FrameType
from typing import Final

import uvicorn

from sync.server.app import application
from sync.server.errors import NeedsOperator
from sync.server.site import Site
from sync.server.wake import DatabaseLookout, Doorbell

KEEP_ALIVE_S: Final = 120  # a new connection costs 2.5 kB; longer than a waiting request is held
_GRACE_S: Final = 10
_BACKLOG: Final = 256

logger = logging.getLogger(__name__)


class Serving(uvicorn.Server):
    """One running server. `should_exit` stops it, from any thread."""

    def __init__(self, site: Site, on_ready: Callable[[], None]) -> None:
        """on_ready: called once requests are taken."""
        self._doorbell = Doorbell(DatabaseLookout(site.database))
        self._on_ready = on_ready
        config = uvicorn.Config(
            application(site, self._doorbell),
            log_config=None,
            access_log=False,
            # Nobody reads these headers, and every byte is paid for on the other side.
            server_header=False,
            date_header=False,
            timeout_keep_alive=KEEP_ALIVE_S,
            timeout_graceful_shutdown=_GRACE_S,
        )
        super().__init__(config)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Take requests from now on."""
        await super().startup(sockets)
        if not self.should_exit:
            self._on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Answer what is under way, waiting requests at once, and stop."""
        self._doorbell.close()
        await super().shutdown(sockets)

    def handle_exit(self, sig: int, _frame: FrameType | None) -> None:
        """Stop; at the second interrupt without waiting for anybody.

        Unlike uvicorn's own, does not raise the signal again afterwards: a server that was told to
        stop and did ends with success.
        """
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True


def bound_socket(host: str, port: int) -> socket.socket:
    """A socket that listens there. port: 0 takes a free one.

    Raises NeedsOperator if the address cannot be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        raise NeedsOperator(f"cannot listen on {host} port {port}: {error.strerror}") from error


def url_of(listening: socket.socket) -> str:
    """The address under which programs on this computer reach the socket."""
    host, port = listening.getsockname()[:2]
    address = ipaddress.ip_address(host)
    if address.is_unspecified:
        address = ipaddress.ip_address("::1" if address.version == 6 else "127.0.0.1")
    return f"http://[{address}]:{port}" if address.version == 6 else f"http://{address}:{port}"
