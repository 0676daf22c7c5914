"""The server inside another program: on a thread of its own, on loopback."""

import logging
import threading
from pathlib import Path

from sync.server.clock import SYSTEM_CLOCK, Clock
from sync.server.errors import Unavailable
from sync.server.serving import Serving, bound_socket, url_of
from sync.server.site import Site, open_site

_LONGEST_START_S = 30.0

logger = logging.getLogger(__name__)


class EmbeddedServer:
    """A server on 127.0.0.1. `start` and `stop` once each, from one thread."""

    def __init__(
        self,
        data_dir: Path,
        port: int = 0,
        name: str | None = None,
        clock: Clock = SYSTEM_CLOCK,
    ) -> None:
        """port: 0 takes a free one. name: of the server, if it begins in this folder."""
        self._data_dir = data_dir
        self._port = port
        self._name = name
        self._clock = clock
        self._started = threading.Event()
        self._site: Site | None = None
        self._serving: Serving | None = None
        self._thread: threading.Thread | None = None

    @property
    def site(self) -> Site:
        """The parts of the running server: `accounts`, `invites` and the rest."""
        if self._site is None:
            raise Unavailable("the server is not started")
        return self._site

    def start(self) -> str:
        """The URL at which the server takes requests now.

        Raises NeedsOperator if it cannot have the port or the data, Unavailable.
        """
        listening = bound_socket("127.0.0.1", self._port)
        try:
            self._site = open_site(self._data_dir, self._name, self._clock)
        except BaseException:
            listening.close()
            raise
        serving = self._serving = Serving(self._site, self._started.set)

        def run() -> None:
            try:
                serving.run([listening])
            finally:
                listening.close()
                self._started.set()  # also if it failed, so that `start` does not wait in vain

        self._thread = threading.Thread(target=run, name="embedded-server")
        self._thread.start()
        self._started.wait(_LONGEST_START_S)
        if not serving.started:
            self.stop()
            raise Unavailable("the server did not start")
        return url_of(listening)

    def stop(self) -> None:
        """Answer what is under way, and end. Nothing happens if it does not run."""
        if self._serving is not None:
            self._serving.should_exit = True
        if self._thread is not None:
            self._thread.join()
        if self._site is not None:
            self._site.close()
        self._serving = self._thread = self._site = None
