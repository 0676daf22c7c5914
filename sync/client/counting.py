"""Counts the bytes that really cross a connection, request and answer heads included.

What is counted is what the program hands to the connection and gets from it; the secure layer's own
overhead (about 44 bytes a message, 2 kB a handshake) comes on top.
"""

import io
import socket
import ssl
import threading
import time
from typing import Any, Final

import certifi
import requests.adapters
import truststore
import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from sync.core.frames import MAX_FRAME_BYTES

SEND_S: Final = 180.0
"""Longest time without anything being taken up: a full buffer empties slowly at 2 kbit/s."""
TRICKLE_S: Final = 120.0
TRICKLE_BYTES_PER_S: Final = 50
_PIECE_BYTES: Final = 16 * 1024
_MOST_ANSWER_BYTES: Final = MAX_FRAME_BYTES + 1024 * 1024


class EndlessAnswer(OSError):
    """More came, heads included, than any answer has."""


class Meter:
    """Bytes up and down since it was made; used from several threads."""

    def __init__(self) -> None:
        """Both zero."""
        self.up_bytes = 0
        self.down_bytes = 0
        self._lock = threading.Lock()

    def add(self, *, up: int = 0, down: int = 0) -> None:
        """Count some more."""
        with self._lock:
            self.up_bytes += up
            self.down_bytes += down


class _CountedReads(io.RawIOBase):
    """What comes for one answer; gives up where it trickles in, or never ends."""

    def __init__(self, inner: io.RawIOBase, meter: Meter) -> None:
        self._inner = inner
        self._meter = meter
        self._came_bytes = 0
        self._began_s = 0.0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        count = self._inner.readinto(buffer)
        self._meter.add(down=count or 0)
        self._check_flow(count or 0)
        return count

    def close(self) -> None:
        self._inner.close()
        super().close()

    def _check_flow(self, count: int) -> None:
        """Silence is ended by the socket; here what comes byte by byte, so that silence never is.

        Raises TimeoutError, EndlessAnswer.
        """
        now_s = time.monotonic()
        if not self._came_bytes:
            self._began_s = now_s
        self._came_bytes += count
        if self._came_bytes > _MOST_ANSWER_BYTES:
            raise EndlessAnswer(f"{self._came_bytes} bytes")
        if self._came_bytes < (now_s - self._began_s - TRICKLE_S) * TRICKLE_BYTES_PER_S:
            raise TimeoutError("the answer trickles")


class _CountedSocket:
    """A socket that counts; everything else it passes on."""

    def __init__(self, inner: socket.socket, meter: Meter) -> None:
        self._inner = inner
        self._meter = meter

    def sendall(self, content: Any, flags: int = 0) -> None:
        """All of it, piece by piece: `sendall` of a socket has one limit of time for the whole."""
        usual_s = self._inner.gettimeout()
        self._inner.settimeout(SEND_S)
        left = memoryview(content).cast("B")
        try:
            while left:
                count = self._inner.send(left[:_PIECE_BYTES], flags)
                self._meter.add(up=count)
                left = left[count:]
        finally:
            self._inner.settimeout(usual_s)

    def makefile(self, mode: str = "rb", *_args: object, **_options: object) -> io.BufferedReader:
        if mode != "rb":  # http.client reads answers this way and only this way
            raise ValueError(mode)
        raw = self._inner.makefile("rb", buffering=0)
        return io.BufferedReader(_CountedReads(raw, self._meter))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def _trusting() -> ssl.SSLContext:
    """Trusts what the system trusts, a department's own roots with it, and the public roots.

    Those, because old systems lack the newer ones, and get no updates where there is no connection.
    """
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(certifi.where())
    return context


class CountingAdapter(requests.adapters.HTTPAdapter):
    """Lets `requests` use counted connections, checked against the system's trust store first."""

    def __init__(self, meter: Meter, *, is_secure: bool) -> None:
        """meter: gets every byte of every connection made by this adapter.

        is_secure: connections are made by https, so what is trusted is read.
        """
        self._meter = meter
        self._is_secure = is_secure
        self._open: set[socket.socket] = set()
        super().__init__(max_retries=0, pool_maxsize=2)

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        """As the base class, with our connections inside."""
        if self._is_secure:
            options["ssl_context"] = _trusting()
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = self._pool_classes()

    def proxy_manager_for(self, proxy: str, **options: Any) -> urllib3.ProxyManager:
        """As the base class, with our connections inside."""
        if self._is_secure:
            options["ssl_context"] = _trusting()
        manager: urllib3.ProxyManager = super().proxy_manager_for(proxy, **options)
        manager.pool_classes_by_scheme = self._pool_classes()
        return manager

    def abort(self) -> None:
        """Break every connection in use, so that a waiting call returns at once; any thread."""
        for inner in list(self._open):
            try:
                inner.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # it was closed meanwhile

    def close(self) -> None:
        """Let all connections go now: the base class leaves that to who collects the garbage."""
        super().close()
        self.abort()

    def _pool_classes(self) -> dict[str, Any]:
        adapter = self

        class Plain(HTTPConnection):
            def connect(self) -> None:
                super().connect()
                self.sock = adapter._counted(self.sock)

        class Secure(HTTPSConnection):
            def connect(self) -> None:
                super().connect()
                self.sock = adapter._counted(self.sock)

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls = Secure

        return {"http": PlainPool, "https": SecurePool}

    def _counted(self, inner: Any) -> Any:
        self._open = {known for known in self._open if known.fileno() >= 0}
        self._open.add(inner)
        return _CountedSocket(inner, self._meter)
